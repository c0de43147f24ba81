"""Single points of failure, against counting by hand."""

from itertools import pairwise

import networkx as nx
from hypothesis import given

from analyzer.graph.failures import single_points
from analyzer.graph.links import cyclic_components, hard_links
from analyzer.graph.model import Edge, SinglePoint
from tests.unit.graph.test_links import PAIRS, edge


def points(names: list[str], edges: list[Edge]) -> tuple[SinglePoint, ...]:
    """Return the single points of failure."""
    links = hard_links(names, edges)
    return single_points(links, cyclic_components(links))


def named(pairs: list[tuple[str, str]]) -> list[Edge]:
    """Return certain hard edges."""
    return sorted(Edge(u, v, "hard", 100, ()) for u, v in pairs)


def test_a_chain() -> None:
    names = list("abcde")
    found = points(names, named([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]))
    assert found == (SinglePoint("e", 4), SinglePoint("d", 3))


def test_a_diamond_counts_nobody_twice() -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    assert points(list("abcd"), named(pairs)) == (SinglePoint("d", 3),)


def test_a_circle_stops_itself() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    assert points(list("abcd"), named(pairs)) == tuple(SinglePoint(n, 3) for n in "abc")


def test_the_worst_fifty_are_kept() -> None:
    names = [f"n{number:03}" for number in range(200)]
    chain = [(names[k], names[k + 1]) for k in range(199)]
    found = points(names, named(chain))
    assert [point.stopped for point in found] == list(range(199, 149, -1))


def test_a_tangle_stays_cheap() -> None:
    layers = [[f"l{depth}-{n}" for n in range(10)] for depth in range(60)]
    pairs = [(u, v) for upper, lower in pairwise(layers) for u in upper for v in lower]
    found = points(sorted(n for layer in layers for n in layer), named(pairs))
    assert found[0] == SinglePoint("l59-0", 590)
    assert len(found) == 50


@given(PAIRS)
def test_as_counted_by_reachability(pairs: set[tuple[int, int]]) -> None:
    names = [str(n) for n in range(10)]
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((str(u), str(v)) for u, v in pairs)
    expected = sorted((-len(nx.ancestors(graph, name)), name) for name in names)
    assert points(names, [edge(pair) for pair in sorted(pairs)]) == tuple(
        SinglePoint(name, -negative) for negative, name in expected if -negative >= 3
    )

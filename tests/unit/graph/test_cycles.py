"""The path and the cut of circles."""

from itertools import pairwise

import networkx as nx
from hypothesis import given

from analyzer.graph.cycles import cycles_of
from analyzer.graph.links import Links, cyclic_components, hard_links
from analyzer.graph.model import Cycle, Edge, Evidence
from tests.build import SOURCE
from tests.unit.graph.test_links import PAIRS, edge


def circles(*edges: Edge) -> tuple[Cycle, ...]:
    """Return the circles of edges between services named by digits."""
    links: Links = hard_links([str(n) for n in range(10)], sorted(edges))
    return cycles_of(links, cyclic_components(links))


def test_no_circle() -> None:
    assert circles(edge((0, 1)), edge((1, 2)), edge((0, 2))) == ()


def test_the_path_starts_and_ends_at_its_smallest_name() -> None:
    (cycle,) = circles(edge((2, 1)), edge((1, 3)), edge((3, 2)))
    assert cycle.path == ("1", "3", "2", "1")


def test_the_shortest_circle_of_a_component() -> None:
    ring = [edge((n, (n + 1) % 5)) for n in range(5)]
    (cycle,) = circles(*ring, edge((3, 2)))
    assert cycle.path == ("2", "3", "2")


def test_the_cheapest_edge_is_the_least_sure_and_not_declared() -> None:
    declared = (Evidence("declared", "depends_on", SOURCE),)
    sure = edge((0, 1), evidence=declared)
    (cycle,) = circles(sure, edge((1, 0), confidence=85))
    assert (cycle.cut.dependent, cycle.cut.dependency) == ("1", "0")
    (cycle,) = circles(sure, edge((1, 0)))
    assert cycle.cut.dependent == "1"
    (cycle,) = circles(sure, edge((1, 0), evidence=declared))
    assert cycle.cut.dependent == "0"


@given(PAIRS)
def test_every_component_has_a_shortest_circle(pairs: set[tuple[int, int]]) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([(str(u), str(v)) for u, v in pairs])
    found = circles(*(edge(pair) for pair in pairs))
    for cycle in found:
        assert all(graph.has_edge(u, v) for u, v in pairwise(cycle.path))
        assert graph.has_edge(cycle.cut.dependent, cycle.cut.dependency)
        assert (cycle.cut.dependent, cycle.cut.dependency) in list(pairwise(cycle.path))
        component = next(
            part for part in nx.strongly_connected_components(graph) if cycle.path[0] in part
        )
        assert len(cycle.path) - 1 == _girth(graph.subgraph(component))


def _girth(graph: "nx.DiGraph[str]") -> int:
    """Return the length of a shortest directed circle, by looking at all pairs."""
    lengths: dict[str, dict[str, int]] = dict(nx.all_pairs_shortest_path_length(graph))
    return min(lengths[v][u] + 1 for u, v in graph.edges if u in lengths[v])

"""Hard links and their circles, against networkx."""

from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.links import cyclic_components, hard_links, is_hard_link
from analyzer.graph.model import Edge

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] != p[1]))


def edge(pair: tuple[int, int], **fields: Any) -> Edge:
    """Return a certain hard edge between services named by digits."""
    return Edge(str(pair[0]), str(pair[1]), "hard", 100, ())._replace(**fields)


def test_only_hard_binding_directed_edges_count() -> None:
    good = edge((0, 1))
    bad = [good._replace(kind="soft"), good._replace(confidence=59), good._replace(symmetric=True)]
    assert is_hard_link(good)
    assert not any(map(is_hard_link, bad))
    links = hard_links(["0", "1"], [good])
    assert (links.needs, links.needed_by) == ({0: [1]}, {1: [0]})
    assert hard_links(["0", "1"], bad).edges == {}


@given(PAIRS)
def test_circles_are_the_strongly_connected_components(pairs: set[tuple[int, int]]) -> None:
    names = [str(n) for n in range(10)]
    found = cyclic_components(hard_links(names, [edge(pair) for pair in sorted(pairs)]))
    graph: nx.DiGraph[int] = nx.DiGraph(list(pairs))
    expected = nx.strongly_connected_components(graph)
    assert found == sorted(sorted(part) for part in expected if len(part) > 1)

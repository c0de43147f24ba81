"""Hard, binding, directed edges as lists of numbers: what cycles and failures are read off.

Numbers are positions in the sorted list of services, so that order by number is order by name.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import networkx as nx

from analyzer.graph.model import Edge


class Links(NamedTuple):
    """``needs[u]`` and ``needed_by[v]`` are sorted numbers; ``edges`` maps (u, v) to the edge."""

    names: tuple[str, ...]
    needs: dict[int, list[int]]
    needed_by: dict[int, list[int]]
    edges: dict[tuple[int, int], Edge]


def is_hard_link(edge: Edge) -> bool:
    """Return whether the loss of the dependency stops the dependent, as far as can be known."""
    return edge.kind == "hard" and edge.binds and not edge.symmetric


def hard_links(names: Sequence[str], edges: Iterable[Edge]) -> Links:
    """Return the hard links of sorted names and sorted edges."""
    number = {name: position for position, name in enumerate(names)}
    needs: dict[int, list[int]] = {}
    needed_by: dict[int, list[int]] = {}
    numbered: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        if is_hard_link(edge):
            u, v = number[edge.dependent], number[edge.dependency]
            needs.setdefault(u, []).append(v)
            needed_by.setdefault(v, []).append(u)
            numbered[u, v] = edge
    return Links(tuple(names), needs, needed_by, numbered)


def cyclic_components(links: Links) -> list[list[int]]:
    """Return the strongly connected components of two or more services, sorted.

    What is in no circle is peeled off first; mostly nothing is left.
    """
    core = _core(links)
    if not core:
        return []
    circles: nx.DiGraph[int] = nx.DiGraph()
    for node in sorted(core):
        circles.add_edges_from((node, target) for target in links.needs[node] if target in core)
    components = (sorted(found) for found in nx.strongly_connected_components(circles))
    return sorted(found for found in components if len(found) > 1)


def _core(links: Links) -> set[int]:
    """Return what is left when services that need nothing, or nobody needs, are peeled off."""
    core = set(links.needs) & set(links.needed_by)
    pending = [node for node in set(links.needs) | set(links.needed_by) if node not in core]
    open_needs = {node: len(links.needs[node]) for node in core}
    open_needed = {node: len(links.needed_by[node]) for node in core}
    while pending:
        node = pending.pop()
        for counts, others in ((open_needs, links.needed_by), (open_needed, links.needs)):
            for other in others.get(node, ()):
                if other in core:
                    counts[other] -= 1
                    if not counts[other]:
                        core.discard(other)
                        pending.append(other)
    return core

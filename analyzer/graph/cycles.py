"""Circles of hard dependencies -> one short path each, and where to cut it."""

from collections import deque

from analyzer.graph.links import Links
from analyzer.graph.model import CERTAIN, Cycle, Edge

_STARTS = 50
"""Circles are sought from so many services of a component; the shortest of all is certain to be
found only in components no larger."""


def cycles_of(links: Links, components: list[list[int]]) -> tuple[Cycle, ...]:
    """Return a short circle of every component, in order of their first services."""
    found = []
    for component in components:
        path = _shortest(links, component)
        names = [links.names[node] for node in path]
        smallest = names.index(min(names))
        turned = (*names[smallest:], *names[:smallest])
        steps = [links.edges[u, v] for u, v in zip(path, path[1:] + path[:1], strict=True)]
        found.append(Cycle((*turned, turned[0]), min(steps, key=_price)))
    return tuple(sorted(found, key=lambda cycle: cycle.path))


def _price(edge: Edge) -> tuple[int, bool, bool, str, str]:
    """Return how dear it is to drop an edge: unsure, inferred and soft ones are cheap."""
    declared = any(evidence.kind == "declared" for evidence in edge.evidence)
    return (
        min(edge.confidence, CERTAIN),
        declared,
        edge.kind == "hard",
        edge.dependent,
        edge.dependency,
    )


def _shortest(links: Links, component: list[int]) -> list[int]:
    """Return the services of a shortest circle; ties go to the smallest names."""
    members = set(component)
    best: list[int] = []
    for start in component[:_STARTS]:
        path = _circle(links, members, start, len(best))
        if path and (not best or len(path) < len(best)):
            best = path
        if len(best) == 2:  # noqa: PLR2004 - no circle of two services is shorter
            break
    return best


def _circle(links: Links, members: set[int], start: int, limit: int) -> list[int]:
    """Return a shortest circle through ``start``, or nothing when none is shorter than limit."""
    came_from = {start: start}
    depth = {start: 1}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if limit and depth[node] >= limit:
            return []
        for target in links.needs[node]:
            if target == start:
                path = [node]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if target in members and target not in came_from:
                came_from[target] = node
                depth[target] = depth[node] + 1
                queue.append(target)
    return []

"""Hard links -> what stops when a service is lost."""

from analyzer.graph.links import Links
from analyzer.graph.model import SinglePoint

MIN_STOPPED = 3
MAX_POINTS = 50
_VISITS = 3_000_000
"""Services visited at most in all; beyond that the largest bounds found so far are reported. Only
estates of tens of thousands of services in one tangle get there."""


def single_points(links: Links, components: list[list[int]]) -> tuple[SinglePoint, ...]:
    """Return the services whose loss stops at least three others, the worst first, at most 50.

    A cheap upper bound for every service (as if no dependent were reached twice) decides in which
    order the exact numbers are counted, and when no further one can get into the list.
    """
    bounds = _bounds(links, components)
    candidates = sorted((-bound, node) for node, bound in bounds.items() if bound >= MIN_STOPPED)
    found: list[tuple[int, int]] = []
    threshold = MIN_STOPPED
    visits = 0
    for negative, node in candidates:
        if -negative < threshold or visits > _VISITS:
            break
        stopped = len(reached(links.needed_by, node)) - 1
        visits += stopped + 1
        if stopped >= threshold:
            found.append((-stopped, node))
            if len(found) >= 2 * MAX_POINTS:
                found = sorted(found)[:MAX_POINTS]
                threshold = -found[-1][0]
    worst = sorted(found)[:MAX_POINTS]
    return tuple(SinglePoint(links.names[node], -negative) for negative, node in worst)


def reached(links: dict[int, list[int]], start: int) -> set[int]:
    """Return everything that can be reached from a number, itself included."""
    seen = {start}
    pending = [start]
    while pending:
        for other in links.get(pending.pop(), ()):
            if other not in seen:
                seen.add(other)
                pending.append(other)
    return seen


def _bounds(links: Links, components: list[list[int]]) -> dict[int, int]:
    """Return for every service an upper bound on how many others its loss stops.

    A circle counts as one node, its first service, with the weight of all.
    """
    limit = len(links.names) - 1
    head = {node: component[0] for component in components for node in component}
    members = {component[0]: component for component in components}
    into: dict[int, list[int]] = {}
    waits = dict.fromkeys(members, 0)
    for u, v in links.edges:
        one, other = head.get(u, u), head.get(v, v)
        if one != other:
            into.setdefault(one, []).append(other)
            waits[other] = waits.get(other, 0) + 1
    total = dict.fromkeys(waits, 0)
    ready = [node for node in {*into, *members} if not waits.get(node)]
    while ready:
        node = ready.pop()
        weight = min(limit, total.get(node, 0) + len(members.get(node, (node,))))
        for other in into.get(node, ()):
            total[other] = min(limit, total[other] + weight)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return {
        member: min(limit, bound + len(members.get(node, (node,))) - 1)
        for node, bound in total.items()
        for member in members.get(node, (node,))
    }

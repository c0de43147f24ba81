"""Dependencies -> weights between groups, and towards what stays on Podman.

A dependency weighs 2 when hard and 1 when soft, twice that when either end is critical. It counts
from the moment one end has moved until both have. Three kinds never count: edges too uncertain to
bind; edges at a reverse proxy, whose crossing is by design, because the proxy is the switch; edges
to what moves neither now nor later: external services, and those on Kubernetes already.
"""

from collections.abc import Mapping
from typing import NamedTuple

from analyzer.facts.model import Facts
from analyzer.graph.model import BINDING_CONFIDENCE, Edge, Topology
from analyzer.inventory.model import Inventory

HARD, SOFT, CRITICAL = 2, 1, 2


class Crossings(NamedTuple):
    """By group: ``stay`` weight, dependencies that point at it, and all weight that touches it.

    ``edges`` are ``(u, v, weight)`` with u < v, each pair once, sorted.
    """

    edges: tuple[tuple[int, int, int], ...]
    stay: tuple[int, ...]
    fan_in: tuple[int, ...]
    degree: tuple[int, ...]


def crossings(
    inventory: Inventory,
    topology: Topology,
    facts: Facts,
    group_of: Mapping[str, int],
    groups: int,
) -> Crossings:
    """Return the weights between ``groups`` groups; services not in ``group_of`` stay."""
    critical = {n for n, s in inventory.services.items() if s.criticality == "high"}
    outside = _outside(inventory, facts)
    tally = _Tally(groups)
    for edge in topology.edges:
        if _counts(edge, outside):
            weight = HARD if edge.kind == "hard" else SOFT
            if edge.dependent in critical or edge.dependency in critical:
                weight *= CRITICAL
            dependent, dependency = group_of.get(edge.dependent), group_of.get(edge.dependency)
            if dependent != dependency:
                tally.add(dependent, dependency, weight)
                if dependency is not None and not edge.symmetric:
                    tally.fan_in[dependency] += 1
    edges = tuple((u, v, weight) for (u, v), weight in sorted(tally.weights.items()))
    return Crossings(edges, tuple(tally.stay), tuple(tally.fan_in), tuple(tally.degree))


class _Tally:
    """Adds up weights while the edges are read."""

    def __init__(self, groups: int) -> None:
        self.weights: dict[tuple[int, int], int] = {}
        self.stay = [0] * groups
        self.fan_in = [0] * groups
        self.degree = [0] * groups

    def add(self, u: int | None, v: int | None, weight: int) -> None:
        """Add one dependency between two groups; None is what stays."""
        if u is not None:
            self.degree[u] += weight
        if v is not None:
            self.degree[v] += weight
        if u is not None and v is not None:
            pair = (u, v) if u < v else (v, u)
            self.weights[pair] = self.weights.get(pair, 0) + weight
        elif u is not None:
            self.stay[u] += weight
        elif v is not None:
            self.stay[v] += weight


def _outside(inventory: Inventory, facts: Facts) -> frozenset[str]:
    """Return the services whose dependencies are not weighed."""
    proxies = {name for name, role in facts.roles.items() if role == "proxy"}
    others = {
        name
        for name, service in inventory.services.items()
        if service.runtime in ("external", "kubernetes")
    }
    return frozenset(proxies | others)


def _counts(edge: Edge, outside: frozenset[str]) -> bool:
    """Return whether an edge is weighed."""
    if edge.confidence < BINDING_CONFIDENCE:
        return False
    if edge.dependent in outside or edge.dependency in outside:
        return False
    return not edge.evidence or any(part.kind != "proxy" for part in edge.evidence)

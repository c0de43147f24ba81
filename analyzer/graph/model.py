"""What the graph stage returns. An edge ``u -> v`` means *u needs v*, everywhere."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import networkx as nx

from analyzer.inventory.model import EdgeKind, Source

CERTAIN = 100
BINDING_CONFIDENCE = 60
"""Edges below this confidence (percent) inform only: they never group or order anything."""

EvidenceKind = Literal[
    "declared",
    "network-namespace",
    "environment",
    "published-port",
    "host-gateway",
    "link",
    "shared-writable-storage",
    "shared-network",
    "proxy",
    "command",
    "env-file",
    "configuration",
    "health-check",
    "label",
    "variable-name",
    "companion",
    "twin",
    "product",
    "kinship",
    "stack",
]


OWNER_SAYS: frozenset[EvidenceKind] = frozenset({"declared", "network-namespace", "link"})
"""Kinds that only the owner's own keys give: no word against inference dismisses them."""


class Evidence(NamedTuple):
    """How an edge is known. ``text`` names variables and paths, never a variable's value."""

    kind: EvidenceKind
    text: str
    source: Source


class Edge(NamedTuple):
    """``dependent`` needs ``dependency``. ``confidence`` is in percent; declared is 100.

    ``symmetric`` marks ties without a direction (a shared volume): they tie two services together
    but order nothing.
    """

    dependent: str
    dependency: str
    kind: EdgeKind
    confidence: int
    evidence: tuple[Evidence, ...]
    symmetric: bool = False

    @property
    def binds(self) -> bool:
        """Return whether the edge may group services or bind their order."""
        return self.confidence >= BINDING_CONFIDENCE


class GroupReason(NamedTuple):
    """Why two members of a group can only move together."""

    first: str
    second: str
    kind: Literal["cycle", "network-namespace", "shared-writable-storage", "requested"]
    text: str
    source: Source


class Group(NamedTuple):
    """Services that move as one. Named after the smallest member; most groups have one member."""

    name: str
    members: tuple[str, ...]
    reasons: tuple[GroupReason, ...]


class Cycle(NamedTuple):
    """Services that need each other: ``path`` returns to its start; ``cut`` is cheapest to drop."""

    path: tuple[str, ...]
    cut: Edge


class SinglePoint(NamedTuple):
    """A service whose loss stops ``stopped`` others, directly or not, by hard edges."""

    service: str
    stopped: int


class BootstrapCycle(NamedTuple):
    """A circle through a host that needs, to start or join, a service that needs that host.

    ``path`` alternates readable nodes: ``host storage``, ``service dex``, back to the first.
    """

    path: tuple[str, ...]
    services: tuple[str, ...]


class Topology(NamedTuple):
    """The dependency graph and what can be read off it; everything sorted, hence repeatable.

    ``digraph`` has a node per service and an edge per pair; the edge's attribute ``edge`` is the
    `Edge`. ``edges`` holds the same in order of (dependent, dependency). The crossing edges are
    binding ones whose ends are known to be in different places.
    """

    digraph: "nx.DiGraph[str]"
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...]
    group_of: Mapping[str, int]
    cycles: tuple[Cycle, ...]
    single_points: tuple[SinglePoint, ...]
    bootstrap_cycles: tuple[BootstrapCycle, ...]
    cross_host: tuple[Edge, ...]
    cross_site: tuple[Edge, ...]
    cross_runtime: tuple[Edge, ...]

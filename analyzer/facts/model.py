"""What the facts stage returns."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.inventory.model import Source
from analyzer.rulebook.model import Finding, Question, Value

Unit = Literal[
    "",
    "hosts",
    "servers",
    "sites",
    "services",
    "bytes",
    "share",
    "hours",
    "weeks",
    "seconds",
    "level",
]
Pin = Literal[
    "data",
    "device",
    "host-network",
    "network-namespace",
    "privileged",
    "lan",
    "architecture",
    "native-dependency",
    "socket",
    "requested",
]
FailoverClass = Literal[
    "fails-over", "fails-over-with-work", "restarts-in-place-only", "does-not-survive"
]


class Fact(NamedTuple):
    """One fact. ``value`` is None when unknown; then ``low``/``high`` bound it where they can.

    ``text`` says in words what it rests on; it never holds an environment value.
    """

    name: str
    value: Value | None
    unit: Unit
    text: str
    sources: tuple[Source, ...] = ()
    low: Value | None = None
    high: Value | None = None


class ServicePins(NamedTuple):
    """What ties one service to its host. ``unknown`` when the inventory cannot tell.

    ``texts`` explains each pin, in the order of ``pins``; ``data_only`` is true when shared or
    replicated storage alone would free it.
    """

    service: str
    pins: tuple[Pin, ...]
    texts: tuple[str, ...]
    data_only: bool
    unknown: bool
    failover: FailoverClass


class HostFootprint(NamedTuple):
    """Memory of one host in bytes, each figure low, typical and high.

    ``k3s`` is the server's (or agent's) process and ``pods`` the cost per pod times the services
    that would become pods; ``podman`` is what the same containers cost today; ``guide`` is the
    same sum with the figures that the migration guide documents. ``free`` is None when unknown.
    """

    host: str
    role: Literal["server", "agent", "none"]
    pods: int
    k3s_bytes: tuple[int, int, int]
    pods_bytes: tuple[int, int, int]
    podman_bytes: tuple[int, int, int]
    guide_bytes: int
    memory_bytes: int | None
    free_bytes: int | None
    share_of_free: Fraction | None
    meets_minimum: bool | None
    over_pod_limit: bool

    @property
    def added_bytes(self) -> tuple[int, int, int]:
        """Return low, typical and high of what K3s would add to this host."""
        low, typical, high = (a + b for a, b in zip(self.k3s_bytes, self.pods_bytes, strict=True))
        return low, typical, high


class Check(NamedTuple):
    """One line of the failover checklist: ``passed`` is None when unknown."""

    id: str
    title: str
    passed: bool | None
    text: str


class FoundFinding(NamedTuple):
    """A finding that holds for a subject; ``waived`` carries the owner's reason."""

    finding: Finding
    subject: str
    text: str
    source: Source
    waived: str | None


class Facts(NamedTuple):
    """All facts of an estate.

    ``values`` holds base and derived facts by name; ``pins``, ``effort_hours`` and ``stateful`` by
    service; ``questions`` are the rules' questions whose fact is unknown.
    """

    values: Mapping[str, Fact]
    pins: Mapping[str, ServicePins]
    stateful: Mapping[str, bool | None]
    roles: Mapping[str, str]
    effort_hours: Mapping[str, Fraction]
    never: Mapping[str, tuple[str, ...]]
    footprint: tuple[HostFootprint, ...]
    checklist: tuple[Check, ...]
    findings: tuple[FoundFinding, ...]
    expired_waivers: tuple[str, ...]
    unknown: tuple[Question, ...]


NO_FACTS = Facts({}, {}, {}, {}, {}, {}, (), (), (), (), ())

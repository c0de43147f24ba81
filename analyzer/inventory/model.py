"""The inventory: what runs where, and what its owner wants. Immutable; reads nothing.

Absent means unknown: every field that the file does not state is None, or an empty tuple whose
key is missing from ``lines``. Records are NamedTuples, not dataclasses: an estate of 100,000
services builds a million of them, and they cost half as much to define and to make.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.tree import split_line

Runtime = Literal["podman", "docker", "systemd", "external", "kubernetes"]
ClusterRole = Literal["candidate", "never", "server", "agent"]
Level = Literal["none", "low", "medium", "high"]
Criticality = Literal["low", "normal", "high"]
Exposure = Literal["public", "lan", "internal"]
Migrate = Literal["auto", "never", "only-with"]
EdgeKind = Literal["hard", "soft"]
StorageReach = Literal["local", "shared", "replicated"]

CONTAINER_RUNTIMES = frozenset({"podman", "docker", "kubernetes"})


class Source(NamedTuple):
    """A place in a file; ``line`` and ``column`` count from 1, and 0 means not in a file."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Return ``file:line``."""
        return f"{self.file}:{self.line}" if self.line else self.file


def source_at(line: int, source: Source, files: tuple[str, ...]) -> Source:
    """Return the place of a line of a record; no line is the record's own place.

    Args:
        line: as a tree gives it, with the number of its file.
        source: the place of the record.
        files: the files by number; none when the record comes from one file.
    """
    if not line:
        return source
    number, plain = split_line(line)
    return Source(files[number] if files else source.file, plain, 0)


class Port(NamedTuple):
    """A published or exposed run of ``count`` consecutive ports.

    ``published`` is None when the port is only exposed, 0 when the engine picks it.
    """

    target: int
    published: int | None
    count: int  # type: ignore[assignment]
    protocol: str
    host_ip: str | None


class Mount(NamedTuple):
    """One entry of ``volumes``. ``source`` is a path, a volume's name, or empty when anonymous."""

    kind: Literal["bind", "volume", "tmpfs", "anonymous"]
    source: str
    target: str
    read_only: bool
    line: int


class Healthcheck(NamedTuple):
    """A declared check; ``disabled`` is Compose's ``disable: true`` or ``test: [NONE]``."""

    test: tuple[str, ...]
    interval_seconds: Fraction | None
    disabled: bool


class Dependency(NamedTuple):
    """One declared ``depends_on``: what is needed and how much."""

    service: str
    condition: str
    kind: EdgeKind
    why: str
    line: int


class Environment:
    """Environment of one service: names are public, values are for inference only.

    Values never leave this object except through `reveal`, whose only callers are the functions
    that look for dependencies; ``repr`` and iteration show names.
    """

    __slots__ = ("_lines", "_values")

    def __init__(self, values: Mapping[str, str | None], lines: Mapping[str, int]) -> None:
        """Take over values (None where only the name is known) and the line of each name.

        They are not copied: an estate of 100,000 services has a million of them.
        """
        self._values = values
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in the order they were given, which for a file is sorted."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._values)

    def __bool__(self) -> bool:
        """Return whether there is any name."""
        return bool(self._values)

    def __repr__(self) -> str:
        """Return the names only."""
        return f"Environment({sorted(self._values)})"

    def __eq__(self, other: object) -> bool:
        """Return whether names and values are the same."""
        return isinstance(other, Environment) and self._values == other._values

    def __hash__(self) -> int:
        """Hash by name."""
        return hash(frozenset(self._values))

    def reveal(self, name: str) -> str | None:
        """Return a value; only dependency inference may ask."""
        return self._values[name]

    def line(self, name: str) -> int:
        """Return the line that states a name; 0 when not from a file."""
        return self._lines.get(name, 0)


NO_ENVIRONMENT = Environment({}, {})


class Host(NamedTuple):
    """A machine. ``failure_domain`` is shared power or hypervisor; None means its own."""

    name: str
    source: Source
    lines: Mapping[str, int]
    arch: str | None = None
    cpus: Fraction | None = None
    memory_bytes: int | None = None
    memory_used_bytes: int | None = None
    disk: str | None = None
    site: str | None = None
    failure_domain: str | None = None
    os: str | None = None
    runtime: str | None = None
    can_host_vms: bool | None = None
    cluster: ClusterRole | None = None
    addresses: tuple[str, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    files: tuple[str, ...] = ()

    def at(self, line: int) -> Source:
        """Return the place of a line of this host."""
        return source_at(line, self.source, self.files)


class Inferred(NamedTuple):
    """A dependency that an importer inferred from values which the inventory does not hold.

    ``confidence`` is in percent; ``kind`` says how much it is needed; ``evidence`` pairs the kind
    of evidence with a text that names variables and files, never a value.
    """

    service: str
    kind: EdgeKind
    confidence: int
    evidence: tuple[tuple[str, str], ...]
    line: int


class Service(NamedTuple):
    """A container, a native unit (``systemd``), or something not ours (``external``).

    ``network_mode`` is ``host``, ``none``, ``bridge``, ``service:NAME``, ``container:NAME`` or
    None; ``networks`` are the named ones. ``not_depends_on`` dismisses inferred dependencies.
    ``other`` lists accepted Compose keys that have no bearing on the decision, with their line.
    ``project`` is the stack that it was started with; names resolve inside it first. ``origin``
    says which file and line an import read it from. ``files`` are the files by number, when lines
    come from several; ask `at` for the place of a line.
    """

    name: str
    source: Source
    lines: Mapping[str, int]
    host: str | None = None
    runtime: Runtime | None = None
    image: str | None = None
    build: bool = False
    container_name: str | None = None
    hostname: str | None = None
    ports: tuple[Port, ...] = ()
    mounts: tuple[Mount, ...] = ()
    devices: tuple[str, ...] = ()
    network_mode: str | None = None
    networks: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    environment: Environment = NO_ENVIRONMENT
    env_files: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    extra_hosts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    privileged: bool | None = None
    cap_add: tuple[str, ...] = ()
    user: str | None = None
    restart: str | None = None
    replicas: int | None = None
    architectures: tuple[str, ...] = ()
    memory_bytes: int | None = None
    memory_limit_bytes: int | None = None
    cpu_limit: Fraction | None = None
    healthcheck: Healthcheck | None = None
    depends_on: tuple[Dependency, ...] = ()
    not_depends_on: tuple[str, ...] = ()
    stateful: bool | None = None
    backup: bool | None = None
    criticality: Criticality | None = None
    recovery_seconds: Fraction | None = None
    exposure: Exposure | None = None
    migrate: Migrate = "auto"
    migrate_with: str | None = None
    migrate_why: str | None = None
    verified: bool | None = None
    schedule: str | None = None
    project: str | None = None
    origin: str | None = None
    inferred: tuple[Inferred, ...] = ()
    other: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()

    @property
    def is_container(self) -> bool:
        """Return whether it runs in a container; a service of unknown runtime counts as one."""
        return self.runtime is None or self.runtime in CONTAINER_RUNTIMES

    def at(self, line: int) -> Source:
        """Return the place of a line of this service; the service's own for 0."""
        return source_at(line, self.source, self.files)


class Volume(NamedTuple):
    """A named volume, or a host path whose storage is described once for all that mount it.

    ``reach`` says which hosts can open the data: one, all through the network, or replicas.
    """

    name: str
    source: Source
    reach: StorageReach | None = None
    host: str | None = None
    backup: bool | None = None


class Budget(NamedTuple):
    """A memory budget for each host: bytes, or a share of the host's memory."""

    size_bytes: int | None
    share: Fraction | None


class Needs(NamedTuple):
    """What the owner wants. Asked, never guessed: None is unknown.

    ``effort_budget_weeks`` are calendar weeks; ``effort_budget_hours`` is set instead when the
    owner wrote hours.
    """

    lines: Mapping[str, Source]
    planned_hosts: int | None = None
    failover: Literal["none", "wanted", "required"] | None = None
    overhead_budget: Budget | None = None
    hours_per_week: Fraction | None = None
    effort_budget_weeks: Fraction | None = None
    effort_budget_hours: Fraction | None = None
    operators: int | None = None
    kubernetes_experience: Literal["none", "some", "production"] | None = None
    outages: Literal["none", "some", "repeated"] | None = None
    evaluate_first: bool | None = None
    leaving_kubernetes: bool | None = None
    learning_kubernetes: Level | None = None
    simplicity: Level | None = None
    standardisation: Level | None = None
    zero_downtime_updates: Level | None = None
    disruption_tolerance: Level | None = None
    multi_tenant: Level | None = None
    shared_storage: Literal["none", "shared", "replicated"] | None = None
    unmet_needs: tuple[str, ...] | None = None


class Waiver(NamedTuple):
    """A finding that the owner accepts: which, of whom, why, and until when (ISO date)."""

    finding: str
    subject: str | None
    reason: str
    expires: str
    source: Source


class Inventory(NamedTuple):
    """One estate. Mappings are sorted by name, so that the order of keys never matters.

    ``unread`` says, each with its place, what an import could not make sense of.
    """

    name: str
    files: tuple[str, ...]
    hosts: Mapping[str, Host]
    services: Mapping[str, Service]
    volumes: Mapping[str, Volume]
    needs: Needs
    waivers: tuple[Waiver, ...]
    unread: tuple[str, ...] = ()

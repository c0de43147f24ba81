"""What the plan stage returns: groups in waves, what each wave takes, and what stays."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.inventory.model import Source
from analyzer.rulebook.model import Protects, Scope

Effort = Literal["quick", "normal", "thorough"]
ServiceClass = Literal["pilot", "stateless", "stateless-critical", "stateful", "stateful-critical"]
CLASSES: tuple[ServiceClass, ...] = (
    "pilot",
    "stateless",
    "stateless-critical",
    "stateful",
    "stateful-critical",
)


class Never(NamedTuple):
    """A service that stays where it is, with every reason."""

    service: str
    reasons: tuple[str, ...]
    source: Source


class HostMemory(NamedTuple):
    """Memory of one host around a wave, in bytes; None where the inventory does not say.

    ``during`` counts the wave's services twice, because the old one runs until the new one is
    accepted. ``fits`` is None when unknown.
    """

    host: str
    total_bytes: int | None
    during_bytes: int | None
    after_bytes: int | None
    fits: bool | None


class Wave(NamedTuple):
    """One wave. ``exposure_after`` is the weight of dependencies that cross platforms after it."""

    number: int
    service_class: ServiceClass
    groups: tuple[str, ...]
    services: tuple[str, ...]
    effort_hours: Fraction
    calendar_weeks: Fraction | None
    exposure_after: int
    memory: tuple[HostMemory, ...]
    oversized: bool
    stop_then_start: tuple[str, ...]


class Exposure(NamedTuple):
    """The objective J of the order, in edge-waves, and what is proved about it."""

    value: int
    lower_bound: int
    proven_optimal: bool
    by_name_order: int
    without_class_rule: int | None


class Step(NamedTuple):
    """One step of moving one service, or of one improvement."""

    title: str
    text: str


class Procedure(NamedTuple):
    """How a service of one class moves: what to check first, the steps, and the way back."""

    service_class: ServiceClass
    checks: tuple[str, ...]
    steps: tuple[Step, ...]
    rollback: str


class Improvement(NamedTuple):
    """One piece of work of the stay plan.

    What it ``protects`` decides the order, then severity, then ``benefit`` per hour. ``services``
    are the subjects: services, hosts, or none when the finding is of the whole estate.
    """

    id: str
    title: str
    text: str
    services: tuple[str, ...]
    hours: Fraction
    benefit: Fraction
    protects: Protects = "upkeep"
    scope: Scope = "service"


class Earlier(NamedTuple):
    """How much of an earlier plan is kept: of its services that still move, how many share a wave.

    ``kept`` and ``services`` are numbers of services.
    """

    kept: int
    services: int


class Mirror(NamedTuple):
    """A service worth mirroring in a test cluster, and why."""

    service: str
    reason: str


class Plan(NamedTuple):
    """All three options' plans; the recommended one is printed first.

    ``preparation_hours`` are the guide's fixed phases; ``total_hours`` adds every wave.
    ``test_host`` is where a separate test cluster fits, None when nowhere. ``procedures`` has one
    entry for each class that the plan moves, in the order the classes move. ``earlier`` is None
    unless waves of an earlier plan were to be kept.
    """

    waves: tuple[Wave, ...]
    never: tuple[Never, ...]
    exposure: Exposure
    preparation_hours: Fraction
    total_hours: Fraction
    calendar_weeks: Fraction | None
    improvements: tuple[Improvement, ...]
    improvement_hours: Fraction
    mirrors: tuple[Mirror, ...]
    measurements: tuple[str, ...]
    test_host: str | None
    class_of: Mapping[str, ServiceClass]
    procedures: tuple[Procedure, ...] = ()
    earlier: Earlier | None = None

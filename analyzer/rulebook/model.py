"""What the rules say, as values. Logic is not here: a rule names facts, a fact is code."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from analyzer.inventory.model import Source

Option = Literal["incremental", "test-cluster", "enhanced-podman"]
OPTIONS: tuple[Option, ...] = ("enhanced-podman", "test-cluster", "incremental")
"""In the order that settles a tie: the status quo first."""

Value = int | Fraction | str
Severity = Literal["info", "low", "medium", "high"]
Protects = Literal["data", "access", "uptime", "upkeep"]
Scope = Literal["service", "host", "estate"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
PROTECTS: tuple[Protects, ...] = ("data", "access", "uptime", "upkeep")
"""What a remedy protects, in the order to work through: what is lost for good comes first."""


class Citation(NamedTuple):
    """Where a rule comes from: a section of the migration guide, or a page and what it says."""

    guide: str
    url: str
    says: str
    read: str


class Scale(NamedTuple):
    """Evidence as a function of one fact: levels by name, or a clamped piecewise-linear line.

    ``points`` are (value, evidence) in rising order of value; evidence lies in [-1, 1].
    """

    fact: str
    points: tuple[tuple[Fraction, Fraction], ...]
    levels: Mapping[str, Fraction]

    @property
    def outcomes(self) -> tuple[Fraction, ...]:
        """Return the evidence at every level or anchor; all other evidence lies between them."""
        return (*self.levels.values(), *(evidence for _, evidence in self.points))

    def at(self, value: Value) -> Fraction:
        """Return the evidence for a value; clamped beyond the outer points."""
        if isinstance(value, str):
            return self.levels[value]
        points = self.points
        if value <= points[0][0]:
            return points[0][1]
        for (low, start), (high, end) in pairwise(points):
            if value <= high:
                return start + (end - start) * (value - low) / (high - low)
        return points[-1][1]


class Criterion(NamedTuple):
    """One weighed criterion: what it asks, where its evidence lies, and how to say so.

    ``for_kubernetes`` is *b*, ``for_testing_first`` is *t*; either may be absent, which is 0.
    ``speaks_for`` and ``speaks_against`` are sentences; ``{fact.name}`` stands for a fact's value.
    """

    id: str
    group: str
    title: str
    question: str
    for_kubernetes: Scale | None
    for_testing_first: Scale | None
    speaks_for: str
    speaks_against: str
    reason: str
    remedy: str
    sources: tuple[Citation, ...]
    source: Source

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that the scales read, without repeats."""
        scales = (self.for_kubernetes, self.for_testing_first)
        return tuple(dict.fromkeys(scale.fact for scale in scales if scale))


class Comparison(NamedTuple):
    """``fact operator operand``; the operators are closed: see `conditions.OPERATORS`."""

    fact: str
    operator: str
    operand: Value | tuple[Value, ...]


class Condition(NamedTuple):
    """``all``, ``any`` or ``not`` of conditions."""

    kind: Literal["all", "any", "not"]
    parts: tuple["Condition | Comparison", ...]


class Gate(NamedTuple):
    """Rules options out whatever their score; never on an unknown.

    ``physical`` gates are limits of the machines; the others rest on what the owner required.
    """

    id: str
    title: str
    rules_out: tuple[Option, ...]
    when: Condition | Comparison
    says: str
    lifted_by: str
    reason: str
    sources: tuple[Citation, ...]
    source: Source
    physical: bool = False


class Finding(NamedTuple):
    """Advice on one subject, whatever is chosen; ``protects`` says what its remedy keeps safe."""

    id: str
    scope: Scope
    title: str
    severity: Severity
    matters_to: tuple[Option, ...]
    when: Condition | Comparison
    says: str
    reason: str
    remedy: str
    hours: Fraction
    sources: tuple[Citation, ...]
    source: Source
    protects: Protects = "upkeep"


class Question(NamedTuple):
    """An input that may be unknown: what to ask, what it can be, and how often it is what.

    ``answers`` pairs a value with its base-rate weight. Numbers with ``relative_to`` are added to
    that fact's value.
    """

    fact: str
    ask: str
    key: str
    answers: tuple[tuple[Value, int], ...]
    relative_to: str
    what_if: tuple[Value, ...]
    reason: str
    rank: int
    source: Source


class Profile(NamedTuple):
    """Weights for an audience: criterion id -> coarse integer."""

    id: str
    title: str
    text: str
    weights: Mapping[str, int]
    source: Source


class Figure(NamedTuple):
    """A constant with its unit and source: low, typical and high, equal where only one is known."""

    id: str
    low: Fraction
    typical: Fraction
    high: Fraction
    unit: str
    sources: tuple[Citation, ...]


class Image(NamedTuple):
    """What is known of a family of images.

    ``architectures`` is empty when many are published. ``uses`` are families that its programs
    call where they run beside them, as their installation guides show it.
    """

    id: str
    match: tuple[str, ...]
    role: str
    stateful: bool | None
    ports: tuple[int, ...]
    architectures: tuple[str, ...]
    pins: tuple[str, ...]
    health: str
    mirror: bool
    uses: tuple[str, ...] = ()


class Rulebook(NamedTuple):
    """All rules, each mapping sorted by id."""

    criteria: Mapping[str, Criterion]
    gates: Mapping[str, Gate]
    findings: Mapping[str, Finding]
    questions: Mapping[str, Question]
    profiles: Mapping[str, Profile]
    figures: Mapping[str, Figure]
    images: Mapping[str, Image]
    image_index: Mapping[str, str]
    fingerprint: str

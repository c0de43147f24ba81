"""What is compared: two snapshots of an estate; `changes` is what a comparison of them finds."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.assessment import Assessment
from analyzer.decision.model import GateStatus, Verdict
from analyzer.facts.model import Unit
from analyzer.rulebook.model import Option, Severity, Value

Part = Literal["host", "service", "volume", "need", "setting", "estate"]
Fields = Mapping[str, tuple[str, ...]]
"""Field -> what it says, as texts: one for a scalar, any number for a list; absent is no key."""


class Stated(NamedTuple):
    """What the inventory states of one host, service or volume; never an environment value.

    ``hidden`` are fields that may hold secrets, as values that only compare: they are neither
    printed nor kept in a report, hence empty for what was read from one.
    """

    fields: Fields
    place: str
    hidden: Mapping[str, object] = {}


class Score(NamedTuple):
    """One option: exact expected score, share of the likely answers, gates that rule it out."""

    score: Fraction
    low: Fraction
    high: Fraction
    share: Fraction
    ruled_out_by: tuple[str, ...]


class Weighing(NamedTuple):
    """One criterion: its weight and what it adds to each option's score, exactly."""

    title: str
    weight: int
    known: bool
    scores: Mapping[Option, Fraction]
    facts: tuple[str, ...]
    text: str


class GateState(NamedTuple):
    """One gate as it stands."""

    title: str
    status: GateStatus
    rules_out: tuple[str, ...]
    says: str
    lifted_by: str


class FactState(NamedTuple):
    """One fact; ``value`` is rounded to four decimals as in a report, None when unknown."""

    value: Value | None
    unit: Unit
    text: str


class FindingState(NamedTuple):
    """A finding on one subject; ``waived`` carries the owner's reason."""

    severity: Severity
    title: str
    text: str
    place: str
    waived: str | None


class PlanState(NamedTuple):
    """The order of migration; ``waves`` gives each service's wave, hours are of people."""

    waves: Mapping[str, int]
    total_hours: Fraction
    calendar_weeks: Fraction | None
    exposure: int
    improvement_hours: Fraction


class DecisionState(NamedTuple):
    """The answer and how sure it is; fractions other than scores rounded to four decimals."""

    recommended: Option
    verdict: Verdict
    feasible: bool
    unconstrained: Option
    opening: str
    stars: int
    share: Fraction
    known_facts: int
    all_facts: int
    known_weight: Fraction
    weight_radius: Fraction
    options: Mapping[Option, Score]


class FlipState(NamedTuple):
    """A single input that would turn the answer; ``before`` None where it is unknown."""

    input: str
    before: Value | None
    after: Value
    becomes: Option


class Scope(NamedTuple):
    """What an assessment was made with: two of another scope are not comparable in everything."""

    version: str
    rules: str
    profile: str
    weights: tuple[tuple[str, int], ...]
    what_if: tuple[str, ...]
    today: str
    name: str
    files: tuple[str, ...]
    unread: int


class Snapshot(NamedTuple):
    """What of an assessment can be compared; the same from an assessment and from its report.

    ``label`` says what it is of: a file, a revision. ``hosts``, ``services``, ``volumes`` and
    ``needs`` are None where a report does not state them. ``memory_bytes`` is what K3s typically
    adds to each host. ``edges`` maps (dependent, dependency) to the kind. ``findings`` are by
    (rule, subject), the subject empty for the whole estate. ``assessment`` is None for what was read from a report.
    """

    label: str
    scope: Scope
    hosts: Mapping[str, Stated] | None
    services: Mapping[str, Stated] | None
    volumes: Mapping[str, Stated] | None
    needs: Stated | None
    edges: Mapping[tuple[str, str], str]
    facts: Mapping[str, FactState]
    decision: DecisionState
    weighings: Mapping[str, Weighing]
    gates: Mapping[str, GateState]
    flips: tuple[FlipState, ...]
    findings: Mapping[tuple[str, str], FindingState]
    plan: PlanState
    memory_bytes: Mapping[str, int]
    questions: Mapping[str, str]
    assessment: Assessment | None = None

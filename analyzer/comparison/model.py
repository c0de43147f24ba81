"""What is compared, and what a comparison finds.

Everything here has a mirror: swapping what was before and after in a `Comparison` gives the one
of the other direction.
"""

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


class EstateChange(NamedTuple):
    """One change of what is listed or wanted.

    ``field`` is empty for a whole host, service or volume that came (``before`` empty) or went;
    then ``before`` and ``after`` hold what it is in a few words. ``private`` changes are told, not
    shown. ``effect`` is how far it moves each score, None where that was not worked out.
    """

    part: Part
    subject: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    before_place: str
    after_place: str
    private: bool = False
    effect: Mapping[Option, Fraction] | None = None


class EdgeChange(NamedTuple):
    """A dependency that came (``before`` None), went (``after`` None) or changed its kind."""

    dependent: str
    dependency: str
    before: str | None
    after: str | None


class FactMove(NamedTuple):
    """A fact that has another value; ``criteria`` that moved and rest on it, and their effect."""

    name: str
    before: FactState | None
    after: FactState | None
    criteria: tuple[str, ...]
    effect: Fraction


class WeighingMove(NamedTuple):
    """A criterion that adds something else to the scores; ``moved`` is after less before."""

    criterion: str
    before: Weighing | None
    after: Weighing | None
    moved: Mapping[Option, Fraction]

    @property
    def effect(self) -> Fraction:
        """Return the largest move of a score."""
        return max(map(abs, self.moved.values()), default=Fraction(0))


class GateMove(NamedTuple):
    """A gate in another state."""

    gate: str
    before: GateState | None
    after: GateState | None


class FindingMove(NamedTuple):
    """A finding that came (``before`` None), went, or was waived or no longer is."""

    finding: str
    subject: str
    before: FindingState | None
    after: FindingState | None


class WaveMove(NamedTuple):
    """A service that moves in other company; None: it does not move at all."""

    service: str
    before: int | None
    after: int | None


class MemoryMove(NamedTuple):
    """What K3s typically adds to a host, in bytes; None: it was not listed, or is not any more."""

    host: str
    before_bytes: int | None
    after_bytes: int | None


class QuestionMove(NamedTuple):
    """A question that was opened (``before`` empty) or settled (``after`` empty)."""

    fact: str
    before: str
    after: str


class Incomparable(NamedTuple):
    """What cannot be compared, and why."""

    what: str
    why: str


class Cause(NamedTuple):
    """One of the changes that explain: an `EstateChange`'s, or a fact's, in words."""

    part: Part | Literal["fact"]
    subject: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    place: str = ""


class Explanation(NamedTuple):
    """Why the answer is another.

    ``undone`` is a set of changes: undoing exactly these in the new estate brings the old answer
    back, and undoing fewer of them does not. ``alone`` is a set of changes that, made to the old
    estate and nothing else, give the new answer. ``smallest`` says that no smaller set of all the
    changes does, else it is only that no part of this one does. ``of`` is what is explained.
    Both are in changes of the inventory where both are at hand, in facts otherwise.
    """

    of: Literal["recommendation", "verdict"]
    level: Literal["inventory", "facts"]
    undone: tuple[Cause, ...]
    undone_smallest: bool
    alone: tuple[Cause, ...]
    alone_smallest: bool


class Comparison(NamedTuple):
    """All that changed from one snapshot to another; every tuple with the largest effect first."""

    before: Snapshot
    after: Snapshot
    incomparable: tuple[Incomparable, ...]
    estate: tuple[EstateChange, ...]
    edges: tuple[EdgeChange, ...]
    facts: tuple[FactMove, ...]
    weighings: tuple[WeighingMove, ...]
    gates: tuple[GateMove, ...]
    findings: tuple[FindingMove, ...]
    waves: tuple[WaveMove, ...]
    memory: tuple[MemoryMove, ...]
    questions: tuple[QuestionMove, ...]
    explanation: Explanation | None

    @property
    def answer_changed(self) -> bool:
        """Return whether another option is recommended, or whether none or one is open now."""
        before, after = self.before.decision, self.after.decision
        return (before.recommended, before.feasible) != (after.recommended, after.feasible)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed and all of it could be compared."""
        return not (
            self.incomparable
            or self.estate
            or self.edges
            or self.facts
            or self.weighings
            or self.gates
            or self.findings
            or self.waves
            or self.memory
            or self.questions
            or self.before.decision != self.after.decision
            or self.before.plan != self.after.plan
        )

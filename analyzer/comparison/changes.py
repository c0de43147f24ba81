"""What a comparison finds.

Everything here has a mirror: swapping what was before and after in a `Comparison` gives the one
of the other direction.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.comparison.model import (
    FactState,
    FindingState,
    GateState,
    Part,
    Snapshot,
    Weighing,
)
from analyzer.rulebook.model import Option


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
    """One of the changes that explain, as an `EstateChange` tells it; ``part`` may be ``fact``.

    Neither before nor after: it changed, and how may not be shown, or is told nowhere.
    """

    part: str
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

"""What the decision stage returns. Every score is an exact fraction in [-1.5, 1.5]."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.rulebook.model import Criterion, Gate, Option, Value

Verdict = Literal["clear", "leaning", "too-close-to-call"]
GateStatus = Literal["tripped", "open", "unknown"]


class Contribution(NamedTuple):
    """What one criterion adds to each option's score; contributions sum to the scores exactly.

    ``evidence`` is *b* and ``testing_first`` is *t*, expected values where ``known`` is false.
    ``scores`` are weight times evidence over the sum of weights, by option. ``text`` is the
    criterion's sentence with the facts' values in it.
    """

    criterion: Criterion
    weight: int
    known: bool
    evidence: Fraction
    testing_first: Fraction
    scores: Mapping[Option, Fraction]
    text: str


class GateResult(NamedTuple):
    """A gate's state with its sentences filled in."""

    gate: Gate
    status: GateStatus
    says: str
    lifted_by: str


class OptionResult(NamedTuple):
    """One option: its expected score, the interval over everything unknown, and its share.

    ``share`` is the part of all completions of the unknowns, weighted by base rates, in which the
    option wins. ``conditional_on`` are gates that an unknown could trip.
    """

    id: Option
    score: Fraction
    low: Fraction
    high: Fraction
    share: Fraction
    ruled_out_by: tuple[str, ...]
    conditional_on: tuple[str, ...]


class Flip(NamedTuple):
    """Change one input from ``before`` (None: unknown) to ``after`` and the answer ``becomes``.

    Verified: the decision was taken again just before and at ``after``.
    """

    input: str
    before: Value | None
    after: Value
    becomes: Option
    before_text: str
    after_text: str
    text: str


class FlipSet(NamedTuple):
    """A smallest set of changes found that flips the answer where no single one does."""

    changes: tuple[Flip, ...]
    becomes: Option


class Robustness(NamedTuple):
    """How much the weights may be wrong.

    ``weight_radius``: the winner survives every simultaneous change of all weights by up to this
    share. ``weight_share``: bounds of the part of all weightings under which it wins.
    """

    weight_radius: Fraction
    against: Option | None
    weight_share_low: Fraction
    weight_share_high: Fraction


class WeightFlip(NamedTuple):
    """The weight of one criterion at which the answer would change, other weights kept."""

    criterion: str
    weight: int
    flips_at: Fraction
    becomes: Option


class Unknown(NamedTuple):
    """A question still open. ``swing`` is how far its answer can move the winner's margin."""

    fact: str
    ask: str
    key: str
    reason: str
    swing: Fraction
    could_flip: bool


class Confidence(NamedTuple):
    """How sure, by evidence: 1 to 5 stars from ``share``; coverage is kept apart."""

    stars: int
    share: Fraction
    known_facts: int
    all_facts: int
    known_weight: Fraction


class Answer(NamedTuple):
    """The answer alone; ``scores`` are expected ones, ``questions`` the number of open facts."""

    recommended: Option
    verdict: Verdict
    feasible: bool
    scores: Mapping[Option, Fraction]
    stars: int
    questions: int


class Decision(NamedTuple):
    """The answer. ``feasible`` is false when every option is ruled out.

    ``unconstrained`` is what the scores alone say, without any gate. ``opening`` names the
    smallest change that would open an option when none is feasible.
    """

    recommended: Option
    verdict: Verdict
    verdict_reason: str
    feasible: bool
    unconstrained: Option
    opening: str
    options: tuple[OptionResult, ...]
    contributions: tuple[Contribution, ...]
    gates: tuple[GateResult, ...]
    flips: tuple[Flip, ...]
    flip_sets: tuple[FlipSet, ...]
    weight_flips: tuple[WeightFlip, ...]
    robustness: Robustness
    confidence: Confidence
    unknowns: tuple[Unknown, ...]
    profile: str

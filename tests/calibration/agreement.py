"""Answers and decisions taken -> how often they agree, by verdict and by option."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Settings, assess
from analyzer.rulebook.model import OPTIONS, Rulebook
from tests.calibration.adapter import adapt
from tests.calibration.mapping import Mapping_
from tests.calibration.records import Record

VERDICTS = ("clear", "leaning", "too-close-to-call")
STAY = "enhanced-podman"


class Answer(NamedTuple):
    """What the advisor said of one record, beside what its owner did."""

    id: str
    decision: str
    recommended: str
    verdict: str
    share: Fraction
    weight_radius: Fraction
    profile: str
    mute: tuple[str, ...]
    unmapped: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Return whether the owner did what is recommended."""
        return self.decision == self.recommended


class Rate(NamedTuple):
    """``right`` of ``cases``; the rate is None where there are no cases."""

    cases: int
    right: int

    @property
    def rate(self) -> float | None:
        """Return the share that is right, to three places."""
        return round(self.right / self.cases, 3) if self.cases else None


class Agreement(NamedTuple):
    """Rates over all answers that have a decision to compare with.

    ``by_option`` counts the cases that decided for an option, ``by_recommendation`` those for
    which it was recommended; ``always_stay`` is what the answer "stay" would reach by itself.
    """

    overall: Rate
    by_verdict: dict[str, Rate]
    by_option: dict[str, Rate]
    by_recommendation: dict[str, Rate]
    always_stay: Rate


def answer(record: Record, mapping: Mapping_, rulebook: Rulebook) -> Answer:
    """Return the advisor's answer for a record."""
    adapted = adapt(record, mapping)
    decision = assess(adapted.inventory, rulebook, Settings(profile=adapted.profile)).decision
    share = next(o.share for o in decision.options if o.id == decision.recommended)
    return Answer(
        id=record.id,
        decision=record.decision,
        recommended=decision.recommended,
        verdict=decision.verdict,
        share=share,
        weight_radius=decision.robustness.weight_radius,
        profile=adapted.profile,
        mute=adapted.mute,
        unmapped=adapted.unmapped,
    )


def agreement(answers: Iterable[Answer]) -> Agreement:
    """Return the rates; records whose decision is none of the options are left out."""
    known = [one for one in answers if one.decision in OPTIONS]
    return Agreement(
        overall=_rate(known),
        by_verdict=_split(known, VERDICTS, lambda one: one.verdict),
        by_option=_split(known, OPTIONS, lambda one: one.decision),
        by_recommendation=_split(known, OPTIONS, lambda one: one.recommended),
        always_stay=Rate(len(known), sum(one.decision == STAY for one in known)),
    )


def _rate(answers: Sequence[Answer]) -> Rate:
    return Rate(len(answers), sum(one.agrees for one in answers))


def _split(
    answers: Sequence[Answer], names: Sequence[str], key: Callable[[Answer], str]
) -> dict[str, Rate]:
    return {name: _rate([one for one in answers if key(one) == name]) for name in names}

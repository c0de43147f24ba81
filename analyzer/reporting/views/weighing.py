"""Appendices A and B: what every criterion adds, and what every gate says."""

from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.decision.model import Contribution, GateResult, WeightFlip
from analyzer.reporting.escape import escape, line
from analyzer.reporting.numbers import percent, score
from analyzer.reporting.views.rows import Row, Rows, citations, table
from analyzer.rulebook.model import OPTIONS
from analyzer.units import decimal

MAX_WEIGHT = 20
_GATE_WORDS = {"tripped": "rules out", "open": "no", "unknown": "not known"}


class Weighing(NamedTuple):
    """Criteria with their sum, gates, and how the weights could overturn the answer."""

    options: tuple[str, ...]
    criteria: Rows
    sums: Row
    gates: Rows
    weight_flips: tuple[str, ...]
    weight_share: str


def weighing(assessment: Assessment) -> Weighing:
    """Return appendices A and B."""
    decision = assessment.decision
    scores = {result.id: result.score for result in decision.options}
    contributions = sorted(decision.contributions, key=lambda item: item.criterion.id)
    robustness = decision.robustness
    low, high = percent(robustness.weight_share_low), percent(robustness.weight_share_high)
    flips = [flip for flip in decision.weight_flips if flip.flips_at <= MAX_WEIGHT]
    return Weighing(
        options=OPTIONS,
        criteria=table(contributions, _criterion),
        sums=tuple(score(scores[option]) for option in OPTIONS),
        gates=table(decision.gates, _gate),
        weight_flips=tuple(map(_weight_flip, flips)),
        weight_share=low if low == high else f"{low} to {high}",
    )


def _criterion(item: Contribution) -> Row:
    criterion = item.criterion
    evidence = score(item.evidence) if criterion.for_kubernetes else ""
    testing = score(item.testing_first) if criterion.for_testing_first else ""
    return (
        f"{escape(criterion.title)} ({criterion.id})",
        str(item.weight),
        "yes" if item.known else "no",
        evidence,
        testing,
        *(score(item.scores[option]) for option in OPTIONS),
        escape(item.text),
        citations(criterion.sources[:2]),
    )


def _gate(result: GateResult) -> Row:
    gate = result.gate
    applies = result.status != "open"
    return (
        f"{escape(gate.title)} ({gate.id})",
        _GATE_WORDS[result.status],
        ", ".join(gate.rules_out),
        escape(result.says) if applies else "",
        escape(result.lifted_by) if applies else "",
        citations(gate.sources[:2]),
    )


def _weight_flip(flip: WeightFlip) -> str:
    at = decimal(flip.flips_at, 1)
    return f"{line(flip.criterion)}: weight {flip.weight}; from {at} on **{flip.becomes}**"

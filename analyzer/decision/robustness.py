"""Expected evidence -> how wrong the weights may be before the answer changes.

Source: weight stability as in E. Triantaphyllou and A. Sanchez, A sensitivity analysis approach
for some deterministic multi-criteria decision-making methods, Decision Sciences 28(1), 1997; the
share of the weight simplex by M. M. Ali, Content of the frustum of a simplex, Pacific J. Math. 48(2),
313-322, 1973.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from analyzer.decision.judging import Judgement
from analyzer.decision.model import Robustness, WeightFlip
from analyzer.decision.problem import BITS, score
from analyzer.rulebook.model import OPTIONS, Option


def robustness(judgement: Judgement, weights: Mapping[str, int]) -> Robustness:
    """Return the weight radius against the nearest rival, and the share of all weightings won."""
    radius, against = Fraction(1), None
    low, high = Fraction(1), Fraction(1)
    for rival in rivals(judgement):
        gains = _gains(judgement, rival)
        spread = sum((abs(gain) for gain in gains.values()), Fraction(0))
        margin = sum(gains.values(), Fraction(0))
        found = max(Fraction(0), margin / spread) if spread else Fraction(0)
        if found < radius or against is None:
            radius, against = found, rival
        lost = simplex_share_lost([gains[name] / weights[name] for name in gains])
        low -= lost
        high = min(high, 1 - lost)
    return Robustness(radius, against, max(Fraction(0), low), high)


def rivals(judgement: Judgement) -> list[Option]:
    """Return the options that are still in the race with the winner."""
    out = judgement.not_running
    return [o for o in OPTIONS if o != judgement.winner and not out & BITS[o]]


def _gains(judgement: Judgement, rival: Option) -> dict[str, Fraction]:
    """Return weight times what each criterion puts the winner ahead of a rival."""
    return {
        name: score(judgement.winner, b, t) - score(rival, b, t)
        for name, (b, t) in judgement.expected.items()
    }


def simplex_share_lost(gains: Sequence[Fraction]) -> Fraction:
    """Return the share of all weightings (uniform on the simplex) with a sum of gains <= 0.

    Args:
        gains: what each criterion, per unit of weight, puts the winner ahead.

    Ali's recursion over the positive gains a and the sizes of the others b. Every step is a mean
    of two shares, so nothing cancels, and sums, products and quotients of doubles are the same on
    every machine; the result is rounded to a millionth.
    """
    ahead = [float(gain) for gain in gains if gain > 0]
    behind = [-float(gain) for gain in gains if gain <= 0]
    row = [0.0] + [1.0] * len(behind)
    for gain in ahead:
        new = [0.0]
        for j, loss in enumerate(behind, start=1):
            new.append((gain * new[j - 1] + loss * row[j]) / (gain + loss))
        row = new
    return Fraction(round(row[-1] * 1_000_000), 1_000_000)


def weight_flips(judgement: Judgement, weights: Mapping[str, int]) -> tuple[WeightFlip, ...]:
    """Return for every criterion the weight from which a rival is ahead, nearest first."""
    found = []
    for rival in rivals(judgement):
        gains = _gains(judgement, rival)
        margin = sum(gains.values(), Fraction(0))
        for name, gain in gains.items():
            per_unit = gain / weights[name]
            if per_unit and (at := weights[name] - margin / per_unit) >= 0:
                found.append(WeightFlip(name, weights[name], at, rival))
    return tuple(
        sorted(found, key=lambda f: (abs(f.flips_at - f.weight), f.criterion, f.becomes))[:8]
    )

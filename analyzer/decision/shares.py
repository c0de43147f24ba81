"""Blocks of unknowns -> the share of all likely completions in which each option wins."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import NamedTuple

from analyzer.decision.blocks import BlockResult, Outcome, State
from analyzer.decision.problem import BITS, EVERY_OPTION
from analyzer.rulebook.model import OPTIONS, Option

MOST_STATES = 2_000
"""Up to so many different sums the shares are exact; beyond, see `analyzer.decision.sampling`."""


class Distribution(NamedTuple):
    """States (B, t, ruled out) as integers over ``scale``, each with its weight."""

    states: Mapping[State, int]
    scale: int


class Line(NamedTuple):
    """The states of one t and one set of options ruled out: rising B and weights summed so far."""

    t: int
    mask: int
    sums: tuple[int, ...]
    cumulated: tuple[int, ...]


class Spread(NamedTuple):
    """A distribution arranged so that a threshold on B is a binary search."""

    lines: tuple[Line, ...]
    scale: int


NOTHING_OPEN = Distribution({(0, 0, 0): 1}, 1)


def convolve(first: Distribution, second: Distribution) -> Distribution:
    """Return the distribution of the sum of two independent ones."""
    common = lcm(first.scale, second.scale)
    left, right = common // first.scale, common // second.scale
    other = [(b * right, t * right, mask, w) for (b, t, mask), w in second.states.items()]
    combined: dict[State, int] = {}
    for (b, t, mask), weight in first.states.items():
        for more_b, more_t, more_mask, more in other:
            key = (b * left + more_b, t * left + more_t, mask | more_mask)
            combined[key] = combined.get(key, 0) + weight * more
    return Distribution(combined, common)


def product_of(results: Iterable[BlockResult]) -> Distribution | None:
    """Return the distribution of the sum over blocks; None when it has too many different sums."""
    found = NOTHING_OPEN
    for result in sorted(results, key=lambda r: (len(r.states), r.block.facts)):
        if len(found.states) * len(result.states) > 4 * MOST_STATES:
            return None
        found = convolve(found, Distribution(result.states, result.scale))
    return found if len(found.states) <= MOST_STATES else None


def arranged(found: Distribution) -> Spread:
    """Return a distribution as lines, in order of t and mask."""
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for (b, t, mask), weight in found.states.items():
        groups.setdefault((t, mask), []).append((b, weight))
    lines = []
    for (t, mask), pairs in sorted(groups.items()):
        pairs.sort()
        sums = tuple(b for b, _ in pairs)
        lines.append(Line(t, mask, sums, tuple(accumulate((w for _, w in pairs), initial=0))))
    return Spread(tuple(lines), found.scale)


def shares_of(
    spread: Spread, changed: Distribution, known: BlockResult, fixed_mask: int | None = None
) -> dict[Option, Fraction]:
    """Return the share of the weight that each option wins.

    Where everything is ruled out nobody wins, so that the shares may add up to less than 1.

    Args:
        spread: the open blocks that a change left alone.
        changed: the blocks it did not, few states.
        known: the block of everything known; it has one outcome.
        fixed_mask: options ruled out instead of those that the gates rule out.
    """
    base = known.outcomes[0]
    common = lcm(spread.scale, changed.scale, known.scale)
    factor, steps, offset = (
        common // scale for scale in (spread.scale, changed.scale, known.scale)
    )
    won = dict.fromkeys(OPTIONS, 0)
    for (more_b, more_t, more_mask), weight in changed.states.items():
        shift = Outcome(
            (),
            weight,
            base.b * offset + more_b * steps,
            base.t * offset + more_t * steps,
            base.mask | more_mask,
        )
        for line in spread.lines:
            _add_line(won, line, shift, factor, fixed_mask)
    total = sum(line.cumulated[-1] for line in spread.lines) * sum(changed.states.values())
    return {option: Fraction(weight, total or 1) for option, weight in won.items()}


def _add_line(
    won: dict[Option, int], line: Line, shift: Outcome, factor: int, fixed_mask: int | None
) -> None:
    """Add to what each option wins on one line: as B rises it goes to Podman, test, incremental."""
    below = line.sums[0] * factor + shift.b - 1
    mask = line.mask | shift.mask if fixed_mask is None else fixed_mask
    if mask == EVERY_OPTION:
        return
    stay, move = thresholds(line.t * factor + shift.t, mask, below)
    total = line.cumulated[-1]
    first = (
        total
        if stay is None
        else line.cumulated[bisect_right(line.sums, (stay - shift.b) // factor)]
    )
    last = (
        total
        if move is None
        else line.cumulated[bisect_right(line.sums, (move - shift.b) // factor)]
    )
    won["enhanced-podman"] += first * shift.weight
    won["test-cluster"] += (max(first, last) - first) * shift.weight
    won["incremental"] += (total - max(first, last)) * shift.weight


def thresholds(t: int, mask: int, below: int) -> tuple[int | None, int | None]:
    """Return up to which B staying wins, and above which B moving wins, for a given t.

    None stands for no limit: staying always wins, or moving never does. Ties go to the status quo,
    then to the test cluster.

    Args:
        t: what speaks for testing first, on the scale of B.
        mask: the options ruled out.
        below: a number that every B exceeds: the limit where staying is ruled out.
    """
    stay_in, test_in, move_in = (not mask & BITS[option] for option in OPTIONS)
    limits = [-2 * t] if test_in else []
    limits += [0] if move_in else []
    stay = (min(limits) if limits else None) if stay_in else below
    if not move_in:
        return stay, None
    limits = [2 * t // 3] if test_in else []
    limits += [0] if stay_in else []
    return stay, max(limits, default=below)


def winner_of(b: int, t: int, mask: int) -> Option | None:
    """Return the winner at a point, by the same thresholds; None where everything is ruled out."""
    if mask == EVERY_OPTION:
        return None
    stay, move = thresholds(t, mask, b - 1)
    if stay is None or b <= stay:
        return "enhanced-podman"
    return "incremental" if move is not None and b > move else "test-cluster"


def most_likely(found: Mapping[Option, Fraction], ruled_out: int) -> Option:
    """Return the option with the largest share of those not ruled out; ties as everywhere."""
    left = [option for option in OPTIONS if not ruled_out & BITS[option]] or list(OPTIONS)
    return max(left, key=lambda option: (found[option], -OPTIONS.index(option)))

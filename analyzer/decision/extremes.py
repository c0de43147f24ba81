"""Block results -> extremes, means and unions over independent blocks."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from analyzer.decision.blocks import BlockResult
from analyzer.decision.problem import Problem
from analyzer.rulebook.model import Option


def scorer(option: Option, sign: int = 1) -> Callable[[int, int], int]:
    """Return a function of integer sums (b, t) to four times the option's score."""
    if option == "incremental":
        return lambda b, _t: sign * 4 * b
    if option == "enhanced-podman":
        return lambda b, _t: sign * -4 * b
    return lambda b, t: sign * (4 * t - 2 * b)


def leader(first: Option, second: Option) -> Callable[[int, int], int]:
    """Return a function of integer sums (b, t) to four times the lead of the first option."""
    ahead, behind = scorer(first), scorer(second)
    return lambda b, t: ahead(b, t) - behind(b, t)


def least(
    problem: Problem, results: list[BlockResult], value: Callable[[int, int], int]
) -> Fraction:
    """Return the least sum over blocks of a linear function: blocks are independent."""
    total = Fraction(0)
    for result in results:
        lowest = min(value(outcome.b, outcome.t) for outcome in result.outcomes)
        total += Fraction(lowest, 4 * result.scale)  # `scorer` counts in quarters
    return total / problem.total_weight


def mean(result: BlockResult) -> tuple[Fraction, Fraction]:
    """Return the expected sums of a block."""
    total = result.weight * result.scale
    b = sum(b * weight for (b, _, _), weight in result.states.items())
    t = sum(t * weight for (_, t, _), weight in result.states.items())
    return Fraction(b, total), Fraction(t, total)


def union(masks: Iterable[int]) -> int:
    """Return the options that any of the masks rules out."""
    found = 0
    for mask in masks:
        found |= mask
    return found

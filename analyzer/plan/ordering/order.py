"""The whole problem -> an order: block after block, then what all of it costs and proves."""

from collections.abc import Iterator

from analyzer.plan.ordering.block import Block, split, stop_then_start, value
from analyzer.plan.ordering.packing import pack
from analyzer.plan.ordering.pins import keep
from analyzer.plan.ordering.problem import WAVE_COST, Effort, Order, Problem, check, cuts
from analyzer.plan.ordering.solve import SPENDING, Solution, solve


def order(problem: Problem, effort: Effort = "normal") -> Order:
    """Return the groups in waves with the least exposure found, and a proven floor of it.

    The same problem gives the same order on every machine; ``effort`` buys iterations, not time.

    Raises:
        ValueError: The problem is not well-formed.
    """
    check(problem)
    wave_of = [0] * len(problem.names)
    waves = bound = work = 0
    for block, solution in _solutions(problem, effort):
        for group, wave in zip(block.groups, solution.wave, strict=True):
            wave_of[group] = waves + wave + 1
        waves += max(solution.wave) + 1
        bound += solution.bound
        work += solution.work
    left = cuts(problem, tuple(wave_of))
    total = sum(left) + waves * WAVE_COST
    return Order(
        wave_of=tuple(wave_of),
        waves=waves,
        value=total,
        lower_bound=bound,
        proven_optimal=total == bound,
        cuts=left,
        oversized=tuple(g for g, size in enumerate(problem.effort) if size > problem.capacity),
        stop_then_start=stop_then_start(problem),
        iterations=work,
    )


def name_order(problem: Problem) -> int:
    """Return J of the order by name inside each class, waves filled one after another.

    This is what a plan without any thought for dependencies costs, to compare with.
    """
    return sum(
        value(block, pack(block, [[group] for group in range(len(block.groups))], look_ahead=0))
        for block in split(problem)
    )


def _solutions(problem: Problem, effort: Effort) -> Iterator[tuple[Block, Solution]]:
    """Return each block with its solution, pinned groups kept in their waves."""
    asked = dict(problem.pinned)
    before = 0
    for block in split(problem):
        solution = solve(block, effort)
        wishes = {
            index: asked[group] - 1 - before
            for index, group in enumerate(block.groups)
            if group in asked
        }
        if wishes:
            search = keep(block, solution.wave, wishes, SPENDING[effort].starting)
            work = solution.work + search.work
            cost = value(block, search.wave)
            solution = Solution(search.wave, cost, solution.bound, work)
        before += max(solution.wave) + 1
        yield block, solution

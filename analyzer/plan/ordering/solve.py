"""One block -> waves and a proof: exact where it is small, searched and bounded where it is not."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from analyzer.plan.ordering.block import Block, value, with_risk
from analyzer.plan.ordering.bound import fewest_waves, lower_bound
from analyzer.plan.ordering.dual import Dual, balance
from analyzer.plan.ordering.exact import best_below
from analyzer.plan.ordering.local_search import Search
from analyzer.plan.ordering.packing import pack, segment
from analyzer.plan.ordering.prices import Prices, best_prices
from analyzer.plan.ordering.problem import Effort
from analyzer.plan.ordering.spectral import fiedler_sequence
from analyzer.plan.ordering.starts import by_cut, by_density, components


class Spending(NamedTuple):
    """What a search may spend, in iterations.

    Blocks of at most ``exact_groups`` groups are solved exactly if no more than ``exact_sets`` sets
    remain; up to ``many_groups`` several starts compete, and the best is shaken ``shakes`` times;
    larger blocks get one start and ``large_passes`` passes of local search.
    """

    exact_groups: int
    exact_sets: int
    many_groups: int
    shakes: int
    large_passes: int
    balance_passes: int


SPENDING: dict[Effort, Spending] = {
    "quick": Spending(10, 200, 100, 0, 1, 30),
    "normal": Spending(12, 500, 300, 20, 3, 60),
    "thorough": Spending(16, 4000, 1000, 400, 12, 300),
}
PASSES = 30
SHAKEN_GROUPS = 60
SHIFT_ONE_IN = 6
"""A shake moves one group in this many."""
SPECTRAL_SHARE = 2
"""The spectral start is tried when one component holds more than 1/this of a block's groups."""


class Solution(NamedTuple):
    """Waves of a block, from 0, their edge-waves, a proven floor of those, and the work spent."""

    wave: list[int]
    value: int
    bound: int
    work: int


def solve(block: Block, effort: Effort) -> Solution:
    """Return the best plan found for the block, and its bound."""
    groups = len(block.groups)
    if sum(block.effort) <= block.capacity and not block.memory:
        wave = [0] * groups
        best = value(block, wave)
        return Solution(wave, best, best, 0)
    spending = SPENDING[effort]
    prices = best_prices(block.effort, block.capacity)
    priced = block._replace(effort=prices.price, capacity=prices.capacity)
    dual = balance(priced, spending.balance_passes)
    bound = lower_bound(priced, dual.density, fewest_waves(block))
    if groups > spending.many_groups:
        return _large(block, dual, bound, spending.large_passes)
    found = _several_starts(block, dual, bound)
    if found.value > bound and groups <= spending.exact_groups:
        found = _exact(block, prices, found, spending.exact_sets)
    if found.value > found.bound and groups <= SHAKEN_GROUPS:
        found = _shaken(block, dual, found, spending.shakes)
    return found


def _large(block: Block, dual: Dual, bound: int, passes: int) -> Solution:
    """Return the better of two packings by density, searched around the block's own edges."""
    sequence = by_density(block, dual)
    packed = segment(block, _flat(dual, pack(block, sequence)))
    wave = min(packed, segment(block, sequence), key=lambda wave: value(block, wave))
    search = Search(block, wave)
    wave = segment(block, _flat(dual, search.run_near(passes)))
    return Solution(wave, value(block, wave), bound, dual.work + search.work)


def _several_starts(block: Block, dual: Dual, bound: int) -> Solution:
    """Return the best plan from several starts; the first that meets the bound ends the search."""
    tied = with_risk(block)
    found: list[tuple[int, list[int]]] = []
    work = dual.work
    for start in _starts(block, dual):
        wave, more = _polished(tied, dual, start)
        work += more
        found.append((value(tied, wave), wave))
        if found[-1][0] // tied.scale <= bound:
            break
    best, wave = min(found)
    return Solution(wave, best // tied.scale, bound, work)


def _starts(block: Block, dual: Dual) -> Iterator[list[int]]:
    """Return feasible plans to improve, the most promising first."""
    for sequence in _sequences(block, dual):
        yield segment(block, sequence)
        yield segment(block, _flat(dual, pack(block, sequence)))


def _sequences(block: Block, dual: Dual) -> Iterator[list[int]]:
    """Return sequences of the groups, those cheap to build first."""
    yield by_density(block, dual)
    if not block.edges:
        return
    yield by_cut(block, 1)
    yield by_cut(block, -1)
    parts = components(block)
    if SPECTRAL_SHARE * max(map(len, parts)) > len(block.groups):
        parts.sort(key=len, reverse=True)
        lines = [fiedler_sequence(block, part) for part in parts]
        yield list(chain.from_iterable(lines))
        yield list(chain.from_iterable(line[::-1] for line in lines))
        yield list(chain.from_iterable(lines[::-1]))


def _polished(block: Block, dual: Dual, wave: list[int]) -> tuple[list[int], int]:
    """Return the plan improved until neither moves nor a new cut into waves help, and the work."""
    best, work = value(block, wave), 0
    while True:
        search = Search(block, wave)
        moved = search.run(PASSES)
        work += search.work
        wave = segment(block, _flat(dual, moved))
        cost = value(block, wave)
        if cost >= best:
            return wave, work
        best = cost


def _exact(block: Block, prices: Prices, found: Solution, most_sets: int) -> Solution:
    """Return the optimum, proved, unless too many sets are left to search."""
    tied = with_risk(block)
    wave = best_below(tied, prices, value(tied, found.wave), most_sets)
    if wave is None:
        return found._replace(bound=found.value)
    if not wave:
        return found
    best = value(block, wave)
    return found._replace(wave=wave, value=best, bound=best)


def _shaken(block: Block, dual: Dual, found: Solution, shakes: int) -> Solution:
    """Return the best plan of a search that disturbs the plan and improves it again."""
    tied = with_risk(block)
    wave, work = found.wave, found.work
    best = value(tied, wave)
    chance = _chances()
    for _ in range(shakes):
        shifted = [2 * w + next(chance) for w in wave]
        sequence = sorted(range(len(wave)), key=lambda group: (shifted[group], dual.level[group]))
        again, more = _polished(tied, dual, segment(tied, sequence))
        work += more
        cost = value(tied, again)
        if cost <= best:
            best, wave = cost, again
            if best // tied.scale <= found.bound:
                break
    return Solution(wave, best // tied.scale, found.bound, work)


def _chances() -> Iterator[int]:
    """Return an endless series, always the same: mostly 0, now and then two waves up or down.

    Source: the linear congruential generator of ISO C's ``rand`` example.
    """
    state = 1
    while True:
        state = (state * 1_103_515_245 + 12_345) % 2**31
        pick = state >> 16
        yield 0 if pick % SHIFT_ONE_IN else 5 if pick // SHIFT_ONE_IN % 2 else -5


def _flat(dual: Dual, wave: list[int]) -> list[int]:
    """Return the groups by wave, inside a wave by density."""
    pairs = zip(wave, dual.level, strict=True)
    keys = sorted((w, level, group) for group, (w, level) in enumerate(pairs))
    return [key[2] for key in keys]

"""One block -> waves and a proof: exact where it is small, searched and bounded where it is not."""

from typing import NamedTuple

from analyzer.plan.ordering.block import Block, value, with_risk
from analyzer.plan.ordering.bound import fewest_waves, lower_bound
from analyzer.plan.ordering.clusters import by_density, find_clusters
from analyzer.plan.ordering.dual import balance
from analyzer.plan.ordering.exact import best_below
from analyzer.plan.ordering.hub_bound import choose_hubs, hub_bound
from analyzer.plan.ordering.improve import LOOK_AHEAD, flat, places, several_starts, shaken
from analyzer.plan.ordering.local_search import Search
from analyzer.plan.ordering.packing import pack, segment
from analyzer.plan.ordering.prices import Prices, best_prices
from analyzer.plan.ordering.problem import Effort


class Spending(NamedTuple):
    """What a search may spend; work is counted in dependencies looked at.

    Blocks of at most ``exact_groups`` groups are solved exactly if no more than ``exact_sets`` sets
    remain. Up to ``many_groups`` several starts compete within ``starting`` work and the best is
    shaken for ``shaking`` work. Larger blocks get one start, ``large_passes`` passes of local
    search and ``large_work`` work per group. Up to ``hubs`` hubs strengthen the bound;
    ``balance_passes`` is for the densities.
    """

    exact_groups: int
    exact_sets: int
    many_groups: int
    starting: int
    shaking: int
    large_passes: int
    large_work: int
    hubs: int
    balance_passes: int


SPENDING: dict[Effort, Spending] = {
    "quick": Spending(10, 200, 100, 100_000, 0, 1, 40, 2, 30),
    "normal": Spending(14, 1000, 300, 400_000, 40_000, 3, 250, 4, 60),
    "thorough": Spending(16, 5000, 1000, 4_000_000, 2_000_000, 12, 1000, 7, 300),
}
WIDE_GAP = 20
"""Large blocks look for hubs only if the value is more than 1/this above the plain bound."""


class Solution(NamedTuple):
    """Waves of a block, from 0, their edge-waves, a proven floor of those, and the work spent."""

    wave: list[int]
    value: int
    bound: int
    work: int


def solve(block: Block, effort: Effort) -> Solution:
    """Return the best plan found for the block, and its bound."""
    if sum(block.effort) <= block.capacity and not block.memory:
        wave = [0] * len(block.groups)
        best = value(block, wave)
        return Solution(wave, best, best, 0)
    spending = SPENDING[effort]
    prices = best_prices(block.effort, block.capacity)
    priced = block._replace(effort=prices.price, capacity=prices.capacity)
    dual = balance(priced, spending.balance_passes)
    bound = lower_bound(priced, dual.density, fewest_waves(block))
    sequence = by_density(priced, find_clusters(priced, dual))
    large = len(block.groups) > spending.many_groups
    if large:
        wave, work = _large(block, sequence, spending)
    else:
        wave, work = several_starts(block, sequence, bound, spending.starting)
    found = Solution(wave, value(block, wave), bound, work + dual.work)
    if len(block.groups) <= spending.exact_groups:
        found = _exact(block, prices, found, spending.exact_sets)
    if (found.value - found.bound) * (WIDE_GAP if large else found.value) > found.bound:
        hubs = choose_hubs(priced, dual, spending.hubs)
        bound, work = hub_bound(priced, hubs, spending.balance_passes)
        found = found._replace(bound=max(bound, found.bound), work=found.work + work)
    if found.value > found.bound and not large:
        wave, work = shaken(block, sequence, found.wave, spending.shaking, found.bound)
        found = found._replace(wave=wave, value=value(block, wave), work=found.work + work)
    return found


def _large(block: Block, sequence: list[int], spending: Spending) -> tuple[list[int], int]:
    """Return the better of two packings of the sequence, searched near the block's own edges."""
    place = places(sequence)
    packed = segment(block, flat(place, pack(block, [[g] for g in sequence], LOOK_AHEAD)))
    wave = min(packed, segment(block, sequence), key=lambda wave: value(block, wave))
    search = Search(block, wave, spending.large_work * len(wave))
    wave = segment(block, flat(place, search.run_near(spending.large_passes)))
    return wave, search.work


def _exact(block: Block, prices: Prices, found: Solution, most_sets: int) -> Solution:
    """Return the optimum, proved, unless too many sets are left to search."""
    if found.value == found.bound:
        return found
    tied = with_risk(block)
    wave = best_below(tied, prices, value(tied, found.wave), most_sets)
    if wave is None:
        return found._replace(bound=found.value)
    if not wave:
        return found
    best = value(block, wave)
    return found._replace(wave=wave, value=best, bound=best)

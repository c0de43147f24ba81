"""The best order of a small block, proved by a search over all sets that may have moved.

A plan is a chain of sets from none to all; each set costs its cut and a wave. Sets are bit masks.
For every effort the cheapest set of that effort gives a floor of what is before and after it, so
only the sets that a better plan could still pass through are kept, and the shortest chain over
those is the optimum, over any number of waves.
"""

from collections.abc import Callable

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.bound import cheapest_walk
from analyzer.plan.ordering.prices import Prices


def best_below(block: Block, prices: Prices, limit: int, most_sets: int) -> list[int] | None:
    """Return the waves, from 0, of the best plan below ``limit``; none when there is none.

    An empty list says that more than ``most_sets`` sets were left to search.
    """
    cost = [cut + block.wave_cost - block.base for cut in _cut_of_sets(block)]
    price = _sums(prices.price)
    floor = [limit] * (price[-1] + 1)
    for here, spent in zip(cost, price, strict=True):
        floor[spent] = min(floor[spent], here)
    after = cheapest_walk(floor, prices.capacity, 0)
    floor[0] = 0
    before = cheapest_walk(floor[::-1], prices.capacity, 0)[::-1]
    around = [a + b for a, b in zip(after, before, strict=True)]
    open_sets = [
        moved
        for moved, (here, spent) in enumerate(zip(cost, price, strict=True))
        if moved and here + around[spent] < limit
    ]
    if len(open_sets) > most_sets:
        return []
    return _shortest_chain(cost, open_sets, _wave_test(block), limit)


def _cut_of_sets(block: Block) -> list[int]:
    """Return the cut after each set of groups has moved; bit g of an index is group g."""
    cut = [block.base]
    for group, pull in enumerate(block.pull):
        alone = pull + sum(weight for _, weight in block.near[group])
        earlier = {other: weight for other, weight in block.near[group] if other < group}
        if earlier:
            shared = _sums([2 * earlier.get(other, 0) for other in range(group)])
            cut += [c + alone - s for c, s in zip(cut, shared, strict=True)]
        else:
            cut += [c + alone for c in cut]
    return cut


def _sums(sizes: list[int]) -> list[int]:
    """Return the sum of every subset of the sizes, indexed by bit mask."""
    sums = [0]
    for size in sizes:
        sums += [total + size for total in sums] if size else sums
    return sums


def _wave_test(block: Block) -> Callable[[int], bool]:
    """Return a test whether a set of groups fits one wave."""
    effort = _sums(block.effort)
    hosts = sorted({host for row in block.memory for host, _ in row})
    needs = [
        (_sums([dict(row).get(host, 0) for row in block.memory]), block.headroom[host])
        for host in hosts
    ]
    if not needs:
        return lambda wave: effort[wave] <= block.capacity
    return lambda wave: (
        effort[wave] <= block.capacity and all(need[wave] <= most for need, most in needs)
    )


def _shortest_chain(
    cost: list[int], sets: list[int], fits: Callable[[int], bool], limit: int
) -> list[int] | None:
    """Return the waves of the cheapest chain through these sets, or none below the limit."""
    reached: list[tuple[int, int]] = [(0, 0)]
    previous: dict[int, int] = {}
    for moved in sets:
        best, origin = limit - cost[moved], -1
        for start, spent in reached:
            if spent < best and start & moved == start and fits(moved ^ start):
                best, origin = spent, start
        if origin >= 0:
            reached.append((moved, best + cost[moved]))
            previous[moved] = origin
    everything = len(cost) - 1
    if everything not in previous:
        return None
    chain = [everything]
    while chain[-1]:
        chain.append(previous[chain[-1]])
    chain.reverse()
    groups = everything.bit_length()
    return [
        next(number for number, moved in enumerate(chain[1:]) if moved >> group & 1)
        for group in range(groups)
    ]

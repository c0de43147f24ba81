"""A lower bound on the edge-waves of a block, whatever plan keeps its class and capacity.

By the densities of ``dual`` the cut after an effort x has moved is at least ``least[x]``: take the
smallest densities first. The bound is the cheapest walk from effort 0 to all of it in steps of at
most the capacity, each step paying for the cut where it lands. Cuts are whole numbers, so each
floor is rounded up. Memory is ignored here, except for the fewest waves it leaves room for: a plan
of more waves can be spread over the fewest ones without raising any fractional cut.
"""

from collections import deque
from itertools import accumulate, chain, repeat

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.dual import SHIFT
from analyzer.plan.ordering.problem import WAVE_COST


def least_cuts(block: Block, density: list[int]) -> list[int]:
    """Return for each effort moved, 0 to all, a whole number no cut there can be below."""
    ranked = sorted(zip(density, block.effort, strict=True))
    steps = chain.from_iterable(repeat(d, e) for d, e in ranked)
    low = accumulate(steps, initial=block.base << SHIFT)
    least = [-(-scaled >> SHIFT) for scaled in low]
    least[-1] = block.base + sum(block.pull)
    return [cut if cut > 0 else 0 for cut in least]


def cheapest_walk(least: list[int], capacity: int, wave_cost: int = WAVE_COST) -> list[int]:
    """Return for each effort moved the least that the waves still to come must cost."""
    last = len(least) - 1
    rest = [0] * (last + 1)
    total = [0] * (last + 1)
    window: deque[int] = deque()
    for moved in range(last - 1, -1, -1):
        landing = moved + 1
        here = total[landing] = least[landing] + wave_cost + rest[landing]
        while window and total[window[-1]] >= here:
            window.pop()
        window.append(landing)
        if window[0] > moved + capacity:
            window.popleft()
        rest[moved] = total[window[0]]
    return rest


def fewest_waves(block: Block) -> int:
    """Return a number of waves below which the block's effort or memory cannot fit."""
    waves = max(-(-sum(block.effort) // block.capacity), _by_halves(block))
    total: dict[int, int] = {}
    for row in block.memory:
        for host, need in row:
            total[host] = total.get(host, 0) + need
    return max([waves, *(-(-need // block.headroom[host]) for host, need in total.items())])


def _by_halves(block: Block) -> int:
    """Return the bound L2 of bin packing: of what is large, no two share a wave.

    Source: Martello and Toth, Lower bounds and reduction procedures for the bin packing problem,
    https://doi.org/10.1016/0166-218X(90)90094-S.
    """
    capacity = block.capacity
    count: dict[int, int] = {}
    for effort in block.effort:
        count[effort] = count.get(effort, 0) + 1
    sizes = sorted(count.items())
    best = 0
    for small in sorted({0, *(size for size in count if 2 * size <= capacity)}):
        large = sum(n for size, n in sizes if size > capacity - small)
        half = [(s, n) for s, n in sizes if 2 * s > capacity and s <= capacity - small]
        rest = sum(s * n for s, n in sizes if small <= s and 2 * s <= capacity)
        room = sum((capacity - s) * n for s, n in half)
        alone = large + sum(n for _, n in half)
        best = max(best, alone + max(0, -(-(rest - room) // capacity)))
    return best


def lower_bound(block: Block, density: list[int], waves: int) -> int:
    """Return a number of edge-waves that no plan of the block in at least ``waves`` can be below.

    The block's efforts and capacity may be prices (see ``prices``).
    """
    walk = cheapest_walk(least_cuts(block, density), block.capacity)[0]
    slack = waves * block.capacity - sum(block.effort)
    if slack < block.capacity:
        return walk
    ranked = sorted([*zip(density, block.effort, strict=True), (0, slack)])
    steps = chain.from_iterable(repeat(d, e) for d, e in ranked)
    low = list(accumulate(steps, initial=block.base << SHIFT))
    total = sum(low[:: block.capacity]) - low[0]
    return max(walk, -(-total >> SHIFT) + WAVE_COST * waves)

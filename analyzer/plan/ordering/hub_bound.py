"""A stronger lower bound where one group serves many: it knows which hubs have moved.

A plain sum cannot tell whether a dependency of a hub is cut before or after the hub moves, so it
counts little of it. Given which hubs have moved, each dependency of a hub is a plain pull on its
other end; the rest is balanced as in ``dual``. The bound is the cheapest walk over (hubs moved,
effort of the others moved); each of its steps takes at most a wave's capacity.
"""

from collections import deque

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.bound import least_cuts
from analyzer.plan.ordering.dual import SHIFT, Dual, balance
from analyzer.plan.ordering.problem import WAVE_COST

FAR = 1 << 60
"""More than any plan costs."""

MOST_STATES = 50_000
"""Sets of hubs moved times groups and edges of a block that may be looked at, in all."""


def choose_hubs(block: Block, dual: Dual, most: int) -> list[int]:
    """Return up to ``most`` groups whose dependencies the plain bound leaves most of uncounted."""
    size = len(block.effort) + len(block.edges)
    while most > 1 and size << most > MOST_STATES:
        most -= 1
    slack = [0] * len(block.effort)
    for (u, v, weight), pull in zip(block.edges, dual.pulls, strict=True):
        left = (weight << SHIFT) - abs(pull)
        slack[u] += left
        slack[v] += left
    ranked = sorted((-left, group) for group, left in enumerate(slack) if left)
    return sorted(group for _, group in ranked[:most] if len(block.near[group]) > 1)


def hub_bound(block: Block, hubs: list[int], passes: int) -> tuple[int, int]:
    """Return edge-waves that no plan of the block can be below, and the work spent.

    The block's efforts and capacity may be prices (see ``prices``).
    """
    everything = (1 << len(hubs)) - 1
    sizes = [
        sum(block.effort[hub] for i, hub in enumerate(hubs) if moved >> i & 1)
        for moved in range(everything + 1)
    ]
    total: list[list[int]] = [[] for _ in sizes]
    rest: list[int] = []
    work = 0
    for moved in range(everything, -1, -1):
        given = _given(block, hubs, moved)
        dual = balance(given, passes)
        work += dual.work
        least = least_cuts(given, dual.density) if given.effort else [given.base]
        rest = _rest_of_walk(total, least, (moved, sizes, block.capacity))
        total[moved] = [cut + WAVE_COST + after for cut, after in zip(least, rest, strict=True)]
    return rest[0], work


def _rest_of_walk(
    total: list[list[int]], least: list[int], state: tuple[int, list[int], int]
) -> list[int]:
    """Return for each effort moved what the waves still to come must cost.

    ``total`` holds, for every larger set of hubs moved, what landing there and going on costs;
    ``state`` is the hubs moved as a bit mask, the effort of every set of hubs, and the capacity.
    """
    moved, sizes, capacity = state
    last = len(least) - 1
    rest = [FAR] * (last + 1)
    if moved == len(sizes) - 1:
        rest[last] = 0
    for more in range(moved + 1, len(sizes)):
        width = capacity - (sizes[more] - sizes[moved])
        if more & moved == moved and width >= 0:
            rest = list(map(min, rest, _window_minimum(total[more], width)))
    window: deque[int] = deque()
    here = [0] * (last + 1)
    for start in range(last - 1, -1, -1):
        landing = start + 1
        cost = here[landing] = least[landing] + WAVE_COST + rest[landing]
        while window and here[window[-1]] >= cost:
            window.pop()
        window.append(landing)
        if window[0] > start + capacity:
            window.popleft()
        rest[start] = min(rest[start], here[window[0]])
    return rest


def _window_minimum(values: list[int], width: int) -> list[int]:
    """Return for each index the least value from it to ``width`` places on."""
    least = [0] * len(values)
    window: deque[int] = deque()
    for index in range(len(values) - 1, -1, -1):
        while window and values[window[-1]] >= values[index]:
            window.pop()
        window.append(index)
        if window[0] > index + width:
            window.popleft()
        least[index] = values[window[0]]
    return least


def _given(block: Block, hubs: list[int], moved: int) -> Block:
    """Return the block without its hubs, their dependencies turned into pulls on the others."""
    gone = {hub: bool(moved >> i & 1) for i, hub in enumerate(hubs)}
    others = [group for group in range(len(block.effort)) if group not in gone]
    number = {group: index for index, group in enumerate(others)}
    pull = [block.pull[group] for group in others]
    base = block.base + sum(block.pull[hub] for hub, there in gone.items() if there)
    edges = []
    for u, v, weight in block.edges:
        if u in gone and v in gone:
            base += weight if gone[u] != gone[v] else 0
        elif u in gone or v in gone:
            hub, other = (u, v) if u in gone else (v, u)
            pull[number[other]] += -weight if gone[hub] else weight
            base += weight if gone[hub] else 0
        else:
            edges.append((number[u], number[v], weight))
    return block._replace(
        effort=[block.effort[group] for group in others], pull=pull, edges=edges, base=base
    )

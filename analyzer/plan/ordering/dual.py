"""How soon each group wants to move: densities that balance every dependency of a block.

A dependency of weight w between u and v may be replaced by a pull of any size y in -w..w that
draws one end earlier and the other later: the cut of every set is then at least a plain sum over
its groups. Over all such y, the densities (pull per unit of effort) that are as equal as possible
give the best plain sum for every set size at once: the lexicographically optimal base of the cut
function. Making one edge at a time equal, the rest held, approaches it from any start, and every
y on the way is valid already. Integers, scaled by 2**SHIFT, so that all machines agree.

Source: Fujishige, Lexicographically optimal base of a polymatroid with respect to a weight vector,
https://doi.org/10.1287/moor.5.2.186.
"""

from collections.abc import Sequence
from typing import NamedTuple

from analyzer.plan.ordering.block import Block

SHIFT = 16
TOLERANCE = 1 << (SHIFT - 10)
"""A change of an edge's pull by less is not passed on to its neighbours."""
MOST_WORK = 1_000_000
"""Edges balanced before a large block stops, however many passes it may do."""


class Dual(NamedTuple):
    """Balanced densities, scaled by 2**SHIFT; the smallest want to move first.

    ``density`` of a group is a floor of what it adds to the cut per unit of effort, ``added`` what
    it adds in all. ``pulls`` is the y of every edge, added to its first end and taken from its
    second. ``work`` counts the edges balanced.
    """

    density: list[int]
    added: list[int]
    pulls: list[int]
    work: int


def balance(block: Block, passes: int) -> Dual:
    """Return the densities after at most ``passes`` passes over the edges, or MOST_WORK edges."""
    pulls = [0] * len(block.edges)
    added = [pull << SHIFT for pull in block.pull]
    work = _balance_edges(block, (pulls, added), passes)
    density = [total // effort for total, effort in zip(added, block.effort, strict=True)]
    return Dual(density, added, pulls, work)


def _balance_edges(block: Block, state: tuple[list[int], list[int]], passes: int) -> int:
    """Return the number of edges balanced; ``state`` is each edge's pull and each group's sum."""
    pulls, added = state
    efforts = block.effort
    active: Sequence[int] = range(len(pulls))
    work = 0
    for _ in range(passes):
        work += len(active)
        moved = bytearray(len(added))
        for number in active:
            u, v, weight = block.edges[number]
            first, second = efforts[u], efforts[v]
            old, most = pulls[number], weight << SHIFT
            new = old + (added[v] * first - added[u] * second) // (first + second)
            new = most if new > most else -most if new < -most else new
            step = new - old
            if step > TOLERANCE or step < -TOLERANCE:
                pulls[number] = new
                added[u] += step
                added[v] -= step
                moved[u] = moved[v] = 1
        active = [n for n, (u, v, _) in enumerate(block.edges) if moved[u] or moved[v]]
        if not active or work > MOST_WORK:
            break
    return work

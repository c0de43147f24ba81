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

    ``density`` of a group is a floor of what it adds to the cut per unit of effort. Groups tied to
    each other by edges with slack form a cluster, named after its first group; ``level`` is the
    density of a group's whole cluster. ``slack`` is the part of each group's dependencies that the
    densities do not count. ``work`` counts the edges balanced.
    """

    density: list[int]
    cluster: list[int]
    level: list[int]
    slack: list[int]
    work: int


def balance(block: Block, passes: int) -> Dual:
    """Return the densities after at most ``passes`` passes over the edges, or MOST_WORK edges."""
    pulls = [0] * len(block.edges)
    added = [pull << SHIFT for pull in block.pull]
    work = _balance_edges(block, (pulls, added), passes)
    density = [total // effort for total, effort in zip(added, block.effort, strict=True)]
    cluster = _clusters(block, pulls)
    total: dict[int, int] = {}
    effort: dict[int, int] = {}
    for group, first in enumerate(cluster):
        total[first] = total.get(first, 0) + added[group]
        effort[first] = effort.get(first, 0) + block.effort[group]
    mean = {first: total[first] // effort[first] for first in total}
    slack = [0] * len(added)
    for (u, v, weight), pull in zip(block.edges, pulls, strict=True):
        left = (weight << SHIFT) - abs(pull)
        slack[u] += left
        slack[v] += left
    return Dual(density, cluster, [mean[first] for first in cluster], slack, work)


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


def _clusters(block: Block, pulls: list[int]) -> list[int]:
    """Return for each group the first group that edges with slack tie it to."""
    parent = list(range(len(block.effort)))

    def first_of(group: int) -> int:
        while parent[group] != group:
            parent[group] = parent[parent[group]]
            group = parent[group]
        return group

    for (u, v, weight), pull in zip(block.edges, pulls, strict=True):
        if abs(pull) < weight << SHIFT:
            a, b = first_of(u), first_of(v)
            parent[max(a, b)] = min(a, b)
    return [first_of(group) for group in range(len(parent))]

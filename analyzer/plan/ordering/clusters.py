"""Groups of equal density that belong together, and the sequence their densities ask for.

An edge with slack ties its ends into one part. Parts of equal density with an edge between them
form a cluster: the edge is used up, so the floor of ``dual`` holds only if the parts move in the
right order, first those whose own pull, the edge left aside, is smaller.
"""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.dual import SHIFT, TOLERANCE, Dual
from analyzer.plan.ordering.starts import components

SAME = 4 * TOLERANCE
"""Densities of neighbours that differ by no more are equal."""


class Clusters(NamedTuple):
    """For each group its cluster and part, named after their first groups, and their densities.

    ``level`` is the density of the whole cluster, ``own`` that of the part without the edges to
    other parts of its cluster.
    """

    cluster: list[int]
    part: list[int]
    level: list[int]
    own: list[int]


def find_clusters(block: Block, dual: Dual) -> Clusters:
    """Return the clusters that balanced densities leave."""
    density, count = dual.density, len(block.effort)
    loose = [abs(y) < w << SHIFT for (_, _, w), y in zip(block.edges, dual.pulls, strict=True)]
    part = _joined(count, (e for e, slack in zip(block.edges, loose, strict=True) if slack))
    cluster = _joined(
        count,
        (
            (u, v, w)
            for (u, v, w), slack in zip(block.edges, loose, strict=True)
            if slack or abs(density[u] - density[v]) <= SAME
        ),
    )
    own = list(dual.added)
    for (u, v, _), y in zip(block.edges, dual.pulls, strict=True):
        if cluster[u] == cluster[v] and part[u] != part[v]:
            own[u] -= y
            own[v] += y
    return Clusters(cluster, part, _means(block, cluster, dual.added), _means(block, part, own))


def by_density(block: Block, clusters: Clusters) -> list[int]:
    """Return the groups by density, each cluster in one piece; among equals low risk first.

    Inside a part neighbours stay close: breadth first.
    """
    keys = []
    for place, group in enumerate(chain.from_iterable(components(block))):
        cluster, part, level, own = (column[group] for column in clusters)
        keys.append((level, block.risk[cluster], cluster, own, part, place, group))
    keys.sort()
    return [key[-1] for key in keys]


def _joined(count: int, edges: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return for each group the first group that these edges connect it to."""
    parent = list(range(count))

    def first_of(group: int) -> int:
        while parent[group] != group:
            parent[group] = parent[parent[group]]
            group = parent[group]
        return group

    for u, v, _ in edges:
        a, b = first_of(u), first_of(v)
        parent[max(a, b)] = min(a, b)
    return [first_of(group) for group in range(count)]


def _means(block: Block, first_of: list[int], added: list[int]) -> list[int]:
    """Return for each group the density of the set of groups with the same first group."""
    total: dict[int, int] = {}
    effort: dict[int, int] = {}
    for group, first in enumerate(first_of):
        total[first] = total.get(first, 0) + added[group]
        effort[first] = effort.get(first, 0) + block.effort[group]
    mean = {first: total[first] // effort[first] for first in total}
    return [mean[first] for first in first_of]

"""A block: the groups of one class, which have waves of their own between two other classes.

Because all earlier classes have moved and no later one has, every dependency that leaves the block
adds the same amount to the cut wherever its end is placed: the blocks can be ordered one by one.
After the groups S of a block have moved,

    cut(S) = base + sum of pull_g over S + weight of the block's own edges with one end in S.
"""

from typing import NamedTuple

from analyzer.plan.ordering.problem import WAVE_COST, Problem

PILOT = 0


class Block(NamedTuple):
    """One class's part of the problem, its groups numbered from 0 in the order of their names.

    ``effort`` is cut to the capacity, so an oversized group fills a wave exactly. ``pull`` is what
    moving a group alone adds to the cut through edges that leave the block. ``near`` lists
    ``(neighbour, weight)``. ``memory`` keeps only hosts that the whole block could overfill.
    ``scale`` is how many units of this block's numbers make one edge-wave (see ``with_risk``).
    """

    groups: list[int]
    effort: list[int]
    pull: list[int]
    risk: list[int]
    edges: list[tuple[int, int, int]]
    near: list[list[tuple[int, int]]]
    base: int
    memory: list[tuple[tuple[int, int], ...]]
    headroom: tuple[int, ...]
    capacity: int
    scale: int = 1

    @property
    def wave_cost(self) -> int:
        """Return what one more wave costs before any group of the block has moved."""
        return self.base + WAVE_COST * self.scale


def stop_then_start(problem: Problem) -> tuple[int, ...]:
    """Return the groups that do not fit their hosts' memory a second time, even alone."""
    headroom = problem.headroom
    return tuple(
        group
        for group, rows in enumerate(problem.memory)
        if any(need > max(headroom[host], 0) for host, need in rows)
    )


def split(problem: Problem) -> list[Block]:
    """Return the non-empty blocks in the order they move."""
    of = [number if problem.class_rule else min(number, PILOT + 1) for number in problem.class_of]
    members: dict[int, list[int]] = {}
    for group, number in enumerate(of):
        members.setdefault(number, []).append(group)
    local = [0] * len(of)
    for groups in members.values():
        for index, group in enumerate(groups):
            local[group] = index
    pull = list(problem.stay)
    edges: dict[int, list[tuple[int, int, int]]] = {number: [] for number in members}
    for u, v, w in sorted(problem.edges):
        if of[u] == of[v]:
            edges[of[u]].append((local[u], local[v], w))
        else:
            first, second = (u, v) if of[u] < of[v] else (v, u)
            pull[first] += w
            pull[second] -= w
    blocks, base = [], 0
    memory = _memory(problem)
    for number in sorted(members):
        blocks.append(_block(problem, members[number], edges[number], (pull, memory, base)))
        base += sum(blocks[-1].pull)
    return blocks


def value(block: Block, wave: list[int]) -> int:
    """Return the edge-waves of the block's own waves; ``wave`` counts from 0."""
    waves = max(wave) + 1
    total = waves * block.wave_cost
    total += sum(a * (waves - p) for a, p in zip(block.pull, wave, strict=True))
    return total + sum(w * abs(wave[u] - wave[v]) for u, v, w in block.edges)


def with_risk(block: Block) -> Block:
    """Return the block with risk as a tie-break: late risk is better, but never at any exposure.

    One edge-wave becomes ``scale`` units, more than all risk in the first wave can cost.
    """
    scale = 1 + sum(block.risk) * len(block.risk)
    return block._replace(
        pull=[a * scale + r for a, r in zip(block.pull, block.risk, strict=True)],
        edges=[(u, v, w * scale) for u, v, w in block.edges],
        near=[[(v, w * scale) for v, w in row] for row in block.near],
        base=block.base * scale,
        scale=scale,
    )


def _memory(problem: Problem) -> list[tuple[tuple[int, int], ...]]:
    """Return each group's memory rows without those of groups that stop before they start."""
    rows: list[tuple[tuple[int, int], ...]] = list(problem.memory)
    for group in stop_then_start(problem):
        rows[group] = ()
    return rows


def _block(
    problem: Problem,
    groups: list[int],
    edges: list[tuple[int, int, int]],
    rest: tuple[list[int], list[tuple[tuple[int, int], ...]], int],
) -> Block:
    """Return the block of these groups; ``rest`` is pull, memory rows and base."""
    pull, memory, base = rest
    near: list[list[tuple[int, int]]] = [[] for _ in groups]
    for u, v, w in edges:
        near[u].append((v, w))
        near[v].append((u, w))
    capacity = problem.capacity
    return Block(
        groups=groups,
        effort=[min(problem.effort[group], capacity) for group in groups],
        pull=[pull[group] for group in groups],
        risk=[problem.risk[group] for group in groups],
        edges=edges,
        near=near,
        base=base,
        memory=_binding([memory[group] for group in groups], problem.headroom),
        headroom=problem.headroom,
        capacity=capacity,
    )


def _binding(
    rows: list[tuple[tuple[int, int], ...]], headroom: tuple[int, ...]
) -> list[tuple[tuple[int, int], ...]]:
    """Return the rows of those hosts that all the groups together would overfill."""
    total: dict[int, int] = {}
    for row in rows:
        for host, need in row:
            total[host] = total.get(host, 0) + need
    full = {host for host, need in total.items() if need > max(headroom[host], 0)}
    if not full:
        return []
    return [tuple((host, need) for host, need in row if host in full and need) for row in rows]

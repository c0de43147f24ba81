"""Sequences of a block's groups that a search can start from."""

from heapq import heapify, heappop, heappush

from analyzer.plan.ordering.block import Block


def by_cut(block: Block, sign: int) -> list[int]:
    """Return the groups so that each next one leaves the least cut.

    ``sign`` 1 builds the sequence from its first group on, -1 from its last one back.
    """
    gain = [
        sign * pull + sum(weight for _, weight in near)
        for pull, near in zip(block.pull, block.near, strict=True)
    ]
    heap = [(cost, group) for group, cost in enumerate(gain)]
    heapify(heap)
    done = [False] * len(gain)
    sequence = []
    while heap:
        cost, group = heappop(heap)
        if done[group] or cost != gain[group]:
            continue
        done[group] = True
        sequence.append(group)
        for other, weight in block.near[group]:
            if not done[other]:
                gain[other] -= 2 * weight
                heappush(heap, (gain[other], other))
    return sequence[::sign]


def components(block: Block) -> list[list[int]]:
    """Return the sets of groups connected inside the block, in breadth-first order."""
    seen = [False] * len(block.near)
    found = []
    for root in range(len(seen)):
        if seen[root]:
            continue
        seen[root] = True
        queue = [root]
        for group in queue:
            for other, _ in block.near[group]:
                if not seen[other]:
                    seen[other] = True
                    queue.append(other)
        found.append(queue)
    return found

"""A sequence of groups -> waves that keep the effort and the memory of a wave.

``pack`` fills waves as they come; ``segment`` cuts a sequence into waves at the best places.
"""

from collections import deque
from collections.abc import Sequence

from analyzer.plan.ordering.block import Block

LOOK_AHEAD = 6
"""How many groups that do not fit may be passed over to fill a wave."""


class Room:
    """What one wave can still take."""

    def __init__(self, block: Block) -> None:
        """Start with an empty wave."""
        self.effort = block.capacity
        self._efforts = block.effort
        self._rows = block.memory
        self._headroom = block.headroom
        self._used: dict[int, int] = {}

    def fits(self, group: int) -> bool:
        """Return whether the wave has effort and memory left for the group."""
        if self._efforts[group] > self.effort:
            return False
        if not self._rows:
            return True
        used = self._used
        return all(
            used.get(host, 0) + need <= self._headroom[host] for host, need in self._rows[group]
        )

    def take(self, group: int, sign: int = 1) -> None:
        """Give the group its place, or with ``sign`` -1 take it back."""
        self.effort -= sign * self._efforts[group]
        if self._rows:
            for host, need in self._rows[group]:
                self._used[host] = self._used.get(host, 0) + sign * need


def pack(block: Block, sequence: Sequence[int], look_ahead: int = LOOK_AHEAD) -> list[int]:
    """Return each group's wave, from 0: next-fit, passing over at most ``look_ahead`` groups."""
    wave = [0] * len(sequence)
    number, left = 0, len(sequence)
    waiting: list[int] = []
    tail = iter(sequence)
    while left:
        room = Room(block)
        kept: list[int] = []
        for group in waiting:
            if room.fits(group):
                room.take(group)
                wave[group] = number
            else:
                kept.append(group)
        left -= len(waiting) - len(kept)
        waiting = kept
        while room.effort and len(waiting) <= look_ahead:
            following = next(tail, -1)
            if following < 0:
                break
            if room.fits(following):
                room.take(following)
                wave[following] = number
                left -= 1
            else:
                waiting.append(following)
        number += 1
    return wave


def segment(block: Block, sequence: Sequence[int]) -> list[int]:
    """Return each group's wave, from 0, of the cheapest plan that moves in this very sequence."""
    cost = _prefix_costs(block, sequence)
    room = Room(block)
    best, previous = [0] * len(cost), [0] * len(cost)
    window: deque[int] = deque([0])
    start = 0
    for end in range(1, len(cost)):
        group = sequence[end - 1]
        while not room.fits(group):
            room.take(sequence[start], -1)
            start += 1
        room.take(group)
        while window[0] < start:
            window.popleft()
        previous[end] = window[0]
        here = best[end] = best[window[0]] + cost[end]
        while window and best[window[-1]] > here:
            window.pop()
        window.append(end)
    wave = [0] * len(sequence)
    ends = [len(sequence)]
    while ends[-1]:
        ends.append(previous[ends[-1]])
    for number, end in enumerate(ends[-2::-1]):
        for group in sequence[ends[len(ends) - 1 - number] : end]:
            wave[group] = number
    return wave


def _prefix_costs(block: Block, sequence: Sequence[int]) -> list[int]:
    """Return what a wave costs that ends after each number of groups, 0 to all."""
    moved = [False] * len(sequence)
    here = block.wave_cost
    costs = [here]
    for group in sequence:
        moved[group] = True
        here += block.pull[group]
        for other, weight in block.near[group]:
            here += -weight if moved[other] else weight
        costs.append(here)
    return costs

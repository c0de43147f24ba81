"""A sequence of groups -> waves that keep the effort and the memory of a wave.

``pack`` fills waves as they come; ``segment`` cuts a sequence into waves at the best places.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from analyzer.plan.ordering.block import Block


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


def pack(block: Block, items: Iterable[Sequence[int]], look_ahead: int) -> list[int]:
    """Return each group's wave, from 0: next-fit, passing over at most ``look_ahead`` items.

    An item is groups that move in one wave; one that does not fit an empty wave is taken apart.
    """
    wave = [0] * len(block.groups)
    smallest = min(block.effort)
    number = 0
    tail = _whole(block, items)
    waiting: list[Sequence[int]] = []
    following = next(tail, None)
    while waiting or following:
        room = Room(block)
        waiting = [item for item in waiting if not _placed(room, item, wave, number)]
        while following and room.effort >= smallest and len(waiting) <= look_ahead:
            if not _placed(room, following, wave, number):
                waiting.append(following)
            following = next(tail, None)
        number += 1
    return wave


def _whole(block: Block, items: Iterable[Sequence[int]]) -> Iterator[Sequence[int]]:
    """Return the items, those apart that do not fit an empty wave."""
    for item in items:
        if len(item) == 1 or _room_for(Room(block), item):
            yield item
        else:
            yield from ([group] for group in item)


def _placed(room: Room, item: Sequence[int], wave: list[int], number: int) -> bool:
    """Return whether the item fitted, and if so, give its groups the wave."""
    fitted = _room_for(room, item)
    if fitted:
        for group in item:
            wave[group] = number
    return fitted


def _room_for(room: Room, item: Sequence[int]) -> bool:
    """Return whether the item fitted and took its place; if not, nothing changed."""
    for count, group in enumerate(item):
        if not room.fits(group):
            for taken in item[:count]:
                room.take(taken, -1)
            return False
        room.take(group)
    return True


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

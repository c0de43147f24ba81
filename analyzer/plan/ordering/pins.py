"""Requests for waves: a running migration keeps its waves, and new groups join the cheapest."""

from collections import Counter
from collections.abc import Collection

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.local_search import Search
from analyzer.plan.ordering.packing import Room


def keep(block: Block, free: list[int], asked: dict[int, int], most_work: int) -> Search:
    """Return a finished search in which every group of ``asked`` keeps the wave it can get.

    Waves count from 0 within the block. Where earlier blocks have more or fewer waves than those
    who asked knew, all requests are shifted alike. One that is still beyond the waves of the free
    plan ``free`` and of the requests themselves becomes the nearest of them; one that does not fit
    goes to the next wave with room. The other groups take their wave of the free plan where there
    is room.
    """
    last = max(*free, len(set(asked.values())) - 1)
    shift = _shift(asked.values(), last)
    asked = {group: number + shift for group, number in asked.items()}
    rooms = [Room(block) for _ in range(last + 1)]
    wave = [max(0, min(asked.get(group, number), last)) for group, number in enumerate(free)]
    late = []
    for group in sorted(asked):
        if rooms[wave[group]].fits(group):
            rooms[wave[group]].take(group)
        else:  # after all that fit: one wave too full would push on everybody in later ones
            late.append(group)
    late += sorted(set(range(len(free))) - set(asked), key=lambda group: (free[group], group))
    for group in late:
        start = wave[group] if group in asked or rooms[wave[group]].fits(group) else 0
        wave[group] = _next_room(rooms, group, start)
        if wave[group] == len(rooms):
            rooms.append(Room(block))
        rooms[wave[group]].take(group)
    search = Search(block, wave, most_work, asked)
    search.run()
    return search


def _shift(asked: Collection[int], last: int) -> int:
    """Return the least shift that puts most requests into the waves 0 to ``last``."""
    counts = sorted(Counter(asked).items())
    best = (0, 0, 0)
    inside = end = 0
    for number, count in counts:  # the lowest request inside; ``end`` is the first one beyond
        while end < len(counts) and counts[end][0] - number <= last:
            inside += counts[end][1]
            end += 1
        least, most = -number, last - counts[end - 1][0]
        shift = min(max(least, 0), most)
        best = min(best, (-inside, abs(shift), shift))
        inside -= count
    return best[2]


def _next_room(rooms: list[Room], group: int, number: int) -> int:
    """Return the first wave from ``number`` on that the group fits, a new one if need be."""
    while number < len(rooms) and not rooms[number].fits(group):
        number += 1
    return number

"""Requests for waves: a running migration keeps its waves, and new groups join the cheapest."""

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.local_search import Search
from analyzer.plan.ordering.packing import Room


def keep(block: Block, free: list[int], asked: dict[int, int], most_work: int) -> Search:
    """Return a finished search in which every group of ``asked`` keeps the wave it can get.

    Waves count from 0 within the block. A request beyond the waves of the free plan ``free`` and
    of the requests themselves becomes the last of them; one that does not fit goes to the next
    wave with room. The other groups take their wave of the free plan where there is room.
    """
    last = max(*free, len(set(asked.values())) - 1)
    rooms: list[Room] = []
    wave = [-1] * len(free)
    first = sorted(asked, key=lambda group: (asked[group], group))
    rest = sorted(set(range(len(free))) - set(asked), key=lambda group: (free[group], group))
    for group in [*first, *rest]:
        number = max(0, min(asked.get(group, free[group]), last))
        if group in asked or number >= len(rooms) or not rooms[number].fits(group):
            number = _next_room(rooms, group, number if group in asked else 0)
        while len(rooms) <= number:
            rooms.append(Room(block))
        rooms[number].take(group)
        wave[group] = number
    search = Search(block, wave, most_work, asked)
    search.run()
    return search


def _next_room(rooms: list[Room], group: int, number: int) -> int:
    """Return the first wave from ``number`` on that the group fits, a new one if need be."""
    while number < len(rooms) and not rooms[number].fits(group):
        number += 1
    return number

"""Plans of a small block, improved from several starts and by shaking the best of them."""

from collections.abc import Iterator
from itertools import chain

from analyzer.plan.ordering.block import Block, value, with_risk
from analyzer.plan.ordering.local_search import Search
from analyzer.plan.ordering.packing import pack, segment
from analyzer.plan.ordering.spectral import fiedler_sequence
from analyzer.plan.ordering.starts import by_cut, components

SPECTRAL_SHARE = 2
"""The spectral start is tried when one component holds more than 1/this of a block's groups."""

LOOK_AHEAD = 6
"""How many groups that do not fit a packing may pass over to fill a wave."""

SHIFT_ONE_IN = 6
"""A shake moves one group in this many."""

Found = tuple[list[int], int]
"""Waves of a block, from 0, and the work spent on them."""


def several_starts(block: Block, sequence: list[int], bound: int, most_work: int) -> Found:
    """Return the best plan from ``sequence`` and other starts; meeting the bound ends the search."""
    tied = with_risk(block)
    found: list[tuple[int, list[int]]] = []
    work = 0
    place = places(sequence)
    for start in _starts(block, sequence, place):
        wave, more = _polished(tied, place, start, most_work - work)
        work += more
        found.append((value(tied, wave), wave))
        if found[-1][0] // tied.scale <= bound or work > most_work:
            break
    return min(found)[1], work


def shaken(
    block: Block, sequence: list[int], wave: list[int], most_work: int, bound: int
) -> Found:
    """Return the best plan of a search that disturbs the plan and improves it again."""
    tied = with_risk(block)
    best, work = value(tied, wave), 0
    chance, place = _chances(), places(sequence)
    while work < most_work and best // tied.scale > bound:
        shifted = [2 * number + next(chance) for number in wave]
        disturbed = flat(place, shifted)
        again, more = _polished(tied, place, segment(tied, disturbed), most_work)
        work += more
        cost = value(tied, again)
        if cost <= best:
            best, wave = cost, again
    return wave, work


def flat(place: list[int], wave: list[int]) -> list[int]:
    """Return the groups by wave, inside a wave by their place in a sequence."""
    return [key[2] for key in sorted(zip(wave, place, range(len(wave)), strict=True))]


def places(sequence: list[int]) -> list[int]:
    """Return for each group its place in the sequence."""
    place = [0] * len(sequence)
    for number, group in enumerate(sequence):
        place[group] = number
    return place


def _starts(block: Block, sequence: list[int], place: list[int]) -> Iterator[list[int]]:
    """Return feasible plans to improve, the most promising first."""
    for start in chain([sequence], _other_sequences(block)):
        yield segment(block, start)
        singles = [[group] for group in start]
        yield segment(block, flat(place, pack(block, singles, LOOK_AHEAD)))


def _other_sequences(block: Block) -> Iterator[list[int]]:
    """Return more sequences of the groups to start from, if dependencies matter at all."""
    if not block.edges:
        return
    parts = components(block)
    if SPECTRAL_SHARE * max(map(len, parts)) > len(block.groups):
        parts.sort(key=len, reverse=True)
        lines = [fiedler_sequence(block, part) for part in parts]
        yield list(chain.from_iterable(lines))
        yield list(chain.from_iterable(line[::-1] for line in lines))
        yield list(chain.from_iterable(lines[::-1]))
    yield by_cut(block, 1)
    yield by_cut(block, -1)


def _polished(block: Block, place: list[int], wave: list[int], most_work: int) -> Found:
    """Return the plan improved until neither moves nor a new cut into waves help."""
    best, work = value(block, wave), 0
    while True:
        search = Search(block, wave, most_work - work)
        wave = segment(block, flat(place, search.run()))
        work += search.work + len(wave) + 2 * len(block.edges)
        cost = value(block, wave)
        if cost >= best or work > most_work:
            return wave, work
        best = cost


def _chances() -> Iterator[int]:
    """Return an endless series, always the same: mostly 0, now and then two waves up or down.

    Source: the linear congruential generator of the C standard's ``rand`` example.
    """
    state = 1
    while True:
        state = (state * 1_103_515_245 + 12_345) % 2**31
        pick = state >> 16
        yield 0 if pick % SHIFT_ONE_IN else 5 if pick // SHIFT_ONE_IN % 2 else -5

"""The waves before and after -> which services move in other company.

Numbers are no measure: when a wave comes in between, all later ones are counted up, and nothing
has changed for their services. So each earlier wave is paired with the later one that shares most
of its services, and who is not in the pair's other half has moved.
"""

from collections import Counter
from collections.abc import Mapping

from analyzer.comparison.changes import WaveMove


def wave_moves(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[WaveMove, ...]:
    """Return the services that are in another wave, or in one on one side only, by name."""
    pair = _pairs(before, after)
    moves = []
    for service in sorted({*before, *after}):
        old, new = before.get(service), after.get(service)
        if old is None or new is None or pair.get(old) != new:
            moves.append(WaveMove(service, old, new))
    return tuple(moves)


def _pairs(before: Mapping[str, int], after: Mapping[str, int]) -> dict[int, int]:
    """Return earlier wave -> later wave, each at most once, those that share most first.

    Of equals the two lowest numbers go together, whichever side they are on, so that the pairs
    are the same in the other direction.
    """
    shared = Counter((number, after[name]) for name, number in before.items() if name in after)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted(shared, key=lambda at: (-shared[at], max(at), min(at), at))
    for old, new in ranked:
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs

"""A misspelt word -> the known word that was meant."""

from collections.abc import Collection
from functools import lru_cache

_MANY = 2000
_CANDIDATES = 500
_LONGEST = 100
_SHORTEST_START = 4


def closest(word: str, known: Collection[str]) -> str | None:
    """Return the known word most like ``word``, or None when none is near.

    Among many names only those of a similar start or end are compared, so that an estate of
    100,000 services answers at once.
    """
    words: Collection[str] = known
    if len(known) > _MANY:
        near = [w for w in known if w[:2] == word[:2] or w[-3:] == word[-3:]]
        words = sorted(near)[:_CANDIDATES]
    return _closest(word, frozenset(words))


@lru_cache(maxsize=256)  # one mistake is often made a thousand times
def _closest(word: str, words: frozenset[str]) -> str | None:
    import difflib  # noqa: PLC0415 - 3 ms that only a mistake has to pay

    by_lower = {known.lower(): known for known in sorted(words, reverse=True)}
    written = word.lower()[:_LONGEST]
    matches = difflib.get_close_matches(written, by_lower, n=1, cutoff=0.7)
    if not matches and len(written) >= _SHORTEST_START:
        starts = [known for known in by_lower if known.startswith(written)]
        matches = starts if len(starts) == 1 else []
    return by_lower[matches[0]] if matches else None


def did_you_mean(word: str, known: Collection[str], otherwise: str) -> str:
    """Return a remedy: ``did you mean 'host'?``, or ``otherwise`` when nothing is near."""
    match = closest(word, known)
    return f"did you mean '{match}'?" if match else otherwise

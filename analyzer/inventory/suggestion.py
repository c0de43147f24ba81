"""A misspelt word -> the known word that was meant."""

from collections.abc import Iterable

_MANY = 2000
_CANDIDATES = 500


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word``, or None when none is near.

    Among many names only those of a similar start or end are compared, so that an estate of
    100,000 services answers at once.
    """
    import difflib  # noqa: PLC0415 - 3 ms that only a mistake has to pay

    words = set(known)
    if len(words) > _MANY:
        words = {w for w in words if w[:2] == word[:2] or w[-3:] == word[-3:]}
    lower = {w.lower(): w for w in sorted(words, reverse=True)[-_CANDIDATES:]}
    matches = difflib.get_close_matches(word.lower()[:100], lower, n=1, cutoff=0.7)
    return lower[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy: ``did you mean 'host'?``, or ``otherwise`` when nothing is near."""
    match = closest(word, known)
    return f"did you mean '{match}'?" if match else otherwise

"""A set of changes and a test -> a smallest part of it that passes.

First every set of one change is tried, then of two, and so on, as long as the number of trials
allows; beyond that changes are left out of the whole, in halves and then one by one, as delta
debugging does (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002,
https://doi.org/10.1109/32.988498). What belongs together stays together.
"""

from collections.abc import Callable, Hashable, Iterable
from itertools import combinations
from math import comb
from typing import Generic, NamedTuple, TypeVar

_Change = TypeVar("_Change", bound=Hashable)


class Found(NamedTuple, Generic[_Change]):
    """A set that passes; ``smallest``: none of fewer changes does, each with what belongs to it."""

    changes: frozenset[_Change]
    smallest: bool


class _OutOfTrialsError(Exception):
    """So many trials were allowed, and no more."""


class Search(Generic[_Change]):
    """Looks for small sets, within a number of trials."""

    def __init__(
        self,
        passes: Callable[[frozenset[_Change]], bool],
        close: Callable[[frozenset[_Change]], frozenset[_Change] | None],
        trials: int,
    ) -> None:
        """Take the test, what completes a set, and how often the test may be asked."""
        self._passes, self._close, self._left = passes, close, trials
        self._known: dict[frozenset[_Change], bool] = {}

    def smallest(self, changes: tuple[_Change, ...]) -> Found[_Change] | None:
        """Return a smallest set of the changes that passes, None where all together do not.

        Of equally small ones the first in the order of the changes is taken.
        """
        whole = frozenset(changes)
        try:
            if not self._try(whole):
                return None
            size = 0
            while comb(len(changes), size + 1) <= self._left // 2 and size < len(changes):
                size += 1
                for chosen in combinations(changes, size):
                    closed = self._close(frozenset(chosen))
                    if closed is not None and self._try(closed):
                        return Found(closed, smallest=True)
        except _OutOfTrialsError:
            return None
        return Found(self._reduced(changes), smallest=False)

    def _reduced(self, changes: tuple[_Change, ...]) -> frozenset[_Change]:
        """Return what is left when everything was left out that can be."""
        kept = list(changes)
        length = max(1, len(kept) // 2)
        try:
            while True:
                before = len(kept)
                for start in range(0, len(kept), length):
                    kept = self._without(kept, kept[start : start + length])
                if length == 1 and len(kept) == before:
                    return frozenset(kept)
                length = max(1, length // 2)
        except _OutOfTrialsError:
            return frozenset(kept)

    def _without(self, kept: list[_Change], out: Iterable[_Change]) -> list[_Change]:
        """Return the changes without some of them, if it passes; else all of them."""
        rest = self._close(frozenset(kept) - frozenset(out))
        if rest is None or len(rest) >= len(kept) or not rest <= frozenset(kept):
            return kept
        return [change for change in kept if change in rest] if self._try(rest) else kept

    def _try(self, changes: frozenset[_Change]) -> bool:
        if changes not in self._known:
            if self._left <= 0:
                raise _OutOfTrialsError
            self._left -= 1
            self._known[changes] = self._passes(changes)
        return self._known[changes]

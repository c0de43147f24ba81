"""A section of a unit, read by key: the last value, all of them, words, or NAME=value pairs.

An empty value takes back what stood before it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from analyzer.importers.quadlet.specifiers import expand
from analyzer.importers.quadlet.unitfile import Entry, unquoted, words
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Resolved

_TRUE = frozenset({"1", "yes", "true", "on", "y", "t"})


class Setting(NamedTuple):
    """A value and its place."""

    text: str
    mark: int


class Pair(NamedTuple):
    """A NAME=value and its place; None when there is no value."""

    name: str
    value: str | None
    mark: int


class Section:
    """What one section of a unit says."""

    __slots__ = ("_added", "_known", "_variables", "settings")

    def __init__(self, unit: Unit, name: str, variables: Mapping[str, str]) -> None:
        """Gather the values of each key. ``variables`` are those that systemd puts in."""
        self._known, self._variables = unit.known, variables
        self._added: dict[str, list[Setting]] = {}
        self.settings: dict[str, list[Entry]] = {}
        for entry in unit.entries:
            if entry.section != name:
                continue
            if entry.value:
                self.settings.setdefault(entry.key, []).append(entry)
            else:
                self.settings.pop(entry.key, None)

    def add(self, key: str, setting: Setting) -> None:
        """Add a value that another key gives; it comes after the key's own."""
        self._added.setdefault(key, []).append(setting)

    def last(self, key: str) -> Setting | None:
        """Return the last value of a key."""
        if key in self._added:
            return self._added[key][-1]
        entries = self.settings.get(key)
        if not entries:
            return None
        return Setting(self._expand(unquoted(entries[-1].value)), entries[-1].mark)

    def lines(self, key: str) -> list[Setting]:
        """Return every value of a key, a line each."""
        own = [Setting(self._expand(each.value), each.mark) for each in self.settings.get(key, ())]
        return own + self._added.get(key, [])

    def words(self, key: str) -> list[Setting]:
        """Return the words of every value of a key."""
        own = [
            Setting(self._expand(word), entry.mark)
            for entry in self.settings.get(key, ())
            for word in words(entry.value)
        ]
        return own + self._added.get(key, [])

    def pairs(self, key: str) -> list[Pair]:
        """Return the NAME=value pairs of every value of a key."""
        found = []
        for word, mark in self.words(key):
            name, equals, _ = word.partition("=")
            found.append(Pair(name, _after(word) if equals else None, mark))
        return found

    def yes(self, key: str) -> bool:
        """Return whether a key says yes."""
        said = self.last(key)
        return said is not None and said.text.lower() in _TRUE

    def _expand(self, text: str) -> str:
        return expand(text, self._known, self._variables)


def _after(text: str) -> str:
    """Return what stands behind the first ``=``, and still is `Resolved` if the whole was."""
    value = text.partition("=")[2]
    if isinstance(text, Resolved):
        return Resolved(value, text.written.partition("=")[2])
    return value

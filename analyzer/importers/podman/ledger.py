"""Remarks on what is not simply used, each of the engine's own records once only."""

from collections.abc import Mapping

from analyzer.importers.podman.objects import entries
from analyzer.inventory.draft import Reach, Remark
from analyzer.tree import Map

EMPTY = frozenset({None, "", "0", "false", "0s", "<no value>"})


class Ledger:
    """Collects remarks.

    Every container has some 150 keys, most of which nobody chose. What bears on nothing is said
    once for a key, at its first place, and not at all where it is empty everywhere.
    """

    def __init__(self) -> None:
        """Start with no remarks."""
        self.remarks: list[Remark] = []
        self._said: set[str] = set()

    def say(self, mark: int, path: str, reach: Reach, text: str) -> None:
        """Keep a remark."""
        self.remarks.append(Remark(mark, path, reach, text))

    def once(self, mark: int, path: str, reach: Reach, text: str) -> None:
        """Keep a remark, unless there is one on this path."""
        if path not in self._said:
            self._said.add(path)
            self.say(mark, path, reach, text)

    def account(self, tree: Map, path: str, table: Mapping[str, str]) -> None:
        """Remark on the keys of an object: those of no bearing, and those in no table.

        Args:
            tree: the object.
            path: where such objects stand, as in ``container.HostConfig.``.
            table: known keys; empty text: read elsewhere; else why it bears on nothing.
        """
        for key, value, mark in entries(tree):
            reason = table.get(key)
            if reason is None:
                self.once(mark, path + key, "not understood", "no key that this program knows")
            elif reason and not is_empty(value):
                self.once(mark, path + key, "no bearing", reason)


def is_empty(value: object) -> bool:
    """Return whether a value is what engines write for a setting that nobody made."""
    return not value or (isinstance(value, str) and value in EMPTY)

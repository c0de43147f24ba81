"""A service's entry while it is written, with a remark for each key that is not simply used."""

from typing import Any

from analyzer.inventory.draft import Hint, Reach, Remark
from analyzer.tree import Map, Seq, type_names


class Sheet:
    """Collects the native keys of one service, what is kept beside them, and remarks."""

    def __init__(self, name: str, path: str, mark: int, extension: str) -> None:
        """Start empty.

        Args:
            name: the service.
            path: where it stands in the file.
            mark: its place.
            extension: the key of what is kept, as in ``x-nixos``.
        """
        self.name, self.path, self.mark, self.extension = name, path, mark, extension
        self.entry = Map(mark)
        self.remarks: list[Remark] = []
        self.hints: list[Hint] = []

    def put(self, key: str, value: Any, mark: int) -> None:
        """Set a native key."""
        self.entry.put(key, value, mark)

    def add(self, key: str, value: Any, mark: int) -> None:
        """Append to a native key that is a list."""
        present = self.entry.get(key)
        if type(present) is not Seq:
            present = Seq(mark)
            if isinstance(self.entry.get(key), str):
                present.add(self.entry[key], self.entry.mark_of(key))
            self.entry.put(key, present, mark)
        present.add(value, mark)

    def below(self, key: str, mark: int) -> Map:
        """Return a native key that is a mapping, made when it is not there yet."""
        present = self.entry.get(key)
        if type(present) is not Map:
            present = Map(mark)
            self.entry.put(key, present, mark)
        return present

    def need(self, service: str, kind: str, why: str, mark: int) -> None:
        """Add a dependency; of two on one service the first stands."""
        needs = self.below("depends_on", mark)
        if service not in needs and service != self.name:
            need = Map(mark)
            need.put("kind", kind, mark)
            need.put("why", why, mark)
            needs.put(service, need, mark)

    def keep(self, key: str, value: Any, mark: int, why: str) -> None:
        """Keep what no native key says, for whoever converts the service."""
        self.beside(key, value, mark)
        self.say(key, "kept", why, mark)

    def beside(self, key: str, value: Any, mark: int) -> None:
        """Keep a value without a word, as what only describes the service."""
        self.below(self.extension, mark).put(key, value, mark)

    def say(self, key: str, reach: Reach, text: str, mark: int) -> None:
        """Add a remark on a key below the service's path."""
        self.remarks.append(Remark(mark, f"{self.path}.{key}", reach, text))

    def broken(self, key: str, value: Any, expected: str, mark: int) -> None:
        """Add a remark on a value of the wrong type, which is not shown."""
        there = type_names.get(type(value), "nothing")
        self.say(key, "broken", f"{there} where {expected} is expected; left out", mark)


def shape(value: Any) -> str:
    """Return ``map``, ``list``, ``text`` or ``nothing``."""
    if isinstance(value, str):
        return "text"
    return {Map: "map", Seq: "list"}.get(type(value), "nothing")


def says_nothing(value: Any) -> bool:
    """Return whether a value is what an option has that nobody set."""
    return value is None or (isinstance(value, Map | Seq) and not value)


def texts(values: Any) -> list[tuple[str, int]]:
    """Return the texts of a list with their marks; what is no text is passed over."""
    if type(values) is not Seq:
        return []
    marked = zip(values, values.marks, strict=False)
    return [(value, mark) for value, mark in marked if isinstance(value, str)]


def entries(value: Any) -> list[tuple[str, Any, int]]:
    """Return key, value and mark of each entry of a mapping, none for anything else."""
    if type(value) is not Map:
        return []
    return [
        (key, item, mark) for (key, item), mark in zip(value.items(), value.marks, strict=False)
    ]

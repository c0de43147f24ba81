"""A document as a tree that remembers where everything stands: `Map`, `Seq`, text and None.

A place is packed into one integer, a *mark*: the file's number, the line and the column. Without
its column it is a *line*, which still knows its file. A document of one file has number 0
everywhere, so that a line is then just the line.
"""

from typing import Any

COLUMN_BITS = 27
"""Room for any column of the largest file that is read: minified JSON is one long line."""
LINE_BITS = 32
"""Room for any line of a file; the number of the file stands above."""
_COLUMNS = (1 << COLUMN_BITS) - 1
_LINES = (1 << LINE_BITS) - 1


def pack(line: int, column: int, file: int = 0) -> int:
    """Return the mark of a place; line and column count from 1, files from 0."""
    return (file << LINE_BITS | line) << COLUMN_BITS | column


def unpack(mark: int) -> tuple[int, int]:
    """Return line and column of a mark."""
    return mark >> COLUMN_BITS & _LINES, mark & _COLUMNS


def split_line(line: int) -> tuple[int, int]:
    """Return the number of the file and the plain line of a line, which is a mark >> `COLUMN_BITS`."""
    return line >> LINE_BITS, line & _LINES


class Quoted(str):
    """Text that was quoted in the file: never a number, a boolean or null."""

    __slots__ = ()


class Resolved(str):
    """Text into which the values of variables were put; ``written`` is how it stood before.

    In ``written`` a variable is just ``${NAME}``: its default may be as secret as its value.
    """

    __slots__ = ("written",)
    written: str

    def __new__(cls, text: str, written: str) -> "Resolved":
        """Return the text with its origin."""
        self = super().__new__(cls, text)
        self.written = written
        return self


class Map(dict[str, Any]):
    """A mapping with the place of each key, in the order of keys, and its own."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: int = 0) -> None:
        """Start empty at a place."""
        self.mark = mark
        self.marks: list[int] = []

    def put(self, key: str, value: Any, mark: int) -> None:
        """Set a key that stands at a mark; one that is there keeps its position."""
        if key in self:
            self.marks[list(self).index(key)] = mark
        else:
            self.marks.append(mark)
        self[key] = value

    def take(self, key: str) -> Any:
        """Remove a key with its mark; return its value, or None when it is not there."""
        if key not in self:
            return None
        del self.marks[list(self).index(key)]
        return self.pop(key)

    def marked(self) -> list[tuple[str, Any, int]]:
        """Return key, value and mark of each entry; a list, so that entries may be changed."""
        return [
            (key, value, mark)
            for (key, value), mark in zip(self.items(), self.marks, strict=False)
        ]

    def mark_of(self, key: str) -> int:
        """Return the mark of a key; the mapping's own for a key it lacks."""
        for known, mark in zip(self, self.marks, strict=False):
            if known == key:
                return mark
        return self.mark

    def place(self, key: str) -> tuple[int, int]:
        """Return line and column of a key, from 1; the mapping's own for a key it lacks."""
        return unpack(self.mark_of(key))

    def lines(self) -> dict[str, int]:
        """Return the line of every key."""
        return {key: mark >> COLUMN_BITS for key, mark in zip(self, self.marks, strict=False)}


class Seq(list[Any]):
    """A sequence with the place of each item and its own."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: int = 0) -> None:
        """Start empty at a place."""
        self.mark = mark
        self.marks: list[int] = []

    def add(self, value: Any, mark: int) -> None:
        """Append an item that stands at a mark."""
        self.append(value)
        self.marks.append(mark)


class Tagged:
    """A node with a tag that its format gives a meaning to, as in Compose's ``!reset``."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: str, value: Any) -> None:
        """Keep the tag with its exclamation mark, and the node."""
        self.tag = tag
        self.value = value


type_names = {
    Map: "a mapping",
    Seq: "a list",
    str: "text",
    Quoted: "text",
    Resolved: "text",
    type(None): "nothing",
}

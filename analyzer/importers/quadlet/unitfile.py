"""The text of a unit file -> its assignments, each with its place.

Lines, comments, continuations and quotes are read as Podman's generator reads them, which differs
from systemd in one point: a continued line is joined without a blank in between.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html
"""

from collections.abc import Sequence
from typing import NamedTuple

from analyzer.inventory.draft import Remark
from analyzer.tree import pack

_BLANKS = " \t\n\r\v\f"
_PLAIN = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
    "'": "'",
    "s": " ",
}
_DIGITS = {"x": 2, "u": 4, "U": 8}


class Entry(NamedTuple):
    """One assignment: ``key`` of ``section`` is ``value``, as written but on one line."""

    section: str
    key: str
    value: str
    mark: int


def text_of(data: bytes) -> str:
    """Return the text of a file, with a sign in place of what is no UTF-8."""
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def parse(text: str, file: int, first: int = 1) -> tuple[list[Entry], list[Remark]]:
    """Return the assignments of a unit in their order, and a remark for each line that is none.

    Args:
        text: the unit.
        file: the number of its file in marks.
        first: the line of the file on which the text begins.
    """
    entries: list[Entry] = []
    remarks: list[Remark] = []
    section = ""
    for line, at in _logical(text.split("\n"), first):
        column = len(line) - len(line.lstrip(_BLANKS)) + 1
        stripped = line.strip(_BLANKS)
        mark = pack(at, column, file)
        if stripped.startswith("[") and stripped.endswith("]"):
            section = stripped[1:-1]
            continue
        key, equals, value = stripped.partition("=")
        key = key.rstrip(_BLANKS)
        if not equals or not key or not section:
            remarks.append(Remark(mark, section, "not understood", _no_assignment(section)))
            continue
        entries.append(Entry(section, key, value.lstrip(_BLANKS), mark))
    return entries, remarks


def _no_assignment(section: str) -> str:
    """Return what is wrong with a line, without its text: it may hold a password."""
    if not section:
        return "stands before the first [Section], where nothing is read"
    return "neither KEY=VALUE nor a comment; Podman refuses the whole unit for it"


def _logical(lines: Sequence[str], first: int) -> list[tuple[str, int]]:
    """Return the lines that say something, joined where they are continued, with their numbers."""
    found: list[tuple[str, int]] = []
    parts: list[str] = []
    start = first
    for number, raw in enumerate(lines, first):
        line = raw.rstrip(_BLANKS)
        inner = line.lstrip(_BLANKS)
        if inner[:1] in ("#", ";") or (not inner and not parts):
            continue
        if not parts:
            start = number
        continued = line.endswith("\\")
        piece = inner if parts else line
        parts.append(piece[:-1] if continued else piece)
        if not continued:
            found.append(("".join(parts), start))
            parts = []
    if parts:
        found.append(("".join(parts), start))
    return found


def words(value: str) -> list[str]:
    """Return the words of a value, without their quotes and escapes."""
    if "\\" not in value and '"' not in value and "'" not in value:
        return value.split()
    found: list[str] = []
    word: list[str] | None = None
    quote, at = "", 0
    while at < len(value):
        char = value[at]
        at += 1
        if char in _BLANKS and not quote:
            if word is not None:
                found.append("".join(word))
            word = None
            continue
        word = [] if word is None else word
        if char == "\\":
            piece, at = _escape(value, at)
            word.append(piece)
        elif char == quote:
            quote = ""
        elif char in "\"'" and not quote:
            quote = char
        else:
            word.append(char)
    return [*found, "".join(word)] if word is not None else found


def _escape(value: str, at: int) -> tuple[str, int]:
    """Return the character that an escape means, and where the text goes on after it."""
    letter = value[at : at + 1]
    if letter in _PLAIN:
        return _PLAIN[letter], at + 1
    length = _DIGITS.get(letter, 3 if letter.isdigit() else 0)
    start = at if letter.isdigit() else at + 1
    digits = value[start : start + length]
    try:
        code = int(digits, 8 if letter.isdigit() else 16) if len(digits) == length > 0 else 0
        if code and not 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - halves of a pair
            return chr(code), start + length
    except (ValueError, OverflowError):
        pass
    return "\\", at


def unquoted(value: str) -> str:
    """Return a single value without the double quotes around it."""
    value = value.rstrip(_BLANKS)
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return value

"""The text of a Caddyfile -> its tokens, each with its place.

Source: https://caddyserver.com/docs/caddyfile/concepts#tokens-and-quotes (and the sections after
it: heredocs, environment variables, comments)
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from analyzer.tree import pack

_VARIABLE = re.compile(r"\{\$([^{}:\s]*)(?::((?:[^{}\n]|\{(?!\$))*))?\}")
_HEREDOC = re.compile(r"<<([A-Za-z0-9_-]+)\r?\n")
_FIRST_WORD = re.compile(r"^[ \t]*([A-Za-z0-9_-]+)(?=[ \t\r\n]|$)", re.MULTILINE)
_BLANKS = " \t\r"
_CLOSED = {'"': re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL), "`": re.compile(r"`([^`]*)`")}
_ESCAPED = re.compile(r'\\(["\\])')
_WORD = re.compile(r"(?:\\\r?\n|[^ \t\r\n])+")
MAX_TOKENS = 500_000


class Token(NamedTuple):
    """One word. ``row`` is the line it counts to, ``quoted`` whether it stood in quotes.

    What follows text of several lines, or a line that is continued, still counts to the first.
    """

    text: str
    row: int
    mark: int
    quoted: bool

    def opens(self) -> bool:
        """Return whether it begins a block."""
        return self.text == "{" and not self.quoted

    def closes(self) -> bool:
        """Return whether it ends a block."""
        return self.text == "}" and not self.quoted


def tokens(data: bytes, file: int) -> list[Token]:
    """Return the tokens of a file; what is no UTF-8 is replaced by a sign.

    A variable stands for its default, as the environment of the server is not known here; one
    without a default stays as it is written.
    """
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "\ufffd")
    text = _VARIABLE.sub(lambda found: found[0] if found[2] is None else found[2], text)
    found: list[Token] = []
    ends = _Ends(text)
    at, line, start, row = 0, 1, 0, 1
    while at < len(text) and len(found) < MAX_TOKENS:
        char = text[at]
        if char == "\n":
            at, line, start, row = at + 1, line + 1, at + 1, row + 1
        elif char in _BLANKS:
            at += 1
        elif char == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif text.startswith("\\\n", at) or text.startswith("\\\r\n", at):
            at = start = text.index("\n", at) + 1
            line += 1
        else:
            mark = pack(line, at - start + 1, file)
            word, quoted, end = _token(text, at, ends)
            found.append(Token(word, row, mark, quoted))
            passed = text.count("\n", at, end)
            if passed:
                line, start = line + passed, text.rindex("\n", at, end) + 1
            at = end
    return found


class _Ends:
    """Where texts between markers may end: looked for once, however many begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[tuple[int, int]]] | None = None

    def after(self, marker: str, at: int) -> tuple[int, int] | None:
        """Return start and end of the first line behind a place that begins with a marker."""
        if self._places is None:
            self._places = {}
            for found in _FIRST_WORD.finditer(self._text):
                self._places.setdefault(found[1], []).append(found.span())
        places = self._places.get(marker, [])
        index = bisect_left(places, (at, 0))
        return places[index] if index < len(places) else None


def _token(text: str, at: int, ends: _Ends) -> tuple[str, bool, int]:
    """Return the token that begins at a place, whether it was quoted, and where it ends."""
    char = text[at]
    if char in _CLOSED:
        closed = _CLOSED[char].match(text, at)
        if closed:
            inner = _ESCAPED.sub(r"\1", closed[1]) if char == '"' else closed[1]
            return inner, True, closed.end()
        return text[at + 1 :], True, len(text)
    heredoc = _HEREDOC.match(text, at)
    if heredoc:
        closing = ends.after(heredoc[1], heredoc.end())
        if closing:
            return text[heredoc.end() : closing[0]], True, closing[1]
    word = _WORD.match(text, at)
    assert word is not None  # noqa: S101 - the caller has passed over every blank
    return re.sub(r"\\\r?\n[ \t]*", "", word[0]), False, word.end()

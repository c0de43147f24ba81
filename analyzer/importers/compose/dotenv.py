"""Files of variables: ``.env``, ``env_file`` and ``label_file`` -> names and values.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#env_file-format
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from analyzer.importers.compose.interpolation import InvalidTemplate, Variables, interpolate

MAX_LINES = 20_000
_EXPORT = re.compile(r"export[ \t]+")
_KEY = re.compile(r"[^\s=:#'\"$]+")
_SEPARATOR = re.compile(r"[ \t]*[=:][ \t]*")
_ESCAPE = re.compile(r"\\([abcfnrtv$\"'\\])")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "$": "$$"}


class Entry(NamedTuple):
    """A variable. ``value`` is None when the file only names it; ``line`` counts from 1."""

    name: str
    value: str | None
    line: int


class Variablefile(NamedTuple):
    """What a file says, and the lines that say nothing that can be read."""

    entries: tuple[Entry, ...]
    bad_lines: tuple[int, ...]

    @property
    def values(self) -> dict[str, str]:
        """Return the value of each variable that has one; the last one counts."""
        return {entry.name: entry.value for entry in self.entries if entry.value is not None}


def parse(data: bytes, known: Mapping[str, str] | None = None) -> Variablefile:
    """Return what a file in Compose's own form says.

    ``known`` are variables from outside: they win in ``${NAME}`` over those of the file.
    """
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    known = known or {}
    values: dict[str, str] = dict(known)
    entries: list[Entry] = []
    bad: list[int] = []
    variables = Variables(values)
    at, line = 0, 1
    while at < len(text) and line <= MAX_LINES:
        parsed = _statement(text, at)
        if parsed is None:
            end = _line_end(text, at)
            if text[at:end].strip() and not text[at:end].lstrip().startswith("#"):
                bad.append(line)
        else:
            name, raw, expands, end = parsed
            try:
                value = interpolate(raw, variables) if raw is not None and expands else raw
            except InvalidTemplate:
                bad.append(line)
            else:
                entries.append(Entry(name, value, line))
                if value is not None and name not in known:
                    values[name] = value
        line += text.count("\n", at, end) + 1
        at = end + 1
    return Variablefile(tuple(entries), tuple(bad))


def parse_raw(data: bytes) -> Variablefile:
    """Return what a file in the form of ``docker run --env-file`` says: values as they stand."""
    entries: list[Entry] = []
    bad: list[int] = []
    text = data.decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines()[:MAX_LINES], 1):
        stripped = line.lstrip()
        if not stripped or stripped[0] == "#":
            continue
        name, equals, value = stripped.partition("=")
        if len(name.split()) != 1 or name != name.strip():
            bad.append(number)
        else:
            entries.append(Entry(name, value if equals else None, number))
    return Variablefile(tuple(entries), tuple(bad))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _statement(text: str, at: int) -> tuple[str, str | None, bool, int] | None:
    """Return name, raw value, whether it holds variables, and the end of its last line."""
    line_end = _line_end(text, at)
    start = at
    while start < line_end and text[start] in " \t\v\f\r":
        start += 1
    export = _EXPORT.match(text, start, line_end)
    key = _KEY.match(text, export.end() if export else start, line_end)
    if key is None:
        return None
    separator = _SEPARATOR.match(text, key.end(), line_end)
    if separator is None:
        alone = not text[key.end() : line_end].strip()
        return (key[0], None, False, line_end) if alone else None
    begin = separator.end()
    quote = text[begin : begin + 1]
    if quote in ("'", '"'):
        close = _closing_quote(text, begin + 1, quote)
        if close < 0:
            return None
        value = _unquoted(text[begin + 1 : close], quote)
        return key[0], value, quote == '"', _line_end(text, close)
    value = text[begin:line_end]
    value = "" if value.startswith("#") else value.partition(" #")[0].rstrip()
    return key[0], value, True, line_end


def _closing_quote(text: str, at: int, quote: str) -> int:
    """Return where a quoted value ends, or -1; a quote after a backslash belongs to it."""
    while (end := text.find(quote, at)) >= 0:
        before = end
        while before > at and text[before - 1] == "\\":
            before -= 1
        if (end - before) % 2 == 0:
            return end
        at = end + 1
    return -1


def _unquoted(value: str, quote: str) -> str:
    """Return a quoted value without its escapes; single quotes know only that of themselves."""
    if quote == "'":
        return value.replace("\\'", "'")
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), value)

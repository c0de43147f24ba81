"""``$NAME``, ``${NAME:-default}`` and their kin in a text -> the text with values put in.

The environment of this process is never read: the same files always say the same. A variable that
nothing sets stays in the text as ``${NAME}``, never as nothing, and the text is `Partial`.

Source: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
"""

import re
from collections.abc import Mapping
from typing import Any

from analyzer.tree import Map, Quoted, Resolved, Seq, Tagged

MAX_TEXT = 1_000_000
"""Characters of one text with its values; a file of a few lines could make it endless."""
MAX_TOTAL = 50_000_000
"""Characters of all texts of one project."""
_MAX_DEPTH = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_OPERATORS = (":-", ":+", ":?", "-", "+", "?")


class InvalidTemplate(Exception):  # noqa: N818 - a verdict on a text, never an error of the program
    """A text is no template; says why, without showing it."""


class Partial(Resolved):
    """Text with variables that nothing sets; ``missing`` are their names."""

    __slots__ = ("missing",)
    missing: tuple[str, ...]

    def __new__(cls, text: str, written: str, missing: tuple[str, ...] = ()) -> "Partial":
        """Return the text with its origin and the names."""
        self = super().__new__(cls, text, written)
        self.missing = missing  # type: ignore[attr-defined]
        return self  # type: ignore[return-value]


def like(origin: str, text: str, written: str) -> str:
    """Return a text that was made of another one, as resolved or partial as that is."""
    if isinstance(origin, Partial):
        missing = tuple(name for name in origin.missing if f"${{{name}}}" in text)
        return Partial(text, written, missing) if missing else Resolved(text, written)
    if isinstance(origin, Resolved):
        return Resolved(text, written)
    return Quoted(text) if type(origin) is Quoted else text


class Variables:
    """What variables are worth, and which of those asked for nobody set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Take the values."""
        self.values = values
        self.left = MAX_TOTAL

    def over(self, weaker: Mapping[str, str]) -> "Variables":
        """Return these with others below: a name that both have keeps its value."""
        return Variables({**weaker, **self.values})


class _Result:
    """Collects the text, how it stood before, and the names that are missing."""

    __slots__ = ("missing", "size", "text", "used", "written")

    def __init__(self) -> None:
        self.text: list[str] = []
        self.written: list[str] = []
        self.missing: list[str] = []
        self.used = False
        self.size = 0

    def add(self, text: str, written: str) -> None:
        self.size += len(text)
        if self.size > MAX_TEXT:
            message = "its variables make it too long"
            raise InvalidTemplate(message)
        self.text.append(text)
        self.written.append(written)

    def variable(self, name: str, value: str) -> None:
        self.used = True
        if isinstance(value, Partial):
            self.missing.extend(value.missing)
        self.add(value, f"${{{name}}}")


def interpolate(text: str, variables: Variables) -> str:
    """Return a text with the values of its variables: itself, `Resolved` or `Partial`.

    Raises:
        InvalidTemplate: a brace is not closed, or what stands in it is no name.
    """
    if "$" not in text:
        return text
    result = _Result()
    _expand(text, variables, result, 0)
    variables.left -= result.size
    if variables.left < 0:
        message = "the variables of this project make it too long"
        raise InvalidTemplate(message)
    whole = "".join(result.text)
    if result.missing:
        return Partial(whole, "".join(result.written), tuple(dict.fromkeys(result.missing)))
    if result.used:
        return Resolved(whole, "".join(result.written))
    return Quoted(whole) if type(text) is Quoted else whole


def _expand(text: str, variables: Variables, result: _Result, depth: int) -> None:
    """Add the parts of a text, from left to right."""
    if depth > _MAX_DEPTH:
        message = f"variables within variables, more than {_MAX_DEPTH} deep"
        raise InvalidTemplate(message)
    at = 0
    while (dollar := text.find("$", at)) >= 0:
        result.add(text[at:dollar], text[at:dollar])
        at = dollar + 1
        following = text[at : at + 1]
        if following == "$":
            result.add("$", "$$")
            at += 1
        elif following == "{":
            end = _closing(text, at)
            _braced(text[at + 1 : end], variables, result, depth)
            at = end + 1
        elif match := _NAME.match(text, at):
            _plain(match[0], variables, result)
            at = match.end()
        else:
            result.add("$", "$")
    result.add(text[at:], text[at:])


def _closing(text: str, opening: int) -> int:
    """Return where the brace that opens at an index is closed; braces within it are paired."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    message = "a '${' without its '}'"
    raise InvalidTemplate(message)


def _plain(name: str, variables: Variables, result: _Result) -> None:
    value = variables.values.get(name)
    if value is None:
        value = Partial(f"${{{name}}}", f"${{{name}}}", (name,))
    result.variable(name, value)


def _braced(inner: str, variables: Variables, result: _Result, depth: int) -> None:
    """Add what stands between braces: a name, an operator and what the operator uses."""
    match = _NAME.match(inner)
    if match is None:
        message = "'${' without the name of a variable"
        raise InvalidTemplate(message)
    name, rest = match[0], inner[match.end() :]
    if not rest:
        _plain(name, variables, result)
        return
    operator = next((known for known in _OPERATORS if rest.startswith(known)), None)
    if operator is None:
        message = "'${NAME' is followed by neither '}' nor one of :- - :+ + :? ?"
        raise InvalidTemplate(message)
    value = variables.values.get(name)
    given = value is not None and (value != "" or operator[0] != ":")
    if operator[-1] == "?":
        _plain(name, variables, result) if given else _plain_missing(name, result)
    elif given == (operator[-1] == "+"):
        _alternative(rest[len(operator) :], name, variables, result, depth)
    else:
        result.variable(name, value or "")


def _plain_missing(name: str, result: _Result) -> None:
    result.variable(name, Partial(f"${{{name}}}", f"${{{name}}}", (name,)))


def _alternative(text: str, name: str, variables: Variables, result: _Result, depth: int) -> None:
    """Add a default, which may hold variables; it is written as the variable it stands for."""
    inner = _Result()
    _expand(text, variables, inner, depth + 1)
    whole = "".join(inner.text)
    missing = tuple(inner.missing)
    result.variable(name, Partial(whole, "", missing) if missing else whole)


class Interpolation:
    """Puts values into a whole tree; what is no template stays, and is reported."""

    def __init__(self, variables: Variables) -> None:
        """Start with no faults."""
        self.variables = variables
        self.faults: list[tuple[int, str, str]] = []
        """Mark, path and reason of each text that is no template."""
        self.unset: dict[str, tuple[int, str]] = {}
        """Mark and path where each variable that nothing sets is asked for first."""

    def tree(self, node: Any, mark: int = 0, path: str = "") -> Any:
        """Return a node with values; parts without variables are the same objects as before."""
        if isinstance(node, str):
            return self._text(node, mark, path) if "$" in node else node
        if type(node) is Map:
            return self._map(node, path)
        if type(node) is Seq:
            return self._seq(node, path)
        if type(node) is Tagged:
            return Tagged(node.tag, self.tree(node.value, mark, path))
        return node

    def _text(self, text: str, mark: int, path: str) -> str:
        try:
            new = interpolate(text, self.variables)
        except InvalidTemplate as invalid:
            self.faults.append((mark, path, str(invalid)))
            return text
        for name in new.missing if type(new) is Partial else ():
            self.unset.setdefault(name, (mark, path))
        return new

    def _map(self, node: Map, path: str) -> Map:
        changed = None
        for (key, value), mark in zip(node.items(), node.marks, strict=False):
            if value is None:
                continue
            new = self.tree(value, mark, f"{path}.{key}" if path else key)
            if new is not value:
                if changed is None:
                    changed = Map(node.mark)
                    changed.update(node)
                    changed.marks = node.marks[:]
                changed[key] = new
        return node if changed is None else changed

    def _seq(self, node: Seq, path: str) -> Seq:
        items = [
            self.tree(item, mark, f"{path}[{index}]")
            for index, (item, mark) in enumerate(zip(node, node.marks, strict=False))
        ]
        if all(new is old for new, old in zip(items, node, strict=True)):
            return node
        changed = Seq(node.mark)
        changed.extend(items)
        changed.marks = node.marks[:]
        return changed

"""Typed access to one rule's mapping; collects every problem instead of stopping."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from analyzer.errors import Problem
from analyzer.inventory.model import Source
from analyzer.tree import Map, Quoted, Seq


class RuleReader:
    """Reads keys of one mapping. Every key must be asked for; `close` reports the others."""

    def __init__(self, tree: Map, file: str, path: str, problems: list[Problem]) -> None:
        """Wrap a mapping found at a dotted path of a file."""
        self.tree = tree
        self.file = file
        self.path = path
        self.problems = problems
        self.asked: set[str] = set()

    def report(self, key: str, what: str, remedy: str) -> None:
        """Add a problem at a key's place."""
        line, column = self.tree.place(key)
        path = ".".join(part for part in (self.path, key) if part)
        self.problems.append(Problem(self.file, line, column, path, what, remedy))

    @property
    def source(self) -> Source:
        """Return the place of the mapping."""
        line, column = self.tree.place("")
        return Source(self.file, line, column)

    def raw(self, key: str, *, required: bool = True) -> Any:
        """Return a key's value as parsed, or None."""
        self.asked.add(key)
        value = self.tree.get(key)
        if value is None and required:
            self.report(key, "missing", "every rule states it")
        return value

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a text, empty when absent."""
        value = self.raw(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report(key, "not a text", "write one text")
            return ""
        return " ".join(value.split())

    def choice(self, key: str, choices: Sequence[str], *, default: str | None = None) -> Any:
        """Return one of the choices; the first one after reporting anything else."""
        value = self.raw(key, required=default is None)
        if value is None:
            return default or choices[0]
        if value not in choices:
            self.report(key, f"'{value}' is none of {', '.join(choices)}", "take one of them")
            return choices[0]
        return str(value)

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; one text stands for a list of one."""
        value = self.raw(key, required=required)
        if isinstance(value, str):
            return (str(value),)
        if value is None:
            return ()
        if not isinstance(value, Seq) or not all(isinstance(item, str) for item in value):
            self.report(key, "not a list of texts", "write [one, two]")
            return ()
        return tuple(map(str, value))

    def number(self, key: str, *, default: Fraction | None = None) -> Fraction:
        """Return a number such as ``3``, ``0.5`` or ``-1/2``."""
        value = self.raw(key, required=default is None)
        if value is None:
            return default or Fraction(0)
        number = rational(value)
        if number is None:
            self.report(key, f"'{value}' is no number", "write 3, 0.5 or -1/2")
            return Fraction(0)
        return number

    def flag(self, key: str) -> bool | None:
        """Return ``true`` or ``false``, None when absent."""
        value = self.raw(key, required=False)
        if value not in (None, "true", "false"):
            self.report(key, f"'{value}' is neither true nor false", "write true or false")
        return None if value is None else value == "true"

    def child(self, key: str, *, required: bool = True) -> "RuleReader | None":
        """Return a reader of a nested mapping."""
        value = self.raw(key, required=required)
        if value is None:
            return None
        if not isinstance(value, Map):
            self.report(key, "not a mapping", "see the shipped rules for its form")
            return None
        return RuleReader(value, self.file, f"{self.path}.{key}".strip("."), self.problems)

    def children(self, key: str) -> Iterator["RuleReader"]:
        """Yield a reader for every mapping of a list."""
        value = self.raw(key, required=True)
        items = value if isinstance(value, Seq) else [value] if value is not None else []
        for index, item in enumerate(items):
            if isinstance(item, Map):
                path = f"{self.path}.{key}[{index}]".lstrip(".")
                yield RuleReader(item, self.file, path, self.problems)
            else:
                self.report(key, "not a list of mappings", "write '- key: value' lines")

    def close(self) -> None:
        """Report every key that nothing asked for."""
        for key in self.tree:
            if key not in self.asked:
                self.report(key, "unknown key", f"known: {', '.join(sorted(self.asked))}")


def rational(value: Any) -> Fraction | None:
    """Return an unquoted scalar as an exact number, or None."""
    if not isinstance(value, str) or isinstance(value, Quoted):
        return None
    try:
        return Fraction(value) if len(value) <= 24 and "e" not in value.lower() else None  # noqa: PLR2004
    except (ValueError, ZeroDivisionError):
        return None

"""Exact values -> JSON values, and places -> ``file:line``."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from analyzer.inventory.model import Source
from analyzer.rulebook.model import Citation, Value

PLACES = 4


def number(value: Fraction | int | None) -> int | float | None:
    """Return a number rounded to four decimals; whole ones as integers."""
    if value is None or isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    return float(round(value, PLACES))


def exact(value: Fraction) -> str:
    """Return an exact fraction as text: ``-41/100``."""
    return str(value)


def plain(value: Value | None) -> int | float | str | None:
    """Return a fact's value: a number or a level."""
    return value if isinstance(value, str) else number(value)


def place(source: Source) -> str:
    """Return ``file:line``."""
    return str(source)


def citations(sources: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return sources with the parts that they have."""
    return [{key: value for key, value in source._asdict().items() if value} for source in sources]

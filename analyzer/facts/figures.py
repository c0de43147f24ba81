"""Figures of the rules -> whole bytes, hours and counts, whatever unit the rules write them in."""

from fractions import Fraction

from analyzer.errors import Problem, RulesError
from analyzer.rulebook.model import Figure, Rulebook

Range = tuple[int, int, int]
"""Low, typical and high."""

_BYTES = {
    "B": 1,
    "kB": 10**3,
    "KiB": 2**10,
    "MB": 10**6,
    "MiB": 2**20,
    "GB": 10**9,
    "GiB": 2**30,
}
_WEEK = "work.week"


def figure(rulebook: Rulebook, identifier: str) -> Figure:
    """Return a figure by its id.

    Raises:
        RulesError: the rules have no such figure.
    """
    found = rulebook.figures.get(identifier)
    if found is None:
        remedy = "put it back into figures/*.yaml"
        raise RulesError([Problem("rules", 0, 0, f"figures.{identifier}", "missing", remedy)])
    return found


def memory_range(rulebook: Rulebook, identifier: str, count: int = 1) -> Range:
    """Return low, typical and high of ``count`` times a figure of memory, in bytes rounded up.

    Raises:
        RulesError: the figure is missing or its unit is none of memory.
    """
    found = figure(rulebook, identifier)
    factor = _BYTES.get(found.unit)
    if factor is None:
        raise _wrong_unit(found, ", ".join(_BYTES))
    scale = factor * count
    low, typical, high = (
        -int(-amount * scale // 1) for amount in (found.low, found.typical, found.high)
    )
    return low, typical, high


def memory_bytes(rulebook: Rulebook, identifier: str) -> int:
    """Return the typical value of a figure of memory, in bytes rounded up.

    Raises:
        RulesError: the figure is missing or its unit is none of memory.
    """
    return memory_range(rulebook, identifier)[1]


def hours(rulebook: Rulebook, identifier: str) -> tuple[Fraction, Fraction, Fraction]:
    """Return low, typical and high of a figure of effort, in hours.

    Raises:
        RulesError: the figure is missing, or its unit is neither hours nor weeks.
    """
    found = figure(rulebook, identifier)
    if found.unit == "hours":
        factor = Fraction(1)
    elif found.unit == "weeks":
        factor = hours(rulebook, _WEEK)[1]
    else:
        raise _wrong_unit(found, "hours or weeks")
    return found.low * factor, found.typical * factor, found.high * factor


def count(rulebook: Rulebook, identifier: str) -> int:
    """Return the typical value of a figure that counts something, rounded down.

    Raises:
        RulesError: the figure is missing.
    """
    return int(figure(rulebook, identifier).typical)


def _wrong_unit(found: Figure, allowed: str) -> RulesError:
    what = f"'{found.unit}' is not its kind of unit"
    return RulesError([Problem("rules", 0, 0, f"figures.{found.id}.unit", what, allowed)])

"""The words and columns of a history, the same in every form."""

from collections.abc import Sequence
from fractions import Fraction

from analyzer.comparison.history import History, Point, Turn
from analyzer.reporting.comparison import sentences
from analyzer.reporting.numbers import hours, score, size
from analyzer.reporting.wording import stars
from analyzer.rulebook.model import OPTIONS, SEVERITIES, Option

NOTHING = "nothing meets what is required"
COLUMNS = ("date", "commit", "what", "answer", "evidence", *(f">{name}" for name in OPTIONS))
COSTS = (">K3s memory", ">work", ">findings", ">services")
_BARS = "▁▂▃▄▅▆▇█"
_BAD = SEVERITIES[:2]


def answer(option: Option, feasible: bool) -> str:  # noqa: FBT001 - a state, shown
    """Return the option, or that nothing meets what is required."""
    return option if feasible else NOTHING


def row(point: Point) -> tuple[str, ...]:
    """Return a time in the order of `COLUMNS` and `COSTS`."""
    verdict = point.verdict.replace("-", " ")
    return (
        point.commit.date,
        point.commit.short,
        point.commit.subject,
        f"{answer(point.recommended, point.feasible)}, {verdict}",
        stars(point.stars),
        *(score(point.scores[option]) for option in OPTIONS),
        size(point.memory_bytes),
        hours(point.hours),
        findings(point),
        f"{point.services:,}",
    )


def findings(point: Point) -> str:
    """Return the number of findings, with how many of them are bad."""
    bad = sum(point.findings[severity] for severity in _BAD)
    return f"{sum(point.findings.values()):,} ({bad:,} high or medium)"


def turn(found: Turn) -> str:
    """Return where the answer turned, and why."""
    before = answer(found.before, found.before_feasible)
    after = answer(found.after, found.after_feasible)
    why = "; ".join(sentences.why(found.explanation)) if found.explanation else ""
    head = f"{found.commit.date}, {found.commit.short}: {before} → {after}"
    return f"{head}: {why}" if why else head


def still(history: History) -> str:
    """Return that the answer never turned."""
    points = history.points
    if not points:
        return "the estate could not be read at any commit"
    return f"the answer has always been {answer(points[-1].recommended, points[-1].feasible)}"


def sparkline(values: Sequence[Fraction | int]) -> str:
    """Return a row of bars between the smallest and the largest value."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return _BARS[0] * len(values)
    steps = len(_BARS) - 1
    return "".join(_BARS[int((value - low) * steps / (high - low))] for value in values)

"""Comparison -> the parts of its page, as plain texts in the order in which they are read."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from analyzer.comparison.changes import Comparison
from analyzer.reporting.comparison import sentences
from analyzer.reporting.numbers import count, hours, score
from analyzer.reporting.wording import stars
from analyzer.rulebook.model import OPTIONS

SHOWN = 12
"""So many lines of one part; the rest is a number, and in the JSON form."""
SMALLEST = Fraction(1, 200)
"""What a score shows as 0.00 moved nothing."""


class Section(NamedTuple):
    """One part of the page; ``more`` lines are not shown."""

    title: str
    lines: tuple[str, ...]
    more: int = 0


class Page(NamedTuple):
    """The page. ``rows`` compare both sides: what, before, after, moved."""

    title: str
    before: str
    after: str
    rows: tuple[tuple[str, str, str, str], ...]
    sections: tuple[Section, ...]


def page(found: Comparison) -> Page:
    """Return the page of a comparison; parts in which nothing changed are not there."""
    loud = [item for item in found.estate if not sentences.is_quiet(item)]
    quiet = [item for item in found.estate if sentences.is_quiet(item)]
    told = [sentences.change(item) for item in loud]
    if quiet:
        told = [*told[:SHOWN], f"no score moves with {sentences.quiet(quiet)}"]
    moving = [move for move in found.weighings if move.effect >= SMALLEST]
    sections = (
        _section("Not comparable", (f"{item.what}: {item.why}" for item in found.incomparable)),
        _section("Why", sentences.why(found.explanation) if found.explanation else ()),
        _section("What changed", told, len(loud) - SHOWN if quiet else 0),
        _section("What it moved", (_moved(found, move.criterion) for move in moving)),
        _section("Gates", map(sentences.gate, found.gates)),
        _section("Findings", sentences.findings(found.findings)),
        _section("Dependencies", sentences.edges(found.edges)),
        _section("Order of moves", _order(found)),
        _section("Memory of K3s", map(sentences.memory, found.memory)),
        _section("Questions", _questions(found)),
    )
    return Page(
        title=sentences.title(found),
        before=sentences.label(found.before, "before"),
        after=sentences.label(found.after, "after"),
        rows=_rows(found),
        sections=tuple(section for section in sections if section.lines),
    )


def _section(title: str, lines: Iterable[str], more: int = 0) -> Section:
    listed = tuple(lines)
    most = SHOWN + 1 if more else SHOWN
    return Section(title, listed[:most], max(more, len(listed) - most, 0))


def _rows(found: Comparison) -> tuple[tuple[str, str, str, str], ...]:
    """Return the answer, the evidence and the scores of both sides."""
    before, after = found.before.decision, found.after.decision
    comparable = not any("scores" in item.what for item in found.incomparable)
    rows = [
        ("answer", sentences.verdict(before), sentences.verdict(after), ""),
        ("evidence", stars(before.stars), stars(after.stars), ""),
    ]
    for option in OPTIONS:
        old, new = before.options[option].score, after.options[option].score
        moved = score(new - old) if comparable else "not comparable"
        rows.append(
            (option, score(old), score(new), moved if old != new or not comparable else "")
        )
    return tuple(rows)


def _moved(found: Comparison, criterion: str) -> str:
    """Return one criterion that moved the scores, and the facts that moved it."""
    move = next(item for item in found.weighings if item.criterion == criterion)
    state = move.after or move.before
    option = max(reversed(OPTIONS), key=lambda name: abs(move.moved[name]))
    facts = [
        f"{item.name} {sentences.fact(item.before)} → {sentences.fact(item.after)}"
        for item in found.facts
        if criterion in item.criteria
    ]
    because = f" ({sentences.names(facts, 3)})" if facts else ""
    title = state.title if state else criterion
    return f"{title}: {option} {score(move.moved[option])}{because}"


def _order(found: Comparison) -> Iterable[str]:
    """Yield what changed of the order; one line where nobody recommends to move."""
    before, after = found.before, found.after
    old, new = before.plan, after.plan
    lines = list(sentences.waves(found.waves))
    moving = "incremental" in (before.decision.recommended, after.decision.recommended)
    if lines and not moving:
        lines = [f"{count(len(found.waves), 'service')} would move in another wave"]
    yield from lines
    if found.facts and old.total_hours != new.total_hours:
        yield f"work: {hours(old.total_hours)} → {hours(new.total_hours)}"


def _questions(found: Comparison) -> Iterable[str]:
    for move in found.questions:
        yield f"settled: {move.before}" if not move.after else f"open now: {move.after}"

"""Assessment -> a summary for a terminal: at most 25 lines of 80 columns, without colour."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analyzer.assessment import Assessment
from analyzer.reporting.answer import Answer, Change, answer
from analyzer.reporting.costs import costs
from analyzer.reporting.escape import visible
from analyzer.reporting.numbers import score

if TYPE_CHECKING:
    from analyzer.comparison.changes import Comparison

WIDTH, HEIGHT = 80, 25
_SINCE = 3
_REASONS, _CHANGES, _FIRST, _ASKS = 3, 2, 3, 2
_LABEL = 14


def render(assessment: Assessment, comparison: "Comparison | None" = None) -> str:
    """Return the summary; with a comparison, what changed comes right after the answer."""
    found = answer(assessment)
    lines = [*_answer(assessment, found)]
    if comparison is not None:
        lines += _section("changed", _since(comparison), 2)
    reasons = [reason.text for reason in found.reasons if reason.weight > 0]
    lines += _section("why", [*found.blocked, *reasons][:_REASONS], 2)
    lines += _section("would change", map(_change, found.changes[:_CHANGES]), 2)
    firsts = [
        thing.title + (f" ({thing.took})" if thing.took else "") for thing in found.first[:_FIRST]
    ]
    lines += _section("do first", firsts)
    asks = [item.write for item in found.asks[:_ASKS]]
    lines += _section("tell me", asks)
    lines += _section("cost", [costs(assessment, 0).effort.partition(";")[0]], 2)
    return "\n".join(lines[:HEIGHT]) + "\n"


def _answer(assessment: Assessment, found: Answer) -> Iterator[str]:
    """Yield headline, verdict and the scores."""
    decision = assessment.decision
    yield _cut(f"{found.name}: {found.headline}")
    if decision.feasible:
        yield _cut(
            f"{decision.recommended}, {decision.verdict.replace('-', ' ')}; {found.survives}"
        )
        yield _cut(f"evidence {found.stars} ({found.evidence})")
    else:
        yield _cut(f"what would open one: {decision.opening}")
        yield _cut(f"by the scores alone: {decision.unconstrained}")
    for result in decision.options:
        gates = f"  ruled out by {', '.join(result.ruled_out_by)}" if result.ruled_out_by else ""
        yield _cut(f"  {result.id:<16}{score(result.score):>6}{gates}")


def _since(comparison: "Comparison") -> Iterator[str]:
    """Yield what changed: the answer, why, and the changes that moved most."""
    if comparison.is_empty:
        yield f"nothing since {comparison.before.label}"
        return
    from analyzer.reporting.comparison.view import page  # noqa: PLC0415 - rarely needed

    changed = page(comparison)
    yield f"since {comparison.before.label}: {changed.title.partition(': ')[2]}"
    lines = [line for section in changed.sections for line in section.lines[:_SINCE]]
    yield from lines[:_SINCE]


def _change(change: Change) -> str:
    together = " and ".join(f"{flip.input}: {flip.after_text}" for flip in change.flips)
    return f"{together} -> {change.becomes}"


def _section(title: str, texts: Iterable[str], height: int = 1) -> Iterator[str]:
    """Yield a title beside its texts, each on so many lines at most."""
    label = title
    for text in texts:
        wrapped = textwrap.wrap(
            visible(text),
            WIDTH - _LABEL - 2,
            break_on_hyphens=False,
            max_lines=height,
            placeholder=" …",
        )
        bullet = "-"
        for line in wrapped:
            yield f"{label:<{_LABEL}}{bullet} {line}"
            label, bullet = "", " "


def _cut(text: str) -> str:
    """Return text on one line of the width."""
    plain = visible(text)
    return plain if len(plain) <= WIDTH else plain[: WIDTH - 1] + "…"

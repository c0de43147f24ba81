"""History -> columns and sparklines for a terminal."""

from collections.abc import Iterator

from analyzer.comparison.history import Gap, History
from analyzer.reporting.escape import visible
from analyzer.reporting.history import words
from analyzer.reporting.numbers import count, score, size
from analyzer.rulebook.model import OPTIONS

_SUBJECT, _ANSWER = 34, 34


def render(history: History) -> str:
    """Return the times, oldest first, then how each figure went."""
    lines = [f"{history.name or 'estate'}: {count(len(history.moments), 'commit')}", ""]
    lines += _times(history)
    lines.append("")
    lines += _figures(history)
    lines += ["", *(words.turn(found) for found in history.turns)] if history.turns else []
    if not history.turns:
        lines += ["", words.still(history)]
    return "\n".join(visible(line).rstrip() for line in lines) + "\n"


def _times(history: History) -> Iterator[str]:
    for moment in history.moments:
        commit = moment.commit
        head = f"{commit.date}  {commit.short:<8} {_cut(commit.subject, _SUBJECT):<{_SUBJECT}}"
        if isinstance(moment, Gap):
            yield f"{head}  not assessed: {moment.why}"
            continue
        row = words.row(moment)
        yield f"{head}  {_cut(row[3], _ANSWER):<{_ANSWER}}  {row[4]}"


def _figures(history: History) -> Iterator[str]:
    points = history.points
    if not points:
        return
    for option in OPTIONS:
        scores = [point.scores[option] for point in points]
        yield f"{option:<16} {words.sparkline(scores)}  {score(scores[0])} → {score(scores[-1])}"
    memory = [point.memory_bytes for point in points]
    yield f"{'K3s memory':<16} {words.sparkline(memory)}  {size(memory[0])} → {size(memory[-1])}"
    found = [sum(point.findings.values()) for point in points]
    yield f"{'findings':<16} {words.sparkline(found)}  {found[0]:,} → {found[-1]:,}"
    services = [point.services for point in points]
    yield f"{'services':<16} {words.sparkline(services)}  {services[0]:,} → {services[-1]:,}"


def _cut(text: str, longest: int) -> str:
    shown = visible(text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"

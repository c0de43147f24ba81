"""History -> Markdown: where the answer turned, then every commit."""

from collections.abc import Iterable, Iterator

from analyzer.comparison.history import Gap, History
from analyzer.reporting.escape import escape, line
from analyzer.reporting.history import words


def render(history: History) -> str:
    """Return the page."""
    return "\n".join(_lines(history)) + "\n"


def _lines(history: History) -> Iterator[str]:
    yield f"# {line(history.name or 'estate')}: how the answer went"
    yield ""
    if history.turns:
        yield from (f"- {line(words.turn(found))}" for found in history.turns)
    else:
        yield f"- {line(words.still(history))}"
    yield ""
    titles = (*words.COLUMNS, *words.COSTS)
    yield _row(title.lstrip(">") for title in titles)
    yield "|" + "".join(" ---: |" if title.startswith(">") else " --- |" for title in titles)
    for moment in history.moments:
        if isinstance(moment, Gap):
            gap = (*moment.commit, f"not assessed: {moment.why}")
            yield _row([*gap, *[""] * (len(titles) - len(gap))])
        else:
            yield _row(words.row(moment))
    yield ""
    yield "Every commit is assessed with the same rules, those of today."


def _row(texts: Iterable[str]) -> str:
    return "| " + " | ".join(escape(text) for text in texts) + " |"

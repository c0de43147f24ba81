"""History -> one page that needs nothing else: the chart, where the answer turned, every commit."""

from analyzer.comparison.history import Gap, History
from analyzer.reporting.drawing import element, page, table
from analyzer.reporting.history import words
from analyzer.reporting.history.picture import chart


def render(history: History) -> str:
    """Return the page."""
    parts = []
    if history.points:
        drawn = element("div", **{"class": "scroll"})
        drawn.append(chart(history))
        parts.append(drawn)
    turning = element("ul")
    texts = [words.turn(found) for found in history.turns] or [words.still(history)]
    turning.extend(element("li", text) for text in texts)
    parts += [element("h2", "Where the answer turned"), turning, element("h2", "Every commit")]
    titles = (*words.COLUMNS, *words.COSTS)
    rows = [
        (*moment.commit, f"not assessed: {moment.why}")
        if isinstance(moment, Gap)
        else words.row(moment)
        for moment in history.moments
    ]
    numbers = frozenset(at for at, title in enumerate(titles) if title.startswith(">"))
    parts.append(table([title.lstrip(">") for title in titles], rows, numbers))
    parts.append(element("p", "Every commit is assessed with the same rules, those of today."))
    return page(f"{history.name or 'estate'}: how the answer went", parts)

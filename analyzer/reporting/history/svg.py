"""History -> its chart as a file."""

from analyzer.comparison.history import History
from analyzer.reporting.drawing import document, label, svg
from analyzer.reporting.history import words
from analyzer.reporting.history.picture import chart


def render(history: History) -> str:
    """Return the drawing; of a history without a commit that could be read, that it is one."""
    if history.points:
        return document(chart(history))
    text = words.still(history)
    return document(svg(480, 60, text, [label(12, 32, text)]))

"""Comparison -> Markdown for a pull request; its order is ``reports/comparison.md.j2``."""

from analyzer.comparison.changes import Comparison
from analyzer.reporting.comparison.view import Page, page
from analyzer.reporting.environment import create_environment, tidy
from analyzer.reporting.escape import escape, line
from analyzer.reporting.views.rows import Rows

MOST_CHARACTERS = 60_000
"""A comment on GitHub has 65,536 at most."""


def render(comparison: Comparison) -> str:
    """Return the page; nothing where nothing changed."""
    if comparison.is_empty:
        return ""
    found = escaped(comparison)
    text = (
        create_environment()
        .get_template("comparison.md.j2")
        .render(page=found, table=Rows(found.rows))
    )
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rpartition("\n")[0] + "\n\n- and more, in the JSON form\n"
    return tidy(text)


def escaped(comparison: Comparison) -> Page:
    """Return the page with every text as Markdown that shows it."""
    found = page(comparison)
    return Page(
        title=line(found.title),
        before=escape(found.before),
        after=escape(found.after),
        rows=tuple(
            (escape(row[0]), escape(row[1]), escape(row[2]), escape(row[3])) for row in found.rows
        ),
        sections=tuple(
            section._replace(lines=tuple(map(line, section.lines))) for section in found.sections
        ),
    )

"""Assessment -> the Markdown report; its wording and order are ``reports/assessment.md.j2``."""

from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2

from analyzer.assessment import Assessment
from analyzer.reporting.environment import create_environment, tidy
from analyzer.reporting.views.advice import advice
from analyzer.reporting.views.front import course, expense, front
from analyzer.reporting.views.order import order
from analyzer.reporting.views.sources import sources
from analyzer.reporting.views.structure import structure
from analyzer.reporting.views.unknowns import unknowns
from analyzer.reporting.views.weighing import weighing

if TYPE_CHECKING:
    from analyzer.comparison.changes import Comparison
    from analyzer.reporting.comparison.view import Page


def render(assessment: Assessment, comparison: "Comparison | None" = None) -> str:
    """Return the report: answer, reasons, changes, order and costs, then the appendix.

    With a comparison it says what changed since, after the answer.
    """
    text = _template().render(
        front=front(assessment),
        since=_since(comparison),
        unchanged=comparison is not None and comparison.is_empty,
        course=course(assessment),
        expense=expense(assessment),
        weighing=weighing(assessment),
        structure=structure(assessment),
        order=order(assessment),
        advice=advice(assessment),
        unknowns=unknowns(assessment),
        sources=sources(assessment),
        rules=assessment.rulebook.fingerprint,
    )
    return tidy(text)


def _since(comparison: "Comparison | None") -> "Page | None":
    """Return what changed, with its texts as Markdown."""
    if comparison is None:
        return None
    from analyzer.reporting.comparison.markdown import escaped  # noqa: PLC0415 - rarely needed

    return escaped(comparison)


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    return create_environment().get_template("assessment.md.j2")

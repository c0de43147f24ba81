"""Appendix J: every source that this report rests on, and what rests on it."""

from collections.abc import Iterator

from analyzer.assessment import Assessment
from analyzer.reporting.escape import escape
from analyzer.reporting.views.rows import Rows, citation, table
from analyzer.rulebook.model import Citation

_USERS = 6


def sources(assessment: Assessment) -> Rows:
    """Return the sources in order of address, each with what it says and the rules it supports."""
    used: dict[Citation, set[str]] = {}
    for identifier, citations in _cited(assessment):
        for source in citations:
            used.setdefault(source, set()).add(identifier)
    ranked = sorted(used)

    def row(source: Citation) -> tuple[str, ...]:
        users = sorted(used[source])
        more = f" and {len(users) - _USERS} more" if len(users) > _USERS else ""
        return (
            citation(source),
            escape(source.says),
            source.read,
            ", ".join(users[:_USERS]) + more,
        )

    return table(ranked, row)


def _cited(assessment: Assessment) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Yield each rule that had a say, and its sources."""
    for contribution in assessment.decision.contributions:
        yield contribution.criterion.id, contribution.criterion.sources
    for result in assessment.decision.gates:
        yield result.gate.id, result.gate.sources
    for figure in assessment.rulebook.figures.values():
        yield figure.id, figure.sources
    seen: set[str] = set()
    for found in assessment.facts.findings:
        if found.finding.id not in seen:
            seen.add(found.finding.id)
            yield found.finding.id, found.finding.sources

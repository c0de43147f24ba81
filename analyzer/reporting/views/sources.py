"""Appendix J: every source that this report rests on, and what rests on it."""

from collections.abc import Iterator

from analyzer.assessment import Assessment
from analyzer.reporting.escape import escape
from analyzer.reporting.views.rows import Rows, citation, table
from analyzer.rulebook.model import Citation

_USERS = 6


def sources(assessment: Assessment) -> Rows:
    """Return each page and section once, with what it says and the rules that rest on it."""
    users: dict[str, set[str]] = {}
    says: dict[str, set[str]] = {}
    read: dict[str, str] = {}
    for identifier, citations in _cited(assessment):
        for source in citations:
            where = citation(source)
            users.setdefault(where, set()).add(identifier)
            says.setdefault(where, set()).update([source.says] if source.says else [])
            read[where] = max(read.get(where, ""), source.read)

    def row(where: str) -> tuple[str, ...]:
        names = sorted(users[where])
        more = f" and {len(names) - _USERS} more" if len(names) > _USERS else ""
        said = "; ".join(escape(text.rstrip(".")) for text in sorted(says[where]))
        return where, said, read[where], ", ".join(names[:_USERS]) + more

    return table(sorted(users), row)


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

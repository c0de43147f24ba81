"""Appendix G: findings by rule, worst first, and what the owner accepts."""

from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.facts.model import Check, FoundFinding
from analyzer.reporting.escape import code, escape, line
from analyzer.reporting.numbers import hours
from analyzer.reporting.views.rows import LIMIT, Row, Rows, citations, listed, table
from analyzer.reporting.wording import mark
from analyzer.rulebook.model import SEVERITIES


class Advice(NamedTuple):
    """Findings grouped by rule, waivers, and the failover checklist."""

    findings: Rows
    waived: Rows
    expired: tuple[str, ...]
    checklist: Rows


def advice(assessment: Assessment) -> Advice:
    """Return appendix G."""
    groups: dict[str, list[FoundFinding]] = {}
    waived: list[FoundFinding] = []
    for found in assessment.facts.findings:
        if found.waived is None:
            groups.setdefault(found.finding.id, []).append(found)
        else:
            waived.append(found)
    ranked = sorted(
        groups.values(),
        key=lambda group: (SEVERITIES.index(group[0].finding.severity), group[0].finding.id),
    )
    return Advice(
        findings=table(ranked, _finding),
        waived=table(waived, _waived),
        expired=tuple(map(line, assessment.facts.expired_waivers[:LIMIT])),
        checklist=table(assessment.facts.checklist, _check),
    )


def _finding(group: list[FoundFinding]) -> Row:
    finding = group[0].finding
    subjects = [found.subject for found in group if found.subject]
    names = f"{len(group):,}: {listed(subjects)}" if finding.scope != "estate" else "the estate"
    works = hours(finding.hours * len(group)) if finding.hours else ""
    says = group[0].text if len(group) == 1 else finding.reason
    return (
        f"{escape(finding.title)} ({finding.id})",
        finding.severity,
        names,
        escape(says),
        escape(finding.remedy),
        works,
        citations(finding.sources[:2]),
    )


def _waived(found: FoundFinding) -> Row:
    return found.finding.id, code(found.subject), escape(found.waived or "")


def _check(check: Check) -> Row:
    return check.id, escape(check.title), mark(check.passed), escape(check.text)

"""Findings -> the plan for staying: pieces of work, what guards data first."""

from collections.abc import Iterable
from fractions import Fraction

from analyzer.facts.effort import total_hours
from analyzer.facts.figures import figure
from analyzer.facts.model import FoundFinding
from analyzer.inventory.model import Inventory
from analyzer.plan.model import Improvement
from analyzer.rulebook.model import PROTECTS, SEVERITIES, Finding, Rulebook

STAYING = "enhanced-podman"
CRITICAL_TIMES = 2
"""A finding about a critical service is worth two of the same about any other."""


def improvements(
    findings: Iterable[FoundFinding], inventory: Inventory, rulebook: Rulebook
) -> tuple[Improvement, ...]:
    """Return one piece of work for each kind of finding that staying on Podman leaves to do.

    Waived findings, and those that only matter to moving, are left out. Benefit is the severity's
    points times the subjects; hours are the finding's times the subjects. What protects data comes
    first, then access, then uptime, then upkeep; in each the more severe first, then most benefit
    per hour, then the id: a pinned tag is quick, and helps nobody whose data is gone.

    Raises:
        RulesError: a figure of benefit is missing.
    """
    points = {s: figure(rulebook, f"improvement.benefit.{s}").typical for s in SEVERITIES}
    subjects: dict[str, list[str]] = {}
    rules: dict[str, Finding] = {}
    for found in findings:
        rule = found.finding
        if found.waived is None and (not rule.matters_to or STAYING in rule.matters_to):
            subjects.setdefault(rule.id, []).append(found.subject)
            rules[rule.id] = rule
    critical = {n for n, s in inventory.services.items() if s.criticality == "high"}
    work = []
    for identifier, names in subjects.items():
        rule = rules[identifier]
        urgent = sum(name in critical for name in names) if rule.scope == "service" else 0
        benefit = points[rule.severity] * (len(names) + (CRITICAL_TIMES - 1) * urgent)
        work.append(
            Improvement(
                id=identifier,
                title=rule.title,
                text=rule.remedy,
                services=tuple(sorted(filter(None, names))),
                hours=rule.hours * len(names),
                benefit=benefit,
                protects=rule.protects,
                scope=rule.scope,
            )
        )
    return tuple(sorted(work, key=lambda item: _rank(item, rules[item.id])))


def improvement_hours(work: Iterable[Improvement]) -> Fraction:
    """Return the hours of all improvements together."""
    return total_hours(item.hours for item in work)


def _rank(item: Improvement, rule: Finding) -> tuple[int, int, bool, Fraction, str]:
    """Return the sort key: what is protected, severity, what costs nothing, benefit per hour."""
    per_hour = item.benefit / item.hours if item.hours else Fraction(0)
    protects, severity = PROTECTS.index(rule.protects), SEVERITIES.index(rule.severity)
    return (protects, severity, bool(item.hours), -per_hour, item.id)

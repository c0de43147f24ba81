"""Inventory and the rules' findings -> what holds for whom, in words, with the owner's waivers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from analyzer.errors import Problem, RulesError
from analyzer.facts.estate_subjects import ESTATE_FACTS
from analyzer.facts.host_subjects import HOST_FACTS
from analyzer.facts.model import FoundFinding
from analyzer.facts.per_service import ServiceFacts
from analyzer.facts.screening import Screen
from analyzer.facts.service_subjects import SERVICE_FACTS
from analyzer.facts.subjects import SubjectFact, context, shown
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Source, Waiver
from analyzer.rulebook.conditions import facts_of
from analyzer.rulebook.model import (
    SEVERITIES,
    Comparison,
    Condition,
    Finding,
    Rulebook,
    Scope,
)

CATALOGUE: Mapping[Scope, Mapping[str, SubjectFact]] = {
    "service": SERVICE_FACTS,
    "host": HOST_FACTS,
    "estate": ESTATE_FACTS,
}
"""Every fact that a finding may name, by scope and name."""

AT_ONCE = 500
"""Subjects looked at together: few enough that they stay in the processor's cache."""

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


class Found(NamedTuple):
    """All findings, gravest first, then by id and subject; and the waivers without effect."""

    findings: tuple[FoundFinding, ...]
    expired_waivers: tuple[str, ...]


def find(
    inventory: Inventory,
    topology: Topology,
    rulebook: Rulebook,
    services: ServiceFacts,
    today: str = "",
) -> Found:
    """Return every finding that is known to hold.

    Args:
        inventory: the estate.
        topology: its dependency graph.
        rulebook: the rules; only its findings are used.
        services: what was worked out for each service before.
        today: an ISO date against which waivers expire; empty keeps all of them in force.

    Raises:
        RulesError: a finding names a fact that does not exist or cannot be compared so.
    """
    problems = finding_problems(rulebook)
    if problems:
        raise RulesError(problems)
    around = context(inventory, topology, services)
    waivers = _active_waivers(inventory, today)
    subjects: dict[Scope, Sequence[Any]] = {
        "service": list(inventory.services.values()),
        "host": list(inventory.hosts.values()),
        "estate": [inventory],
    }
    rank = {severity: place for place, severity in enumerate(SEVERITIES)}
    ordered = sorted(rulebook.findings.values(), key=lambda f: (rank[f.severity], f.id))
    found: dict[str, list[FoundFinding]] = {finding.id: [] for finding in ordered}
    for scope, facts in CATALOGUE.items():
        of_scope = [
            (finding, _place(finding, inventory), waivers.get(finding.id, {}))
            for finding in ordered
            if finding.scope == scope
        ]
        for start in range(0, len(subjects[scope]), AT_ONCE):
            screen = Screen(subjects[scope][start : start + AT_ONCE], facts, around)
            for finding, place, waived in of_scope:
                found[finding.id] += _of_finding(finding, screen, place, waived)
    return Found(
        tuple(item for items in found.values() for item in items),
        _void_waivers(inventory, rulebook, today),
    )


def _of_finding(
    finding: Finding,
    screen: Screen,
    place: Callable[[Any], Source],
    waived: Mapping[str | None, str],
) -> list[FoundFinding]:
    """Return one finding of all the screen's subjects for which it holds, in their order."""
    text = _sentence(finding, screen)
    everyone = waived.get(None)
    found = []
    for row in screen.holding(finding.when):
        subject = screen.subjects[row]
        reason = waived.get(subject.name, everyone) if waived else None
        found.append(
            FoundFinding(finding, subject.name, text(row, subject), place(subject), reason)
        )
    return found


def _sentence(finding: Finding, screen: Screen) -> Callable[[int, Any], str]:
    """Return a function that says a finding of one subject.

    A sentence without placeholders is one string, shared by all subjects.
    """
    parts = _PLACEHOLDER.split(finding.says)
    if len(parts) == 1:
        return lambda _row, _subject: finding.says
    facts = CATALOGUE[finding.scope]

    def say(row: int, subject: Any) -> str:
        pieces = []
        for place, part in enumerate(parts):
            if place % 2 == 0:
                pieces.append(part)
            elif part == "subject":
                pieces.append(subject.name)
            else:
                pieces.append(shown(screen.value(part, row), facts[part].unit))
        return "".join(pieces)

    return say


def _place(finding: Finding, inventory: Inventory) -> Callable[[Any], Source]:
    """Return a function that says where the file gives rise to a finding of a subject."""
    facts = CATALOGUE[finding.scope]
    keys = [key for name in facts_of(finding.when) for key in facts[name].keys]
    if finding.scope == "estate":
        lines = inventory.needs.lines
        whole = Source(inventory.files[0] if inventory.files else "", 0, 0)
        stated = next((lines[key] for key in keys if key in lines), whole)
        return lambda _: stated

    def place(subject: Any) -> Source:
        source: Source = subject.source
        for key in keys:
            line = subject.lines.get(key)
            if line is not None:
                source = subject.at(line)
                return source._replace(column=1)
        return source

    return place


def _expired(waiver: Waiver, today: str) -> bool:
    return bool(today) and waiver.expires < today


def _active_waivers(inventory: Inventory, today: str) -> dict[str, dict[str | None, str]]:
    """Return the reasons of waivers in force, by finding and subject; None stands for all."""
    active: dict[str, dict[str | None, str]] = {}
    for waiver in inventory.waivers:
        if not _expired(waiver, today):
            active.setdefault(waiver.finding, {})[waiver.subject] = waiver.reason
    return active


def _void_waivers(inventory: Inventory, rulebook: Rulebook, today: str) -> tuple[str, ...]:
    """Return a sentence for every waiver that has no effect: expired, or of nothing there is."""
    subjects = {*inventory.services, *inventory.hosts, inventory.name, None}
    sentences = []
    for waiver in inventory.waivers:
        of = f"{waiver.finding} of {waiver.subject}" if waiver.subject else waiver.finding
        if waiver.finding not in rulebook.findings:
            sentences.append(f"{of}: there is no such finding ({waiver.source})")
        elif waiver.subject not in subjects:
            sentences.append(f"{of}: there is no such service or host ({waiver.source})")
        elif _expired(waiver, today):
            sentences.append(f"{of}: expired on {waiver.expires} ({waiver.source})")
    return tuple(sorted(sentences))


def finding_problems(rulebook: Rulebook) -> tuple[Problem, ...]:
    """Return what is wrong with findings' facts: unknown, of another scope, wrongly compared."""
    return tuple(
        Problem(finding.source.file, finding.source.line, finding.source.column, path, what, do)
        for finding in rulebook.findings.values()
        for path, what, do in _problems(finding)
    )


def _problems(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Yield path, problem and remedy of one finding."""
    facts = CATALOGUE[finding.scope]
    known = f"known: {', '.join(sorted(facts))}"
    for name in _PLACEHOLDER.findall(finding.says):
        if name != "subject" and name not in facts:
            yield "says", f"no {finding.scope} has a fact '{name}'", known
    for comparison in _comparisons(finding.when):
        fact = facts.get(comparison.fact)
        if fact is None:
            yield "when", f"no {finding.scope} has a fact '{comparison.fact}'", known
        elif not _fits(comparison, fact):
            levels = ", ".join(fact.levels) or f"a {fact.kind}"
            yield "when", f"'{fact.name}' cannot be compared like that", f"its values: {levels}"


def _comparisons(condition: Condition | Comparison) -> Iterator[Comparison]:
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.parts:
            yield from _comparisons(part)


def _fits(comparison: Comparison, fact: SubjectFact) -> bool:
    """Return whether a fact's values can be compared with the operand by the operator."""
    operands = comparison.operand
    several = comparison.operator == "one_of"
    if several is not isinstance(operands, tuple):
        return False
    values = operands if isinstance(operands, tuple) else (operands,)
    if fact.kind == "number":
        return not any(isinstance(value, str) for value in values)
    if fact.kind == "text" or comparison.operator not in ("equals", "one_of"):
        return False
    return not fact.levels or all(value in fact.levels for value in values)

"""Rulebook -> its catalogue in Markdown: every rule with its reason and sources, every fact."""

from collections.abc import Iterable, Iterator

from analyzer.facts.findings import CATALOGUE
from analyzer.facts.rule_check import estate_facts
from analyzer.reporting.catalogue_rules import (
    criterion,
    figure,
    finding,
    gate,
    image,
    profile,
    question,
)
from analyzer.reporting.escape import escape
from analyzer.rulebook.model import Rulebook

_INTRODUCTION = """# Rules

Written by `k8sadvisor rules docs`; change the files beside it, not this page.

A **criterion** weighs evidence: between −1 (against Kubernetes) and +1 (for it), and for the few
that bear on it between −1 and +1 for testing first. With the weighted means B and t the options
score *incremental* B, *enhanced-podman* −B and *test-cluster* −B/2 + t. A **gate** rules options
out whatever their score. A **finding** is advice, whatever is chosen. A **question** is what may be
unknown, with how often it is answered how. Folders given with `--rules` have the same form; a rule
with the same id replaces the shipped one.
"""


def catalogue(rulebook: Rulebook) -> str:
    """Return the page that describes every rule and every fact."""
    return "\n".join(_lines(rulebook)).rstrip() + "\n"


def section(rulebook: Rulebook, identifier: str) -> str | None:
    """Return what there is to know of one rule, or None when no rule has that id."""
    profiles = tuple(rulebook.profiles.values())
    parts: list[str] = []
    if identifier in rulebook.criteria:
        parts += criterion(rulebook.criteria[identifier], profiles)
    if identifier in rulebook.gates:
        parts += gate(rulebook.gates[identifier])
    if identifier in rulebook.findings:
        parts += finding(rulebook.findings[identifier])
    if identifier in rulebook.questions:
        parts += question(rulebook.questions[identifier])
    if identifier in rulebook.profiles:
        parts += profile(rulebook.profiles[identifier])
    if identifier in rulebook.figures:
        parts += figure(rulebook.figures[identifier])
    if identifier in rulebook.images:
        parts += image(rulebook.images[identifier])
    return "\n".join(parts).strip() + "\n" if parts else None


def identifiers(rulebook: Rulebook) -> list[str]:
    """Return the ids of all rules of all kinds, sorted."""
    kinds = (
        rulebook.criteria,
        rulebook.gates,
        rulebook.findings,
        rulebook.questions,
        rulebook.profiles,
        rulebook.figures,
        rulebook.images,
    )
    return sorted({identifier for kind in kinds for identifier in kind})


def _lines(rulebook: Rulebook) -> Iterator[str]:
    """Yield the page line by line."""
    profiles = tuple(rulebook.profiles.values())
    yield from _INTRODUCTION.splitlines()
    yield from ("", "## Profiles", "")
    for item in profiles:
        yield f"- **{item.id}**: {escape(item.text)}"
    yield from ("", "## Criteria", "")
    yield from _weights(rulebook)
    for one in rulebook.criteria.values():
        yield from criterion(one, profiles)
    yield from ("", "## Gates")
    for other in rulebook.gates.values():
        yield from gate(other)
    yield from ("", "## Findings")
    for found in rulebook.findings.values():
        yield from finding(found)
    yield from ("", "## Questions")
    for asked in sorted(rulebook.questions.values(), key=lambda item: (item.rank, item.fact)):
        yield from question(asked)
    yield from ("", "## Figures")
    for constant in rulebook.figures.values():
        yield from figure(constant)
    yield from ("", "## Images", "")
    yield from _images(rulebook)
    yield from ("", "## Facts", "")
    yield from _facts()


def _weights(rulebook: Rulebook) -> Iterator[str]:
    """Yield the table of all weights."""
    profiles = tuple(rulebook.profiles.values())
    names = [item.id for item in profiles]
    yield f"| criterion | group | {' | '.join(names)} |"
    yield f"| --- | --- |{' ---: |' * len(names)}"
    for one in rulebook.criteria.values():
        weights = [str(item.weights.get(one.id, 0)) for item in profiles]
        yield f"| [{one.id}](#{one.id}) | {one.group} | {' | '.join(weights)} |"


def _images(rulebook: Rulebook) -> Iterator[str]:
    """Yield the table of known families of images."""
    yield "| family | role | keeps state | ports | published for | tied by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    words = {None: "unknown", True: "yes", False: "no"}
    for item in rulebook.images.values():
        ports = ", ".join(map(str, item.ports))
        architectures = ", ".join(item.architectures) or "several"
        pins = ", ".join(item.pins)
        cells = (item.id, item.role, words[item.stateful], ports, architectures, pins)
        yield f"| {' | '.join(map(escape, cells))} |"


def _facts() -> Iterator[str]:
    """Yield the tables of all facts."""
    yield "Of the estate, for criteria, gates and questions:"
    yield ""
    yield from _fact_table(
        (name, unit or "number", meaning) for name, (unit, meaning) in estate_facts().items()
    )
    for scope, facts in CATALOGUE.items():
        yield ""
        yield f"Of one {scope}, for findings:"
        yield ""
        yield from _fact_table(
            (name, ", ".join(fact.levels) or fact.unit or fact.kind, fact.meaning)
            for name, fact in sorted(facts.items())
        )


def _fact_table(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield "| fact | unit or levels | meaning |"
    yield "| --- | --- | --- |"
    for name, unit, meaning in rows:
        yield f"| `{name}` | {escape(unit)} | {escape(meaning)} |"

"""Assessment -> a decision record in the form of MADR 4.0 (https://adr.github.io/madr/).

Its wording and order are ``reports/decision-record.md.j2``.
"""

import shlex
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Assessment, Settings
from analyzer.decision.model import Contribution, OptionResult
from analyzer.files import STDIN_NAME
from analyzer.reporting.answer import SMALLEST, Answer, answer
from analyzer.reporting.costs import costs
from analyzer.reporting.environment import create_environment, tidy
from analyzer.reporting.escape import code, line
from analyzer.reporting.numbers import count, score
from analyzer.reporting.views.front import run
from analyzer.reporting.wording import STARS
from analyzer.rulebook.model import OPTIONS, Option

DRIVERS, ARGUMENTS, FILES = 7, 4, 3
PROFILE = Settings().profile
CONDITION = ("--baseline", "REPORT.json", "--fail-on", "recommendation-changed")
_TITLES: Mapping[Option, str] = {
    "enhanced-podman": "enhanced-podman: stay on what runs, and improve it",
    "test-cluster": "test-cluster: a separate K3s beside production first",
    "incremental": "incremental: move to K3s, service by service",
}


class OptionView(NamedTuple):
    """One option: its title, its score, what speaks for and against it."""

    title: str
    score: str
    arguments: tuple[str, ...]


class Record(NamedTuple):
    """The texts of the record, as Markdown."""

    date: str
    title: str
    context: tuple[str, ...]
    drivers: tuple[str, ...]
    options: tuple[OptionView, ...]
    outcome: str
    because: tuple[str, ...]
    consequences: tuple[str, ...]
    reconsider: tuple[str, ...]
    open: tuple[str, ...]
    run: str
    command: str
    rules: str


def render(assessment: Assessment) -> str:
    """Return the record."""
    template = create_environment().get_template("decision-record.md.j2")
    text: str = template.render(record=record(assessment))
    return tidy(text)


def record(assessment: Assessment) -> Record:
    """Return the texts of the record."""
    found, decision = answer(assessment), assessment.decision
    return Record(
        date=assessment.settings.today,
        title=line(f"{found.name}: {found.headline}"),
        context=tuple(map(line, _context(assessment))),
        drivers=tuple(map(line, _drivers(decision.contributions))),
        options=tuple(_option(item, assessment) for item in _ordered(decision.options)),
        outcome=_TITLES[decision.recommended] if decision.feasible else "",
        because=tuple(map(line, _because(assessment, found))),
        consequences=tuple(map(line, _consequences(assessment, found))),
        reconsider=tuple(map(line, _reconsider(found))),
        open=tuple(line(f"{item.ask} Write {item.write}.") for item in found.asks[:3]),
        run=run(assessment),
        command=code(_command(assessment)),
        rules=assessment.rulebook.fingerprint,
    )


def _command(assessment: Assessment) -> str:
    """Return the command that tells whether the record still holds, with its own settings."""
    files, settings = assessment.inventory.files, assessment.settings
    named = 0 < len(files) <= FILES and files != (STDIN_NAME,)
    words = ["--profile", settings.profile] if settings.profile != PROFILE else []
    for name, weight in settings.weights:
        words += ["--weight", f"{name}={weight}"]
    for change in settings.what_if:
        words += ["--set", change]
    paths = shlex.join(files) if named else "PATH..."
    return f"k8sadvisor analyse {paths} {shlex.join((*words, *CONDITION))}"


def _context(assessment: Assessment) -> Iterator[str]:
    inventory = assessment.inventory
    containers = sum(service.is_container for service in inventory.services.values())
    native = len(inventory.services) - containers
    hosts = count(len(inventory.hosts), "host")
    beside = f" and {count(native, 'other service')}" if native else ""
    yield f"The estate has {hosts} with {count(containers, 'container')}{beside}."
    yield "Should it move to Kubernetes (K3s), be compared with a test cluster first, or stay?"


def _drivers(contributions: tuple[Contribution, ...]) -> Iterator[str]:
    """Yield what weighs most, whichever way."""
    known = [item for item in contributions if item.known and _weight(item) >= SMALLEST]
    for item in known[:DRIVERS]:
        yield f"{item.criterion.title}: {item.text}"


def _weight(item: Contribution) -> Fraction:
    return max(map(abs, item.scores.values()))


def _ordered(options: tuple[OptionResult, ...]) -> list[OptionResult]:
    return sorted(options, key=lambda item: OPTIONS.index(item.id))


def _option(item: OptionResult, assessment: Assessment) -> OptionView:
    known = [c for c in assessment.decision.contributions if c.known]
    good = sorted(known, key=lambda c: (-c.scores[item.id], c.criterion.id))[:ARGUMENTS]
    bad = sorted(known, key=lambda c: (c.scores[item.id], c.criterion.id))[:ARGUMENTS]
    arguments = [
        f"Good: {c.text} ({score(c.scores[item.id])})"
        for c in good
        if c.scores[item.id] >= SMALLEST
    ]
    arguments += [
        f"Bad: {c.text} ({score(c.scores[item.id])})"
        for c in bad
        if c.scores[item.id] <= -SMALLEST
    ]
    gates = {gate.gate.id: gate for gate in assessment.decision.gates}
    arguments += [f"Ruled out: {gates[name].says}" for name in item.ruled_out_by]
    return OptionView(_TITLES[item.id], score(item.score), tuple(map(line, arguments)))


def _because(assessment: Assessment, found: Answer) -> Iterator[str]:
    decision = assessment.decision
    if not decision.feasible:
        yield f"Nothing meets what is required. What would: {decision.opening.rstrip('.')}."
        yield f"By the scores alone it would be {decision.unconstrained}."
    yield f"Verdict: {decision.verdict.replace('-', ' ')}; {decision.verdict_reason}."
    yield f"Evidence: {decision.confidence.stars} of {STARS} stars, {found.evidence}; {found.survives}."


def _consequences(assessment: Assessment, found: Answer) -> Iterator[str]:
    for thing in found.first:
        took = f" ({thing.took})" if thing.took else ""
        yield f"First: {thing.title}{took}. {thing.text}"
    total = costs(assessment, 0)
    yield f"Memory that K3s would take on all hosts: {total.total.added}."
    yield f"Work: {total.effort}."


def _reconsider(found: Answer) -> Iterator[str]:
    for change in found.changes:
        together = " and ".join(
            f"{flip.input} goes from {flip.before_text} to {flip.after_text}"
            for flip in change.flips
        )
        yield f"{together}: then {change.becomes}"

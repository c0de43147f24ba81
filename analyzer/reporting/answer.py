"""Assessment -> the answer in words: what, how sure, why, what would change it, what first.

Plain texts, not yet escaped: every format prints the same sentences in its own dress.
"""

import re
from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.decision.model import Contribution, Flip, Unknown
from analyzer.plan.model import Improvement
from analyzer.reporting.numbers import count, hours, percent, percent_down
from analyzer.reporting.wording import headline, stars
from analyzer.rulebook.model import Option

_NAME = re.compile(r"[A-Za-z_.]+")
REASONS_FOR, REASONS_AGAINST = 5, 2
SMALLEST = Fraction(1, 200)
"""What a score shows as 0.00 is no reason."""
FIRST_THINGS = 3
NAMED = 3
"""So many subjects of a piece of work are named, more are counted."""
NAMES = 6


class Reason(NamedTuple):
    """One sentence on the recommended option, and what it adds to its score."""

    weight: Fraction
    text: str
    criterion: str


class Change(NamedTuple):
    """Changes of inputs that, together, make another option the answer."""

    flips: tuple[Flip, ...]
    becomes: Option


class Thing(NamedTuple):
    """Something to do first; ``took`` is the time it takes, empty where it is not known."""

    title: str
    text: str
    took: str


class Ask(NamedTuple):
    """An open question and the line that answers it in the inventory."""

    ask: str
    write: str
    why: str
    could_flip: bool


class Answer(NamedTuple):
    """The first screen of every report."""

    name: str
    headline: str
    stars: str
    evidence: str
    survives: str
    reasons: tuple[Reason, ...]
    blocked: tuple[str, ...]
    changes: tuple[Change, ...]
    first: tuple[Thing, ...]
    asks: tuple[Ask, ...]


def answer(assessment: Assessment) -> Answer:
    """Return the answer of an assessment in words."""
    decision = assessment.decision
    confidence = decision.confidence
    known = f"{confidence.known_facts} of {count(confidence.all_facts, 'fact')} known"
    return Answer(
        name=assessment.inventory.name or "estate",
        headline=headline(assessment),
        stars=stars(confidence.stars),
        evidence=f"{known}, {percent(confidence.known_weight)} of the weight",
        survives=survives(assessment),
        reasons=_reasons(assessment),
        blocked=_blocked(assessment),
        changes=_changes(assessment),
        first=_first(assessment)[:FIRST_THINGS],
        asks=_asks(assessment),
    )


def survives(assessment: Assessment) -> str:
    """Return how much the weights may be wrong before the answer changes."""
    robustness = assessment.decision.robustness
    radius = robustness.weight_radius
    if radius >= 1 or robustness.against is None:
        return "survives any change of the weights"
    if not int(radius * 100):
        return "a change of the weights by less than 1 % can overturn it"
    return f"survives every change of the weights by up to ±{percent_down(radius)}"


def _reasons(assessment: Assessment) -> tuple[Reason, ...]:
    """Return the strongest known contributions to the recommended score, both ways.

    Failover that is wanted and cannot be had counts nothing, and is said all the same: it is what
    most people move for.
    """
    decision = assessment.decision
    found = [
        Reason(item.scores[decision.recommended], item.text, item.criterion.id)
        for item in decision.contributions
        if item.known and item.text
    ]
    found.sort(key=lambda reason: (-abs(reason.weight), reason.criterion))
    speaking_for = [reason for reason in found if reason.weight >= SMALLEST][:REASONS_FOR]
    against = [reason for reason in found if reason.weight <= -SMALLEST][:REASONS_AGAINST]
    wanted = assessment.facts.values.get("needs.failover")
    idle = []
    if wanted and wanted.value in ("wanted", "required"):
        names = {item.criterion.id for item in decision.contributions if _is_failover(item)}
        idle = [reason for reason in found if reason.criterion in names and not reason.weight]
    return (*speaking_for, *against, *idle)


def _is_failover(item: Contribution) -> bool:
    """Return whether a criterion weighs what failover this estate can have."""
    return "failover.effective" in item.criterion.facts


def _blocked(assessment: Assessment) -> tuple[str, ...]:
    """Return a sentence for every gate that rules an option out."""
    return tuple(
        f"{' and '.join(result.gate.rules_out)} ruled out: {result.says}"
        for result in assessment.decision.gates
        if result.status == "tripped"
    )


def _changes(assessment: Assessment) -> tuple[Change, ...]:
    """Return single changes first, those the owner can decide on leading, then the smallest sets."""
    decision = assessment.decision
    ranked = sorted(decision.flips, key=lambda flip: not flip.input.startswith("needs."))
    singles = [Change((flip,), flip.becomes) for flip in ranked]
    return (*singles, *(Change(found.changes, found.becomes) for found in decision.flip_sets))


def names(services: tuple[str, ...], limit: int = NAMES) -> str:
    """Return names in a row, the rest as a number."""
    shown = ", ".join(services[:limit])
    left = len(services) - limit
    return f"{shown} and {left:,} more" if left > 0 else shown


def _first(assessment: Assessment) -> tuple[Thing, ...]:
    """Return the best things to start with under the recommended option."""
    plan = assessment.plan
    improvements = tuple(map(_improvement, _first_of_each(plan.improvements)))
    if assessment.decision.recommended == "incremental" and plan.waves:
        wave = plan.waves[0]
        prepared = _preparation(assessment)
        return (
            Thing("Prepare", prepared, hours(plan.preparation_hours)),
            Thing("Wave 1", names(wave.services), hours(wave.effort_hours)),
            *improvements,
        )
    if assessment.decision.recommended == "test-cluster":
        mirrored = names(tuple(mirror.service for mirror in plan.mirrors))
        where = f"on {plan.test_host}" if plan.test_host else "on a machine of its own"
        return (
            Thing("Build a single-server K3s", where, ""),
            Thing("Mirror", mirrored or "two services without state", ""),
            *improvements,
        )
    return improvements


def _preparation(assessment: Assessment) -> str:
    """Return what to prepare: less where a cluster runs already."""
    runtimes = {service.runtime for service in assessment.inventory.services.values()}
    if "kubernetes" in runtimes:
        return "list what moves and what it needs, set up storage and backups in the cluster"
    return "learn, build the cluster on spare capacity, set up storage and backups"


def _first_of_each(work: tuple[Improvement, ...]) -> tuple[Improvement, ...]:
    """Return the best of what protects data, access, uptime and upkeep, then all the rest."""
    best = {item.protects: item for item in reversed(work)}
    leading = [item for item in work if best[item.protects] is item]
    return (*leading, *(item for item in work if best[item.protects] is not item))


def _improvement(item: Improvement) -> Thing:
    """Return a piece of work with the names of a few subjects, or their number."""
    many = len(item.services) > NAMED
    where = count(len(item.services), item.scope) if many else names(item.services)
    return Thing(f"{item.title}{f', {where}' if where else ''}", item.text, hours(item.hours))


def _asks(assessment: Assessment) -> tuple[Ask, ...]:
    """Return the open questions; one that an earlier answer settles as well is left out."""
    found: list[Ask] = []
    for unknown in assessment.decision.unknowns:
        item = ask(assessment, unknown)
        if not any(item.write in earlier.write for earlier in found):
            found.append(item)
    return tuple(found)


def ask(assessment: Assessment, unknown: Unknown) -> Ask:
    """Return a question with the line that would answer it."""
    question = assessment.rulebook.questions.get(unknown.fact)
    choices = [str(value) for value, _ in question.answers] if question else []
    levels = [choice for choice in choices if choice[:1].isalpha()]
    write = unknown.key
    if _NAME.fullmatch(write):
        write += f": {' | '.join(levels)}" if levels else ": <number>"
    return Ask(unknown.ask, write, unknown.reason, unknown.could_flip)

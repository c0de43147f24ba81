"""An estate at many times -> how its answer, its costs and its findings went."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Settings, facts_of, weights_of
from analyzer.comparison.changes import Explanation
from analyzer.comparison.estate import inventory_changes
from analyzer.comparison.grid import moving_hours
from analyzer.comparison.reasons import explain
from analyzer.decision.deciding import answer
from analyzer.decision.model import Verdict
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import SEVERITIES, Option, Rulebook, Severity


class Commit(NamedTuple):
    """When and by which change: an ISO date, a short id, and the first line of its message."""

    date: str
    short: str
    subject: str


class Point(NamedTuple):
    """The estate at one time. ``memory_bytes`` is what K3s would typically add, on all hosts."""

    commit: Commit
    recommended: Option
    feasible: bool
    verdict: Verdict
    stars: int
    scores: Mapping[Option, Fraction]
    memory_bytes: int
    hours: Fraction
    findings: Mapping[Severity, int]
    hosts: int
    services: int
    questions: int


class Gap(NamedTuple):
    """A time at which the estate could not be read, and why."""

    commit: Commit
    why: str


class Turn(NamedTuple):
    """The answer turned at a commit, for these reasons."""

    commit: Commit
    before: Option
    after: Option
    before_feasible: bool
    after_feasible: bool
    explanation: Explanation | None


class History(NamedTuple):
    """Oldest first."""

    name: str
    moments: tuple[Point | Gap, ...]
    turns: tuple[Turn, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the times at which the estate could be read."""
        return tuple(moment for moment in self.moments if isinstance(moment, Point))


def make_history(
    moments: Iterable[tuple[Commit, Inventory | str]], rulebook: Rulebook, settings: Settings
) -> History:
    """Return the history of an estate: of each commit the estate, or why it cannot be read.

    An estate that is given again is not looked at again. No whole assessment is made: what would
    change an answer is not asked of the past.
    """
    found: list[Point | Gap] = []
    turns: list[Turn] = []
    last: tuple[Inventory, Point] | None = None
    name = ""
    for commit, estate in moments:
        if isinstance(estate, str):
            found.append(Gap(commit, estate))
            continue
        name = estate.name or name
        if last is not None and estate is last[0]:
            point = last[1]._replace(commit=commit)
        else:
            point = _point(commit, estate, rulebook, settings)
        if last is not None and _answer(last[1]) != _answer(point):
            turns.append(_turn(last, (estate, point), rulebook, settings))
        found.append(point)
        last = estate, point
    return History(name, tuple(found), tuple(turns))


def _answer(point: Point) -> tuple[Option, bool]:
    return point.recommended, point.feasible


def _turn(
    before: tuple[Inventory, Point],
    after: tuple[Inventory, Point],
    rulebook: Rulebook,
    settings: Settings,
) -> Turn:
    """Return where the answer turned, and why."""
    was, now = before[1], after[1]
    changes = inventory_changes(before[0], after[0])
    why = explain(before, after, changes, rulebook, settings)
    return Turn(now.commit, was.recommended, now.recommended, was.feasible, now.feasible, why)


def _point(commit: Commit, estate: Inventory, rulebook: Rulebook, settings: Settings) -> Point:
    facts = facts_of(estate, rulebook, settings)
    found = answer(facts, rulebook, weights_of(rulebook, settings))
    counted = dict.fromkeys(SEVERITIES, 0)
    for item in facts.findings:
        if item.waived is None:
            counted[item.finding.severity] += 1
    return Point(
        commit=commit,
        recommended=found.recommended,
        feasible=found.feasible,
        verdict=found.verdict,
        stars=found.stars,
        scores=dict(sorted(found.scores.items())),
        memory_bytes=sum(item.added_bytes[1] for item in facts.footprint if item.role != "none"),
        hours=moving_hours(estate, facts, rulebook),
        findings=counted,
        hosts=len(estate.hosts),
        services=len(estate.services),
        questions=found.questions,
    )

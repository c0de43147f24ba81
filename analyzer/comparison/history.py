"""An estate at many times -> how its answer, its costs and its findings went."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.comparison.comparing import compare
from analyzer.comparison.model import Explanation, Snapshot
from analyzer.comparison.snapshot import take
from analyzer.decision.model import Verdict
from analyzer.rulebook.model import SEVERITIES, Option, Severity


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


def make_history(moments: Iterable[tuple[Commit, Assessment | str]]) -> History:
    """Return the history of an estate: of each commit its assessment, or why there is none."""
    found: list[Point | Gap] = []
    turns: list[Turn] = []
    last: tuple[Assessment, Snapshot] | None = None
    name = ""
    for commit, assessed in moments:
        if isinstance(assessed, str):
            found.append(Gap(commit, assessed))
            continue
        name = assessed.inventory.name or name
        found.append(_point(commit, assessed))
        if last is None or assessed is not last[0]:
            now = take(assessed, commit.short)
            turns += () if last is None else _turn(commit, last[1], now)
            last = assessed, now
    return History(name, tuple(found), tuple(turns))


def _turn(commit: Commit, before: Snapshot, after: Snapshot) -> Iterator[Turn]:
    old, new = before.decision, after.decision
    if (old.recommended, old.feasible) != (new.recommended, new.feasible):
        why = compare(before, after).explanation
        yield Turn(commit, old.recommended, new.recommended, old.feasible, new.feasible, why)


def _point(commit: Commit, assessed: Assessment) -> Point:
    decision, facts = assessed.decision, assessed.facts
    counted = dict.fromkeys(SEVERITIES, 0)
    for found in facts.findings:
        if found.waived is None:
            counted[found.finding.severity] += 1
    return Point(
        commit=commit,
        recommended=decision.recommended,
        feasible=decision.feasible,
        verdict=decision.verdict,
        stars=decision.confidence.stars,
        scores={item.id: item.score for item in sorted(decision.options)},
        memory_bytes=sum(item.added_bytes[1] for item in facts.footprint if item.role != "none"),
        hours=assessed.plan.total_hours,
        findings=counted,
        hosts=len(assessed.inventory.hosts),
        services=len(assessed.inventory.services),
        questions=len(decision.unknowns),
    )

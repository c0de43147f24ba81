"""Two snapshots -> all that changed from one to the other. The one entry of this stage."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from analyzer.comparison.changes import (
    Comparison,
    EdgeChange,
    EstateChange,
    FactMove,
    FindingMove,
    GateMove,
    MemoryMove,
    QuestionMove,
    WeighingMove,
)
from analyzer.comparison.estate import PARTS, estate_changes
from analyzer.comparison.model import Snapshot
from analyzer.comparison.reasons import effects_of, explanation_of
from analyzer.comparison.scope import comparable
from analyzer.comparison.undoing import Key
from analyzer.comparison.waves import wave_moves
from analyzer.facts.catalogue import base_facts_of
from analyzer.rulebook.model import OPTIONS, SEVERITIES, Option, Rulebook

_ZERO = Fraction(0)
_Item = TypeVar("_Item")


def compare(before: Snapshot, after: Snapshot, rulebook: Rulebook | None = None) -> Comparison:
    """Return what changed between two snapshots of one estate, the largest effect first.

    What cannot be compared is said in ``incomparable``, and its lists are empty. A rulebook serves
    to explain another answer where one of them is only a report.
    """
    can = comparable(before, after)
    estate = estate_changes(before, after) if can.listed else ()
    if can.answer and estate:
        estate = _by_effect(estate, effects_of(before, after, estate))
    weighings = _weighings(before, after) if can.answer else ()
    found = Comparison(
        before=before,
        after=after,
        incomparable=can.why_not,
        estate=estate,
        edges=(),
        facts=(),
        weighings=weighings,
        gates=(),
        findings=(),
        waves=(),
        memory=(),
        questions=(),
        explanation=explanation_of(before, after, estate, rulebook) if can.answer else None,
    )
    if not can.judged:
        return found
    return found._replace(
        edges=_edges(before, after),
        facts=_facts(before, after, weighings),
        gates=_gates(before, after),
        findings=_findings(before, after),
        waves=wave_moves(before.plan.waves, after.plan.waves),
        memory=tuple(
            MemoryMove(host, *pair)
            for host, *pair in _differing(before.memory_bytes, after.memory_bytes)
        ),
        questions=tuple(
            QuestionMove(fact, old or "", new or "")
            for fact, old, new in _differing(before.questions, after.questions)
        ),
    )


def _differing(
    old: Mapping[str, _Item], new: Mapping[str, _Item]
) -> list[tuple[str, _Item | None, _Item | None]]:
    """Return name and both values of what is not the same, None where it is not there."""
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    return [(name, old.get(name), new.get(name)) for name in names]


def _by_effect(
    changes: tuple[EstateChange, ...],
    effects: Mapping[Key, Mapping[Option, Fraction]],
) -> tuple[EstateChange, ...]:
    """Return the changes with their effects, the largest first."""
    known = [
        change._replace(effect=effects.get((change.part, change.subject, change.field)))
        for change in changes
    ]
    return tuple(
        sorted(
            known,
            key=lambda change: (
                -max(map(abs, (change.effect or {}).values()), default=_ZERO),
                PARTS.index(change.part),
                change.subject,
                change.field,
            ),
        )
    )


def _edges(before: Snapshot, after: Snapshot) -> tuple[EdgeChange, ...]:
    old, new = before.edges, after.edges
    pairs = sorted(pair for pair in {*old, *new} if old.get(pair) != new.get(pair))
    return tuple(EdgeChange(*pair, old.get(pair), new.get(pair)) for pair in pairs)


def _weighings(before: Snapshot, after: Snapshot) -> tuple[WeighingMove, ...]:
    """Return the criteria that add something else, or of which something else is known."""
    moves = []
    for name, old, new in _differing(before.weighings, after.weighings):
        moved = {
            option: (new.scores[option] if new else _ZERO) - (old.scores[option] if old else _ZERO)
            for option in OPTIONS
        }
        same = old is not None and new is not None and old.known == new.known
        if any(moved.values()) or not same:
            moves.append(WeighingMove(name, old, new, moved))
    return tuple(sorted(moves, key=lambda move: (-move.effect, move.criterion)))


def _facts(
    before: Snapshot, after: Snapshot, weighings: tuple[WeighingMove, ...]
) -> tuple[FactMove, ...]:
    """Return the facts of another value, with the moved criteria that rest on them."""
    resting: dict[str, list[WeighingMove]] = {}
    for move in weighings:
        read = {name for side in (move.before, move.after) if side for name in side.facts}
        for name in sorted(read | {base for fact in read for base in base_facts_of(fact)}):
            resting.setdefault(name, []).append(move)
    moves = []
    for name, old, new in _differing(before.facts, after.facts):
        if old is not None and new is not None and old.value == new.value:
            continue  # only its words differ, which name places
        criteria = resting.get(name, [])
        effect = sum((move.effect for move in criteria), _ZERO)
        names = tuple(sorted(move.criterion for move in criteria))
        moves.append(FactMove(name, old, new, names, effect))
    return tuple(sorted(moves, key=lambda move: (-move.effect, move.name)))


def _gates(before: Snapshot, after: Snapshot) -> tuple[GateMove, ...]:
    moves = [
        GateMove(name, old, new)
        for name, old, new in _differing(before.gates, after.gates)
        if old is None or new is None or old.status != new.status
    ]
    return tuple(sorted(moves, key=lambda move: (not _trips(move), move.gate)))


def _trips(move: GateMove) -> bool:
    return any(side is not None and side.status == "tripped" for side in (move.before, move.after))


def _findings(before: Snapshot, after: Snapshot) -> tuple[FindingMove, ...]:
    moves = []
    old, new = before.findings, after.findings
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        same = was is not None and now is not None and was.waived == now.waived
        if not same or (was and now and was.severity != now.severity):
            moves.append(FindingMove(*key, was, now))
    return tuple(
        sorted(moves, key=lambda move: (_worst(move), move.finding, move.subject)),
    )


def _worst(move: FindingMove) -> int:
    sides = [side for side in (move.before, move.after) if side is not None]
    return min(SEVERITIES.index(side.severity) for side in sides)

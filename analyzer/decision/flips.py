"""A problem -> the smallest changes of its inputs that change the answer, each verified.

Candidates are the answers a question lists; numbers are searched outward and then bisected to one
unit. Nothing is printed that was not decided again on both sides.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from analyzer.decision.judging import Judge, Judgement
from analyzer.decision.model import Flip, FlipSet
from analyzer.decision.problem import BITS, Problem, possible_answers
from analyzer.facts.model import Facts
from analyzer.facts.wording import say
from analyzer.rulebook.model import OPTIONS, Option, Rulebook, Value

WHOLE_UNITS = frozenset({"", "hosts", "servers", "sites", "hours", "services"})
SHARE_QUANTUM = Fraction(1, 100)
MOST_CHANGES = 5


class _Search(NamedTuple):
    """What every search needs."""

    problem: Problem
    judge: Judge
    facts: Facts
    rulebook: Rulebook
    current: Option


def single_flips(
    judge: Judge, facts: Facts, rulebook: Rulebook, current: Option
) -> tuple[Flip, ...]:
    """Return the nearest flip of every input that has one, the nearest input first."""
    problem = judge.problem
    search = _Search(problem, judge, facts, rulebook, current)
    found = [
        (distance, flip)
        for fact in sorted({*problem.known, *problem.open})
        if fact in rulebook.questions
        for distance, flip in _flips_of(search, fact)
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].input, str(pair[1].after)))
    return tuple(flip for _, flip in found)


def _flips_of(search: _Search, fact: str) -> Iterator[tuple[Fraction, Flip]]:
    """Yield flips of one input with their distance as a share of the input's range."""
    question = search.rulebook.questions[fact]
    values = list(possible_answers(question, search.facts))
    before = search.problem.known.get(fact)
    if any(isinstance(value, str) for value in values):
        yield from _level_flips(search, fact, before, values)
    else:
        numbers = sorted(Fraction(value) for value in values)
        yield from _number_flips(search, fact, before, numbers)


def _becomes(search: _Search, fact: str, value: Value) -> Option:
    return search.judge.winner(search.problem.with_value(fact, value))


def _flip(search: _Search, fact: str, after: Value, becomes: Option) -> Flip:
    """Return a verified flip with its words."""
    unit = search.facts.values[fact].unit
    before = search.problem.known.get(fact)
    question = search.rulebook.questions[fact]
    before_text, after_text = say(before, unit), say(after, unit)
    name = fact.removeprefix("needs.").replace("_", " ").replace(".", " ")
    text = f"{name}: {before_text} → {after_text} ({question.ask})"
    return Flip(fact, before, after, becomes, before_text, after_text, text)


def _level_flips(
    search: _Search, fact: str, before: Value | None, values: list[Value]
) -> Iterator[tuple[Fraction, Flip]]:
    """Yield the nearest level for each option that a change of level leads to."""
    order = [
        value for value in ("none", "low", "some", "medium", "wanted", "shared") if value in values
    ]
    order += [value for value in values if value not in order]
    place = order.index(before) if before in order else None
    ranked = sorted(
        (value for value in order if value != before),
        key=lambda value: abs(order.index(value) - place) if place is not None else 0,
    )
    seen: set[Option] = set()
    for value in ranked:
        becomes = _becomes(search, fact, value)
        if becomes != search.current and becomes not in seen:
            seen.add(becomes)
            steps = abs(order.index(value) - place) if place is not None else 1
            yield Fraction(steps, max(1, len(order) - 1)), _flip(search, fact, value, becomes)


def _number_flips(
    search: _Search, fact: str, before: Value | None, numbers: list[Fraction]
) -> Iterator[tuple[Fraction, Flip]]:
    """Yield the nearest flip in each direction, bisected to one unit."""
    unit = search.facts.values[fact].unit
    quantum = Fraction(1) if unit in WHOLE_UNITS else SHARE_QUANTUM
    width = max(numbers[-1] - numbers[0], quantum)
    if before is None or isinstance(before, str):
        for value in numbers:
            becomes = _becomes(search, fact, value)
            if becomes != search.current:
                yield Fraction(1, 2), _flip(search, fact, _plain(value), becomes)
                return
        return
    start = Fraction(before)
    for direction in (
        [value for value in numbers if value > start],
        [value for value in reversed(numbers) if value < start],
    ):
        last = start
        for value in direction:
            if _becomes(search, fact, value) != search.current:
                edge = _bisect(search, fact, last, value, quantum)
                becomes = _becomes(search, fact, edge)
                yield abs(edge - start) / width, _flip(search, fact, _plain(edge), becomes)
                break
            last = value


def _bisect(
    search: _Search, fact: str, same: Fraction, other: Fraction, quantum: Fraction
) -> Fraction:
    """Return the value nearest to ``same``, on the grid of the quantum, with another answer."""
    while abs(other - same) > quantum:
        middle = same + (other - same) / 2
        middle = middle // quantum * quantum if other > same else -(-middle // quantum) * quantum
        if middle in (same, other):
            middle = same + (quantum if other > same else -quantum)
            if abs(other - middle) < quantum:
                break
        if _becomes(search, fact, middle) == search.current:
            same = middle
        else:
            other = middle
    return other


def _plain(value: Fraction) -> Value:
    return int(value) if value.denominator == 1 else value


def flip_sets(
    judge: Judge, facts: Facts, rulebook: Rulebook, current: Judgement
) -> tuple[FlipSet, ...]:
    """Return for each rival a small set of changed needs that makes it the answer, if any.

    Greedy by gain, then every change that is not needed is taken out again; verified as a whole.
    """
    found = []
    search = _Search(judge.problem, judge, facts, rulebook, current.winner)
    for target in OPTIONS:
        if target != current.winner:
            changes = _grow(search, target)
            if changes:
                changes = _prune(search, target, changes)
                flips = tuple(_flip(search, fact, value, target) for fact, value in changes)
                if len(flips) > 1:
                    found.append(FlipSet(flips, target))
    return tuple(sorted(found, key=lambda s: (len(s.changes), OPTIONS.index(s.becomes))))


def _value_of(search: _Search, target: Option, problem: Problem) -> tuple[int, Fraction]:
    """Return how close a target is to winning: gates open first, then the expected margin."""
    judged = search.judge.outlook(problem)
    open_gate = 0 if judged.always_out & BITS[target] else 1
    rivals = [o for o in OPTIONS if o != target and not judged.always_out & BITS[o]]
    best = max((judged.scores[o] for o in rivals), default=Fraction(-2))
    return open_gate, judged.scores[target] - best


def _grow(search: _Search, target: Option) -> list[tuple[str, Value]]:
    """Return changes of needs, the most helpful first, until the target wins."""
    gains = []
    start = _value_of(search, target, search.problem)
    for fact in sorted({*search.problem.known, *search.problem.open}):
        if fact.startswith("needs.") and fact in search.rulebook.questions:
            options = possible_answers(search.rulebook.questions[fact], search.facts)
            best = max(
                (value for value in options if value != search.problem.known.get(fact)),
                key=lambda v, f=fact: _value_of(search, target, search.problem.with_value(f, v)),  # type: ignore[misc]
                default=None,
            )
            if best is not None:
                value = _value_of(search, target, search.problem.with_value(fact, best))
                if value > start:
                    gains.append((value, fact, best))
    gains.sort(key=lambda gain: (gain[0], gain[1]), reverse=True)
    changed: list[tuple[str, Value]] = []
    problem = search.problem
    for _, fact, value in gains[:MOST_CHANGES]:
        changed.append((fact, value))
        problem = problem.with_value(fact, value)
        if search.judge.winner(problem) == target:
            return changed
    return []


def _prune(
    search: _Search, target: Option, changes: list[tuple[str, Value]]
) -> list[tuple[str, Value]]:
    """Return the changes without those that are not needed."""
    kept = list(changes)
    for change in changes:
        problem = search.problem
        for fact, value in kept:
            if (fact, value) != change:
                problem = problem.with_value(fact, value)
        if len(kept) > 1 and search.judge.winner(problem) == target:
            kept.remove(change)
    return kept

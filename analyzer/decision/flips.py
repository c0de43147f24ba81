"""A problem -> the smallest changes of its inputs that change the answer, each verified.

Candidates are the answers a question lists; numbers are searched outward and then bisected to one
unit. Nothing is printed that was not decided again on both sides.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from analyzer.decision.judging import Judge
from analyzer.decision.model import Flip
from analyzer.decision.problem import Problem, possible_answers
from analyzer.facts.model import Facts
from analyzer.facts.wording import say
from analyzer.rulebook.model import Option, Rulebook, Value

WHOLE_UNITS = frozenset({"", "hosts", "servers", "sites", "hours", "services"})
SHARE_QUANTUM = Fraction(1, 100)
RISING = ("none", "low", "some", "medium", "wanted", "shared")
"""Levels from the least on; those not listed follow in the order of the question's answers."""


class Search(NamedTuple):
    """What every search needs."""

    problem: Problem
    judge: Judge
    facts: Facts
    rulebook: Rulebook
    current: Option


def single_flips(search: Search) -> tuple[Flip, ...]:
    """Return the nearest flip of every input that has one, the nearest input first."""
    problem, rulebook = search.problem, search.rulebook
    found = [
        (distance, flip)
        for fact in sorted({*problem.known, *problem.open})
        if fact in rulebook.questions
        for distance, flip in _flips_of(search, fact)
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].input, str(pair[1].after)))
    return tuple(flip for _, flip in found)


def _flips_of(search: Search, fact: str) -> Iterator[tuple[Fraction, Flip]]:
    """Yield flips of one input with their distance as a share of the input's range."""
    question = search.rulebook.questions[fact]
    values = list(possible_answers(question, search.facts))
    before = search.problem.known.get(fact)
    if any(isinstance(value, str) for value in values):
        yield from _level_flips(search, fact, before, values)
    else:
        numbers = sorted(Fraction(value) for value in values)
        yield from _number_flips(search, fact, before, numbers)


def _becomes(search: Search, fact: str, value: Value) -> Option:
    return search.judge.winner(search.problem.with_value(fact, value))


def make_flip(search: Search, fact: str, after: Value, becomes: Option) -> Flip:
    """Return a verified flip with its words."""
    unit = search.facts.values[fact].unit
    before = search.problem.known.get(fact)
    question = search.rulebook.questions[fact]
    before_text, after_text = say(before, unit), say(after, unit)
    name = fact.removeprefix("needs.").replace("_", " ").replace(".", " ")
    text = f"{name}: {before_text} → {after_text} ({question.ask})"
    return Flip(fact, before, after, becomes, before_text, after_text, text)


def _level_flips(
    search: Search, fact: str, before: Value | None, values: list[Value]
) -> Iterator[tuple[Fraction, Flip]]:
    """Yield the nearest level for each option that a change of level leads to."""
    levels = [value for value in values if isinstance(value, str)]
    order = [level for level in RISING if level in levels]
    order += [level for level in levels if level not in order]
    place = order.index(before) if isinstance(before, str) and before in order else None
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
            yield Fraction(steps, max(1, len(order) - 1)), make_flip(search, fact, value, becomes)


def _number_flips(
    search: Search, fact: str, before: Value | None, numbers: list[Fraction]
) -> Iterator[tuple[Fraction, Flip]]:
    """Yield the nearest flip in each direction, bisected to one unit."""
    unit = search.facts.values[fact].unit
    quantum = Fraction(1) if unit in WHOLE_UNITS else SHARE_QUANTUM
    width = max(numbers[-1] - numbers[0], quantum)
    if before is None or isinstance(before, str):
        for value in numbers:
            becomes = _becomes(search, fact, value)
            if becomes != search.current:
                yield Fraction(1, 2), make_flip(search, fact, plain(value), becomes)
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
                yield abs(edge - start) / width, make_flip(search, fact, plain(edge), becomes)
                break
            last = value


def _bisect(
    search: Search, fact: str, same: Fraction, other: Fraction, quantum: Fraction
) -> Fraction:
    """Return the value nearest to ``same``, on the grid of the quantum, with another answer.

    ``other`` itself where no point of the grid before it has another answer. The point just before
    what is returned has been decided too, and has today's answer.
    """
    sign = 1 if other > same else -1
    low, beyond = sign * same // quantum + 1, -(-sign * other // quantum)
    high = beyond
    while low < high:
        middle = (low + high) // 2
        if _becomes(search, fact, sign * middle * quantum) == search.current:
            low = middle + 1
        else:
            high = middle
    return other if low >= beyond else sign * low * quantum


def plain(value: Fraction) -> Value:
    """Return a whole number as int, for the words and the report."""
    return int(value) if value.denominator == 1 else value

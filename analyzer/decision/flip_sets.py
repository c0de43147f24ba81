"""A problem -> small sets of changed needs that make another option the answer.

For rivals that no single change reaches. Two ways are tried: the needs that one rule reads
together, such as failover and planned hosts, and the most helpful needs one after the other. What
is not needed is taken out again, numbers are taken back as far as they go, and the whole is
verified by deciding again.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from analyzer.decision.flips import Search, make_flip, plain
from analyzer.decision.model import FlipSet
from analyzer.decision.problem import BITS, Barrier, Problem, Weighed, possible_answers
from analyzer.rulebook.model import OPTIONS, Option, Value

MOST_CHANGES = 5
FEWEST_TOGETHER, MOST_TOGETHER = 2, 4

Changes = list[tuple[str, Value]]


def flip_sets(search: Search, reached: set[Option]) -> tuple[FlipSet, ...]:
    """Return for each rival that is not reached yet a small set of changes, if one was found."""
    found = []
    for target in OPTIONS:
        if target == search.current or target in reached:
            continue
        changes = next(_together(search, target), None) or _one_by_one(search, target)
        if changes:
            changes = _taken_back(search, target, _pruned(search, target, changes))
            flips = tuple(make_flip(search, fact, value, target) for fact, value in changes)
            found.append(FlipSet(flips, target))
    return tuple(sorted(found, key=lambda s: (len(s.changes), OPTIONS.index(s.becomes))))


def _with(problem: Problem, changes: Changes) -> Problem:
    for fact, value in changes:
        problem = problem.with_value(fact, value)
    return problem


def _wins(search: Search, target: Option, changes: Changes) -> bool:
    return search.judge.winner(_with(search.problem, changes)) == target


def _needs(search: Search, names: tuple[str, ...]) -> list[str]:
    return [n for n in names if n.startswith("needs.") and n in search.rulebook.questions]


def _answers(search: Search, fact: str) -> list[Value]:
    """Return the listed answers of an input other than its present one, numbers rising."""
    present = search.problem.known.get(fact)
    values = possible_answers(search.rulebook.questions[fact], search.facts)
    other = [value for value in values if value != present]
    numbers = sorted(value for value in other if not isinstance(value, str))
    return [*(value for value in other if isinstance(value, str)), *numbers]


def _together(search: Search, target: Option) -> Iterator[Changes]:
    """Yield changes of needs that one rule reads together and that make the target win."""
    rules: list[Weighed | Barrier] = [*search.problem.criteria, *search.problem.barriers]
    bundles = {tuple(_needs(search, rule.base)) for rule in rules}
    for names in sorted(bundles, key=lambda names: (len(names), names)):
        if not FEWEST_TOGETHER <= len(names) <= MOST_TOGETHER:
            continue
        ends = [[answers[0], answers[-1]] for name in names if (answers := _answers(search, name))]
        if len(ends) == len(names):
            for values in product(*ends):
                changes = list(zip(names, values, strict=True))
                if _wins(search, target, changes):
                    yield changes


def _closeness(search: Search, target: Option, problem: Problem) -> tuple[int, Fraction]:
    """Return how close a target is to winning: gates open first, then the expected margin."""
    outlook = search.judge.outlook(problem)
    rivals = [o for o in OPTIONS if o != target and not outlook.always_out & BITS[o]]
    best = max((outlook.scores[o] for o in rivals), default=Fraction(-2))
    return (0 if outlook.always_out & BITS[target] else 1), outlook.scores[target] - best


def _one_by_one(search: Search, target: Option) -> Changes:
    """Return the most helpful changes of needs, until the target wins; empty where it never does."""
    start = _closeness(search, target, search.problem)
    gains = []
    for fact in _needs(search, tuple(sorted({*search.problem.known, *search.problem.open}))):
        tried = [
            (_closeness(search, target, search.problem.with_value(fact, value)), index, value)
            for index, value in enumerate(_answers(search, fact))
        ]
        gain, _, value = max(tried, key=lambda one: (one[0], -one[1]))
        if gain > start:
            gains.append((gain, fact, value))
    gains.sort(key=lambda gain: (gain[0], gain[1]), reverse=True)
    changes: Changes = []
    for _, fact, value in gains[:MOST_CHANGES]:
        changes.append((fact, value))
        if _wins(search, target, changes):
            return changes
    return []


def _pruned(search: Search, target: Option, changes: Changes) -> Changes:
    """Return the changes without those that are not needed."""
    kept = list(changes)
    for change in changes:
        rest = [other for other in kept if other != change]
        if rest and _wins(search, target, rest):
            kept = rest
    return kept


def _taken_back(search: Search, target: Option, changes: Changes) -> Changes:
    """Return the changes with every number as near to today's as it can be, small where none is known."""
    result = list(changes)
    for index, (fact, value) in enumerate(changes):
        if isinstance(value, str):
            continue
        nearer = [Fraction(v) for v in _answers(search, fact) if not isinstance(v, str)]
        today = search.problem.known.get(fact, min(nearer))
        for candidate in sorted(nearer, key=lambda number, at=today: abs(number - at)):  # type: ignore[misc]
            changed = [*result[:index], (fact, plain(candidate)), *result[index + 1 :]]
            if _wins(search, target, changed):
                result = changed
                break
    return result

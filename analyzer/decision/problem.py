"""Facts and Rulebook -> the decision problem: weighed rules over base facts, known and open.

Pure arithmetic, exact. For option scores see `score`: with B and t the weighted means of the
evidence, incremental = B, enhanced-podman = -B, test-cluster = -B/2 + t. A test cluster leaves
production on Podman, which is why it keeps a quarter of each option's evidence less the rest:
e = (2 tau - 1) b + t with tau = 1/4. It is best exactly when -2t < B < 2t/3.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import NamedTuple

from analyzer.facts.catalogue import base_facts_of, evaluate, figure_values
from analyzer.facts.model import Facts
from analyzer.rulebook.conditions import facts_of, holds
from analyzer.rulebook.model import (
    Comparison,
    Condition,
    Criterion,
    Gate,
    Option,
    Question,
    Rulebook,
    Scale,
    Value,
)

Answers = tuple[tuple[Value, int], ...]


class Weighed(NamedTuple):
    """A criterion with its weight and the base facts it rests on, sorted."""

    criterion: Criterion
    weight: int
    base: tuple[str, ...]


class Barrier(NamedTuple):
    """A gate with the base facts it rests on, sorted, and the options it rules out as bits."""

    gate: Gate
    base: tuple[str, ...]
    mask: int


class Problem(NamedTuple):
    """What is weighed. ``known`` maps base facts to values, ``open`` to the answers they may have.

    An answer of weight 0 is possible but takes no part in the shares. ``figures`` are constants.
    ``changed`` are the base facts that `with_value` set: rules without them come to the same.
    """

    criteria: tuple[Weighed, ...]
    barriers: tuple[Barrier, ...]
    known: Mapping[str, Value]
    open: Mapping[str, Answers]
    figures: Mapping[str, Value | None]
    total_weight: int
    changed: frozenset[str] = frozenset()

    def with_value(self, fact: str, value: Value) -> "Problem":
        """Return the problem with one base fact known to have a value."""
        rest = {name: answers for name, answers in self.open.items() if name != fact}
        known = {**self.known, fact: value}
        return self._replace(known=known, open=rest, changed=self.changed | {fact})


BITS: dict[Option, int] = {"enhanced-podman": 1, "test-cluster": 2, "incremental": 4}
EVERY_OPTION = 7


def score(option: Option, b: Fraction, t: Fraction) -> Fraction:
    """Return an option's score from the two axes."""
    if option == "incremental":
        return b
    return -b if option == "enhanced-podman" else t - b / 2


def make_problem(facts: Facts, rulebook: Rulebook, weights: Mapping[str, int]) -> Problem:
    """Return the problem for an estate; criteria of weight 0 take no part."""
    criteria = []
    for criterion in rulebook.criteria.values():
        weight = weights.get(criterion.id, 0)
        if weight:
            base = sorted({b for fact in criterion.facts for b in base_facts_of(fact)})
            criteria.append(Weighed(criterion, weight, _without_figures(base)))
    barriers = []
    for gate in rulebook.gates.values():
        base = sorted({b for fact in facts_of(gate.when) for b in base_facts_of(fact)})
        mask = sum(BITS[option] for option in set(gate.rules_out))
        barriers.append(Barrier(gate, _without_figures(base), mask))
    rules: list[Weighed | Barrier] = [*criteria, *barriers]
    used = sorted({name for rule in rules for name in rule.base})
    known: dict[str, Value] = {}
    opened: dict[str, Answers] = {}
    for name in used:
        value = facts.values[name].value
        if value is None:
            opened[name] = answers_of(name, facts, rulebook)
        else:
            known[name] = value
    return Problem(
        criteria=tuple(criteria),
        barriers=tuple(barriers),
        known=known,
        open=opened,
        figures=figure_values(rulebook),
        total_weight=sum(weighed.weight for weighed in criteria) or 1,
    )


def _without_figures(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if not name.startswith("figure."))


def answers_of(name: str, facts: Facts, rulebook: Rulebook) -> Answers:
    """Return the values that an unknown base fact may have, with their base-rate weights.

    What-ifs, of weight 0, are kept only where they lie beyond every weighed answer: between them
    the scales are monotone, so the extremes are at the ends.
    """
    fact = facts.values[name]
    if fact.low is not None and fact.high is not None:
        return _bounded(fact.low, fact.high)
    answers = possible_answers(rulebook.questions[name], facts)
    weighed = {value: weight for value, weight in answers.items() if weight}
    numbers = [value for value in answers if not isinstance(value, str)]
    for end in (min(numbers), max(numbers)) if numbers else ():
        weighed.setdefault(end, 0)
    return tuple(weighed.items())


def _bounded(low: Value, high: Value) -> Answers:
    """Return the answers of a fact that is known to lie between two values: mostly in the middle."""
    if isinstance(low, str) or isinstance(high, str):
        return ((low, 1), (high, 1))
    return ((low, 1), (Fraction(low + high) / 2, 2), (high, 1))


def possible_answers(question: Question, facts: Facts) -> dict[Value, int]:
    """Return every value a question lists, what-ifs with weight 0, relative ones made absolute."""
    offset: Value = 0
    if question.relative_to:
        offset = facts.values[question.relative_to].value or 0
    found: dict[Value, int] = {}
    for value, weight in question.answers:
        found[_plus(value, offset)] = weight
    for value in question.what_if:
        found.setdefault(value, 0)
    return found


def _plus(value: Value, offset: Value) -> Value:
    return value if isinstance(value, str) or isinstance(offset, str) else value + offset


class Evaluator:
    """Evaluates rules under assignments of base facts, remembering every result.

    ``changed`` are the facts whose values may differ from one call to the next; a rule that rests
    on none of them is evaluated once.
    """

    def __init__(self, figures: Mapping[str, Value | None]) -> None:
        """Start with the constants and no memory."""
        self._figures = figures
        self._evidence: dict[tuple[object, ...], tuple[Fraction, Fraction]] = {}
        self._tripped: dict[tuple[object, ...], bool] = {}

    def evidence(
        self, weighed: Weighed, values: Mapping[str, Value], changed: Collection[str]
    ) -> tuple[Fraction, Fraction]:
        """Return weight times *b* and weight times *t* of a criterion."""
        key = _key(weighed.criterion.id, weighed.base, values, changed)
        found = self._evidence.get(key)
        if found is None:
            memo: dict[str, Value | None] = {**self._figures, **values}
            b = _on_scale(weighed.criterion.for_kubernetes, memo) * weighed.weight
            t = _on_scale(weighed.criterion.for_testing_first, memo) * weighed.weight
            found = self._evidence[key] = (b, t)
        return found

    def tripped(
        self, barrier: Barrier, values: Mapping[str, Value], changed: Collection[str]
    ) -> bool:
        """Return whether a gate holds under a full assignment of its base facts."""
        key = _key(barrier.gate.id, barrier.base, values, changed)
        found = self._tripped.get(key)
        if found is None:
            found = self._tripped[key] = gate_holds(barrier.gate.when, values, self._figures)
        return found


def _key(
    name: str, base: tuple[str, ...], values: Mapping[str, Value], changed: Collection[str]
) -> tuple[object, ...]:
    """Return what a rule's result depends on, of all that can differ."""
    return (name, *[(fact, values[fact]) for fact in base if fact in changed])


def gate_holds(
    condition: Condition | Comparison,
    values: Mapping[str, Value],
    figures: Mapping[str, Value | None],
) -> bool:
    """Return whether a condition holds under an assignment; unknown counts as not."""
    memo: dict[str, Value | None] = {**figures, **values}
    return holds(condition, lambda name: evaluate(name, memo)) is True


def _on_scale(scale: Scale | None, memo: dict[str, Value | None]) -> Fraction:
    if scale is None:
        return Fraction(0)
    value = evaluate(scale.fact, memo)
    return Fraction(0) if value is None else scale.at(value)

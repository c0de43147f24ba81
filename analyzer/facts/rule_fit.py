"""Rules against the kinds of their facts: numbers on lines, levels by name, and answers to ask for.

What slips through here would stop an analysis in the middle, or be weighed as nothing.
"""

from collections.abc import Iterator, Mapping

from analyzer.facts.catalogue import BASE, DERIVED, base_facts_of
from analyzer.inventory.model import Level
from analyzer.rulebook.model import Comparison, Condition, Criterion, Gate, Question, Scale, Value

Found = tuple[str, str, str]
"""Path, problem and remedy."""

Questions = Mapping[str, Question]

LEVELS: tuple[str, ...] = Level.__args__  # type: ignore[attr-defined]
YES_NO = ("no", "yes")
DERIVED_LEVELS = {"failover.required": YES_NO, "test.room": YES_NO}

ALWAYS_TOLD = frozenset(
    {
        "bootstrap.cycles",
        "hosts.count",
        "hosts.listed",
        "hosts.servers",
        "needs.effort_budget_hours",
        "needs.effort_budget_weeks",
        "services.containers",
        "services.count",
    }
)
"""Base facts that every inventory tells, so that no question needs to say what they may be."""


def criterion_misfits(criterion: Criterion, questions: Questions) -> Iterator[Found]:
    """Yield where a criterion's scales do not fit their facts."""
    scales = {
        "for_kubernetes": criterion.for_kubernetes,
        "for_testing_first": criterion.for_testing_first,
    }
    for key, scale in scales.items():
        if scale and _exists(scale.fact):
            yield from _scale_misfits(key, scale, questions)
            yield from _unasked(key, scale.fact, questions)


def gate_misfits(gate: Gate, questions: Questions) -> Iterator[Found]:
    """Yield where a gate's comparisons do not fit their facts."""
    for comparison in comparisons_of(gate.when):
        if _exists(comparison.fact):
            if not _fits(comparison, questions):
                kind = _kind(comparison.fact, questions)
                what = f"'{comparison.fact}' cannot be compared like that"
                yield "when", what, f"its values: {kind}"
            yield from _unasked("when", comparison.fact, questions)


def question_misfits(question: Question) -> Iterator[Found]:
    """Yield where a question's answers are no values of its fact, or none has any weight."""
    values = [*(value for value, _ in question.answers), *question.what_if]
    is_level = _unit(question.fact) == "level"
    if any(isinstance(value, str) is not is_level for value in values):
        kind = "levels" if is_level else "numbers"
        yield "answers", f"'{question.fact}' takes {kind}", f"list {kind}"
    if not any(weight for _, weight in question.answers):
        yield (
            "answers",
            "no answer has any weight",
            "give the likely answers whole weights above 0",
        )


def comparisons_of(condition: Condition | Comparison) -> Iterator[Comparison]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.parts:
            yield from comparisons_of(part)


def _exists(fact: str) -> bool:
    return fact in BASE or fact in DERIVED


def _unit(fact: str) -> str:
    return BASE[fact].unit if fact in BASE else DERIVED[fact].unit


def _levels(fact: str, questions: Questions) -> tuple[str, ...]:
    """Return every level that a fact may have; none for one told in free words."""
    if fact in DERIVED_LEVELS:
        return DERIVED_LEVELS[fact]
    if fact not in questions:
        return ()
    question = questions[fact]
    listed = [*(value for value, _ in question.answers), *question.what_if]
    levels = tuple(value for value in listed if isinstance(value, str))
    return LEVELS if {"low", "high"} & set(levels) else levels


def _kind(fact: str, questions: Questions) -> str:
    """Return in words what values a fact has."""
    if _unit(fact) != "level":
        return "numbers"
    return ", ".join(_levels(fact, questions)) or "words that are shown and not compared"


def _scale_misfits(key: str, scale: Scale, questions: Questions) -> Iterator[Found]:
    """Yield points for levels, levels for numbers, and levels that are missing."""
    kind = _kind(scale.fact, questions)
    if bool(scale.levels) is not (_unit(scale.fact) == "level"):
        yield key, f"'{scale.fact}' is not told like that", f"its values: {kind}"
        return
    expected = _levels(scale.fact, questions)
    missing = [level for level in expected if level not in scale.levels]
    if scale.levels and (missing or not expected):
        lacking = f"no evidence for {', '.join(missing)}" if missing else "it has no levels"
        yield key, f"'{scale.fact}': {lacking}", f"its values: {kind}"


def _fits(comparison: Comparison, questions: Questions) -> bool:
    """Return whether a fact's values can be compared with the operand by the operator."""
    several = isinstance(comparison.operand, tuple)
    if several is not (comparison.operator == "one_of"):
        return False
    operand = comparison.operand
    values: tuple[Value, ...] = operand if isinstance(operand, tuple) else (operand,)
    if _unit(comparison.fact) != "level":
        return not any(isinstance(value, str) for value in values)
    levels = _levels(comparison.fact, questions)
    return comparison.operator in ("equals", "one_of") and all(value in levels for value in values)


def _unasked(key: str, fact: str, questions: Questions) -> Iterator[Found]:
    """Yield the base facts that may be unknown without a question that says what they may be."""
    for name in base_facts_of(fact):
        if name in BASE and name not in questions and name not in ALWAYS_TOLD:
            what = f"'{name}' may be unknown, and no question says what it may be"
            yield key, what, "add it to questions.yaml"

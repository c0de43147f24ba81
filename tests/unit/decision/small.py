"""Rulebooks and facts by hand: any names, few rules, weights that a person can add up."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from analyzer.decision.deciding import decide
from analyzer.decision.model import Decision
from analyzer.decision.problem import Problem, make_problem
from analyzer.facts.model import Fact, Facts
from analyzer.inventory.model import Source
from analyzer.rulebook.model import (
    Citation,
    Comparison,
    Criterion,
    Gate,
    Profile,
    Question,
    Rulebook,
    Scale,
)

HERE = Source("rules/test.yaml", 1, 1)
CITED = (Citation("Decision Framework", "", "", ""),)


def line(fact: str, *points: tuple[Any, Any]) -> Scale:
    """Return a piecewise-linear scale."""
    return Scale(fact, tuple((Fraction(x), Fraction(y)) for x, y in points), {})


def levels(fact: str, **values: Any) -> Scale:
    """Return a scale of levels."""
    return Scale(fact, (), {name: Fraction(value) for name, value in values.items()})


def criterion(
    name: str, b: Scale | None = None, t: Scale | None = None, **texts: str
) -> Criterion:
    """Return a criterion; b is for Kubernetes, t for testing first."""
    said = {"speaks_for": f"{name} for", "speaks_against": f"{name} against", **texts}
    return Criterion(
        id=name,
        group="test",
        title=name,
        question=f"{name}?",
        for_kubernetes=b,
        for_testing_first=t,
        reason="because",
        remedy="none",
        sources=CITED,
        source=HERE,
        **said,
    )


def gate(
    name: str, rules_out: Iterable[Any], when: Any, *, physical: bool = False, **texts: str
) -> Gate:
    """Return a gate; a physical one is a limit of the machines."""
    said = {"says": f"{name} says", "lifted_by": f"lift {name}", **texts}
    return Gate(
        id=name,
        title=name,
        rules_out=tuple(rules_out),
        when=when,
        reason="because",
        sources=CITED,
        source=HERE,
        physical=physical,
        **said,
    )


def question(
    fact: str, answers: Mapping[Any, int], *what_if: Any, relative_to: str = ""
) -> Question:
    """Return a question with its answers' base rates."""
    pairs = tuple(answers.items())
    return Question(fact, f"{fact}?", fact, pairs, relative_to, what_if, "because", 1, HERE)


def rulebook(*rules: Criterion | Gate | Question) -> Rulebook:
    """Return a rulebook of these rules only."""

    def of(kind: type[Any], key: str) -> dict[str, Any]:
        found = {getattr(rule, key): rule for rule in rules if isinstance(rule, kind)}
        return dict(sorted(found.items()))

    return Rulebook(
        criteria=of(Criterion, "id"),
        gates=of(Gate, "id"),
        findings={},
        questions=of(Question, "fact"),
        profiles={"test": Profile("test", "Test", "", {}, HERE)},
        figures={},
        images={},
        image_index={},
        fingerprint="0" * 12,
    )


def facts(units: Mapping[str, Any] | None = None, **values: Any) -> Facts:
    """Return facts of these names and values; None is unknown, a pair is unknown with bounds."""
    found = {}
    for name, value in sorted(values.items()):
        low, high = value if isinstance(value, tuple) else (None, None)
        known = None if isinstance(value, tuple) else value
        found[name] = Fact(name, known, (units or {}).get(name, ""), "", (), low, high)
    return Facts(found, {}, {}, {}, {}, {}, (), (), (), (), ())


def at_least(fact: str, number: Any) -> Comparison:
    """Return the condition ``fact >= number``."""
    return Comparison(fact, "at_least", Fraction(number))


def equals(fact: str, level: str) -> Comparison:
    """Return the condition ``fact == level``."""
    return Comparison(fact, "equals", level)


# The worked example: x says how much speaks for Kubernetes, y asks to test first.
GROWTH = criterion("growth", line("x", (0, -1), (4, 1)))
CURIOUS = criterion("curious", levels("y", no=0, yes="-1/2"), levels("y", no=0, yes=1))
ASK_X = question("x", {0: 1, 3: 1}, 4)
ASK_Y = question("y", {"no": 3, "yes": 1})
WEIGHTS = {"growth": 3, "curious": 2}
EXAMPLE = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y)


def problem(rules: Rulebook, known: Facts, weights: Mapping[str, int] = WEIGHTS) -> Problem:
    """Return the decision problem."""
    return make_problem(known, rules, weights)


def decided(
    rules: Rulebook, known: Facts, weights: Mapping[str, int] = WEIGHTS, profile: str = "test"
) -> Decision:
    """Return the decision."""
    return decide(known, rules, weights, profile)


def scores_of(decision: Decision) -> dict[str, Fraction]:
    """Return the score of every option."""
    return {option.id: option.score for option in decision.options}

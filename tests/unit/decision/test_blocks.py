"""Blocks of unknowns: which facts belong together, and what every combination adds."""

from fractions import Fraction
from itertools import product

from analyzer.decision import blocks
from analyzer.decision.blocks import conditional_means, evaluate_block, split
from analyzer.decision.problem import Evaluator
from analyzer.rulebook.model import Condition
from tests.unit.decision.small import (
    ASK_X,
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    at_least,
    criterion,
    equals,
    facts,
    gate,
    levels,
    line,
    problem,
    question,
    rulebook,
)

BOTH = gate("both", ["incremental"], Condition("all", (at_least("x", 3), equals("y", "yes"))))


def results(made):
    known, open_blocks = split(made)
    evaluator = Evaluator({})
    return [evaluate_block(block, made, evaluator) for block in (known, *open_blocks)]


def test_each_unknown_is_alone_where_no_rule_reads_two():
    known, open_blocks = split(problem(EXAMPLE, facts(x=None, y=None)))
    assert known == ((), (), ())
    assert [block.facts for block in open_blocks] == [("x",), ("y",)]
    assert [[w.criterion.id for w in block.criteria] for block in open_blocks] == [
        ["growth"],
        ["curious"],
    ]


def test_a_rule_that_reads_two_unknowns_ties_them_together():
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, BOTH)
    known, open_blocks = split(problem(rules, facts(x=None, y=None)))
    assert known.barriers == ()
    assert [block.facts for block in open_blocks] == [("x", "y")]
    assert len(open_blocks[0].criteria) == 2
    assert len(open_blocks[0].barriers) == 1


def test_a_known_fact_ties_nothing():
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, BOTH)
    known, open_blocks = split(problem(rules, facts(x=3, y=None)))
    assert [w.criterion.id for w in known.criteria] == ["growth"]
    assert [(block.facts, len(block.barriers)) for block in open_blocks] == [(("y",), 1)]


def test_ties_are_passed_on():
    """a-b and b-c are read together, d by itself: {a, b, c} and {d}."""
    pairs = [
        gate("ab", ["incremental"], Condition("any", (at_least("a", 1), at_least("b", 1)))),
        gate("bc", ["incremental"], Condition("any", (at_least("c", 1), at_least("b", 1)))),
        gate("d", ["incremental"], at_least("d", 1)),
    ]
    asked = [question(name, {0: 1, 1: 1}) for name in "abcd"]
    _, open_blocks = split(
        problem(rulebook(*pairs, *asked), facts(a=None, b=None, c=None, d=None))
    )
    assert [block.facts for block in open_blocks] == [("a", "b", "c"), ("d",)]


def test_every_combination_with_its_weight_sums_and_mask():
    """x is 0, 3 or (what-if) 4; y is no or yes, 3 to 1. Weights 3 and 2, sums over scale 2.

    growth: b = 3 * -1, 3 * 1/2, 3 * 1. curious: b = 2 * -1/2 and t = 2 where yes.
    """
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, BOTH)
    result = results(problem(rules, facts(x=None, y=None)))[1]
    assert result.scale == 2
    assert [tuple(outcome) for outcome in result.outcomes] == [
        ((0, "no"), 3, -6, 0, 0),
        ((0, "yes"), 1, -8, 4, 0),
        ((3, "no"), 3, 3, 0, 0),
        ((3, "yes"), 1, 1, 4, 4),
        ((4, "no"), 0, 6, 0, 0),
        ((4, "yes"), 0, 4, 4, 4),
    ]
    assert result.states == {(-6, 0, 0): 3, (-8, 4, 0): 1, (3, 0, 0): 3, (1, 4, 4): 1}
    assert result.weight == 8


def test_the_known_has_one_outcome():
    result = results(problem(EXAMPLE, facts(x=3, y="yes")))[0]
    assert [tuple(outcome) for outcome in result.outcomes] == [((), 1, 1, 4, 0)]
    assert Fraction(result.outcomes[0].b, result.scale) == Fraction(1, 2)


def test_conditional_means_average_over_the_other_facts_of_the_block():
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, BOTH)
    result = results(problem(rules, facts(x=None, y=None)))[1]
    # x = 0: (3 * -3 + 1 * -4) / 4 = -13/4 and t = 2/4; x = 3: (3 * 3/2 + 1/2) / 4; 4 has no weight
    assert conditional_means(result, "x") == {
        0: (Fraction(-13, 4), Fraction(1, 2)),
        3: (Fraction(5, 4), Fraction(1, 2)),
    }
    assert conditional_means(result, "y") == {
        "no": (Fraction(-3, 4), Fraction(0)),
        "yes": (Fraction(-7, 4), Fraction(2)),
    }


def test_a_block_too_large_to_walk_keeps_every_level_and_the_ends_of_every_number(monkeypatch):
    """The extremes of the scores must not be lost, wherever the question lists them."""
    monkeypatch.setattr(blocks, "MAX_COMBINATIONS", 20)
    ends = question(
        "n", {Fraction(1, 2): 1, Fraction(1, 4): 5}, 0, Fraction(3, 4), 1
    )  # 0 and 1 are what-ifs
    more = question("m", {2: 1, 3: 5, 4: 1, 1: 1})
    tie = Condition("all", (at_least("n", 2), at_least("m", 9), equals("level", "b")))
    rules = rulebook(
        criterion("n", line("n", (0, -1), (1, 1))),
        criterion("m", line("m", (1, -1), (4, 1))),
        criterion("level", levels("level", a=0, b=1, c="1/2")),
        gate("tie", ["incremental"], tie),
        question("level", {"a": 1, "b": 1, "c": 1}),
        ends,
        more,
    )
    made = problem(rules, facts(n=None, m=None, level=None), {"n": 1, "m": 1, "level": 1})
    (result,) = results(made)[1:]
    seen = set(product(("a", "b", "c"), (1, 3, 4), (0, Fraction(1, 4), 1)))
    assert result.block.facts == ("level", "m", "n")
    assert {outcome.answers for outcome in result.outcomes} == seen
    assert max(Fraction(outcome.b, result.scale) for outcome in result.outcomes) == 3
    assert min(Fraction(outcome.b, result.scale) for outcome in result.outcomes) == -2

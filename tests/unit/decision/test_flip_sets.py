"""Small sets of needs that make a rival the answer where no single change does."""

from fractions import Fraction

from analyzer.decision.flip_sets import flip_sets
from analyzer.decision.flips import Search
from analyzer.decision.judging import Judge
from analyzer.rulebook.model import OPTIONS, Condition
from tests.unit.decision.small import (
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

PODMAN, TEST, MOVE = OPTIONS
LEVELS = {"none": 1, "high": 1}


def sets(rules, known, weights, reached=()):
    made = problem(rules, known, weights)
    judge = Judge(made)
    found = flip_sets(Search(made, judge, known, rules, judge.judge().winner), set(reached))
    return [([(c.input, c.after) for c in one.changes], one.becomes) for one in found]


def wish(name, b=1, t=0):
    scale = levels(f"needs.{name}", none=0, high=b)
    return criterion(name, scale, levels(f"needs.{name}", none=0, high=t) if t else None)


def three(weight_of_doubt):
    """Three wishes for Kubernetes of 1 each against a standing doubt."""
    names = ("a", "b", "c")
    rules = rulebook(
        criterion("doubt", line("doubt", (0, 0), (1, -1))),
        *map(wish, names),
        *(question(f"needs.{name}", LEVELS) for name in names),
    )
    known = facts(doubt=1, **{f"needs.{name}": "none" for name in names})
    return rules, known, {"doubt": weight_of_doubt, **dict.fromkeys(names, 1)}


def test_as_many_changes_as_it_takes_and_none_more():
    """Two wishes of 1 each outweigh a doubt of 3/2 only as a tie of 2 to 2 does not."""
    rules, known, weights = three(1)
    assert sets(rules, known, weights) == [([("needs.c", "high"), ("needs.b", "high")], MOVE)]
    rules, known, weights = three(2)
    assert [len(changes) for changes, _ in sets(rules, known, weights)] == [3]


def test_nothing_is_found_where_nothing_suffices():
    rules, known, weights = three(3)
    assert sets(rules, known, weights) == []


def test_what_a_single_change_reaches_is_left_out():
    rules, known, weights = three(1)
    assert sets(rules, known, weights, reached=[MOVE]) == []


def test_a_small_step_that_another_makes_needless_is_taken_out_again():
    """Wishes of 1 and 4 against 2 and 1: the larger alone is enough once the gate is open."""
    rules = rulebook(
        criterion("doubt", line("doubt", (0, 0), (1, -1))),
        wish("small"),
        wish("large"),
        gate("shut", [MOVE], equals("needs.key", "none")),
        *(question(f"needs.{name}", LEVELS) for name in ("small", "large", "key")),
    )
    known = facts(doubt=1, **{f"needs.{name}": "none" for name in ("small", "large", "key")})
    found = sets(rules, known, {"doubt": 2, "small": 1, "large": 4}, reached=[TEST])
    assert [(sorted(changes), becomes) for changes, becomes in found] == [
        ([("needs.key", "high"), ("needs.large", "high")], MOVE)
    ]


def test_needs_that_one_rule_reads_go_together_and_numbers_no_farther_than_they_must():
    """Moving wins only with the need and three hosts; six are on the list as well."""
    both = Condition(
        "not", (Condition("all", (equals("needs.wish", "high"), at_least("needs.hosts", 3))),)
    )
    rules = rulebook(
        criterion("growth", line("x", (0, 0), (1, 1))),
        gate("both", [MOVE, TEST], both),
        question("needs.wish", LEVELS),
        question("needs.hosts", {2: 1}, 3, 5, 6),
    )
    known = facts({"needs.hosts": "hosts"}, x=1, **{"needs.wish": "none", "needs.hosts": 2})
    assert sets(rules, known, {"growth": 1}) == [
        ([("needs.hosts", 3), ("needs.wish", "high")], MOVE)
    ]


def test_only_needs_are_changed():
    rules = rulebook(
        criterion("growth", line("x", (0, -1), (1, 1))),
        wish("a"),
        question("x", {0: 1, 1: 1}),
        question("needs.a", LEVELS),
    )
    known = facts(x=Fraction(0), **{"needs.a": "none"})
    assert sets(rules, known, {"growth": 2, "a": 1}) == []

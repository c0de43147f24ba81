"""Flips of single inputs: nearest, exact to one unit, decided again on both sides."""

from fractions import Fraction

import pytest

from analyzer.decision.flips import Search, plain, single_flips
from analyzer.decision.judging import Judge
from analyzer.rulebook.model import OPTIONS
from tests.unit.decision.small import (
    ASK_X,
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    WEIGHTS,
    at_least,
    criterion,
    equals,
    facts,
    gate,
    levels,
    problem,
    question,
    rulebook,
)

PODMAN, TEST, MOVE = OPTIONS


def flips(rules, known, weights=WEIGHTS):
    made = problem(rules, known, weights)
    judge = Judge(made)
    return single_flips(Search(made, judge, known, rules, judge.judge().winner))


def brief(found):
    return [(flip.input, flip.before, flip.after, flip.becomes) for flip in found]


def test_the_worked_example_in_hundredths():
    """x = 3, y = yes: testing. Moving wins where 3B/2 > t, that is x > 32/9 = 3.5555...

    Staying wins where B <= -2t: (3b - 1)/5 <= -4/5 with b = x/2 - 1, so from x = 0 on down, the
    tie included. y = no leaves B = 3/10 and t = 0: moving, half of x's range nearer than that.
    """
    found = flips(EXAMPLE, facts({"x": "share"}, x=3, y="yes"))
    assert brief(found) == [
        ("x", 3, Fraction(89, 25), MOVE),
        ("x", 3, 0, PODMAN),
        ("y", "yes", "no", MOVE),
    ]
    assert found[0].after_text == "356 %"


def test_whole_units_step_by_one():
    found = flips(EXAMPLE, facts({"x": "hosts"}, x=3, y="yes"))
    assert brief(found)[0] == ("x", 3, 4, MOVE)
    assert (found[0].before_text, found[0].after_text) == ("3 hosts", "4 hosts")
    assert "3 hosts → 4 hosts" in found[0].text
    assert "x?" in found[0].text


def test_a_value_off_the_grid_flips_onto_it():
    """From 1/3 the next hundredths count, on either side; 3.56 is the first that moves."""
    for start in (Fraction(10, 3), Fraction(355, 100), Fraction(32, 9)):
        upward = flips(EXAMPLE, facts({"x": "share"}, x=start, y="yes"))[0]
        assert (upward.after, upward.becomes) == (Fraction(89, 25), MOVE), start


def test_a_listed_answer_off_the_grid_is_no_farther_than_the_grid_allows():
    """Listed 3.565; 3.56 turns it already and 3.55 does not."""
    rules = rulebook(GROWTH, CURIOUS, ASK_Y, question("x", {Fraction(713, 200): 1}))
    for start in (3, Fraction(355, 100), Fraction(3554, 1000)):
        found = flips(rules, facts({"x": "share"}, x=start, y="yes"))
        assert ("x", start, Fraction(89, 25), MOVE) in brief(found), start


def test_an_open_number_flips_at_its_first_answer_that_turns_it():
    """x open, 0 or 3 alike, weights 3 and 1: no, then x = 3 moves; staying wins the tie."""
    found = flips(EXAMPLE, facts(x=None, y="no"), {"growth": 3, "curious": 1})
    assert brief(found) == [("x", None, 3, MOVE)]
    assert found[0].before_text == "not known"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("none", [("high", TEST), ("top", MOVE)]),
        ("low", [("high", TEST), ("top", MOVE)]),
        ("top", [("high", TEST), ("none", PODMAN)]),
        ("high", [("top", MOVE), ("medium", PODMAN)]),
    ],
)
def test_the_nearest_level_for_each_option_that_a_level_leads_to(before, expected):
    """none, low, medium stay (0, 0, -1/4 | 0); high tests (0 | 1/2); top moves (1 | 0)."""
    wish = criterion(
        "wish",
        levels("z", none=0, low=0, medium="-1/4", high=0, top=1),
        levels("z", none=0, low=0, medium=0, high="1/2", top=0),
    )
    rules = rulebook(wish, question("z", dict.fromkeys(("none", "medium", "high", "top"), 1)))
    found = flips(rules, facts(z=before), {"wish": 1})
    reached = [(flip.after, flip.becomes) for flip in found]
    assert sorted(reached) == sorted(
        [
            ("medium", PODMAN) if pair == ("none", PODMAN) and before == "top" else pair
            for pair in expected
        ]
    )


def test_gates_are_flips_too():
    shut = gate("shut", [TEST], at_least("z", 10))
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, shut, question("z", {0: 1, 40: 1}))
    found = flips(rules, facts({"z": "weeks"}, x=3, y="yes", z=0))
    assert ("z", 0, 10, MOVE) in brief(found)


def test_what_no_question_asks_never_flips():
    rules = rulebook(GROWTH, CURIOUS, ASK_Y)
    assert [flip.input for flip in flips(rules, facts(x=3, y="yes"))] == ["y"]


def test_nothing_flips_where_nothing_matters():
    far = rulebook(GROWTH, CURIOUS, ASK_Y, gate("only", [PODMAN, TEST], equals("w", "yes")))
    assert flips(far, facts(x=0, y="no", w="yes")) == ()


def test_whole_numbers_read_as_such():
    assert isinstance(plain(Fraction(3)), int)
    assert plain(Fraction(7, 2)) == Fraction(7, 2)

"""How wrong the weights may be: by hand, by trying every corner, by drawing weights."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.decision.judging import Judge
from analyzer.decision.robustness import rivals, robustness, simplex_share_lost, weight_flips
from analyzer.rulebook.model import OPTIONS
from tests.unit.decision.small import (
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    WEIGHTS,
    equals,
    facts,
    gate,
    problem,
    rulebook,
)

PODMAN, TEST, MOVE = OPTIONS


def judged(rules=EXAMPLE, weights=WEIGHTS, **known):
    return Judge(problem(rules, facts(**known), weights)).judge()


def test_the_worked_example():
    """x = 3, y = yes, weights 3 and 2: b = (1/2, -1/2), t = (0, 1); the test cluster wins.

    Against moving it gains t - 3b/2 per unit of weight: -3/4 and 7/4, weighed -9/4 and 7/2. The
    margin is 5/4, the sum of sizes 23/4, so the radius is 5/23. Against staying both gains are
    positive (1/4 and 3/4): no weighting at all turns that. Moving is ahead where the second
    weight's part of the sum, u, has 7/4 u <= 3/4 (1 - u), which is u <= 3/10.
    """
    found = robustness(judged(x=3, y="yes"), WEIGHTS)
    assert found.weight_radius == Fraction(5, 23)
    assert found.against == MOVE
    assert found.weight_share_low == found.weight_share_high == Fraction(7, 10)


def test_single_weights_that_turn_the_worked_example():
    """Growth from 3 to 3 + (5/4)/(3/4) = 14/3, or curiosity from 2 to 2 - (5/4)/(7/4) = 9/7."""
    found = weight_flips(judged(x=3, y="yes"), WEIGHTS)
    assert [tuple(flip) for flip in found] == [
        ("curious", 2, Fraction(9, 7), MOVE),
        ("growth", 3, Fraction(14, 3), MOVE),
    ]
    for just_before, just_after in (((3000, 1286), (3000, 1285)), ((4666, 2000), (4667, 2000))):
        before = dict(zip(("growth", "curious"), just_before, strict=True))
        after = dict(zip(("growth", "curious"), just_after, strict=True))
        assert judged(weights=before, x=3, y="yes").winner == TEST
        assert judged(weights=after, x=3, y="yes").winner == MOVE


def test_every_corner_inside_the_radius_keeps_the_winner_and_one_just_beyond_turns_it():
    radius = robustness(judged(x=3, y="yes"), WEIGHTS).weight_radius
    for step, turned in ((Fraction(-1, 1000), False), (Fraction(1, 1000), True)):
        winners = set()
        for signs in product((-1, 1), repeat=2):
            factors = [1 + sign * (radius + step) for sign in signs]
            weights = {
                name: int(WEIGHTS[name] * factor * 10**6)
                for name, factor in zip(("growth", "curious"), factors, strict=True)
            }
            winners.add(judged(weights=weights, x=3, y="yes").winner)
        assert winners == ({TEST, MOVE} if turned else {TEST})


def test_a_tie_has_no_room():
    """x = 2 gives 0 for everybody: the status quo wins by order alone."""
    found = robustness(judged(x=2, y="no"), WEIGHTS)
    assert (found.weight_radius, found.against) == (0, TEST)


def test_without_rivals_no_weight_matters():
    rules = rulebook(GROWTH, CURIOUS, ASK_Y, gate("forced", [PODMAN, TEST], equals("z", "yes")))
    judgement = judged(rules, x=0, y="no", z="yes")
    found = robustness(judgement, WEIGHTS)
    assert rivals(judgement) == []
    assert found == (1, None, 1, 1)
    assert weight_flips(judgement, WEIGHTS) == ()


def test_all_ruled_out_are_all_rivals():
    rules = rulebook(GROWTH, CURIOUS, ASK_Y, gate("shut", OPTIONS, equals("z", "yes")))
    judgement = judged(rules, x=4, y="no", z="yes")
    assert rivals(judgement) == [PODMAN, TEST]
    assert robustness(judgement, WEIGHTS).weight_radius == 1


@pytest.mark.parametrize(
    ("gains", "lost"),
    [
        ([1, 1], 0),
        ([-1, -1], 1),
        ([0], 1),
        ([1, -1], Fraction(1, 2)),
        ([1, -3], Fraction(3, 4)),
        ([3, -1], Fraction(1, 4)),
        ([1, 1, -1], Fraction(1, 4)),  # the triangle beyond the line that halves two sides
        ([1, -1, -1], Fraction(3, 4)),
        ([2, 1, -1], Fraction(1, 6)),  # 1/3 of one side and 1/2 of the other
    ],
)
def test_shares_of_the_simplex_by_hand(gains, lost):
    found = simplex_share_lost([Fraction(gain) for gain in gains])
    assert found == Fraction(round(lost * 10**6), 10**6)


def test_shares_of_the_simplex_by_drawing_weights():
    """Exponential variates over their sum are uniform on the simplex; 4,000 draws, 4 sigma."""
    random = Random(1983)  # noqa: S311 - the same draws every time
    for size in (3, 6, 12, 25):
        gains = [Fraction(random.randint(-100, 100), 100) for _ in range(size)]
        lost = 0
        for _ in range(4000):
            drawn = [random.expovariate(1) for _ in gains]
            lost += sum(w * float(g) for w, g in zip(drawn, gains, strict=True)) <= 0
        assert abs(lost / 4000 - float(simplex_share_lost(gains))) < 0.032


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=6), st.integers(1, 9))
def test_shares_of_the_simplex_know_no_order_and_no_scale(gains, factor):
    exact = [Fraction(gain, 10) for gain in gains]
    lost = simplex_share_lost(exact)
    assert 0 <= lost <= 1
    assert simplex_share_lost(sorted(exact)) == lost
    assert simplex_share_lost([gain * factor for gain in exact]) == lost
    raised = [gain + Fraction(1, 10) for gain in exact]
    assert simplex_share_lost(raised) <= lost


@given(
    st.tuples(st.integers(0, 4), st.sampled_from(("no", "yes"))),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_the_share_won_is_bounded_on_both_sides(known, growth, curious):
    weights = {"growth": growth, "curious": curious}
    found = robustness(judged(weights=weights, x=known[0], y=known[1]), weights)
    assert 0 <= found.weight_share_low <= found.weight_share_high <= 1
    assert 0 <= found.weight_radius <= 1

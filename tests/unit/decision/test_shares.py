"""Shares by convolution and binary search, against enumeration and comparison of scores."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.decision.blocks import Block, BlockResult, Outcome
from analyzer.decision.problem import BITS, EVERY_OPTION, score
from analyzer.decision.shares import (
    MOST_STATES,
    NOTHING_OPEN,
    Distribution,
    arranged,
    convolve,
    most_likely,
    product_of,
    shares_of,
    winner_of,
)
from analyzer.rulebook.model import OPTIONS


def block(scale, *states, name="fact"):
    """Return a block's result from states (b, t, mask, weight) over a scale."""
    outcomes = tuple(Outcome((index,), w, b, t, m) for index, (b, t, m, w) in enumerate(states))
    merged = {}
    for b, t, m, w in states:
        merged[b, t, m] = merged.get((b, t, m), 0) + w
    always, sometimes = EVERY_OPTION, 0
    for outcome in outcomes:
        always, sometimes = always & outcome.mask, sometimes | outcome.mask
    return BlockResult(Block((name,), (), ()), scale, outcomes, merged, always, sometimes, 0, 0)


def best(b, t, mask):
    """Return the best option by comparing scores; ties in the order of OPTIONS; None if all out."""
    left = [o for o in OPTIONS if not mask & BITS[o]]
    rank = {o: (score(o, Fraction(b), Fraction(t)), -OPTIONS.index(o)) for o in left}
    return max(left, key=rank.__getitem__, default=None)


@pytest.mark.parametrize("mask", range(8))
def test_the_winner_at_a_point_is_the_best_score_that_no_gate_rules_out(mask):
    for b, t in product(range(-13, 14), range(-13, 14)):
        assert winner_of(b, t, mask) == best(b, t, mask), (b, t, mask)


@pytest.mark.parametrize("b", [-1, 0, 1])
def test_an_option_that_is_ruled_out_never_wins_however_fine_the_scale(b):
    """Shares of coprime counts and of bytes make denominators of hundreds of digits."""
    scale = 10**400
    assert winner_of(b * scale, 0, BITS["enhanced-podman"]) == best(b, 0, 1)
    assert winner_of(b * scale, 0, 1 | 2) == "incremental"
    known = block(scale, (b * scale, 0, 1, 1))
    won = shares_of(arranged(NOTHING_OPEN), NOTHING_OPEN, known)
    assert won[best(b, 0, 1)] == 1


def test_convolving_two_coins_of_different_scales():
    """Halves -1/2, 1/2 and thirds 0, 1/3 (2 to 1), over the common scale 6."""
    halves = Distribution({(-1, 0, 0): 1, (1, 0, 4): 1}, 2)
    thirds = Distribution({(0, 0, 0): 2, (1, 1, 1): 1}, 3)
    assert convolve(halves, thirds) == Distribution(
        {(-3, 0, 0): 2, (-1, 2, 1): 1, (3, 0, 4): 2, (5, 2, 5): 1}, 6
    )


def test_equal_sums_merge():
    coin = Distribution({(-1, 0, 0): 1, (1, 0, 0): 1}, 1)
    assert convolve(coin, coin).states == {(-2, 0, 0): 1, (0, 0, 0): 2, (2, 0, 0): 1}


def test_too_many_sums_are_not_convolved():
    fine = [block(1, *((7**i * j, 0, 0, 1) for j in range(8)), name=f"f{i}") for i in range(3)]
    found = product_of(fine)
    assert found is not None
    assert len(found.states) == len(
        {a + 7 * b + 49 * c for a, b, c in product(range(8), repeat=3)}
    )
    sparse = [block(1, *((100**i * j, 0, 0, 1) for j in range(8)), name=f"f{i}") for i in range(4)]
    assert product_of(sparse[:3]) is not None
    assert MOST_STATES < 8**4
    assert product_of(sparse) is None
    assert product_of([]) == NOTHING_OPEN


def test_shares_by_hand():
    """Known B = 1/4, t = 1/6; open: B - 1 (weight 1), B + 0 (2), B + 1 where moving is out (3).

    B = -3/4 <= -2t: stay. B = 1/4: -1/3 < 1/4 > 1/9: move. B = 5/4 with moving ruled out: test,
    as B > -2t. Without gates that is a move too. Where all are ruled out nobody wins.
    """
    known = block(12, (3, 2, 0, 1))
    open_block = block(1, (-1, 0, 0, 1), (0, 0, 0, 2), (1, 0, 4, 3))
    spread = arranged(Distribution(open_block.states, 1))
    sixths = {"enhanced-podman": 1, "incremental": 2, "test-cluster": 3}
    assert shares_of(spread, NOTHING_OPEN, known) == {
        option: Fraction(part, 6) for option, part in sixths.items()
    }
    assert shares_of(spread, NOTHING_OPEN, known, 0)["incremental"] == Fraction(5, 6)
    forced = block(12, (3, 2, 1 | 2, 1))
    assert shares_of(spread, NOTHING_OPEN, forced) == {
        "enhanced-podman": 0,
        "test-cluster": 0,
        "incremental": Fraction(1, 2),
    }


STATES = st.tuples(
    st.integers(-12, 12), st.integers(-6, 6), st.integers(0, EVERY_OPTION), st.integers(1, 5)
)
BLOCKS = st.builds(
    lambda scale, states: block(scale, *states),
    st.sampled_from((1, 2, 3, 4, 6, 7)),
    st.lists(STATES, min_size=1, max_size=4),
)


@given(known=st.builds(block, st.sampled_from((1, 3, 5)), STATES), blocks=st.lists(BLOCKS, max_size=4),
       split=st.integers(0, 4), fixed=st.none() | st.integers(0, EVERY_OPTION))  # fmt: skip
def test_shares_equal_enumeration(known, blocks, split, fixed):
    """However the open blocks are divided into those left alone and those that changed."""
    won = dict.fromkeys((*OPTIONS, None), 0)
    for chosen in product(
        *(b.outcomes for b in (known._replace(outcomes=known.outcomes[:1]), *blocks))
    ):
        scales = [known.scale, *(b.scale for b in blocks)]
        b = sum(Fraction(o.b, s) for o, s in zip(chosen, scales, strict=True))
        t = sum(Fraction(o.t, s) for o, s in zip(chosen, scales, strict=True))
        mask = 0
        for outcome in chosen:
            mask |= outcome.mask
        won[best(b, t, mask if fixed is None else fixed)] += prod(o.weight for o in chosen[1:])
    total = sum(won.values())
    del won[None]
    kept, changed = product_of(blocks[:split]), product_of(blocks[split:])
    assert kept is not None
    assert changed is not None
    found = shares_of(arranged(kept), changed, known, fixed)
    assert found == {option: Fraction(part, total) for option, part in won.items()}


def test_equal_shares_go_to_the_status_quo():
    third = Fraction(1, 3)
    equal = dict.fromkeys(OPTIONS, third)
    assert most_likely(equal, 0) == "enhanced-podman"
    assert most_likely(equal, 1) == "test-cluster"
    assert most_likely({**equal, "incremental": third * 2}, 0) == "incremental"


def test_what_is_ruled_out_is_not_the_likeliest_even_where_nothing_else_wins():
    nobody = dict.fromkeys(OPTIONS, Fraction(0))
    assert most_likely(nobody, 1 | 2) == "incremental"
    assert most_likely(nobody, EVERY_OPTION) == "enhanced-podman"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering import Problem, exposure, order
from analyzer.plan.ordering.pins import _shift
from tests.benchmarks.lab import lab
from tests.unit.plan.ordering.problems import feasible, problem, problems

FOUR = problem((5, 5, 5, 5), [(0, 1, 3), (2, 3, 3)])


def test_a_group_gets_the_wave_it_asks_for():
    assert order(FOUR._replace(pinned=((0, 2),))).wave_of == (2, 2, 1, 1)
    assert order(FOUR._replace(pinned=((0, 1),))).wave_of == (1, 1, 2, 2)
    apart = order(FOUR._replace(pinned=((0, 1), (1, 2))))
    assert apart.wave_of[:2] == (1, 2)


def test_a_wave_out_of_reach_becomes_the_nearest():
    assert order(FOUR._replace(pinned=((0, 99),))).wave_of == (2, 2, 1, 1)
    mixed = FOUR._replace(class_of=(1, 3, 1, 3), pinned=((1, 1), (0, 9)))
    assert order(mixed).wave_of == (1, 2, 1, 2)


def test_what_does_not_fit_goes_to_the_next_wave():
    wave_of = order(FOUR._replace(pinned=((0, 1), (1, 1), (2, 1)))).wave_of
    assert wave_of == (1, 1, 2, 2)


def test_a_wave_too_full_pushes_on_only_what_does_not_fit():
    """Groups 0 to 2 ask for wave 1 with room for two: 3 and 4 keep wave 2, and 2 goes behind."""
    five = problem((5,) * 5, [])
    wave_of = order(five._replace(pinned=((0, 1), (1, 1), (2, 1), (3, 2), (4, 2)))).wave_of
    assert wave_of == (1, 1, 3, 2, 2)


def test_requests_shift_alike_when_earlier_blocks_have_other_numbers_of_waves():
    """Two stateless groups make one wave; the two stateful waves were asked for as 3, 4 or 5, 6."""
    mixed = problem((5,) * 6, [], class_of=(1, 1, 3, 3, 3, 3))
    for first in (1, 2, 3, 5):
        pins = ((2, first), (3, first + 1), (4, first), (5, first + 1))
        assert order(mixed._replace(pinned=pins)).wave_of == (1, 1, 2, 3, 2, 3)


@pytest.mark.parametrize(
    ("asked", "last", "shift"),
    [
        ([0, 1, 2], 2, 0),
        ([0, 2], 5, 0),
        ([-1, 0, 1], 2, 1),
        ([3, 4], 2, -2),
        ([98], 1, -97),
        ([-3, 0, 1, 2], 3, 0),
        ([-3, -3, -3, 2], 2, 3),
        ([7, 7, 1], 0, -7),
        ([5, 1], 0, -1),
    ],
)
def test_the_least_shift_that_serves_most(asked, last, shift):
    assert _shift(asked, last) == shift


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=7), st.integers(0, 6))
def test_no_other_shift_serves_more(asked, last):
    def key(shift):
        inside = sum(0 <= number + shift <= last for number in asked)
        return -inside, abs(shift), shift

    assert _shift(asked, last) == min(range(-20, 21), key=key)


@given(problems(), st.data())
def test_pins_never_break_a_rule(given_problem: Problem, data):
    groups = st.integers(0, len(given_problem.names) - 1)
    pinned = data.draw(st.dictionaries(groups, st.integers(1, 8)))
    found = order(given_problem._replace(pinned=tuple(pinned.items())))
    assert feasible(given_problem, found.wave_of)
    assert found.lower_bound <= exposure(given_problem, found.wave_of) == found.value


def test_a_plan_asked_for_again_is_kept_exactly():
    home = lab(58, capacity=15)
    before = order(home)
    again = order(home._replace(pinned=tuple(enumerate(before.wave_of))))
    assert again.wave_of == before.wave_of


def test_a_worse_plan_is_kept_too_and_a_new_group_joins_it():
    home = lab(58, capacity=15)
    other = order(home._replace(stay=(2,) * len(home.names)))
    new = len(home.names) // 2
    pins = tuple((g, p) for g, p in enumerate(other.wave_of) if g != new)
    again = order(home._replace(pinned=pins))
    moved = [g for g, p in pins if again.wave_of[g] != p]
    assert len(moved) <= len(pins) // 10

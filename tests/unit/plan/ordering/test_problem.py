import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering import cuts, exposure
from analyzer.plan.ordering.problem import check
from tests.unit.plan.ordering.problems import problem, problems

# a - b of weight 2, b - c of weight 1; c also needs something that stays.
CHAIN = problem((2, 2, 2), [(0, 1, 2), (1, 2, 1)], stay=(0, 0, 3))


@pytest.mark.parametrize(
    ("wave_of", "value", "left"),
    [
        ((1, 1, 1), 3 + 1, (3,)),
        ((1, 2, 3), 2 + 1 + 3 + 3, (2, 1, 3)),
        ((3, 2, 1), 2 + 1 + 3 * 3 + 3, (3 + 1, 3 + 2, 3)),
        ((1, 3, 2), 2 * 2 + 1 + 3 * 2 + 3, (2, 2 + 1 + 3, 3)),
    ],
)
def test_exposure_by_hand(wave_of, value, left):
    assert exposure(CHAIN, wave_of) == value
    assert cuts(CHAIN, wave_of) == left


@given(problems(), st.data())
def test_both_forms_of_exposure_agree_for_any_waves(given_problem, data):
    count = len(given_problem.names)
    wave_of = tuple(data.draw(st.lists(st.integers(1, 6), min_size=count, max_size=count)))
    left = cuts(given_problem, wave_of)
    assert len(left) == max(wave_of)
    assert exposure(given_problem, wave_of) == sum(left) + max(wave_of)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"effort": (1, 2)}, "one entry per group"),
        ({"effort": (0, 1, 1)}, "below 1"),
        ({"capacity": 0}, "below 1"),
        ({"risk": (0, -1, 0)}, "negative"),
        ({"stay": (0, 0, -1)}, "negative"),
        ({"class_of": (1, 5, 1)}, "class"),
        ({"edges": ((1, 0, 1),)}, "ascending"),
        ({"edges": ((0, 3, 1),)}, "edge"),
        ({"edges": ((0, 1, 0),)}, "weight"),
    ],
)
def test_faults_are_named(change, fault):
    check(CHAIN)
    with pytest.raises(ValueError, match=fault):
        check(CHAIN._replace(**change))

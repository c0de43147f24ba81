import pytest
from hypothesis import given

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.bound import cheapest_walk, fewest_waves, least_cuts, lower_bound
from analyzer.plan.ordering.dual import SHIFT, balance
from analyzer.plan.ordering.prices import best_prices
from tests.unit.plan.ordering.problems import crossing, optimum, problem, problems


def test_least_cuts_take_the_smallest_densities_first():
    (block,) = split(problem((2, 3), stay=(4, 3)))
    density = [2 << SHIFT, 1 << SHIFT]
    assert least_cuts(block, density) == [0, 1, 2, 3, 5, 7]


@given(problems(classes=1, memory=False))
def test_no_set_of_an_effort_is_cut_below_its_least(given_problem):
    (block,) = split(given_problem)
    least = least_cuts(block, balance(block, 50).density)
    for moved in range(1 << len(block.groups)):
        effort = sum(e for g, e in enumerate(block.effort) if moved >> g & 1)
        assert least[effort] <= crossing(given_problem, moved)


def test_the_walk_pays_for_every_landing_and_chooses_where():
    # From 0 to 4 in steps of at most 3: over 1 (5 + 1), 2 (2 + 1) or 3 (9 + 1), then 4 (1 + 1).
    assert cheapest_walk([0, 5, 2, 9, 1], 3) == [5, 2, 2, 2, 0]
    assert cheapest_walk([0, 5, 2, 9, 1], 4)[0] == 2


@pytest.mark.parametrize(
    ("effort", "waves"),
    [((5, 5), 1), ((5, 5, 1), 2), ((6, 6, 6), 3), ((7, 7, 3, 3, 3), 3), ((30, 1), 2)],
)
def test_fewest_waves_by_hand(effort, waves):
    assert fewest_waves(split(problem(effort))[0]) == waves


def test_memory_can_need_more_waves_than_effort():
    rows = (((0, 40),),) * 3
    assert fewest_waves(split(problem((1, 1, 1), memory=rows, headroom=(50,)))[0]) == 3


@given(problems(classes=1))
def test_the_bound_holds_for_every_plan(given_problem):
    (block,) = split(given_problem)
    prices = best_prices(block.effort, block.capacity)
    priced = block._replace(effort=prices.price, capacity=prices.capacity)
    for passes in (0, 50):
        density = balance(priced, passes).density
        assert lower_bound(priced, density, fewest_waves(block)) <= optimum(given_problem)


def test_waves_that_memory_forces_raise_the_bound():
    rows = (((0, 40),),) * 3
    roomy = problem((1, 1, 1), memory=rows, headroom=(120,), stay=(2, 2, 2))
    tight = roomy._replace(headroom=(50,))
    bounds = []
    for each in (roomy, tight):
        (block,) = split(each)
        bounds.append(lower_bound(block, balance(block, 9).density, fewest_waves(block)))
    # One wave of cut 6, three at the cheapest fill: 3 * 1 for the waves and the last cut of 6.
    assert bounds == [7, 9]
    assert optimum(tight) == 2 + 4 + 6 + 3

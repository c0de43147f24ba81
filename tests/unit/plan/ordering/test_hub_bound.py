import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.bound import fewest_waves, lower_bound
from analyzer.plan.ordering.dual import balance
from analyzer.plan.ordering.hub_bound import MOST_STATES, choose_hubs, hub_bound
from tests.unit.plan.ordering.problems import optimum, problem, problems


@given(problems(classes=1), st.data())
def test_the_bound_holds_whatever_the_hubs(given_problem, data):
    (block,) = split(given_problem)
    groups = st.lists(st.sampled_from(range(len(block.groups))), unique=True, max_size=4)
    bound, _ = hub_bound(block, sorted(data.draw(groups)), 30)
    assert bound <= optimum(given_problem)


@given(problems(classes=1, memory=False))
def test_without_hubs_it_is_the_plain_bound(given_problem):
    (block,) = split(given_problem)
    plain = lower_bound(block, balance(block, 30).density, 0)
    assert hub_bound(block, [], 30)[0] == plain


def star(leaves):
    """Return a block of a hub that every other group needs, four to a wave."""
    edges = [(0, leaf, 1) for leaf in range(1, leaves + 1)]
    return problem((2,) * (leaves + 1), edges, capacity=8)


@pytest.mark.parametrize("leaves", [4, 7, 9])
def test_it_is_exact_on_a_star_where_the_plain_bound_sees_nothing(leaves):
    (block,) = split(star(leaves))
    halves = block._replace(effort=[1] * (leaves + 1), capacity=4)
    dual = balance(halves, 50)
    assert choose_hubs(halves, dual, 1) == [0]
    assert hub_bound(halves, [0], 50)[0] == optimum(star(leaves))
    assert lower_bound(halves, dual.density, 0) == fewest_waves(block)


def test_fewer_hubs_are_chosen_in_a_larger_block():
    (block,) = split(star(9))
    few = block._replace(near=[[(0, 1), (0, 1)]] * 10)
    assert len(choose_hubs(few, balance(few, 0), 8)) == 8
    many = few._replace(edges=few.edges * (MOST_STATES // 40))
    assert len(choose_hubs(many, balance(many, 0), 8)) == 2

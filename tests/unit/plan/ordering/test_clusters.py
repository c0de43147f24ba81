from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.bound import least_cuts
from analyzer.plan.ordering.clusters import by_density, find_clusters
from analyzer.plan.ordering.dual import SHIFT, balance
from tests.unit.plan.ordering.problems import crossing, problem, problems

ONE = 1 << SHIFT


def clusters_of(effort, edges=(), **columns):
    """Return the block of one class and its clusters."""
    (block,) = split(problem(effort, edges, **columns))
    return block, find_clusters(block, balance(block, 50))


def test_a_strong_dependency_makes_one_part():
    block, found = clusters_of((1, 1, 1, 1), [(0, 3, 9)], stay=(4, 3, 1, 0))
    assert found.part == found.cluster == [0, 1, 2, 0]
    assert found.level == [2 * ONE, 3 * ONE, ONE, 2 * ONE]
    assert by_density(block, found) == [2, 0, 3, 1]


def test_a_weak_dependency_ties_nothing():
    _, found = clusters_of((1, 1), [(0, 1, 1)], stay=(4, 0))
    assert found.cluster == [0, 1]
    assert found.level == [3 * ONE, ONE]


def test_a_used_up_dependency_of_equals_orders_them():
    # The edge evens out 4 and 0 exactly, with nothing to spare: moving a first would cut it.
    block, found = clusters_of((1, 1), [(0, 1, 2)], stay=(4, 0))
    assert (found.cluster, found.part) == ([0, 0], [0, 1])
    assert (found.level, found.own) == ([2 * ONE, 2 * ONE], [4 * ONE, 0])
    assert by_density(block, found) == [1, 0]


def test_equal_densities_move_low_risk_first():
    block, found = clusters_of((1, 1, 1), risk=(5, 0, 2))
    assert by_density(block, found) == [1, 2, 0]


@given(st.lists(st.sampled_from((0, 1, 2, 4)), min_size=3, max_size=3), st.data())
def test_many_copies_leave_no_more_than_one_of_them_open(stay, data):
    weights = data.draw(st.tuples(*(st.integers(1, 2),) * 2))
    copies = 6
    edges = [
        (3 * copy + i, 3 * copy + i + 1, weights[i]) for copy in range(copies) for i in range(2)
    ]
    given_problem = problem((1,) * 18, edges, stay=tuple(stay) * copies)
    (block,) = split(given_problem)
    dual = balance(block, 100)
    least = least_cuts(block, dual.density)
    moved = 0
    for count, group in enumerate(by_density(block, find_clusters(block, dual)), 1):
        moved |= 1 << group
        assert crossing(given_problem, moved) - least[count] <= 2 * sum(weights)


@given(problems(classes=1))
def test_it_is_a_permutation_by_rising_level(given_problem):
    (block,) = split(given_problem)
    found = find_clusters(block, balance(block, 3))
    sequence = by_density(block, found)
    assert sorted(sequence) == list(range(len(block.groups)))
    levels = [found.level[group] for group in sequence]
    assert levels == sorted(levels)

from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.block import split, value
from analyzer.plan.ordering.exact import best_below
from analyzer.plan.ordering.prices import best_prices
from tests.unit.plan.ordering.problems import feasible, optimum, problem, problems


def solve(given_problem, limit=1 << 40, most_sets=10**6):
    """Return the exact search's answer for a problem of one class."""
    (block,) = split(given_problem)
    prices = best_prices(block.effort, block.capacity)
    return best_below(block, prices, limit, most_sets)


@given(problems(classes=1))
def test_it_equals_trying_everything(given_problem):
    wave = solve(given_problem)
    assert feasible(given_problem, tuple(w + 1 for w in wave))
    best = value(split(given_problem)[0], wave)
    assert best == optimum(given_problem)
    assert solve(given_problem, best) is None
    assert value(split(given_problem)[0], solve(given_problem, best + 1)) == best


@given(problems(classes=1, memory=False), st.data())
def test_the_optimum_never_rises_without_an_edge_or_with_more_room(given_problem, data):
    best = optimum(given_problem)
    (block,) = split(given_problem)
    more = given_problem._replace(capacity=given_problem.capacity + data.draw(st.integers(1, 5)))
    assert value(split(more)[0], solve(more)) <= best
    if given_problem.edges:
        gone = data.draw(st.sampled_from(given_problem.edges))
        less = given_problem._replace(edges=tuple(e for e in given_problem.edges if e != gone))
        assert value(split(less)[0], solve(less)) <= best
    assert value(block, solve(given_problem)) == best


def test_three_waves_can_beat_two():
    # A triangle of a, b, c in the middle of d and e; moving it whole saves more than a wave costs.
    heavy = [(0, 1, 9), (0, 2, 9), (1, 2, 9)]
    given_problem = problem((3, 3, 3, 8, 8), heavy, stay=(0, 0, 0, 1, 5))
    assert solve(given_problem) == [0, 0, 0, 1, 2]
    assert optimum(given_problem) == 0 + 1 + 6 + 3


def test_too_many_open_sets_end_the_search():
    given_problem = problem((2,) * 8, [(0, i, 1) for i in range(1, 8)], capacity=4)
    assert solve(given_problem, most_sets=5) == []

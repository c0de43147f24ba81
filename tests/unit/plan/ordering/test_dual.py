from hypothesis import given

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.dual import SHIFT, balance
from tests.unit.plan.ordering.problems import crossing, problem, problems

ONE = 1 << SHIFT


@given(problems(classes=1, memory=False))
def test_no_set_has_a_cut_below_the_sum_of_its_densities(given_problem):
    (block,) = split(given_problem)
    for passes in (0, 1, 50):
        dual = balance(block, passes)
        for moved in range(1 << len(block.groups)):
            floor = sum(
                density * effort
                for group, (density, effort) in enumerate(
                    zip(dual.density, block.effort, strict=True)
                )
                if moved >> group & 1
            )
            assert floor <= crossing(given_problem, moved) << SHIFT


def test_a_strong_dependency_makes_its_ends_equally_dense():
    # a pulls 6 on 2 units, b nothing on 4: together 1 per unit, which needs 4 of the edge's 5.
    (block,) = split(problem((2, 4), [(0, 1, 5)], stay=(6, 0)))
    dual = balance(block, 50)
    assert dual.density == [ONE, ONE]
    assert dual.pulls == [-4 * ONE]
    assert dual.added == [2 * ONE, 4 * ONE]


def test_a_weak_dependency_is_used_up():
    (block,) = split(problem((2, 4), [(0, 1, 1)], stay=(6, 0)))
    dual = balance(block, 50)
    assert dual.density == [5 * ONE // 2, ONE // 4]
    assert dual.pulls == [-ONE]


def test_a_chain_is_balanced_through_its_middle():
    (block,) = split(problem((1, 1, 1), [(0, 1, 9), (1, 2, 9)], stay=(3, 0, 0)))
    dual = balance(block, 200)
    assert all(abs(density - ONE) < ONE // 100 for density in dual.density)

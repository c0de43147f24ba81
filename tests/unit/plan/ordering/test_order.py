import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering import cuts, exposure, name_order, order
from tests.benchmarks.lab import lab
from tests.unit.plan.ordering.problems import feasible, optimum, problem, problems


@given(problems(), st.booleans())
def test_small_problems_are_solved_and_proved(given_problem, class_rule):
    given_problem = given_problem._replace(class_rule=class_rule)
    found = order(given_problem)
    assert feasible(given_problem, found.wave_of)
    assert found.value == found.lower_bound == optimum(given_problem)
    assert found.proven_optimal


@given(problems())
def test_little_effort_is_never_wrong_only_less_sure(given_problem):
    found = order(given_problem, "quick")
    assert feasible(given_problem, found.wave_of)
    assert found.lower_bound <= optimum(given_problem) <= found.value <= name_order(given_problem)


@pytest.mark.parametrize("effort", ["quick", "normal"])
@pytest.mark.parametrize(
    ("services", "options"),
    [
        (30, {}),
        (58, {"capacity": 15}),
        (58, {"class_rule": False}),
        (58, {"headroom": (2500, 1700)}),
        (400, {}),
        (1500, {"headroom": (4000, 4000)}),
    ],
)
def test_the_printed_numbers_are_those_of_the_plan(services, options, effort):
    home = lab(services, **options)
    found = order(home, effort)
    assert feasible(home, found.wave_of)
    assert found.waves == max(found.wave_of) == len(found.cuts)
    assert found.cuts == cuts(home, found.wave_of)
    assert found.value == sum(found.cuts) + found.waves == exposure(home, found.wave_of)
    assert found.lower_bound <= found.value < name_order(home)
    assert found.proven_optimal == (found.value == found.lower_bound)


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("capacity", [10, 15, 25])
def test_a_home_lab_is_within_two_percent_of_its_bound(seed, capacity):
    found = order(lab(58, seed=seed, capacity=capacity))
    assert 50 * (found.value - found.lower_bound) <= found.lower_bound


@pytest.mark.parametrize("services", [500, 5000])
def test_a_large_lab_is_within_three_percent_of_its_bound(services):
    found = order(lab(services))
    assert 100 * (found.value - found.lower_bound) <= 3 * found.lower_bound


@given(problems(), st.randoms())
def test_the_order_of_the_input_changes_nothing(given_problem, random):
    edges, rows = list(given_problem.edges), [list(row) for row in given_problem.memory]
    random.shuffle(edges)
    for row in rows:
        random.shuffle(row)
    shuffled = given_problem._replace(edges=tuple(edges), memory=tuple(map(tuple, rows)))
    assert order(shuffled) == order(given_problem)


def test_shuffled_edges_change_nothing_in_a_lab_either():
    home = lab(500)
    assert order(home._replace(edges=home.edges[::-1])) == order(home)


@given(problems(classes=1, memory=False), st.integers(2, 5))
def test_weighing_exposure_more_never_raises_it(given_problem, factor):
    heavier = given_problem._replace(
        edges=tuple((u, v, w * factor) for u, v, w in given_problem.edges),
        stay=tuple(s * factor for s in given_problem.stay),
    )
    light, heavy = order(given_problem), order(heavier)
    assert sum(heavy.cuts) <= factor * sum(light.cuts)


@given(problems(memory=False))
def test_a_group_without_dependencies_adds_no_exposure(given_problem):
    lone = given_problem._replace(
        names=(*given_problem.names, "z"),
        **{name: (*getattr(given_problem, name), 0) for name in ("class_of", "risk", "stay")},
        effort=(*given_problem.effort, 2),
        memory=((),) * (len(given_problem.names) + 1),
        capacity=100,
    )
    roomy = given_problem._replace(capacity=100)
    new_class = 0 not in given_problem.class_of
    assert sum(order(lone).cuts) == sum(order(roomy).cuts)
    assert order(lone).value == order(roomy).value + new_class


def test_nothing_to_order():
    found = order(problem(()))
    assert found == ((), 0, 0, 0, True, (), (), (), 0)


def test_one_group():
    found = order(problem((3,), stay=(2,)))
    assert (found.wave_of, found.waves, found.value, found.cuts) == ((1,), 1, 3, (2,))
    assert found.proven_optimal


def test_groups_beyond_the_capacity_or_memory_are_named():
    rows = (((0, 60),), ((0, 10),), ((0, 45),))
    found = order(problem((12, 3, 3), memory=rows, headroom=(50,)))
    assert (found.oversized, found.stop_then_start) == ((0,), (0,))
    assert found.waves == 3
    assert len(set(found.wave_of)) == 3


def test_classes_move_one_after_another():
    found = order(problem((1,) * 5, class_of=(4, 2, 0, 3, 1)))
    assert found.wave_of == (5, 3, 1, 4, 2)
    together = order(problem((1,) * 5, class_of=(4, 2, 0, 3, 1), class_rule=False))
    assert together.wave_of == (2, 2, 1, 2, 2)


def test_among_equal_plans_risk_moves_late():
    assert order(problem((6, 6, 6), risk=(5, 9, 1))).wave_of == (2, 3, 1)


def test_name_order_fills_waves_by_name():
    chain = problem((4, 4, 4), [(0, 2, 1), (1, 2, 2)], capacity=8)
    assert name_order(chain) == 3 + 2  # waves (a b) (c): both edges cross once
    assert order(chain).value == 1 + 2  # (b c) apart from a


def test_more_effort_is_never_worse_on_a_lab():
    home = lab(58, capacity=10)
    values = [order(home, effort).value for effort in ("quick", "normal", "thorough")]
    assert values == sorted(values, reverse=True)

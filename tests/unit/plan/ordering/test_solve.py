import pytest
from hypothesis import given

from analyzer.plan.ordering.block import split, value
from analyzer.plan.ordering.solve import SPENDING, solve
from tests.benchmarks.lab import lab
from tests.unit.plan.ordering.problems import feasible, optimum, problem, problems


def test_one_wave_needs_no_search():
    (block,) = split(problem((3, 3), [(0, 1, 1)], stay=(1, 1)))
    assert solve(block, "normal") == ([0, 0], 3, 3, 0)


def test_memory_can_forbid_the_one_wave():
    rows = (((0, 30),), ((0, 30),))
    (block,) = split(problem((3, 3), [(0, 1, 1)], memory=rows, headroom=(50,)))
    found = solve(block, "normal")
    assert (sorted(found.wave), found.value, found.bound) == ([0, 1], 3, 3)


@given(problems(classes=1))
def test_small_blocks_are_solved_exactly(given_problem):
    (block,) = split(given_problem)
    found = solve(block, "normal")
    assert found.value == found.bound == value(block, found.wave) == optimum(given_problem)


@given(problems(classes=1))
def test_large_blocks_keep_the_rules_and_their_bound(given_problem):
    (block,) = split(given_problem)
    normal = SPENDING["normal"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SPENDING, "normal", normal._replace(many_groups=0, exact_groups=0))
        found = solve(block, "normal")
    assert feasible(given_problem, tuple(w + 1 for w in found.wave))
    assert found.bound <= optimum(given_problem) <= found.value == value(block, found.wave)


def test_identical_stacks_cost_no_more_than_one_after_another():
    # A pair whose dependency is exactly used up, two hundred times: order inside a pair matters.
    pairs = 200
    edges = [(2 * pair, 2 * pair + 1, 2) for pair in range(pairs)]
    (block,) = split(problem((3, 3) * pairs, edges, stay=(4, 0) * pairs, capacity=25))
    for effort in ("quick", "normal"):
        found = solve(block, effort)
        assert 50 * (found.value - found.bound) <= found.bound


@pytest.mark.parametrize("groups", [60, 301])
def test_the_work_has_a_limit_on_dense_blocks(groups):
    edges = [(u, v, 1) for u in range(groups) for v in range(u + 1, groups)]
    found = solve(split(problem((3,) * groups, edges))[0], "quick")
    assert found.bound <= found.value
    assert found.work < 3_000_000


def test_work_does_not_depend_on_the_machine():
    (first, second) = (solve(split(lab(116, capacity=15))[3], "normal") for _ in range(2))
    assert first == second

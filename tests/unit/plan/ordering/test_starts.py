from hypothesis import given

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.dual import balance
from analyzer.plan.ordering.starts import by_cut, by_density, components
from tests.unit.plan.ordering.problems import crossing, problem, problems


def test_by_density_moves_cheap_clusters_first_and_whole():
    # a and d are one cluster of density 2, c has 1, b has 3.
    (block,) = split(problem((1, 1, 1, 1), [(0, 3, 9)], stay=(4, 3, 1, 0)))
    assert by_density(block, balance(block, 50)) == [2, 0, 3, 1]


def test_equal_densities_move_low_risk_first():
    (block,) = split(problem((1, 1, 1), risk=(5, 0, 2)))
    assert by_density(block, balance(block, 5)) == [1, 2, 0]


@given(problems(classes=1))
def test_by_cut_takes_the_least_cut_at_every_step(given_problem):
    (block,) = split(given_problem)
    everything = (1 << len(block.groups)) - 1
    for sign, start in ((1, 0), (-1, everything)):
        moved = start
        for group in by_cut(block, sign)[::sign]:
            left = [g for g in range(len(block.groups)) if (moved ^ start) >> g & 1 == 0]
            after = {g: crossing(given_problem, moved ^ 1 << g) for g in left}
            assert after[group] == min(after.values())
            moved ^= 1 << group


def test_components_are_breadth_first():
    (block,) = split(problem((1,) * 6, [(0, 3, 1), (0, 5, 1), (3, 4, 1)]))
    assert components(block) == [[0, 3, 5, 4], [1], [2]]

from hypothesis import given

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.starts import by_cut, components
from tests.unit.plan.ordering.problems import crossing, problem, problems


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

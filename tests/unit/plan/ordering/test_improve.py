from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.block import split, value
from analyzer.plan.ordering.improve import flat, places, several_starts, shaken
from tests.benchmarks.lab import lab
from tests.unit.plan.ordering.problems import feasible, problem, problems

PLENTY = 10**9


@given(problems(classes=1), st.data())
def test_plans_are_feasible_whatever_the_sequence_and_the_budget(given_problem, data):
    (block,) = split(given_problem)
    sequence = data.draw(st.permutations(range(len(block.groups))))
    for budget in (0, 500):
        wave, _ = several_starts(block, sequence, 0, budget)
        assert feasible(given_problem, tuple(w + 1 for w in wave))
        again, _ = shaken(block, sequence, wave, budget, 0)
        assert feasible(given_problem, tuple(w + 1 for w in again))
        assert value(block, again) <= value(block, wave)


def test_meeting_the_bound_ends_the_search():
    (block,) = split(problem((5, 5, 5), [(0, 1, 1)]))
    _, more = several_starts(block, [0, 2, 1], 0, PLENTY)
    wave, work = several_starts(block, [0, 2, 1], 2, PLENTY)
    assert value(block, wave) == 2
    assert work < more
    assert shaken(block, [0, 1, 2], wave, PLENTY, 2) == (wave, 0)


def test_shaking_improves_what_the_starts_leave():
    (block,) = split(lab(58, class_rule=False))[1:]
    sequence = list(range(len(block.groups)))
    wave, work = several_starts(block, sequence, 0, 5_000)
    better, more = shaken(block, sequence, wave, 50_000, 0)
    assert value(block, better) < value(block, wave)
    assert work <= 10_000
    assert more <= 60_000


def test_flat_sorts_by_wave_then_place():
    assert places([2, 0, 1]) == [1, 2, 0]
    assert flat([1, 2, 0], [1, 0, 1]) == [1, 2, 0]

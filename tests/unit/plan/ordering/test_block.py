from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering import exposure
from analyzer.plan.ordering.block import split, stop_then_start, value, with_risk
from tests.unit.plan.ordering.problems import problem, problems


def test_a_dependency_that_leaves_the_block_pulls_by_its_direction():
    # stateless a, b; stateful c, d. a needs c (weight 2), b needs d and stays tied to Podman.
    given_problem = problem(
        (2, 2, 3, 3), [(0, 2, 2), (1, 3, 1)], class_of=(1, 1, 3, 3), stay=(0, 4, 0, 0)
    )
    stateless, stateful = split(given_problem)
    assert (stateless.groups, stateless.pull, stateless.base) == ([0, 1], [2, 5], 0)
    assert (stateful.groups, stateful.pull, stateful.base) == ([2, 3], [-2, -1], 7)
    assert stateless.edges == stateful.edges == []


@given(problems(memory=False), st.data())
def test_the_blocks_add_up_to_the_exposure(given_problem, data):
    wave_of, before, total = [0] * len(given_problem.names), 0, 0
    for block in split(given_problem):
        count = len(block.groups)
        wave = data.draw(st.permutations(range(count)))
        for group, number in zip(block.groups, wave, strict=True):
            wave_of[group] = before + number + 1
        before += count
        total += value(block, wave)
    assert total == exposure(given_problem, tuple(wave_of))


@given(problems(classes=1, memory=False), st.data())
def test_risk_only_breaks_ties(given_problem, data):
    (block,) = split(given_problem)
    tied = with_risk(block)
    plans = [data.draw(st.permutations(range(len(block.groups)))) for _ in range(2)]
    assert [value(tied, plan) // tied.scale for plan in plans] == [value(block, p) for p in plans]
    late = [sum(r * -p for r, p in zip(block.risk, plan, strict=True)) for plan in plans]
    if value(block, plans[0]) == value(block, plans[1]) and late[0] < late[1]:
        assert value(tied, plans[0]) < value(tied, plans[1])


def test_without_the_class_rule_only_pilots_stay_apart():
    given_problem = problem((1,) * 5, class_of=(4, 0, 2, 3, 1), class_rule=False)
    assert [block.groups for block in split(given_problem)] == [[1], [0, 2, 3, 4]]


def test_memory_counts_only_where_it_can_bind():
    rows = (((0, 30), (1, 10)), ((0, 40),), ((1, 500),))
    given_problem = problem((1, 1, 1), memory=rows, headroom=(60, 100))
    assert stop_then_start(given_problem) == (2,)
    (block,) = split(given_problem)
    assert block.memory == [((0, 30),), ((0, 40),), ()]
    (roomy,) = split(given_problem._replace(headroom=(70, 100)))
    assert roomy.memory == []


def test_a_host_without_headroom_stops_only_what_needs_memory():
    given_problem = problem((1, 1), memory=(((0, 0),), ((0, 1),)), headroom=(-5,))
    assert stop_then_start(given_problem) == (1,)
    assert split(given_problem)[0].memory == []


def test_an_oversized_group_fills_a_wave():
    assert split(problem((30, 2)))[0].effort == [10, 2]

from hypothesis import given

from analyzer.plan.ordering.block import split, value
from analyzer.plan.ordering.local_search import HUB_DEGREE, Search
from analyzer.plan.ordering.packing import pack
from tests.unit.plan.ordering.problems import feasible, problem, problems

PLENTY = 10**9


def by_name(block):
    """Return a feasible plan to improve."""
    return pack(block, [[group] for group in range(len(block.groups))], 6)


def test_a_group_moves_to_its_neighbour_where_there_is_room():
    (block,) = split(problem((4, 4, 1), [(1, 2, 3)], capacity=8))
    wave = Search(block, [0, 1, 0], PLENTY).run()
    assert wave[1] == wave[2] != wave[0]


def test_two_groups_change_places_where_there_is_none():
    (block,) = split(problem((4, 4, 4, 4), [(0, 2, 5), (1, 3, 5)], capacity=8))
    assert Search(block, [0, 0, 1, 1], PLENTY).run() in ([0, 1, 0, 1], [1, 0, 1, 0])


def test_two_waves_change_places():
    # Each pair is tied so strongly that no group leaves alone; the costly pair should go last.
    (block,) = split(
        problem((4, 4, 4, 4), [(0, 1, 50), (2, 3, 50)], stay=(3, 3, 0, 0), capacity=8)
    )
    assert Search(block, [0, 0, 1, 1], PLENTY).run() == [1, 1, 0, 0]


def test_an_emptied_wave_disappears():
    (block,) = split(problem((4, 4), [(0, 1, 1)], capacity=8))
    assert Search(block, [0, 1], PLENTY).run() == [0, 0]


@given(problems(classes=1))
def test_it_keeps_every_rule_and_never_costs_more(given_problem):
    (block,) = split(given_problem)
    start = by_name(block)
    for search in (Search(block, start, PLENTY), Search(block, start, 3)):
        before = value(block, start)
        wave = search.run()
        assert feasible(given_problem, tuple(w + 1 for w in wave))
        assert value(block, wave) <= before
    near = Search(block, start, PLENTY).run_near(5)
    assert feasible(given_problem, tuple(w + 1 for w in near))
    assert value(block, near) <= value(block, start)


@given(problems(classes=1))
def test_fixed_groups_stay_together_and_in_order(given_problem):
    (block,) = split(given_problem)
    start = by_name(block)
    fixed = range(0, len(start), 2)
    wave = Search(block, start, PLENTY, fixed).run()
    for one in fixed:
        for other in fixed:
            assert (start[one] < start[other]) == (wave[one] < wave[other])


def test_the_work_stops_at_its_limit():
    edges = [(u, v, 1) for u in range(20) for v in range(u + 1, 20)]
    (block,) = split(problem((3,) * 20, edges))
    search = Search(block, by_name(block), 1000)
    search.run()
    assert 1000 < search.work < 1000 + 20 * 20 * 20


def test_a_hub_looks_only_around_the_middle_of_its_neighbours():
    leaves = HUB_DEGREE + 1
    edges = [(0, leaf, 1) for leaf in range(1, leaves + 1)]
    many = problem((1,) * (leaves + 1), edges, capacity=2)
    (block,) = split(many)
    search = Search(block, by_name(block), PLENTY)
    assert search._goals(0) == [1, 12, 13, 14]
    before = value(block, search.wave)
    assert search._best_move(0)[0] == 0
    assert search.wave[0] == 12
    assert value(block, search.wave) < before

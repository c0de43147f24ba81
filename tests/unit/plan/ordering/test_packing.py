from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.block import split, value
from analyzer.plan.ordering.packing import pack, segment
from tests.unit.plan.ordering.problems import feasible, problem, problems


def singles(sequence):
    """Return every group as an item of its own."""
    return [[group] for group in sequence]


@pytest.mark.parametrize(
    ("effort", "look_ahead", "wave"),
    [
        ((5, 6, 5, 4), 0, [0, 1, 2, 2]),
        ((5, 6, 5, 4), 6, [0, 1, 0, 1]),
        ((6, 6, 6, 4), 1, [0, 1, 2, 1]),  # passes over one group, not over two
        ((6, 6, 6, 4), 2, [0, 1, 2, 0]),
        ((30, 1), 6, [0, 1]),  # oversized: alone
    ],
)
def test_pack_by_hand(effort, look_ahead, wave):
    (block,) = split(problem(effort))
    assert pack(block, singles(range(len(effort))), look_ahead) == wave


def test_an_item_moves_whole_unless_no_wave_can_take_it():
    (block,) = split(problem((4, 4, 4, 2, 9, 9)))
    assert pack(block, [[0], [1, 2], [3]], 6) == [0, 1, 1, 0, 0, 0]
    assert pack(block, [[0], [4, 5], [3]], 6) == [0, 0, 0, 0, 1, 2]


@given(problems(classes=1), st.data())
def test_every_packing_keeps_effort_and_memory(given_problem, data):
    (block,) = split(given_problem)
    sequence = data.draw(st.permutations(range(len(block.groups))))
    items = [sequence[:2], sequence[2:5], *singles(sequence[5:])]
    for wave in (
        pack(block, singles(sequence), 6),
        pack(block, items, 2),
        segment(block, sequence),
    ):
        assert feasible(given_problem, tuple(w + 1 for w in wave))


@given(problems(classes=1, most=6), st.data())
def test_segment_is_the_cheapest_way_to_cut_a_sequence(given_problem, data):
    (block,) = split(given_problem)
    count = len(block.groups)
    sequence = data.draw(st.permutations(range(count)))
    found = []
    for cuts in range(count):
        for places in combinations(range(1, count), cuts):
            wave = [0] * count
            for place, group in enumerate(sequence):
                wave[group] = sum(place >= p for p in places)
            if feasible(given_problem, tuple(w + 1 for w in wave)):
                found.append(value(block, wave))
    assert value(block, segment(block, sequence)) == min(found)

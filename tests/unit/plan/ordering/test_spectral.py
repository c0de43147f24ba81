from itertools import pairwise

import pytest

from analyzer.plan.ordering.block import split
from analyzer.plan.ordering.spectral import fiedler_sequence
from analyzer.plan.ordering.starts import components
from tests.unit.plan.ordering.problems import problem


def line(order, **columns):
    """Return the block of a path through the groups in this order."""
    edges = sorted((*sorted(pair), 1) for pair in pairwise(order))
    return split(problem((1,) * len(order), edges, **columns))[0]


@pytest.mark.parametrize(
    "order", [[0, 1, 2], [2, 0, 1], [4, 1, 6, 0, 3, 5, 2], [*range(0, 20, 2), *range(19, 0, -2)]]
)
def test_a_path_is_laid_out_as_a_path(order):
    block = line(order)
    assert fiedler_sequence(block, components(block)[0]) in (order, order[::-1])


def test_the_end_that_lowers_the_cut_moves_first():
    for stay, first in (((9, 0, 0, 0), 3), ((0, 0, 0, 9), 0)):
        block = line([0, 1, 2, 3], stay=stay)
        assert fiedler_sequence(block, [0, 1, 2, 3])[0] == first


def test_two_cliques_with_one_bridge_are_kept_apart():
    cliques = ([0, 2, 4, 6], [1, 3, 5, 7])
    edges = [(u, v, 1) for clique in cliques for u in clique for v in clique if u < v]
    (block,) = split(problem((1,) * 8, sorted([*edges, (6, 7, 1)])))
    sequence = fiedler_sequence(block, components(block)[0])
    assert sorted(sequence[:4]) in cliques


def test_small_components_stay_as_they_are():
    (block,) = split(problem((1, 1), [(0, 1, 1)]))
    assert fiedler_sequence(block, [0, 1]) == [0, 1]


def test_a_clique_has_no_order_but_gets_one():
    edges = [(u, v, 1) for u in range(4) for v in range(u + 1, 4)]
    (block,) = split(problem((1,) * 4, edges))
    assert sorted(fiedler_sequence(block, [0, 1, 2, 3])) == [0, 1, 2, 3]

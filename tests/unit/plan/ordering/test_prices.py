import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.ordering.prices import best_prices


@pytest.mark.parametrize(
    ("effort", "capacity", "price", "room"),
    [
        ([2] * 13, 25, [1] * 13, 12),  # twelve twos fill 24 of 25
        ([13, 13, 13], 25, [1, 1, 1], 1),  # no two fit
        ([3] * 20, 10, [1] * 20, 3),
        ([4, 5], 25, [4, 5], 25),  # one wave: nothing to gain
    ],
)
def test_prices_by_hand(effort, capacity, price, room):
    assert best_prices(effort, capacity) == (price, room)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(9, 30))
def test_no_wave_that_fits_costs_more_than_its_capacity_in_prices(effort, capacity):
    prices = best_prices(effort, capacity)
    assert min(prices.price) >= 1
    for chosen in range(1 << len(effort)):
        groups = [g for g in range(len(effort)) if chosen >> g & 1]
        if sum(effort[g] for g in groups) <= capacity:
            assert sum(prices.price[g] for g in groups) <= prices.capacity
    # never worse than efforts themselves
    assert sum(prices.price) * capacity >= sum(effort) * prices.capacity


def test_a_huge_capacity_is_not_searched():
    assert best_prices([3, 999_999] * 2, 1_000_000) == ([3, 999_999] * 2, 1_000_000)

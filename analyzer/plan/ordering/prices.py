"""Prices: what a group takes of a wave once the gaps that efforts must leave are counted.

Twelve groups of 2 units fill a wave of 25 as fully as it goes, so each takes 1/12 of it, not 2/25.
For any price per effort, the dearest set that fits a wave is a knapsack; that maximum is a capacity
in prices that every wave keeps, and the prices that need most waves bound best. With effort itself
as price nothing is lost. (Prices are a dual solution of bin packing: Gilmore and Gomory, 1961,
https://doi.org/10.1287/opre.9.6.849.)
"""

from math import gcd
from typing import NamedTuple

MOST_WORK = 20_000
"""Knapsack steps that one price may take times the prices tried; beyond it, efforts are the prices."""


class Prices(NamedTuple):
    """A price per group, at least 1, and the most that the groups of one wave can cost."""

    price: list[int]
    capacity: int


def best_prices(effort: list[int], capacity: int) -> Prices:
    """Return the prices, of those tried, under which the groups need most waves."""
    count: dict[int, int] = {}
    for size in effort:
        count[size] = count.get(size, 0) + 1
    sizes = sorted(count)
    if sum(effort) <= capacity or capacity * len(sizes) > MOST_WORK:
        return Prices(effort, capacity)
    best = dict(zip(sizes, sizes, strict=True))
    room = _dearest(best, capacity)
    tried = {tuple(sizes)}
    most_parts = min(2 * capacity, MOST_WORK // (capacity * len(sizes)) + 1)
    for parts in range(2, most_parts):
        price = {size: max(1, parts * size // capacity) for size in sizes}
        key = tuple(price.values())
        if key in tried:
            continue
        tried.add(key)
        most = _dearest(price, capacity)
        need = sum(price[size] * n for size, n in count.items())
        if need * room > sum(best[size] * n for size, n in count.items()) * most:
            best, room = price, most
    unit = gcd(*best.values())
    return Prices([best[size] // unit for size in effort], room // unit)


def _dearest(price: dict[int, int], capacity: int) -> int:
    """Return the highest total price of groups whose efforts together fit the capacity."""
    most = [0] * (capacity + 1)
    for size, worth in price.items():
        for filled in range(size, capacity + 1):
            most[filled] = max(most[filled], most[filled - size] + worth)
    return most[capacity]

"""The ordering problem and its answer, in whole numbers only, and the objective J.

A group moves whole. After wave t some groups run on the new platform and the others do not:
``cut(t)`` is the weight of the dependencies whose ends are then on different platforms.

    J = sum over waves of (cut(t) + 1)                                                [edge-waves]
      = sum of w_uv |p_u - p_v|  +  sum of s_g (m + 1 - p_g)  +  m

where p is the wave of a group (1 is the first), s_g the weight towards what never moves and m the
number of waves. Both forms agree, so J can be added up by hand from the printed waves.
"""

from itertools import accumulate
from typing import Literal, NamedTuple

Effort = Literal["quick", "normal", "thorough"]

WAVE_COST = 1
"""Edge-waves a wave costs by itself, so that a wave is never free."""

CLASSES = 5
"""Pilot, stateless, stateless-critical, stateful, stateful-critical: they move in this order."""


class Problem(NamedTuple):
    """Groups to put into waves.

    ``names`` are sorted and unique; a group is its index, which also breaks ties. ``effort`` is in
    units of a tenth of a day, at least 1. An edge is ``(u, v, weight)`` with u < v, each pair once.
    ``stay`` is the weight of a group's dependencies with what stays on the old platform.
    ``memory`` lists per group ``(host, MiB)`` it needs a second time while it is tested;
    ``headroom`` is what each host has to spare, in MiB. ``capacity`` is the effort of one wave.
    ``pinned`` asks for groups in waves, as ``(group, wave)`` counted from 1; a wave that the class,
    the capacity or the memory forbids becomes the nearest one allowed (see `pins.keep`). ``class_rule=False`` lets
    every class but the pilots share waves.
    """

    names: tuple[str, ...]
    effort: tuple[int, ...]
    class_of: tuple[int, ...]
    risk: tuple[int, ...]
    edges: tuple[tuple[int, int, int], ...]
    stay: tuple[int, ...]
    memory: tuple[tuple[tuple[int, int], ...], ...]
    headroom: tuple[int, ...]
    capacity: int
    pinned: tuple[tuple[int, int], ...] = ()
    class_rule: bool = True


class Order(NamedTuple):
    """Groups in waves, what they cost and what is proved about it.

    ``value`` is J in edge-waves; no plan that keeps the classes and the capacity, whatever its
    number of waves, has less than ``lower_bound``. ``cuts`` holds the exposure left after each
    wave. ``oversized`` groups exceed the capacity and have a wave of their own; groups of
    ``stop_then_start`` do not fit a host's memory twice, so their memory was left out.
    ``iterations`` counts the units of work spent, the same on every machine.
    """

    wave_of: tuple[int, ...]
    waves: int
    value: int
    lower_bound: int
    proven_optimal: bool
    cuts: tuple[int, ...]
    oversized: tuple[int, ...]
    stop_then_start: tuple[int, ...]
    iterations: int


def check(problem: Problem) -> None:
    """Return nothing when the problem is well-formed.

    Raises:
        ValueError: The columns differ in length, or a number is out of its range.
    """
    count = len(problem.names)
    columns = (problem.effort, problem.class_of, problem.risk, problem.stay, problem.memory)
    faults = {
        "a column has not one entry per group": any(len(column) != count for column in columns),
        "a capacity or effort below 1": min((problem.capacity, *problem.effort)) < 1,
        "a negative risk or weight": min((0, *problem.risk, *problem.stay)) < 0,
        "an unknown class": not set(problem.class_of) <= set(range(CLASSES)),
        "an edge not of two groups in ascending order and a weight of at least 1": any(
            not (0 <= u < v < count and weight >= 1) for u, v, weight in problem.edges
        ),
    }
    found = [fault for fault, there in faults.items() if there]
    if found:
        message = "the ordering problem has " + "; ".join(found)
        raise ValueError(message)


def exposure(problem: Problem, wave_of: tuple[int, ...]) -> int:
    """Return J of a plan in edge-waves, added up by dependencies."""
    last = max(wave_of, default=0)
    total = sum(w * abs(wave_of[u] - wave_of[v]) for u, v, w in problem.edges)
    total += sum(s * (last + 1 - p) for s, p in zip(problem.stay, wave_of, strict=True) if s)
    return total + WAVE_COST * last


def cuts(problem: Problem, wave_of: tuple[int, ...]) -> tuple[int, ...]:
    """Return the exposure after each wave: the weight of the dependencies that cross platforms."""
    change = [0] * (max(wave_of, default=0) + 2)
    for u, v, w in problem.edges:
        p, q = wave_of[u], wave_of[v]
        if p != q:
            change[min(p, q)] += w
            change[max(p, q)] -= w
    for s, p in zip(problem.stay, wave_of, strict=True):
        change[p] += s
    return tuple(accumulate(change[1:-1]))

"""Topology and facts -> the groups that move, their classes, and the ordering problem they pose."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from typing import NamedTuple

from analyzer.facts.effort import total_hours
from analyzer.facts.figures import count, hours
from analyzer.facts.model import Facts
from analyzer.graph.model import Group, Topology
from analyzer.inventory.model import Inventory, Service
from analyzer.plan.crossings import crossings
from analyzer.plan.model import CLASSES, ServiceClass
from analyzer.plan.ordering import Problem
from analyzer.rulebook.model import Rulebook
from analyzer.units import MIB

PILOT, STATELESS, STATEFUL = 0, 1, 3
FAN_IN_WEIGHT = 4
"""A service that others need is worth four that nobody needs when risks are compared."""

_Rank = tuple[int, int, int, int]
"""What a pilot would put at risk: degree, risk, effort, and the group."""


class Movement(NamedTuple):
    """The groups that move, in the order of their names, and the problem made of them.

    ``hosts`` names the hosts of the problem's memory rows. ``problem.class_of`` is the class of
    each group as an index of `CLASSES`.
    """

    groups: tuple[Group, ...]
    problem: Problem
    hosts: tuple[str, ...]

    def class_of(self, group: int) -> ServiceClass:
        """Return the class of a group."""
        return CLASSES[self.problem.class_of[group]]


def movement(
    inventory: Inventory,
    topology: Topology,
    facts: Facts,
    rulebook: Rulebook,
    pinned: Mapping[str, int] | None = None,
    *,
    pilots: Collection[str] | None = None,
) -> Movement:
    """Return what moves. ``pinned`` asks for services in waves, counted from 1.

    ``pilots`` names the services that went first in an earlier plan; None chooses them anew.

    A group moves when all its members run in containers, none is in ``facts.never``, and none
    runs on Kubernetes already.

    Raises:
        RulesError: a figure is missing or has the wrong unit.
    """
    groups = _movable(inventory, topology, facts)
    index = {name: number for number, group in enumerate(groups) for name in group.members}
    found = crossings(inventory, topology, facts, index, len(groups))
    effort = _units(groups, facts, hours(rulebook, "plan.unit")[1])
    risk = tuple(
        FAN_IN_WEIGHT * fan_in + len(group.members)
        for fan_in, group in zip(found.fan_in, groups, strict=True)
    )
    classes = _classes(groups, inventory, facts)
    pins = _pins(index, pinned or {})
    ranks: Iterable[_Rank] = zip(found.degree, risk, effort, range(len(groups)), strict=True)
    places = count(rulebook, "plan.pilots")
    if pilots is not None:
        places = _keep_pilots(classes, groups, frozenset(pilots), places)
        old = dict(pins)
        ranks = (rank for rank in ranks if rank[-1] not in old)
    _mark_pilots(classes, ranks, places)
    hosts, headroom = _headroom(facts)
    capacity = hours(rulebook, "plan.wave.capacity")[1] / hours(rulebook, "plan.unit")[1]
    problem = Problem(
        names=tuple(group.name for group in groups),
        effort=effort,
        class_of=tuple(classes),
        risk=risk,
        edges=found.edges,
        stay=found.stay,
        memory=_memory(groups, inventory.services, hosts),
        headroom=headroom,
        capacity=max(1, int(capacity)),
        pinned=pins,
    )
    return Movement(groups, problem, hosts)


def resident_bytes(service: Service) -> int | None:
    """Return the memory that a second copy takes: measured, else the limit, else unknown."""
    if service.memory_bytes is not None:
        return service.memory_bytes
    return service.memory_limit_bytes


def _movable(inventory: Inventory, topology: Topology, facts: Facts) -> tuple[Group, ...]:
    """Return the groups that move, sorted by name."""
    services, never = inventory.services, facts.never
    staying = {
        name
        for name, service in services.items()
        if name in never or not service.is_container or service.runtime == "kubernetes"
    }
    movable = (group for group in topology.groups if staying.isdisjoint(group.members))
    return tuple(sorted(movable, key=lambda group: group.name))


def _units(groups: Sequence[Group], facts: Facts, unit: Fraction) -> tuple[int, ...]:
    """Return the effort of each group in whole planning units, rounded up, at least 1."""
    efforts = facts.effort_hours
    over, under = unit.numerator, unit.denominator
    units = []
    for group in groups:
        members = group.members
        work = efforts[members[0]]
        if len(members) > 1:
            work = total_hours(efforts[name] for name in members)
        units.append(max(1, -(-work.numerator * under // (work.denominator * over))))
    return tuple(units)


def _classes(groups: Sequence[Group], inventory: Inventory, facts: Facts) -> list[int]:
    """Return the class of each group; unknown state counts as state, sign-in as stateful."""
    services, stateful, roles = inventory.services, facts.stateful, facts.roles
    classes = []
    for group in groups:
        number = STATELESS
        for name in group.members:
            if stateful.get(name) is not False or roles.get(name) == "auth":
                number = STATEFUL
                break
        critical = any(services[name].criticality == "high" for name in group.members)
        classes.append(number + critical)
    return classes


def _mark_pilots(classes: list[int], ranks: Iterable[_Rank], pilots: int) -> None:
    """Turn the few stateless groups with least to break into pilots, in place."""
    for *_, group in nsmallest(pilots, (rank for rank in ranks if classes[rank[-1]] == STATELESS)):
        classes[group] = PILOT


def _keep_pilots(
    classes: list[int], groups: Sequence[Group], pilots: frozenset[str], places: int
) -> int:
    """Turn the stateless groups with a member of ``pilots`` into pilots; return the places left.

    Pilots that have moved are not replaced; while one is left, new groups may join it.
    """
    found = 0
    for number, group in enumerate(groups):
        if classes[number] == STATELESS and not pilots.isdisjoint(group.members):
            classes[number] = PILOT
            found += 1
    return max(0, places - found) if found else 0


def _headroom(facts: Facts) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the cluster's hosts whose free memory is known, and MiB left beside K3s on each.

    All pods are counted from the start, so that the room does not depend on the order.
    """
    rows = [row for row in facts.footprint if row.role != "none" and row.free_bytes is not None]
    room = (max(0, (row.free_bytes or 0) - row.added_bytes[1]) // MIB for row in rows)
    return tuple(row.host for row in rows), tuple(room)


def _memory(
    groups: Sequence[Group], services: Mapping[str, Service], hosts: Sequence[str]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return per group ``(host, MiB)`` that its second copies take; unknown sizes take nothing."""
    number_of = {name: number for number, name in enumerate(hosts)}
    rows: list[tuple[tuple[int, int], ...]] = []
    for group in groups:
        need: dict[int, int] = {}
        for name in group.members:
            service = services[name]
            size = resident_bytes(service)
            host = number_of.get(service.host or "")
            if size and host is not None:
                need[host] = need.get(host, 0) - (-size // MIB)
        rows.append(tuple(sorted(need.items()) if len(need) > 1 else need.items()))
    return tuple(rows)


def _pins(index: Mapping[str, int], pinned: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    """Return ``(group, wave)`` for every group with a pinned member; the earliest wave counts.

    Waves of which nothing is left to move are gone, and the others close up.
    """
    waves: dict[int, int] = {}
    for name, wave in pinned.items():
        group = index.get(name)
        if group is not None:
            waves[group] = min(wave, waves.get(group, wave))
    left = {wave: number for number, wave in enumerate(sorted(set(waves.values())), start=1)}
    return tuple((group, left[wave]) for group, wave in sorted(waves.items()))

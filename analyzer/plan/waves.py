"""An order of groups -> waves with their services, hours, weeks and the memory of every host."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from analyzer.facts.effort import calendar_weeks, total_hours
from analyzer.facts.figures import memory_bytes
from analyzer.facts.model import Facts
from analyzer.inventory.model import Inventory, Service
from analyzer.plan.groups import Movement, resident_bytes
from analyzer.plan.model import HostMemory, Wave
from analyzer.plan.ordering import Order
from analyzer.rulebook.model import Rulebook

EVERY_HOST_UP_TO = 200
"""Up to so many rows every wave lists every host; beyond, only the hosts that it touches."""


class _Copies(NamedTuple):
    """What a wave runs a second time on one host: pods, bytes, and copies of unknown size."""

    pods: int = 0
    known_bytes: int = 0
    unknown: int = 0


def build_waves(
    moved: Movement,
    order: Order,
    inventory: Inventory,
    facts: Facts,
    rulebook: Rulebook,
    pace: Fraction | None,
) -> tuple[Wave, ...]:
    """Return the waves of an order, first to last; ``pace`` is in hours per week.

    Raises:
        RulesError: a figure is missing or has no unit of memory.
    """
    members: list[list[int]] = [[] for _ in range(order.waves)]
    for group, wave in enumerate(order.wave_of):
        members[wave - 1].append(group)
    memory = _MemoryLedger(inventory, facts, rulebook, order.waves)
    oversized, stopped = frozenset(order.oversized), frozenset(order.stop_then_start)
    waves = []
    for number, groups in enumerate(members, start=1):
        services = _services(moved, groups)
        effort = total_hours(facts.effort_hours[name] for name in services)
        halted = [group for group in groups if group in stopped]
        waves.append(
            Wave(
                number=number,
                service_class=moved.class_of(groups[0]),
                groups=tuple(moved.groups[group].name for group in groups),
                services=services,
                effort_hours=effort,
                calendar_weeks=calendar_weeks(effort, pace),
                exposure_after=order.cuts[number - 1],
                memory=memory.move(services, frozenset(_services(moved, halted))),
                oversized=not oversized.isdisjoint(groups),
                stop_then_start=tuple(moved.groups[group].name for group in halted),
            )
        )
    return tuple(waves)


def _services(moved: Movement, groups: Sequence[int]) -> tuple[str, ...]:
    """Return the members of groups, sorted."""
    return tuple(sorted(name for group in groups for name in moved.groups[group].members))


class _MemoryLedger:
    """Follows the memory in use on every host of the cluster, wave by wave.

    It starts from what is in use today plus the K3s process. A pod costs its overhead from the
    wave it moves in; the service's own memory only runs twice during that wave.
    """

    def __init__(self, inventory: Inventory, facts: Facts, rulebook: Rulebook, waves: int) -> None:
        """Open the books at the K3s servers and agents."""
        self.services = inventory.services
        self.pod_bytes = memory_bytes(rulebook, "k3s.pod.memory")
        self.total: dict[str, int | None] = {}
        self.in_use: dict[str, int | None] = {}
        for row in facts.footprint:
            if row.role != "none":
                used = inventory.hosts[row.host].memory_used_bytes
                self.total[row.host] = row.memory_bytes
                self.in_use[row.host] = None if used is None else used + row.k3s_bytes[1]
        self.every_host = len(self.total) * waves <= EVERY_HOST_UP_TO

    def move(self, services: Iterable[str], stopped: frozenset[str]) -> tuple[HostMemory, ...]:
        """Return each host around a wave, and book the wave. ``stopped`` never run twice."""
        copies = self._copies(services, stopped)
        hosts = self.total if self.every_host else sorted(copies)
        return tuple(self._book(host, copies.get(host, _Copies())) for host in hosts)

    def _copies(self, services: Iterable[str], stopped: frozenset[str]) -> Mapping[str, _Copies]:
        """Return what a wave runs a second time, by host."""
        copies: dict[str, _Copies] = {}
        for name in services:
            service = self.services[name]
            host = service.host
            if host is None or host not in self.total:
                continue
            pods, known, unknown = copies.get(host, _Copies())
            size = 0 if name in stopped else resident_bytes(service)
            copies[host] = _Copies(
                pods + _pods(service), known + (size or 0), unknown + (size is None)
            )
        return copies

    def _book(self, host: str, copies: _Copies) -> HostMemory:
        """Return one host around a wave; its memory in use grows by the pods' overhead."""
        total, before = self.total[host], self.in_use[host]
        if before is None:
            return HostMemory(host, total, None, None, None)
        after = before + copies.pods * self.pod_bytes
        self.in_use[host] = after
        least = after + copies.known_bytes
        fits: bool | None = None
        if total is not None and least > total:
            fits = False
        elif total is not None and not copies.unknown:
            fits = True
        return HostMemory(host, total, None if copies.unknown else least, after, fits)


def _pods(service: Service) -> int:
    """Return how many pods a service becomes."""
    return 1 if service.replicas is None else service.replicas


def wave_hours(waves: Sequence[Wave]) -> Fraction:
    """Return the hours of all waves together."""
    return total_hours(wave.effort_hours for wave in waves)

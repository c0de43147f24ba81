"""Base facts about the services as a whole: what ties them, what they keep, what they need."""

from collections import Counter
from fractions import Fraction

from analyzer.facts.catalogue import Estate, Reading, base, share

NO_SERVICES = "no services are listed"


def _bounded(part: int, unknown: int, whole: int, text: str) -> Reading:
    """Return a share; where some are unknown, its bounds instead of a value."""
    low, high = share(part, whole), share(part + unknown, whole)
    if low == high:
        return Reading(low, text)
    return Reading(None, f"{text}; {unknown} of {whole} unknown", (), low, high)


@base("services.count", "services")
def services_count(estate: Estate) -> Reading:
    """How many services are listed."""
    return Reading(
        len(estate.inventory.services), "containers, native units and external services"
    )


@base("services.containers", "services")
def services_containers(estate: Estate) -> Reading:
    """How many containers are listed."""
    return Reading(len(estate.containers), "services that are neither native nor external")


@base("services.free_share", "share")
def free_share(estate: Estate) -> Reading:
    """The share of the containers that nothing ties to their host."""
    if not estate.containers:
        return Reading(None, NO_SERVICES)
    pins = [estate.pins[service.name] for service in estate.containers]
    free = sum(1 for pin in pins if not pin.pins and not pin.unknown)
    unknown = sum(1 for pin in pins if pin.unknown and not pin.pins)
    return _bounded(free, unknown, len(pins), f"{free} of {len(pins)} containers are free to move")


@base("services.data_only_share", "share")
def data_only_share(estate: Estate) -> Reading:
    """The share of the containers that nothing but data ties to their host."""
    if not estate.containers:
        return Reading(None, NO_SERVICES)
    pins = [estate.pins[service.name] for service in estate.containers]
    tied = sum(1 for pin in pins if pin.data_only and pin.pins)
    unknown = sum(1 for pin in pins if pin.unknown and not pin.pins)
    return _bounded(tied, unknown, len(pins), f"{tied} of {len(pins)} containers are tied by data")


@base("services.stateful_share", "share")
def stateful_share(estate: Estate) -> Reading:
    """The share of the containers that keep state."""
    if not estate.containers:
        return Reading(None, NO_SERVICES)
    states = [estate.stateful[service.name] for service in estate.containers]
    kept, unknown = states.count(True), states.count(None)
    return _bounded(kept, unknown, len(states), f"{kept} of {len(states)} containers keep state")


@base("services.busiest_share", "share")
def busiest_share(estate: Estate) -> Reading:
    """The share of the containers that runs on the busiest host."""
    if len(estate.inventory.hosts) == 1:
        return Reading(1, "there is one host")
    counts = Counter(service.host or "" for service in estate.containers)
    unplaced = counts.pop("", 0)
    if not counts:
        return Reading(None, "no container states its host")
    if unplaced:
        return Reading(None, f"{unplaced} containers do not state their host")
    most = max(counts.values())
    return Reading(share(most, len(estate.containers)), f"{most} of {len(estate.containers)}")


@base("services.native_share", "share")
def native_share(estate: Estate) -> Reading:
    """The share of the services that are native units."""
    services = [s for s in estate.inventory.services.values() if s.runtime != "external"]
    if not services:
        return Reading(None, NO_SERVICES)
    native = sum(1 for service in services if service.runtime == "systemd")
    return Reading(share(native, len(services)), f"{native} of {len(services)} services")


@base("edges.cross_host_share", "share")
def cross_host_share(estate: Estate) -> Reading:
    """The share of the dependencies that cross from one host to another."""
    if not estate.inventory.services:
        return Reading(None, NO_SERVICES)
    binding = sum(1 for edge in estate.topology.edges if edge.binds)
    crossing = sum(1 for edge in estate.topology.cross_host if edge.binds)
    return Reading(share(crossing, binding), f"{crossing} of {binding} dependencies")


@base("effort.hours", "hours")
def effort_hours(estate: Estate) -> Reading:
    """How many hours a migration of everything that can move would take."""
    if not estate.containers:
        return Reading(None, NO_SERVICES)
    moving = [
        s.name
        for s in estate.containers
        if s.name not in estate.never and s.runtime != "kubernetes"
    ]
    hours = sum((estate.effort_hours[name] for name in moving), Fraction(0))
    total = estate.preparation_hours + hours
    return Reading(total, f"preparation and {len(moving)} services that can move")


@base("bootstrap.cycles", "")
def bootstrap_cycles(estate: Estate) -> Reading:
    """How many circles lead from a host through a service that would move, back to that host."""
    cycles = [
        cycle
        for cycle in estate.topology.bootstrap_cycles
        if any(name not in estate.never for name in cycle.services)
    ]
    text = "; ".join(" → ".join(cycle.path) for cycle in cycles[:2]) or "none found"
    return Reading(len(cycles), text)

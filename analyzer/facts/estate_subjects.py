"""Facts about the estate as a whole, for findings."""

from fractions import Fraction

from analyzer.facts.subjects import Facts, SubjectContext, level, number, text, yes_no
from analyzer.inventory.model import Host, Inventory

ESTATE_FACTS: Facts = {}


def _candidates(inventory: Inventory) -> list[Host]:
    """Return the hosts that may be part of a cluster."""
    return [host for host in inventory.hosts.values() if host.cluster != "never"]


@number(ESTATE_FACTS, "estate.hosts", "hosts")
def hosts(inventory: Inventory, _: SubjectContext) -> int:
    """How many hosts are listed."""
    return len(inventory.hosts)


@number(ESTATE_FACTS, "estate.stated_servers", "hosts")
def stated_servers(inventory: Inventory, _: SubjectContext) -> int:
    """How many hosts are meant to be K3s servers, by their own entry."""
    return sum(1 for host in inventory.hosts.values() if host.cluster == "server")


@number(ESTATE_FACTS, "estate.planned_hosts", "hosts", key="planned_hosts")
def planned_hosts(inventory: Inventory, _: SubjectContext) -> int | None:
    """On how many hosts the estate is meant to run."""
    return inventory.needs.planned_hosts


@level(ESTATE_FACTS, "estate.failover", ("none", "wanted", "required"), key="failover")
def failover(inventory: Inventory, _: SubjectContext) -> str | None:
    """Whether services are meant to restart on another host."""
    return inventory.needs.failover


@number(ESTATE_FACTS, "estate.sites")
def sites(inventory: Inventory, _: SubjectContext) -> int | None:
    """At how many sites the hosts stand; unknown when a host does not say and could add one."""
    stated = {host.site for host in _candidates(inventory)}
    known = stated - {None}
    return len(known) if None not in stated or len(known) > 1 else None


@number(ESTATE_FACTS, "estate.failure_domains")
def failure_domains(inventory: Inventory, _: SubjectContext) -> int | None:
    """How many failure domains (power, hypervisor) the hosts have; unknown unless all say."""
    stated = {host.failure_domain for host in _candidates(inventory)}
    return None if None in stated else len(stated)


@number(ESTATE_FACTS, "estate.single_arch_services", "services")
def single_arch_services(_: Inventory, around: SubjectContext) -> int:
    """How many services run on the architecture of their own host only."""
    return sum(1 for pins in around.pins.values() if "architecture" in pins.pins)


@number(ESTATE_FACTS, "estate.bootstrap_cycles")
def bootstrap_cycles(_: Inventory, around: SubjectContext) -> int:
    """How many circles lead from a host through services that it needs, back to that host."""
    return len(around.topology.bootstrap_cycles)


@text(ESTATE_FACTS, "estate.bootstrap_cycle_path")
def bootstrap_cycle_path(_: Inventory, around: SubjectContext) -> str:
    """The first such circle."""
    cycles = around.topology.bootstrap_cycles
    return " → ".join(cycles[0].path) if cycles else "none"


@number(ESTATE_FACTS, "estate.dependency_cycles")
def dependency_cycles(_: Inventory, around: SubjectContext) -> int:
    """How many circles of services need each other."""
    return len(around.topology.cycles)


@text(ESTATE_FACTS, "estate.dependency_cycle_path")
def dependency_cycle_path(_: Inventory, around: SubjectContext) -> str:
    """The first circle of services, and the dependency that is cheapest to drop."""
    if not around.topology.cycles:
        return "none"
    cycle = around.topology.cycles[0]
    path = " → ".join(cycle.path)
    return f"{path} (cheapest to cut: {cycle.cut.dependent} → {cycle.cut.dependency})"


@number(ESTATE_FACTS, "estate.largest_stop", "services")
def largest_stop(_: Inventory, around: SubjectContext) -> int:
    """How many other services the loss of one service stops at most."""
    return max((point.stopped for point in around.topology.single_points), default=0)


@text(ESTATE_FACTS, "estate.largest_stop_service")
def largest_stop_service(_: Inventory, around: SubjectContext) -> str:
    """The service whose loss stops most others."""
    points = around.topology.single_points
    return min(points, key=lambda p: (-p.stopped, p.service)).service if points else "none"


@number(ESTATE_FACTS, "estate.cross_site_dependencies")
def cross_site_dependencies(_: Inventory, around: SubjectContext) -> int:
    """How many hard dependencies cross from one site to another."""
    return sum(1 for edge in around.topology.cross_site if edge.kind == "hard" and edge.binds)


@number(ESTATE_FACTS, "estate.unverified_share", "share")
def unverified_share(inventory: Inventory, _: SubjectContext) -> Fraction | None:
    """The share of the services that were listed and not seen running; unknown if none says."""
    answers = [service.verified for service in inventory.services.values()]
    if all(answer is None for answer in answers):
        return None
    return Fraction(answers.count(False), len(answers))


@number(ESTATE_FACTS, "estate.shortest_recovery", "seconds")
def shortest_recovery(inventory: Inventory, _: SubjectContext) -> Fraction | None:
    """The shortest time that any service may be gone after the loss of its host."""
    times = [s.recovery_seconds for s in inventory.services.values() if s.recovery_seconds]
    return min(times, default=None)


@level(ESTATE_FACTS, "estate.shared_storage", key="shared_storage")
def shared_storage(inventory: Inventory, _: SubjectContext) -> str | None:
    """Whether any storage is reachable from more than one host."""
    if any(volume.reach in ("shared", "replicated") for volume in inventory.volumes.values()):
        return "yes"
    stated = inventory.needs.shared_storage
    return None if stated is None else yes_no(stated != "none")

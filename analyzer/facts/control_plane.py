"""The half of the failover checklist that is about the cluster itself: servers, sites, network."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analyzer.facts.cluster import (
    QUORUM_HOSTS,
    NodeRole,
    ServerSite,
    members,
    tolerated_losses,
    usable_servers,
)
from analyzer.facts.model import Check, HostFootprint, ServicePins
from analyzer.graph.model import Topology
from analyzer.inventory.model import Host, Inventory
from analyzer.units import format_size

FAST_DISKS = frozenset({"nvme", "ssd"})
LISTED = 5
"""Names that a sentence lists before it says how many more there are."""


class Ground(NamedTuple):
    """What the checks look at. ``nodes`` is each host's part in a cluster of the listed hosts."""

    inventory: Inventory
    topology: Topology
    pins: Mapping[str, ServicePins]
    roles: Mapping[str, str]
    footprint: tuple[HostFootprint, ...]
    nodes: Mapping[str, NodeRole]
    site: ServerSite
    storage_hosts: int
    pod_limit: int

    @property
    def members(self) -> tuple[Host, ...]:
        """Return the hosts that may join."""
        return members(self.inventory)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence has them: ``a``, ``a and b``, ``a, b, c, d, e and 4 more``."""
    names = list(names)
    if len(names) > LISTED:
        return f"{', '.join(names[:LISTED])} and {len(names) - LISTED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int, noun: str) -> str:
    """Return ``1 host``, ``3 hosts``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _at(site: ServerSite) -> str:
    return f" at site {site.site}" if site.site else ""


def quorum(ground: Ground) -> Check:
    """Return C1: whether three servers could stand at one site."""
    site = ground.site
    planned = f", {site.added} of them planned" if site.added else ""
    found = f"{counted(site.total, 'host')}{_at(site)}{planned}"
    servers = usable_servers(site.total)
    passed: bool | None = False
    if site.total >= QUORUM_HOSTS and (site.site is not None or len(ground.members) == 1):
        passed = True
        text = f"{found}: {servers} servers tolerate the loss of {tolerated_losses(servers)}"
    elif site.possible >= QUORUM_HOSTS:
        passed = None
        text = f"{found}, and it is not stated at which site every host stands"
    elif site.total == 0:
        text = "no host may join a cluster"
    else:
        text = f"{found} can be servers, quorum needs {QUORUM_HOSTS}: no loss is tolerated"
    return Check("C1", "Three or more servers, an odd number", passed, text)


def not_two(ground: Ground) -> Check:
    """Return C2: whether nobody asked for an even number of servers."""
    stated = [host.name for host in ground.members if host.cluster == "server"]
    even = bool(stated) and len(stated) % 2 == 0
    if even:
        text = (
            f"{listed(stated)} are marked as servers: {len(stated)} servers tolerate no more "
            f"losses than {len(stated) - 1}, and more can fail"
        )
    elif len(ground.members) + ground.site.added == 2:  # noqa: PLR2004 - two servers are the trap
        text = "with 2 hosts, make one the server and the other an agent"
    else:
        text = "no even number of servers is asked for"
    return Check("C2", "Not two servers", not even, text)


def one_site(ground: Ground) -> Check:
    """Return C3: whether the servers would stand at one site, as embedded etcd needs."""
    stated = [host for host in ground.members if host.cluster == "server"]
    hosts = stated if len(stated) > 1 else ground.members
    sites = sorted({host.site for host in hosts if host.site is not None})
    unknown = [host.name for host in hosts if host.site is None]
    passed: bool | None
    if len(hosts) <= 1:
        passed, text = True, "one server has no other to reach"
    elif len(stated) <= 1 and ground.site.site and ground.site.total >= QUORUM_HOSTS:
        passed, text = True, f"{listed(ground.site.hosts)} stand{_at(ground.site)}"
    elif len(sites) > 1:
        passed = False
        text = f"hosts stand at {listed(sites)}; embedded etcd wants its servers at one site"
    elif unknown:
        passed, text = None, f"the site of {listed(unknown)} is not stated"
    else:
        passed, text = True, f"all hosts stand at {listed(sites)}"
    return Check("C3", "Servers at one site", passed, text)


def failure_domains(ground: Ground) -> Check:
    """Return C4: whether losing one power supply or hypervisor leaves a majority of servers."""
    by_name = ground.inventory.hosts
    at_site = [by_name[name] for name in ground.site.hosts]
    hosts = at_site if len(at_site) > 1 else list(ground.members)
    domains = sorted({host.failure_domain or host.name for host in hosts})
    wanted = min(QUORUM_HOSTS, max(2, len(hosts)))
    passed = len(domains) >= wanted
    text = (
        f"{counted(len(hosts), 'host')} in {counted(len(domains), 'failure domain')}"
        f"; a majority that outlives one of them needs {wanted}"
    )
    return Check("C4", "Separate power and hypervisors", passed, text)


def api_address(ground: Ground) -> Check:
    """Return C5: whether the API has an address that outlives a host."""
    if ground.site.possible < QUORUM_HOSTS:
        text = "with one server the API is gone while that host is down, and nothing is scheduled"
        return Check("C5", "API address not tied to one host", passed=False, text=text)
    text = "not in the inventory: give the servers a virtual IP address or a DNS name of their own"
    return Check("C5", "API address not tied to one host", passed=None, text=text)


def network(ground: Ground) -> Check:
    """Return C11: whether the hosts share a LAN."""
    hosts = ground.members
    sites = sorted({host.site for host in hosts if host.site is not None})
    unknown = [host.name for host in hosts if host.site is None]
    passed: bool | None
    if len(sites) > 1:
        passed = False
        text = (
            f"hosts stand at {listed(sites)}: traffic between them needs WireGuard or a VPN, "
            "UDP port 8472 must not face the internet, and latency can harm the cluster"
        )
    elif unknown and len(hosts) > 1:
        passed, text = None, f"the site of {listed(unknown)} is not stated"
    else:
        passed, text = True, "the hosts share a site"
    return Check("C11", "Hosts on one network", passed, text)


def datastore_disk(ground: Ground) -> Check:
    """Return C12: whether the datastore would sit on an SSD."""
    servers = [ground.inventory.hosts[n] for n, role in ground.nodes.items() if role == "server"]
    slow = [f"{h.name} ({h.disk})" for h in servers if h.disk and h.disk not in FAST_DISKS]
    unknown = [host.name for host in servers if not host.disk]
    if slow:
        text = f"{listed(slow)}: etcd writes more than SD cards and hard disks take well"
        return Check("C12", "Datastore on an SSD", passed=False, text=text)
    if unknown or not servers:
        text = f"the disk of {listed(unknown) or 'any server'} is not stated"
        return Check("C12", "Datastore on an SSD", passed=None, text=text)
    text = f"an SSD on {listed(host.name for host in servers)}"
    return Check("C12", "Datastore on an SSD", passed=True, text=text)


def bootstrap(ground: Ground) -> Check:
    """Return C13: whether every host can start without anything inside the cluster."""
    title = "Starts from cold"
    cycles = ground.topology.bootstrap_cycles
    if cycles:
        more = f" (and {len(cycles) - 1} more)" if len(cycles) > 1 else ""
        path = " → ".join(cycles[0].path)
        return Check("C13", title, passed=False, text=f"a circle: {path}{more}")
    if any(host.depends_on for host in ground.inventory.hosts.values()):
        text = "what hosts need to start does not lead back to them"
        return Check("C13", title, passed=True, text=text)
    text = "no host says what it needs to start or to join (hosts.NAME.depends_on)"
    return Check("C13", title, passed=None, text=text)


def memory(ground: Ground) -> Check:
    """Return C14: whether every host meets the minimum and has room for the high estimate."""
    short: list[str] = []
    unknown: list[str] = []
    for row in ground.footprint:
        if row.role == "none":
            continue
        high = row.added_bytes[2]
        if row.meets_minimum is False:
            short.append(f"{row.host} ({format_size(row.memory_bytes or 0)} in all)")
        elif row.free_bytes is not None and row.free_bytes < high:
            free = format_size(row.free_bytes)
            short.append(f"{row.host} ({free} free, up to {format_size(high)} needed)")
        elif row.free_bytes is None:
            unknown.append(row.host)
    if short:
        return Check("C14", "Memory for K3s on every host", passed=False, text=listed(short))
    if unknown or not ground.members:
        text = f"the free memory of {listed(unknown) or 'any host'} is not stated"
        return Check("C14", "Memory for K3s on every host", passed=None, text=text)
    text = "every host has room for the high estimate"
    return Check("C14", "Memory for K3s on every host", passed=True, text=text)

"""Base facts about the hosts: how many, where, and what they can carry."""

from collections import Counter
from fractions import Fraction

from analyzer.facts.catalogue import Estate, Reading, base
from analyzer.inventory.model import Host, Source

SERVER_ARCHITECTURES = frozenset({"amd64", "arm64", "arm"})
"""What K3s publishes binaries for: x86_64, arm64/aarch64 and armhf.
Source: https://docs.k3s.io/installation/requirements#architecture"""


def cluster_hosts(estate: Estate) -> list[Host]:
    """Return the hosts that are not kept out of a cluster by ``cluster: never``."""
    return [host for host in estate.inventory.hosts.values() if host.cluster != "never"]


def _too_small(estate: Estate, host: Host) -> bool:
    minimum = estate.rulebook.figures["test-host-memory"].typical
    return host.memory_bytes is not None and host.memory_bytes < minimum


def _eligible(estate: Estate) -> list[Host]:
    return [
        host
        for host in cluster_hosts(estate)
        if (host.arch is None or host.arch in SERVER_ARCHITECTURES)
        and not _too_small(estate, host)
    ]


@base("hosts.count", "hosts")
def hosts_count(estate: Estate) -> Reading:
    """How many hosts there are that a cluster may use."""
    hosts = cluster_hosts(estate)
    sources = tuple(host.source for host in hosts[:3])
    return Reading(len(hosts), ", ".join(host.name for host in hosts[:5]), sources)


@base("hosts.listed", "hosts")
def hosts_listed(estate: Estate) -> Reading:
    """How many hosts the inventory lists, those included that stay out of a cluster."""
    return Reading(len(estate.inventory.hosts), "hosts in the inventory")


@base("hosts.servers", "servers")
def hosts_servers(estate: Estate) -> Reading:
    """How many hosts with a failure domain of their own could be servers at the best site.

    Hosts without a stated site count as being at the best one; `hosts.together` carries that doubt.
    """
    domains: dict[str | None, set[str]] = {}
    for host in _eligible(estate):
        domains.setdefault(host.site, set()).add(host.failure_domain or f"host {host.name}")
    unplaced = domains.pop(None, set())
    best = max((found | unplaced for found in domains.values()), key=len, default=unplaced)
    return Reading(len(best), "hosts of 2 GB or more, one for each failure domain, at one site")


@base("hosts.together", "level")
def hosts_together(estate: Estate) -> Reading:
    """Whether the hosts that count as servers of one site are known to be there."""
    hosts = _eligible(estate)
    missing = [host.name for host in hosts if host.site is None]
    if len(hosts) > 1 and missing:
        return Reading(None, f"no site stated for {', '.join(missing[:5])}")
    return Reading(
        "yes",
        "it is known which hosts share a site: every host states its own, or there is one host",
    )


@base("hosts.sites", "sites")
def hosts_sites(estate: Estate) -> Reading:
    """At how many sites the hosts stand."""
    hosts = cluster_hosts(estate)
    sites = sorted({host.site for host in hosts if host.site is not None})
    missing = [host.name for host in hosts if host.site is None]
    if len(hosts) > 1 and missing and len(sites) < 2:  # noqa: PLR2004 - two decide it already
        return Reading(None, f"no site stated for {', '.join(missing[:5])}")
    sources = tuple(host.source for host in hosts[:3])
    return Reading(max(1, len(sites)), ", ".join(sites) or "one host", sources)


def _carries(estate: Estate, host: Host) -> bool | None:
    """Return whether a host has the memory for a K3s server beside what runs."""
    figures = estate.rulebook.figures
    minimum = figures["test-host-memory"].typical
    if host.memory_bytes is None:
        return None
    if host.memory_bytes < minimum:
        return False
    if host.memory_used_bytes is None:
        return True if host.memory_bytes >= 2 * minimum else None
    return host.memory_bytes - host.memory_used_bytes >= figures["server-free-memory"].typical


@base("hosts.can_carry_server", "level")
def can_carry_server(estate: Estate) -> Reading:
    """Whether some host has the memory for a K3s server beside what runs."""
    verdicts = {host.name: _carries(estate, host) for host in cluster_hosts(estate)}
    able = [name for name, verdict in verdicts.items() if verdict]
    if able:
        return Reading("yes", f"{', '.join(able[:5])}", _at(estate, able[:3]))
    if None in verdicts.values():
        open_hosts = [name for name, verdict in verdicts.items() if verdict is None]
        return Reading(None, f"memory or its use not stated for {', '.join(open_hosts[:5])}")
    return Reading(
        "no", "every host is below the minimum, or full", _at(estate, list(verdicts)[:3])
    )


def _at(estate: Estate, names: list[str]) -> tuple[Source, ...]:
    return tuple(estate.inventory.hosts[name].source for name in names)


def test_place(estate: Estate) -> tuple[str | None, bool]:
    """Return the host where a separate test cluster fits, and whether some host is undecided."""
    busy = {service.host for service in estate.inventory.services.values()}
    hosts = estate.inventory.hosts.values()
    if None not in busy and busy:
        for host in hosts:
            if host.name not in busy and not _too_small(estate, host):
                return host.name, False
    needed = estate.rulebook.figures["test-vm-free-memory"].typical
    rooms = {host.name: _room_for_vm(host, needed) for host in hosts}
    able = next((name for name, room in rooms.items() if room), None)
    return able, able is None and None in rooms.values()


def _room_for_vm(host: Host, needed_bytes: Fraction) -> bool | None:
    """Return whether a host can run a virtual machine of a size beside what runs on it."""
    if host.can_host_vms is False:
        return False
    if host.memory_bytes is not None and host.memory_bytes < needed_bytes:
        return False
    if host.memory_bytes is None or host.memory_used_bytes is None:
        return None
    if host.memory_bytes - host.memory_used_bytes < needed_bytes:
        return False
    return host.can_host_vms


@base("test.place", "level")
def test_place_kind(estate: Estate) -> Reading:
    """Where a separate test cluster would run: on a spare machine, in a VM, or nowhere (none)."""
    name, undecided = test_place(estate)
    if name is not None:
        busy = {service.host for service in estate.inventory.services.values()}
        return Reading("vm" if name in busy else "spare", f"on {name}", _at(estate, [name]))
    if undecided:
        return Reading(None, "memory, its use, or whether hosts can run virtual machines is open")
    return Reading("none", "no spare machine, no host with room for a virtual machine")


@base("memory.spread", "share")
def memory_spread(estate: Estate) -> Reading:
    """How much fuller the fullest host's memory is than the emptiest one's."""
    hosts = cluster_hosts(estate)
    if len(hosts) < 2:  # noqa: PLR2004 - a spread takes two
        return Reading(0, "one host")
    if any(not host.memory_bytes or host.memory_used_bytes is None for host in hosts):
        return Reading(None, "memory use is not stated for every host")
    used = [Fraction(h.memory_used_bytes or 0, h.memory_bytes or 1) for h in hosts]
    return Reading(max(used) - min(used), "share used on the fullest less on the emptiest host")


@base("overhead.share_of_free", "share")
def overhead_share_of_free(estate: Estate) -> Reading:
    """What share of the free memory of the tightest host K3s would take, typically."""
    shares = [entry.share_of_free for entry in estate.footprint if entry.role != "none"]
    if None in shares or not shares:
        return Reading(None, "memory or its use is not stated for every host")
    worst = max(share for share in shares if share is not None)
    return Reading(min(worst, Fraction(10)), "typical estimate on the tightest host")


@base("overhead.budget_ratio", "")
def overhead_budget_ratio(estate: Estate) -> Reading:
    """The low estimate of what K3s adds over the stated budget, on the worst host; 0 without."""
    budget = estate.inventory.needs.overhead_budget
    if budget is None:
        return Reading(0, "no budget stated")
    ratios = []
    for entry in estate.footprint:
        if entry.role == "none":
            continue
        limit = budget.size_bytes
        if limit is None and entry.memory_bytes is not None and budget.share is not None:
            limit = int(entry.memory_bytes * budget.share)
        if not limit:
            return Reading(None, f"the memory of {entry.host} is not stated")
        ratios.append(Fraction(entry.added_bytes[0], limit))
    source = estate.inventory.needs.lines.get("overhead_budget")
    return Reading(max(ratios, default=0), "low estimate over budget", (source,) if source else ())


@base("hosts.busiest", "level")
def hosts_busiest(estate: Estate) -> Reading:
    """The host with most containers."""
    counts = Counter(service.host or "" for service in estate.containers)
    counts.pop("", None)
    if not counts:
        return Reading(None, "no container states its host")
    name = min(counts, key=lambda host: (-counts[host], host))
    return Reading(name, f"{counts[name]} containers", _at(estate, [name]))

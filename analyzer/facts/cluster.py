"""Hosts -> who would be what in a K3s cluster, and how many losses its control plane survives."""

from collections import Counter
from collections.abc import Mapping
from typing import Literal, NamedTuple

from analyzer.facts.figures import memory_bytes
from analyzer.inventory.model import Host, Inventory
from analyzer.rulebook.model import Rulebook

NodeRole = Literal["server", "agent", "none"]
QUORUM_HOSTS = 3
"""The fewest servers that survive the loss of one.

Source: https://docs.k3s.io/datastore/ha-embedded
"""

K3S_ARCHITECTURES = frozenset({"amd64", "arm64", "arm"})
"""What K3s is published for: x86_64, arm64/aarch64 and armhf.

Source: https://docs.k3s.io/installation/requirements
"""


class ServerSite(NamedTuple):
    """Where a control plane could stand, and with how many servers.

    ``hosts`` are the hosts that the inventory lists at the site; ``added`` are hosts that
    ``needs.planned_hosts`` announces beyond all that are listed, taken to come here. ``possible``
    also counts the hosts whose site is unknown. ``site`` is None when no host states one.
    """

    site: str | None
    hosts: tuple[str, ...]
    added: int
    possible: int

    @property
    def total(self) -> int:
        """Return the hosts that could be servers here."""
        return len(self.hosts) + self.added


def tolerated_losses(servers: int) -> int:
    """Return how many servers may be lost before the control plane stops.

    A majority has to stay: 1 and 2 servers tolerate no loss, 3 and 4 tolerate one, 5 two.

    Source: https://etcd.io/docs/v3.5/faq/ (failure tolerance) and
    https://docs.k3s.io/datastore/ha-embedded
    """
    return max(0, (servers - 1) // 2)


def usable_servers(hosts: int) -> int:
    """Return how many of the hosts to make servers: an odd number, 1 when there are only 2."""
    return hosts if hosts % 2 else max(0, hosts - 1)


def members(inventory: Inventory) -> tuple[Host, ...]:
    """Return the hosts that may join a cluster: all whose ``cluster`` is not ``never``."""
    return tuple(host for host in inventory.hosts.values() if host.cluster != "never")


def eligible_servers(inventory: Inventory, rulebook: Rulebook) -> tuple[Host, ...]:
    """Return the members that could be servers: published for, not ``agent``, not too small.

    Raises:
        RulesError: the figure of the minimum is missing or has no unit of memory.
    """
    minimum = memory_bytes(rulebook, "k3s.server.minimum")
    return tuple(
        host
        for host in members(inventory)
        if host.cluster != "agent"
        and (host.arch is None or host.arch in K3S_ARCHITECTURES)
        and (host.memory_bytes is None or host.memory_bytes >= minimum)
    )


def server_site(inventory: Inventory, rulebook: Rulebook) -> ServerSite:
    """Return the site with most hosts that could be servers; ties by memory, then by name.

    Embedded etcd wants its servers at one site, hence the best single site.

    Raises:
        RulesError: the figure of the minimum is missing or has no unit of memory.

    Source: https://docs.k3s.io/networking/distributed-multicloud
    """
    eligible = eligible_servers(inventory, rulebook)
    planned = inventory.needs.planned_hosts
    added = max(0, planned - len(inventory.hosts)) if planned is not None else 0
    by_site: dict[str | None, list[Host]] = {}
    for host in eligible:
        by_site.setdefault(host.site, []).append(host)
    unplaced = len(by_site.get(None, ()))
    sites = sorted(
        ((site, found) for site, found in by_site.items() if site is not None),
        key=lambda item: (-len(item[1]), -sum(h.memory_bytes or 0 for h in item[1]), item[0]),
    )
    if not sites:
        names = tuple(host.name for host in by_site.get(None, ()))
        return ServerSite(None, names, added, len(names) + added)
    site, best = sites[0]
    names = tuple(host.name for host in best)
    return ServerSite(site, names, added, len(names) + unplaced + added)


def node_roles(inventory: Inventory, rulebook: Rulebook) -> Mapping[str, NodeRole]:
    """Return each host's part in a cluster made of the hosts that the inventory lists.

    Servers are the hosts that say ``cluster: server``; else three of the best site when it has
    three; else the one host with most memory, then most containers, then the first name.

    Raises:
        RulesError: the figure of the minimum is missing or has no unit of memory.
    """
    hosts = members(inventory)
    roles: dict[str, NodeRole] = dict.fromkeys(inventory.hosts, "none")
    roles.update((host.name, "agent") for host in hosts)
    stated = [host.name for host in hosts if host.cluster == "server"]
    if stated:
        roles.update(dict.fromkeys(stated, "server"))
        return roles
    load = Counter(s.host for s in inventory.services.values() if s.is_container)
    site = server_site(inventory, rulebook)
    candidates = [host for host in hosts if host.cluster != "agent"]
    wanted = 1
    if len(site.hosts) >= QUORUM_HOSTS:
        candidates = [inventory.hosts[name] for name in site.hosts]
        wanted = QUORUM_HOSTS
    candidates.sort(key=lambda host: (-(host.memory_bytes or 0), -load[host.name], host.name))
    roles.update((host.name, "server") for host in candidates[:wanted])
    return roles

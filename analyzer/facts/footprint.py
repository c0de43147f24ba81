"""Hosts and containers -> the memory that K3s would add to each host, beside what Podman takes."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from analyzer.facts.cluster import NodeRole, node_roles
from analyzer.facts.figures import Range, count, memory_bytes, memory_range
from analyzer.facts.model import HostFootprint
from analyzer.inventory.model import Host, Inventory
from analyzer.rulebook.model import Rulebook

NO_ROOM = Fraction(100)
"""The share that stands for a host without any free memory, and the largest one reported."""

_NOTHING: Range = (0, 0, 0)


def footprints(
    inventory: Inventory, rulebook: Rulebook, never: Mapping[str, tuple[str, ...]]
) -> tuple[HostFootprint, ...]:
    """Return what a cluster of all containers that may move would take, host by host.

    A container counts on the host it runs on; one whose host is unknown, or stays out of the
    cluster, counts on the first server. ``never`` are the services that stay, by name.

    Raises:
        RulesError: a figure is missing or has no unit of memory.
    """
    roles = node_roles(inventory, rulebook)
    pods = _pods(inventory, roles, never)
    return tuple(
        _footprint(host, roles[host.name], pods[host.name], rulebook)
        for host in inventory.hosts.values()
    )


def _pods(
    inventory: Inventory, roles: Mapping[str, NodeRole], never: Mapping[str, tuple[str, ...]]
) -> Counter[str]:
    """Return the number of pods on each host, replicas counted."""
    first_server = next((name for name, role in roles.items() if role == "server"), "")
    pods: Counter[str] = Counter()
    for name, service in inventory.services.items():
        if name not in never and service.is_container:
            host = service.host
            if host is None or roles.get(host, "none") == "none":
                host = first_server
            pods[host] += 1 if service.replicas is None else service.replicas
    return pods


def _footprint(host: Host, role: NodeRole, pods: int, rulebook: Rulebook) -> HostFootprint:
    """Return one host's figures."""
    k3s, minimum, guide_bytes = _NOTHING, None, 0
    if role != "none":
        k3s = memory_range(rulebook, f"k3s.{role}.memory")
        minimum = memory_bytes(rulebook, f"k3s.{role}.minimum")
        guide_bytes = memory_bytes(rulebook, f"guide.{role}.memory")
        guide_bytes += pods * memory_bytes(rulebook, "guide.pod.memory")
    pods_bytes = memory_range(rulebook, "k3s.pod.memory", pods)
    memory, used = host.memory_bytes, host.memory_used_bytes
    free = None if memory is None or used is None else max(0, memory - used)
    return HostFootprint(
        host=host.name,
        role=role,
        pods=pods,
        k3s_bytes=k3s,
        pods_bytes=pods_bytes,
        podman_bytes=memory_range(rulebook, "podman.container.memory", pods),
        guide_bytes=guide_bytes,
        memory_bytes=memory,
        free_bytes=free,
        share_of_free=_share(k3s[1] + pods_bytes[1], free),
        meets_minimum=None if minimum is None or memory is None else memory >= minimum,
        over_pod_limit=pods > count(rulebook, "kubelet.pods"),
    )


def _share(added: int, free: int | None) -> Fraction | None:
    """Return the typical addition as a share of free memory, at most `NO_ROOM`."""
    if free is None:
        return None
    if free == 0:
        return NO_ROOM if added else Fraction(0)
    return min(NO_ROOM, Fraction(added, free))

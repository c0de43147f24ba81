"""Services -> those that stay where they are in any migration, each with every reason.

Data alone is no reason: a hostPath with a node selector keeps a pod beside its disk.
"""

from collections.abc import Mapping

from analyzer.facts.model import Pin, ServicePins
from analyzer.facts.mounts import MountUses, is_engine_socket
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Service

NATIVE = "a native unit, not a container"
EXTERNAL = "not run here: an external service"
ENGINE = "commands the container engine of its host, which a pod cannot see"
ROLE_REASONS = {
    "vpn": "a VPN gateway: the tunnel belongs to its host, and other services go through it",
    "proxy": "the reverse proxy: it is the switch that moves traffic from old to new",
    "dns": "name resolution that the hosts themselves may need before a cluster is up",
    "dhcp": "hands out the addresses of the local network",
    "update": "updates the containers of its host's engine",
}


def never_moves(
    inventory: Inventory,
    topology: Topology,
    pins: Mapping[str, ServicePins],
    roles: Mapping[str, str],
    uses: Mapping[str, MountUses],
) -> dict[str, tuple[str, ...]]:
    """Return by service why it stays; services that may move are absent. Sorted by name."""
    staying: dict[str, tuple[str, ...]] = {}
    for name, service in inventory.services.items():
        reasons = _own_reasons(service, inventory, pins[name], roles[name])
        if any(map(is_engine_socket, uses[name].sockets)) and service.is_container:
            reasons.append(ENGINE)
        if reasons:
            staying[name] = tuple(reasons)
    return dict(sorted((_with_groups(topology, staying)).items()))


def _own_reasons(
    service: Service, inventory: Inventory, pins: ServicePins, role: str
) -> list[str]:
    """Return why a service stays by itself."""
    if service.runtime == "systemd":
        return [NATIVE]
    if service.runtime == "external":
        return [EXTERNAL]
    texts = dict(zip(pins.pins, pins.texts, strict=True))
    reasons = [texts["requested"]] if "requested" in texts else []
    reasons += _hardware_reasons(service, texts)
    if role in ROLE_REASONS:
        reasons.append(ROLE_REASONS[role])
    host = inventory.hosts.get(service.host or "")
    if "data" in texts and host is not None and host.cluster == "never":
        reasons.append(f"its data is on {host.name}, which stays outside any cluster")
    return reasons


def _hardware_reasons(service: Service, texts: Mapping[Pin, str]) -> list[str]:
    """Return why a service is part of its host rather than on it."""
    reasons = []
    if "device" in texts:
        reasons.append(f"{texts['device']}, which only its host has")
    if service.privileged:
        reasons.append("runs privileged: it is part of its host more than a service on it")
    if "host-network" in texts and "lan" in texts:
        reasons.append("uses the host's network to take part in the local network")
    return reasons


def _with_groups(
    topology: Topology, staying: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the staying services, and with them all that can only move together with one."""
    result = dict(staying)
    for group in topology.groups:
        if len(group.members) == 1:
            continue
        first = next((name for name in group.members if name in staying), None)
        if first is not None:
            reason = f"can only move together with {first}, which stays"
            result.update((name, (reason,)) for name in group.members if name not in staying)
    return result

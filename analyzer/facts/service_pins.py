"""Services -> what ties each to its host, and what would happen to it when that host is lost.

Source of the rules: https://kubernetes.io/docs/concepts/storage/volumes/ (hostPath and local),
https://kubernetes.io/docs/concepts/security/pod-security-standards/ and
https://docs.k3s.io/storage (local-path volumes stay on their node).
"""

from collections.abc import Mapping
from typing import NamedTuple

from analyzer.facts.model import FailoverClass, Pin, ServicePins
from analyzer.facts.mounts import MountUses, Reach, mounts_known, reach
from analyzer.facts.state import backup_of
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Mount, Service
from analyzer.rulebook.model import Image

_Tie = tuple[Pin, str]

ADMIN_CAPABILITIES = frozenset(
    {"ALL", "NET_ADMIN", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO"}
)
LAN_PORTS = frozenset({67, 68, 1900, 5353})
"""UDP ports of DHCP, SSDP and mDNS, which work inside one broadcast domain only.

Source: https://www.iana.org/assignments/service-names-port-numbers
"""
LAN_ROLES = frozenset({"dns", "dhcp", "lan"})
TUNNEL_DEVICES = frozenset({"/dev/net/tun", "/dev/fuse"})
MOVABLE_WITH_WORK: frozenset[Pin] = frozenset({"privileged"})
"""Pins that a cluster can meet on any host, once it is told to."""

SHOWN_PATHS = 2


class Surroundings(NamedTuple):
    """What pins are judged against, worked out once for all services.

    ``native`` lists by service the native units of its own host that it cannot do without.
    """

    inventory: Inventory
    images: Mapping[str, Image | None]
    roles: Mapping[str, str]
    uses: Mapping[str, MountUses]
    stateful: Mapping[str, bool | None]
    reach: Reach
    native: Mapping[str, list[str]]
    architectures: Mapping[str, str | None]


def pins_of(
    inventory: Inventory,
    topology: Topology,
    images: Mapping[str, Image | None],
    roles: Mapping[str, str],
    uses: Mapping[str, MountUses],
    stateful: Mapping[str, bool | None],
) -> dict[str, ServicePins]:
    """Return what ties each service to its host, by service.

    Native and external services carry only the pins that their entries state; that they are no
    containers is for `never_moves` to say.
    """
    around = Surroundings(
        inventory,
        images,
        roles,
        uses,
        stateful,
        reach(inventory.volumes),
        _native_dependencies(inventory, topology),
        {name: h.arch for name, h in inventory.hosts.items() if h.cluster != "never"},
    )
    pins = {name: _pins(service, around) for name, service in inventory.services.items()}
    _follow_namespaces(inventory, pins)
    return pins


def _pins(service: Service, around: Surroundings) -> ServicePins:
    """Return the pins of one service, its network namespace left aside."""
    mounts = around.uses[service.name].data
    local = [mount for mount in mounts if around.reach(mount) == "local"]
    stateful = around.stateful[service.name]
    ties = _data_ties(service, local, around)
    ties += _hardware_ties(service, around)
    ties += _platform_ties(service, around)
    pins = tuple(pin for pin, _ in ties)
    unknown = not pins and service.is_container and not mounts_known(service)
    unknown = unknown and stateful is not False
    shared = len(local) < len(mounts) and bool(stateful)
    return ServicePins(
        service=service.name,
        pins=pins,
        texts=tuple(text for _, text in ties),
        data_only=pins == ("data",),
        unknown=unknown,
        failover=_failover(service, pins, around, with_work=shared or unknown),
    )


def _failover(
    service: Service, pins: tuple[Pin, ...], around: Surroundings, *, with_work: bool
) -> FailoverClass:
    """Return what the loss of the host means for a service.

    Data that is on one disk only and not backed up does not survive; other pins keep the service
    where it is; shared data, privileges and what is unknown take work before it moves by itself.
    """
    if "data" in pins and around.stateful[service.name]:
        saved = backup_of(service, around.uses[service.name], around.inventory.volumes)
        return "does-not-survive" if saved is False else "restarts-in-place-only"
    if not service.is_container or any(pin not in MOVABLE_WITH_WORK for pin in pins):
        return "restarts-in-place-only"
    return "fails-over-with-work" if pins or with_work else "fails-over"


def _data_ties(service: Service, local: list[Mount], around: Surroundings) -> list[_Tie]:
    """Return the pin by data on a disk that only the service's host reaches."""
    where = f"the disk of {service.host}" if service.host else "one host's disk"
    if local:
        paths = sorted({mount.source for mount in local})
        more = f" and {len(paths) - SHOWN_PATHS} more" if len(paths) > SHOWN_PATHS else ""
        return [("data", f"data on {where}: {', '.join(paths[:SHOWN_PATHS])}{more}")]
    keeps = around.stateful[service.name] and service.is_container and not mounts_known(service)
    if keeps and around.inventory.needs.shared_storage == "none":
        return [("data", f"keeps state, and no storage is shared: on {where}")]
    return []


def _hardware_ties(service: Service, around: Surroundings) -> list[_Tie]:
    """Return the pins by devices, network, privileges and the local network."""
    ties: list[_Tie] = []
    image = around.images[service.name]
    known = image.pins if image else ()
    paths = around.uses[service.name].devices
    hardware = sorted(set(paths) - TUNNEL_DEVICES)
    if hardware:
        ties.append(("device", f"uses {', '.join(hardware[:SHOWN_PATHS])}"))
    elif "device" in known:
        ties.append(("device", "drives a device plugged into the host"))
    if service.network_mode == "host" or "host-network" in known:
        ties.append(("host-network", "uses the host's network"))
    powers = _powers(service, paths)
    if powers:
        ties.append(("privileged", powers))
    if service.is_container and _on_lan(service, known, around.roles[service.name]):
        ties.append(("lan", "has to be on the local network: discovery, DHCP or DNS"))
    return ties


def _powers(service: Service, used: tuple[str, ...]) -> str:
    """Return which powers over the host a service has, empty when none."""
    if service.privileged:
        return "runs privileged"
    if not service.cap_add and not used:
        return ""
    added = {name.upper().removeprefix("CAP_") for name in service.cap_add} & ADMIN_CAPABILITIES
    named = [*sorted(added), *sorted(TUNNEL_DEVICES.intersection(used))]
    return f"needs {', '.join(named)}" if named else ""


def _on_lan(service: Service, known: tuple[str, ...], role: str) -> bool:
    """Return whether a service works only inside the local broadcast domain."""
    if "lan" in known or role in LAN_ROLES:
        return True
    return any(
        port.protocol == "udp" and port.published is not None and port.target in LAN_PORTS
        for port in service.ports
    )


def _platform_ties(service: Service, around: Surroundings) -> list[_Tie]:
    """Return the pins by architecture, native units, sockets and the owner's word."""
    ties: list[_Tie] = []
    image = around.images[service.name]
    runs_on = service.architectures or (image.architectures if image else ())
    if runs_on and service.host is not None:
        others = [arch for name, arch in around.architectures.items() if name != service.host]
        if others and all(arch is not None and arch not in runs_on for arch in others):
            ties.append(("architecture", f"runs on {', '.join(sorted(runs_on))} only"))
    native = around.native.get(service.name)
    if native:
        ties.append(("native-dependency", f"needs {', '.join(native[:SHOWN_PATHS])} on its host"))
    opened = sorted(around.uses[service.name].sockets)
    if opened:
        ties.append(("socket", f"opens {', '.join(opened[:SHOWN_PATHS])} of its host"))
    if service.migrate == "never":
        ties.append(("requested", service.migrate_why or "its owner keeps it: migrate: never"))
    return ties


def _native_dependencies(inventory: Inventory, topology: Topology) -> dict[str, list[str]]:
    """Return by container the native units of the same host that it needs hard, sorted."""
    services = inventory.services
    if not any(service.runtime == "systemd" for service in services.values()):
        return {}
    found: dict[str, list[str]] = {}
    for edge in topology.edges:
        if edge.kind != "hard" or edge.symmetric or not edge.binds:
            continue
        needed, needing = services[edge.dependency], services[edge.dependent]
        if needed.runtime == "systemd" and needing.host == needed.host is not None:
            found.setdefault(edge.dependent, []).append(edge.dependency)
    return found


def namespace_owner(service: Service) -> str:
    """Return whose network namespace a service shares, empty when it has its own."""
    kind, _, name = (service.network_mode or "").partition(":")
    return name if kind in ("service", "container") else ""


def _follow_namespaces(inventory: Inventory, pins: dict[str, ServicePins]) -> None:
    """Tie services to the pins of whoever owns their network namespace; they move as one pod."""
    sharing = [service for service in inventory.services.values() if namespace_owner(service)]
    if not sharing:
        return
    named = {s.container_name: s.name for s in inventory.services.values() if s.container_name}
    owners: dict[str, str] = {}
    for service in sharing:
        way: dict[str, None] = {}  # in order, down to the owner or to one whose owner is known
        name = service.name
        while name and name not in way and name not in owners:
            way[name] = None
            target = namespace_owner(inventory.services[name])
            name = target if target in inventory.services else named.get(target, "")
        owner = owners[name] if name in owners else next(reversed(way))
        owners.update(dict.fromkeys(way, owner))
    for name, owner in owners.items():
        if name != owner:
            pins[name] = _joined(pins[name], pins[owner])


def _joined(own: ServicePins, owner: ServicePins) -> ServicePins:
    """Return a service's pins, with its namespace's owner's counted in."""
    if not owner.pins:
        failover = "fails-over-with-work" if own.failover == "fails-over" else own.failover
        return own._replace(unknown=own.unknown or owner.unknown, failover=failover)
    worst = max(own.failover, owner.failover, key=_SEVERITY.index)
    return own._replace(
        pins=(*own.pins, "network-namespace"),
        texts=(*own.texts, f"shares the network of {owner.service}, which is tied to its host"),
        data_only=owner.data_only and set(own.pins) <= {"data"},
        unknown=False,
        failover=worst,
    )


_SEVERITY: tuple[FailoverClass, ...] = (
    "fails-over",
    "fails-over-with-work",
    "restarts-in-place-only",
    "does-not-survive",
)

"""A host is lost -> what stops, what could start where, what is gone for good, and what is left.

Nothing counts as safe that is not known to be: data of which nobody says whether it is backed up
is told apart from data that is, and a host whose free memory is not known takes nothing.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from analyzer.assessment import Assessment
from analyzer.facts.mounts import uses_of
from analyzer.facts.state import backup_of
from analyzer.inventory.model import Host, Inventory, Service
from analyzer.rulebook.images import known_image
from analyzer.rulebook.model import Rulebook

Data = Literal["none", "elsewhere", "backup", "lost", "unknown"]
Obstacle = Literal["", "unstated", "room", "architecture"]
"""Why no host is named: memory that is not stated, none with so much free, or none with so much
free for which an image is known to exist."""


class Stopped(NamedTuple):
    """A service that stops on another host, with the way from it to what it needs there."""

    service: str
    path: tuple[str, ...]


class Restart(NamedTuple):
    """A service that could start again: on ``host``, None where an ``obstacle`` leaves that open.

    ``data`` says where its data would come from.
    """

    service: str
    host: str | None
    data: Data
    memory_bytes: int | None
    obstacle: Obstacle = ""


class Stuck(NamedTuple):
    """A service that can start nowhere else, and why."""

    service: str
    reason: str


class Loss(NamedTuple):
    """What the loss of one host means; services sorted by name.

    ``lost`` are services whose only data was there and is not backed up, ``unsure`` those of which
    the inventory does not say whether it is. ``left`` is the estate with what can start again in
    its new place, and without what cannot.
    """

    host: str
    stopped: tuple[str, ...]
    elsewhere: tuple[Stopped, ...]
    degraded: tuple[Stopped, ...]
    restarts: tuple[Restart, ...]
    stuck: tuple[Stuck, ...]
    lost: tuple[str, ...]
    unsure: tuple[str, ...]
    entries: tuple[str, ...]
    untouched: int
    left: Inventory


ENTRY_ROLES = frozenset({"proxy", "auth", "dns", "vpn"})
"""What others come in through."""


def lose(assessment: Assessment, host: str) -> Loss:
    """Return what the loss of a host means."""
    inventory, facts = assessment.inventory, assessment.facts
    there = [name for name, service in inventory.services.items() if service.host == host]
    gone = frozenset(there)
    hard = _reached(assessment, gone, ("hard",))
    soft = _reached(assessment, gone | {item.service for item in hard}, ("hard", "soft"))
    data = {name: _data(assessment, name) for name in there}
    stuck = dict(_stuck(assessment, there))
    able = [inventory.services[name] for name in there if name not in stuck]
    restarts = _placed(assessment, host, able, data)
    lost = {name for name in there if data[name] == "lost"}
    return Loss(
        host=host,
        stopped=tuple(there),
        elsewhere=hard,
        degraded=soft,
        restarts=restarts,
        stuck=tuple(Stuck(name, reason) for name, reason in sorted(stuck.items())),
        lost=tuple(sorted(lost)),
        unsure=tuple(sorted(name for name in there if data[name] == "unknown")),
        entries=tuple(name for name in there if facts.roles.get(name) in ENTRY_ROLES),
        untouched=len(inventory.services) - len(there) - len(hard),
        left=_left(inventory, host, {item.service: item.host for item in restarts if item.host}),
    )


def _reached(
    assessment: Assessment, gone: frozenset[str], kinds: tuple[str, ...]
) -> tuple[Stopped, ...]:
    """Return the services elsewhere that need what is gone, nearest first then by name."""
    needed_by: dict[str, list[str]] = {}
    for edge in assessment.topology.edges:
        if edge.binds and not edge.symmetric and edge.kind in kinds:
            needed_by.setdefault(edge.dependency, []).append(edge.dependent)
    ways: dict[str, tuple[str, ...]] = {name: (name,) for name in sorted(gone)}
    pending = list(ways)
    for name in pending:
        for dependent in sorted(needed_by.get(name, ())):
            if dependent not in ways:
                ways[dependent] = (dependent, *ways[name])
                pending.append(dependent)
    return tuple(Stopped(name, way) for name, way in sorted(ways.items()) if name not in gone)


def _data(assessment: Assessment, name: str) -> Data:
    """Return where the data of a service would come from on another host."""
    service, pins = assessment.inventory.services[name], assessment.facts.pins.get(name)
    stateful = assessment.facts.stateful.get(name)
    if stateful is False:
        return "none"
    uses = uses_of(service)
    free = pins is not None and not pins.unknown and "data" not in pins.pins
    if stateful is True and free and any(not mount.read_only for mount in uses.data):
        return "elsewhere"
    backup = backup_of(service, uses, assessment.inventory.volumes)
    if backup is True:
        return "backup"
    return "lost" if backup is False and stateful is True else "unknown"


def _stuck(assessment: Assessment, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the services that can start nowhere else, with the reason."""
    inventory, facts = assessment.inventory, assessment.facts
    for name in names:
        service, pins = inventory.services[name], facts.pins.get(name)
        if not service.is_container:
            yield name, "runs as part of its host, not as a container"
        elif pins is None or pins.unknown:
            yield name, "not known what ties it to its host"
        else:
            pairs = zip(pins.pins, pins.texts, strict=False)
            reasons = [text for pin, text in pairs if pin not in ("data", "requested")]
            if reasons:
                yield name, reasons[0]


def _free(host: Host) -> int:
    """Return the free memory of a host in bytes, 0 where it is not known."""
    if host.memory_bytes is None or host.memory_used_bytes is None:
        return 0
    return max(0, host.memory_bytes - host.memory_used_bytes)


def _placed(
    assessment: Assessment, lost: str, services: list[Service], data: dict[str, Data]
) -> tuple[Restart, ...]:
    """Return where each service could start: the largest first, where most is free."""
    hosts = dict(assessment.inventory.hosts)
    gone = hosts.pop(lost)
    free = {name: _free(host) for name, host in hosts.items()}
    found = []
    for service in sorted(services, key=lambda item: (-(item.memory_bytes or 0), item.name)):
        need = service.memory_bytes
        roomy = [name for name, room in free.items() if need is not None and room >= need]
        fitting = [
            name for name in roomy if _runs_on(service, gone, hosts[name], assessment.rulebook)
        ]
        chosen = max(fitting, key=lambda name: (free[name], name), default=None)
        obstacle: Obstacle = ""
        if chosen is not None and need is not None:
            free[chosen] -= need
        elif roomy:
            obstacle = "architecture"
        else:
            stated = need is not None and all(map(_says_free, hosts.values()))
            obstacle = "room" if stated else "unstated"
        found.append(Restart(service.name, chosen, data[service.name], need, obstacle))
    return tuple(sorted(found, key=lambda item: item.service))


def _says_free(host: Host) -> bool:
    return host.memory_bytes is not None and host.memory_used_bytes is not None


def _runs_on(service: Service, gone: Host, host: Host, rulebook: Rulebook) -> bool:
    """Return whether a service's image exists for a host, as far as it differs from the lost one."""
    if host.arch is None or host.arch in (gone.arch, *service.architectures):
        return True
    image = known_image(rulebook, service.image.lower()) if service.image else None
    return image is not None and (not image.architectures or host.arch in image.architectures)


def _left(inventory: Inventory, lost: str, placed: dict[str, str]) -> Inventory:
    """Return the estate without the host, with what can start again in its new place."""
    kept = {
        name: service._replace(host=placed[name]) if name in placed else service
        for name, service in inventory.services.items()
        if service.host != lost or name in placed
    }
    hosts = {name: host for name, host in inventory.hosts.items() if name != lost}
    return inventory._replace(
        hosts={
            name: host._replace(
                depends_on=tuple(need for need in host.depends_on if need.service in kept)
            )
            for name, host in hosts.items()
        },
        services={name: _without(service, kept) for name, service in kept.items()},
        volumes={
            name: volume for name, volume in inventory.volumes.items() if volume.host != lost
        },
    )


def _without(service: Service, kept: dict[str, Service]) -> Service:
    """Return a service without what it says of services that are gone."""
    mode = service.network_mode
    if mode is not None and mode.startswith("service:") and mode.partition(":")[2] not in kept:
        mode = None
    return service._replace(
        depends_on=tuple(need for need in service.depends_on if need.service in kept),
        inferred=tuple(edge for edge in service.inferred if edge.service in kept),
        not_depends_on=tuple(name for name in service.not_depends_on if name in kept),
        migrate_with=service.migrate_with if service.migrate_with in kept else None,
        network_mode=mode,
    )

"""The half of the failover checklist that is about services: data, traffic, capacity, images."""

from collections.abc import Iterable
from typing import NamedTuple

from analyzer.facts.control_plane import Ground, counted, listed
from analyzer.facts.model import Check, HostFootprint
from analyzer.inventory.model import Service
from analyzer.units import format_size

DATA_PINS = frozenset({"data"})
WEB_PORTS = frozenset({80, 443})


def _containers(ground: Ground) -> Iterable[Service]:
    """Yield the services that run in containers, in order of names."""
    return (service for service in ground.inventory.services.values() if service.is_container)


def _storage(ground: Ground) -> str | None:
    """Return what storage the owner plans, else what the inventory's volumes already use."""
    stated = ground.inventory.needs.shared_storage
    if stated is not None:
        return stated
    reaches = {volume.reach for volume in ground.inventory.volumes.values()}
    return next((reach for reach in ("replicated", "shared") if reach in reaches), None)


def _data(ground: Ground) -> tuple[int, int]:
    """Return how many containers keep data on one host's disk, and of how many nobody knows."""
    tied = unknown = 0
    for service in _containers(ground):
        pins = ground.pins.get(service.name)
        if pins is None or pins.unknown:
            unknown += 1
        elif "data" in pins.pins:
            tied += 1
    return tied, unknown


def storage(ground: Ground) -> Check:
    """Return C6: whether data could be reached from another host."""
    title = "Data reachable from another host"
    kind, (tied, unknown) = _storage(ground), _data(ground)
    keep = f"{counted(tied, 'container')} with data on one host's disk"
    if kind == "replicated":
        hosts = len(ground.members) + ground.site.added
        passed = hosts >= ground.storage_hosts
        text = f"replicated storage wants {ground.storage_hosts} hosts, {hosts} can join"
        return Check("C6", title, passed, text)
    if kind == "shared":
        servers = {v.host for v in ground.inventory.volumes.values() if v.reach == "shared"}
        names = sorted(name for name in servers if name)
        whose = f"; the loss of {listed(names)} still loses it" if names else ""
        return Check(
            "C6", title, passed=True, text=f"storage is shared through the network{whose}"
        )
    if not tied and not unknown:
        return Check("C6", title, passed=True, text="no container keeps data on a host's disk")
    if kind == "none":
        return Check("C6", title, passed=False, text=f"{keep}, and no shared storage")
    text = f"{keep}; needs.shared_storage is not stated"
    return Check("C6", title, passed=None, text=text)


def release(ground: Ground) -> Check:
    """Return C7: whether a dead host's volumes would be given to another host."""
    title = "Volumes released when a host dies"
    kind, (tied, unknown) = _storage(ground), _data(ground)
    if kind == "shared" or not tied + unknown:
        return Check("C7", title, passed=True, text="no volume has to be released")
    if kind == "replicated":
        text = (
            "not in the inventory: by default a volume stays with the lost host; with Longhorn set "
            "the pod deletion policy to delete-both-statefulset-and-deployment-pod"
        )
    else:
        text = "does not arise while data stays on one host's disk"
    return Check("C7", title, passed=None, text=text)


def traffic(ground: Ground) -> Check:
    """Return C8: whether requests would find the surviving hosts."""
    title = "A way in on two hosts"
    ways = (
        service.host
        for name, service in ground.inventory.services.items()
        if ground.roles.get(name) == "proxy"
        or any(port.published in WEB_PORTS for port in service.ports)
    )
    hosts = sorted({host for host in ways if host is not None})
    if len(hosts) > 1:
        text = (
            f"web ports are open on {listed(hosts)}; whether names follow is not in the inventory"
        )
        return Check("C8", title, passed=None, text=text)
    if hosts:
        text = f"web ports are open on {hosts[0]} only; with that host every name is gone"
        return Check("C8", title, passed=False, text=text)
    return Check("C8", title, passed=None, text="the inventory lists no reverse proxy")


class _Load(NamedTuple):
    """What would have to move off a host: bytes known of, containers of unknown size, pods."""

    known_bytes: int
    unknown: int
    pods: int


def _loads(ground: Ground) -> dict[str, _Load]:
    """Return by host the containers that nothing but their data ties to it."""
    loads: dict[str, _Load] = {}
    for service in _containers(ground):
        pins = ground.pins.get(service.name)
        if service.host is None or pins is None or not DATA_PINS.issuperset(pins.pins):
            continue
        known, unknown, pods = loads.get(service.host, _Load(0, 0, 0))
        size = service.memory_bytes
        if size is None:
            size = service.memory_limit_bytes
        unsized = size is None
        loads[service.host] = _Load(known + (size or 0), unknown + unsized, pods + 1)
    return loads


def capacity(ground: Ground) -> Check:
    """Return C9: whether the other hosts could carry what a lost host ran (N-1).

    Sizes that are unknown can only make it worse, so what is known can fail the check and only
    complete knowledge can pass it.
    """
    title = "Room for one lost host"
    rows = [row for row in ground.footprint if row.role != "none"]
    if len(rows) < 2:  # noqa: PLR2004 - a host and another
        passed = None if ground.site.added else False
        return Check("C9", title, passed, "no other listed host could take over")
    loads = _loads(ground)
    problems: list[str] = []
    open_questions: list[str] = []
    spare = _Spare.of(rows)
    for row in rows:
        load = loads.get(row.host, _Load(0, 0, 0))
        room, known = spare.without(row)
        room_for_pods = (len(rows) - 1) * ground.pod_limit - spare.pods + row.pods
        if load.known_bytes > room:
            need = format_size(load.known_bytes)
            problems.append(
                f"{row.host} runs {need}, the others have {format_size(room)} to spare"
            )
        elif load.pods > room_for_pods:
            problems.append(f"{row.host} runs {load.pods} pods, the others take {room_for_pods}")
        elif load.unknown or not known:
            open_questions.append(row.host)
    if problems:
        return Check("C9", title, passed=False, text="; ".join(problems[:3]))
    if open_questions:
        text = f"memory of containers or hosts is missing to tell for {listed(open_questions)}"
        return Check("C9", title, passed=None, text=text)
    return Check("C9", title, passed=True, text="the others could carry any one host's containers")


class _Spare(NamedTuple):
    """Memory left on all hosts once K3s runs; ``upper_bytes`` where free memory is unknown."""

    upper_bytes: int
    unknown: int
    boundless: int
    pods: int

    @classmethod
    def of(cls, rows: list[HostFootprint]) -> "_Spare":
        """Return the sum over hosts."""
        return cls(
            sum(_room(row) for row in rows),
            sum(row.free_bytes is None for row in rows),
            sum(row.free_bytes is None and row.memory_bytes is None for row in rows),
            sum(row.pods for row in rows),
        )

    def without(self, row: HostFootprint) -> tuple[int, bool]:
        """Return the most that the other hosts may have to spare, and whether that is exact."""
        unknown = self.unknown - (row.free_bytes is None)
        boundless = self.boundless - (row.free_bytes is None and row.memory_bytes is None)
        if boundless:
            return 2**62, False
        return self.upper_bytes - _room(row), not unknown


def _room(row: HostFootprint) -> int:
    """Return what a host has to spare beside K3s, at most, in bytes."""
    free = row.memory_bytes if row.free_bytes is None else row.free_bytes
    return max(0, (free or 0) - row.added_bytes[1])


def architectures(ground: Ground) -> Check:
    """Return C10: whether images run on every host."""
    title = "Images for every architecture"
    hosts = ground.members
    kinds = sorted({host.arch for host in hosts if host.arch})
    unknown = [host.name for host in hosts if not host.arch]
    tied = [name for name, pins in ground.pins.items() if "architecture" in pins.pins]
    if tied:
        text = f"hosts are {listed(kinds)}; single-architecture images: {listed(sorted(tied))}"
        return Check("C10", title, passed=False, text=text)
    if unknown:
        text = f"the architecture of {listed(unknown)} is not stated"
        return Check("C10", title, passed=None, text=text)
    if len(kinds) > 1:
        unsure = sum(not service.architectures for service in _containers(ground))
        text = f"hosts are {listed(kinds)}; {counted(unsure, 'image')} to check"
        return Check("C10", title, passed=None if unsure else True, text=text)
    return Check("C10", title, passed=True, text=f"every host is {listed(kinds) or 'alike'}")

"""The host of an evaluation: its facts, and what its firewall, backups and secrets say of services.

Source: https://search.nixos.org/options (networking.firewall, fileSystems, services.restic.backups,
services.borgbackup.jobs), https://github.com/ryantm/agenix and https://github.com/Mic92/sops-nix
"""

import fnmatch
from collections.abc import Iterable
from typing import Any, NamedTuple

from analyzer.inventory.fields import Refused
from analyzer.inventory.mounts import mounts
from analyzer.inventory.ports import ports
from analyzer.inventory.sheet import Sheet, entries, texts
from analyzer.tree import Map, Seq

SHARED = frozenset("nfs nfs4 cifs smb3 glusterfs ceph fuse.sshfs fuse.rclone 9p".split())
"""File systems that several hosts can open."""
_ENGINES = ("podman", "docker")
_ROLES = ("server", "agent")
_LOOPBACK = ("127.", "::1", "localhost")


class Around(NamedTuple):
    """What surrounds the services of one host."""

    host: str | None
    backend: str
    engine_mark: int
    open_tcp: tuple[tuple[int, int], ...]
    open_udp: tuple[tuple[int, int], ...]
    firewall: bool | None
    saved: tuple[str, ...]
    left_out: tuple[str, ...]
    shared: tuple[tuple[str, int], ...]
    secrets: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, output: Map, host: str | None) -> "Around":
        """Return what an output says; nothing for one of containers alone."""
        wall = output.get("firewall")
        wall = wall if type(wall) is Map else Map()
        enabled = {"true": True, "false": False}.get(str(wall.get("enable")))
        jobs = output.get("backups")
        jobs = [job for job in jobs if type(job) is Map] if type(jobs) is Seq else []
        backend = output.get("backend")
        return cls(
            host,
            backend if backend in _ENGINES else "",
            output.mark_of("backend"),
            _runs(wall.get("tcp"), wall.get("tcpRanges")),
            _runs(wall.get("udp"), wall.get("udpRanges")),
            enabled,
            tuple(path for job in jobs for path, _ in texts(job.get("paths"))),
            tuple(path for job in jobs for path, _ in texts(job.get("exclude"))),
            tuple(
                (path.rstrip("/"), mark)
                for path, entry, mark in entries(output.get("filesystems"))
                if type(entry) is Map and str(entry.get("fsType")) in SHARED
            ),
            tuple(
                (path, name)
                for _, kind, _ in entries(output.get("secrets"))
                for name, path, _ in entries(kind)
                if isinstance(path, str)
            ),
        )

    def opens(self, number: int, protocol: str) -> bool:
        """Return whether the firewall lets others reach a port."""
        if self.firewall is not True:
            return self.firewall is False
        runs = {"tcp": self.open_tcp, "udp": self.open_udp}.get(protocol, ())
        return any(first <= number <= last for first, last in runs)

    def shared_volumes(self, sheets: Iterable[Sheet]) -> Map:
        """Return an entry for each network file system that a service mounts something of."""
        volumes = Map()
        sources = sorted({path for sheet in sheets for path, _ in _binds(sheet.entry)})
        for path, mark in self.shared:
            if path and any(_below(source, path) for source in sources):
                volume = Map(mark)
                volume.put("storage", "shared", mark)
                volumes.put(path, volume, mark)
        return volumes

    def backs_up(self, path: str) -> bool:
        """Return whether a path is in a backup and not left out of it."""
        inside = any(_below(path, saved) for saved in self.saved)
        return inside and not any(_matches(path, pattern) for pattern in self.left_out)


def _runs(single: Any, ranges: Any) -> tuple[tuple[int, int], ...]:
    """Return first and last of each run of open ports."""
    runs = [(int(port[:9]), int(port[:9])) for port, _ in texts(single) if port.isdecimal()]
    for run in ranges if type(ranges) is Seq else ():
        ends = [str(run.get(end)) for end in ("from", "to")] if type(run) is Map else [""]
        if all(end.isdecimal() for end in ends):
            runs.append((int(ends[0][:9]), int(ends[1][:9])))
    return tuple(runs)


def _below(path: str, folder: str) -> bool:
    return (path.rstrip("/") + "/").startswith(folder.rstrip("/") + "/")


def _matches(path: str, pattern: str) -> bool:
    """Return whether an exclude pattern of a backup means a path or a folder around it."""
    return _below(path, pattern) or fnmatch.fnmatchcase(path, pattern)


def describe(output: Map, host: str | None) -> Map:
    """Return the hosts of a draft: the one, with what is known of it."""
    hosts = Map(output.mark)
    if host is None:
        return hosts
    entry = Map(output.mark)
    entry.put("os", "nixos" + _after_blank(output.get("release")), output.mark_of("release"))
    system = output.get("system")
    if isinstance(system, str):
        entry.put("arch", system.partition("-")[0], output.mark_of("system"))
    backend = output.get("backend")
    if backend in _ENGINES and output.get("containers"):
        engine = str(backend) + _after_blank(output.get("engine"))
        entry.put("runtime", engine, output.mark_of("backend"))
    if output.get("cluster") in _ROLES:
        entry.put("cluster", output["cluster"], output.mark_of("cluster"))
    addresses = Seq(output.mark_of("addresses"))
    for address, mark in texts(output.get("addresses")):
        if address != host and address not in addresses:
            addresses.add(address, mark)
    if addresses:
        entry.put("addresses", addresses, addresses.mark)
    hosts.put(host, entry, output.mark_of("host"))
    return hosts


def _after_blank(value: Any) -> str:
    return f" {value}" if isinstance(value, str) and value else ""


def finish(sheet: Sheet, around: Around) -> None:
    """Add to a service what its host says of it."""
    entry = sheet.entry
    if around.host is not None:
        sheet.put("host", around.host, sheet.mark)
    if "runtime" not in entry and around.backend:
        sheet.put("runtime", around.backend, around.engine_mark)
    if "exposure" not in entry and _reached(entry, around):
        sheet.put("exposure", "lan", entry.mark_of("ports"))
    binds = [path for path, read_only in _binds(entry) if not read_only]
    if binds and not _names_volumes(entry) and all(around.backs_up(path) for path in binds):
        sheet.put("backup", "true", entry.mark_of("volumes"))
    known = {name for name, _ in texts(entry.get("secrets"))}
    for path, mark in _paths(entry):
        for secret, name in around.secrets:
            if path == secret and name not in known:
                known.add(name)
                sheet.add("secrets", name, mark)


def _reached(entry: Map, around: Around) -> bool:
    """Return whether the firewall lets others reach a port that a service publishes."""
    try:
        published = ports.read(entry.get("ports") or Seq())
    except Refused:
        return False
    return any(
        around.opens(port.published, port.protocol)
        for port in published
        if port.published and not (port.host_ip or "").startswith(_LOOPBACK)
    )


def _binds(entry: Map) -> list[tuple[str, bool]]:
    """Return the host paths that a service mounts, and whether it only reads them."""
    try:
        found = mounts.read(entry.get("volumes") or Seq())
    except Refused:
        return []
    return [(mount.source, mount.read_only) for mount in found if mount.kind == "bind"]


def _names_volumes(entry: Map) -> bool:
    """Return whether a service mounts a volume of the engine, which lies elsewhere."""
    try:
        found = mounts.read(entry.get("volumes") or Seq())
    except Refused:
        return True
    return any(mount.kind == "volume" and not mount.read_only for mount in found)


def _paths(entry: Map) -> list[tuple[str, int]]:
    """Return every path that may be a secret's: environment files and mounts."""
    paths = texts(entry.get("env_files"))
    return paths + [(text.partition(":")[0], mark) for text, mark in texts(entry.get("volumes"))]

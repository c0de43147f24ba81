"""``Mounts`` and ``HostConfig.Tmpfs`` of a container -> native ``volumes`` and ``tmpfs``."""

import re
from typing import NamedTuple

from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.objects import child, entries, maps, text
from analyzer.tree import Map, Quoted, Seq

ANONYMOUS = re.compile(r"[0-9a-f]{64}")
"""The name of a volume to which nobody gave one."""
_PLAIN = re.compile(r"[^:$]+")
_TMPFS = ("tmpfs", "ramfs")


class Mounted(NamedTuple):
    """What is mounted, in native form; ``drivers`` are those of volumes that are not local."""

    volumes: Seq
    tmpfs: Seq
    drivers: dict[str, tuple[str, int]]


def mounted(container: Map, path: str, ledger: Ledger) -> Mounted:
    """Return what a container mounts."""
    found = Mounted(Seq(), Seq(), {})
    for mount in sorted(maps(container, "Mounts"), key=lambda mount: text(mount, "Destination")):
        kind, target = text(mount, "Type"), text(mount, "Destination") or text(mount, "Target")
        if not target.startswith("/") and target[1:3] != ":\\":
            ledger.say(mount.mark, path, "broken", "a mount without a path inside; left out")
        elif kind in _TMPFS:
            found.tmpfs.add(Quoted(target), mount.mark)
        elif kind in ("bind", "volume", "image"):
            _add(found, mount, kind, target)
        elif kind != "devpts":
            ledger.say(mount.mark, path, "broken", "a mount of an unknown type; left out")
    host = child(container, "HostConfig")
    for target, _, mark in entries(child(host, "Tmpfs")):
        if target not in found.tmpfs:
            found.tmpfs.add(Quoted(target), mark)
    return found


def _add(found: Mounted, mount: Map, kind: str, target: str) -> None:
    """Add a bind mount, a volume or an image."""
    name = text(mount, "Name")
    source = (name or text(mount, "Source")) if kind == "volume" else text(mount, "Source")
    if kind == "volume" and ANONYMOUS.fullmatch(source):
        source = ""
    driver = text(mount, "Driver")
    if kind == "volume" and source and driver not in ("", "local"):
        found.drivers[source] = (driver, mount.mark_of("Driver"))
    read_only = mount.get("RW") == "false"
    if kind != "image" and all(_PLAIN.fullmatch(part) for part in (source, target) if part):
        ends = ":ro" if read_only and source else ""
        short = f"{source}:{target}{ends}" if source else target
        found.volumes.add(Quoted(short), mount.mark)
        return
    long = Map(mount.mark)
    long.put("type", kind, mount.mark)
    if source:
        long.put("source", Quoted(source), mount.mark)
    long.put("target", Quoted(target), mount.mark)
    long.put("read_only", "true" if read_only else "false", mount.mark)
    found.volumes.add(long, mount.mark)

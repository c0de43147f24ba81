"""``info`` -> facts about a host; ``stats`` -> the memory that containers take.

The free memory that Podman reports leaves out what the file cache could give back, so it says
nothing about the memory in use, and none is stated.

Source: https://docs.podman.io/en/latest/markdown/podman-info.1.html
"""

import re
from collections.abc import Sequence

from analyzer.importers.podman.keys import INFO_HOST
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.objects import Thing, child, entries, text, whole
from analyzer.inventory.scalars import name_fault
from analyzer.tree import Map, Quoted
from analyzer.units import measured_size

_NAMELESS = frozenset({"", "localhost", "localhost.localdomain"})
_USAGE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([kKMGTP]?)(i?)B", re.ASCII)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_LEAST_BYTES = 65_536
"""A size below is taken for a forgotten unit; nothing that runs takes less than 64 KiB."""
_DOCKER_RECORD = "recorded by the engine, or not about the machine"
_FREE = "free memory without what the file cache gives back: it does not say what is in use"
_MACHINE = frozenset({"NCPU", "MemTotal", "Architecture", "OperatingSystem", "Name"})


def host_name(info: Thing) -> str:
    """Return what a machine calls itself, empty when that names nothing."""
    found = text(child(info.tree, "host"), "hostname") or text(info.tree, "Name")
    return "" if found in _NAMELESS or name_fault(found) else found


def host_entry(info: Thing, ledger: Ledger) -> Map:
    """Return what is known of a machine, in native keys."""
    tree = info.tree
    host = child(tree, "host")
    if not host:
        return _docker_entry(tree, ledger)
    ledger.account(host, "info.host.", {**INFO_HOST, "memFree": _FREE})
    for key, _, mark in entries(tree):
        if key not in ("host", "version"):
            ledger.once(mark, f"info.{key}", "no bearing", "about images and registries")
    entry = Map(tree.mark)
    _fact(entry, host, "arch", "arch")
    _fact(entry, host, "cpus", "cpus")
    _memory(entry, host, "memTotal")
    system = child(host, "distribution")
    named = f"{text(system, 'distribution')} {text(system, 'version')}".strip()
    if named:
        entry.put("os", Quoted(named), system.mark)
    version = child(tree, "version")
    engine = f"podman {text(version, 'Version')}".strip()
    entry.put("runtime", Quoted(engine), version.mark or tree.mark)
    return entry


def _docker_entry(tree: Map, ledger: Ledger) -> Map:
    for key, _, mark in entries(tree):
        if key not in _MACHINE and key != "ServerVersion":
            ledger.once(mark, f"info.{key}", "no bearing", _DOCKER_RECORD)
    entry = Map(tree.mark)
    _fact(entry, tree, "Architecture", "arch")
    _fact(entry, tree, "NCPU", "cpus")
    _memory(entry, tree, "MemTotal")
    _fact(entry, tree, "OperatingSystem", "os")
    engine = f"docker {text(tree, 'ServerVersion')}".strip()
    entry.put("runtime", Quoted(engine), tree.mark_of("ServerVersion"))
    return entry


def _fact(entry: Map, tree: Map, key: str, native: str) -> None:
    """Take a value over, unless the engine could not tell."""
    found = text(tree, key)
    if found not in ("", "0"):
        entry.put(native, found, tree.mark_of(key))


def _memory(entry: Map, tree: Map, key: str) -> None:
    """Take the memory of a machine over, which is not a round number of anything."""
    size = whole(tree, key)
    if size > 0:
        entry.put("memory", measured_size(size), tree.mark_of(key))


class Usage:
    """The memory that containers take, by the first 12 digits of their id, and by name."""

    def __init__(self, things: Sequence[Thing], ledger: Ledger) -> None:
        """Read what was measured; of a container measured several times, the most counts."""
        self._found: dict[str, tuple[int, int]] = {}
        for thing in things:
            tree = thing.tree
            bytes_, mark = _measured(tree)
            if bytes_ is None:
                ledger.once(mark, "stats", "no bearing", "no memory was measured")
                continue
            named = {text(tree, key) for key in ("name", "Name")}
            ids = {text(tree, key)[:12] for key in ("id", "ID", "Container", "ContainerID")}
            for key in (named | ids) - {""}:
                self._found[key] = max(self._found.get(key, (0, 0)), (bytes_, mark))

    def of(self, identifier: str, name: str) -> tuple[int, int] | None:
        """Return bytes and place of what a container takes, or None."""
        return self._found.get(identifier[:12]) or self._found.get(name)


def _measured(tree: Map) -> tuple[int | None, int]:
    """Return the bytes in use, None when it did not run or nothing was measured, and the place."""
    key = "mem_usage" if "mem_usage" in tree else "MemUsage"
    mark = tree.mark_of(key)
    written = text(tree, key).partition("/")[0].strip()
    if written.isdecimal() and written.isascii():
        found = whole(tree, key)
    else:
        match = _USAGE.fullmatch(written)
        if match is None:
            return None, mark
        base = 1024 if match[3] else 1000  # Podman's kB are decimal, Docker writes KiB
        found = round(float(match[1]) * base ** _POWERS[match[2].lower()])
    return (max(found, _LEAST_BYTES) if found else None), mark

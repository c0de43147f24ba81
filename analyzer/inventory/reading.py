"""A YAML tree -> the part of an estate that one file states, and every problem in it.

Records are read by `hosts`, `services` and `wishes`; here they get their names, their places and
their types. A record with a bad key keeps its name, so that nobody who refers to it is blamed.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from analyzer.errors import Problem
from analyzer.inventory.fields import (
    EXTENSION,
    NOT_A_KEY,
    Fault,
    Record,
    Refused,
    Scan,
    found,
    kind,
    list_of,
)
from analyzer.inventory.hosts import HOST, VOLUME, WAIVER, volume_reach
from analyzer.inventory.model import Host, Service, Source, Volume, Waiver
from analyzer.inventory.scalars import name as name_reader
from analyzer.inventory.scalars import name_fault, text
from analyzer.inventory.services import SERVICE
from analyzer.inventory.suggestion import did_you_mean
from analyzer.inventory.wishes import NEEDS
from analyzer.tree import COLUMN_BITS, Map, Seq, split_line, unpack

SETTINGS_FILE = "--set"
"""Stands for the file of what the command line says; such values have no line."""
SCHEMA_VERSION = "1"

T = TypeVar("T")
_EMPTY = Map()
_texts = list_of(text)


class Partial(NamedTuple):
    """What one file states. ``needs`` are attributes of `Needs`, ``needs_lines`` its keys."""

    file: str
    names: dict[str, Source]
    hosts: dict[str, Host]
    services: dict[str, Service]
    volumes: dict[str, Volume]
    needs: dict[str, Any]
    needs_lines: dict[str, Source]
    waivers: list[Waiver]
    unread: list[str]


class Written(NamedTuple):
    """Entries of services and volumes by name, as they are written: for whoever converts them."""

    services: dict[str, Map]
    volumes: dict[str, Map]


class Reading:
    """Reads one file; collects its problems."""

    def __init__(
        self, file: str, files: tuple[str, ...] = (), written: Written | None = None
    ) -> None:
        """Start with no problems; ``files`` are those of a tree from several, by number."""
        self.file = file
        self.files = files
        self.written = written
        self.problems: list[Problem] = []
        self.partial = Partial(file, {}, {}, {}, {}, {}, {}, [], [])

    def source(self, mark: int) -> Source:
        """Return the place of a mark; no mark is the command line's."""
        if not mark:
            return Source(SETTINGS_FILE, 0, 0)
        if not self.files:
            return Source(self.file, *unpack(mark))
        return Source(self.files[split_line(mark >> COLUMN_BITS)[0]], *unpack(mark))

    def report(self, mark: int, path: str, what: str, remedy: str) -> None:
        """Keep a problem."""
        self.problems.append(Problem(*self.source(mark), path, what, remedy))

    def report_all(self, faults: list[Fault], path: str, mark: int) -> None:
        """Keep the faults found below a path."""
        for below, place, what, remedy in faults:
            self.report(mark if place is None else place, path + below, what, remedy)

    def document(self, tree: Map) -> None:
        """Read every section of the document."""
        sections: dict[str, Callable[[Any, int], None]] = {
            "schema": self._schema,
            "name": self._name,
            "hosts": self._hosts,
            "services": self._services,
            "volumes": self._volumes,
            "needs": self._needs,
            "waivers": self._waivers,
            "unread": self._unread,
        }
        for (key, value), mark in zip(tree.items(), tree.marks, strict=False):
            read = sections.get(key)
            if read is not None:
                read(value, mark)
            elif key not in IGNORED_SECTIONS and not key.startswith(EXTENSION):
                remedy = did_you_mean(key, [*sections, *IGNORED_SECTIONS], NOT_A_KEY)
                self.report(mark, key, "unknown key", remedy)

    def _schema(self, value: Any, mark: int) -> None:
        if value != SCHEMA_VERSION:
            remedy = f"write schema: {SCHEMA_VERSION}"
            self.report(mark, "schema", f"{found(value)} is no version this program reads", remedy)

    def _name(self, value: Any, mark: int) -> None:
        if value is None:
            return
        try:
            self.partial.names[name_reader.read(value)] = self.source(mark)
        except Refused as refused:
            self.report_all(list(refused.faults), "name", mark)

    def _entries(self, value: Any, mark: int, section: str) -> Iterator[tuple[str, Any, int]]:
        """Yield name, value and place of each entry of a section whose name is in order."""
        if value is None:
            return
        if type(value) is not Map:
            what = f"{kind(value)} where a mapping from name to {section[:-1]} is expected"
            self.report(mark, section, what, f"write {section}: with one name below it a line")
            return
        for (name, entry), place in zip(value.items(), value.marks, strict=False):
            fault = name_fault(name)
            if fault:
                self.report(place, section, *fault)
            value[name] = None  # memory of what was read serves for what is made of it
            yield name, entry, place

    def _scan(self, record: Record, value: Any, path: str, mark: int) -> Scan:
        """Return what an entry says; null says nothing."""
        if type(value) is Map:
            scan = record.scan(value)
            if scan.faults:
                self.report_all(scan.faults, path, mark)
            return scan
        if value is not None:
            what = f"{kind(value)} where the keys of {record.what} are expected"
            self.report(mark, path, what, f"write {record.fields[0].key}: … below it")
        return record.scan(_EMPTY)

    def _hosts(self, value: Any, mark: int) -> None:
        for name, entry, place in self._entries(value, mark, "hosts"):
            path = f"hosts.{name}"
            values, lines, _, _ = self._scan(HOST, entry, path, place)
            host = Host(name, self.source(place), lines, files=self.files, **values)
            self.partial.hosts[name] = host
            total, used = host.memory_bytes, host.memory_used_bytes
            if total is not None and used is not None and used > total:
                at = entry.marks[list(entry).index("memory_used")]
                what = "more than the host's memory"
                self.report(at, f"{path}.memory_used", what, "correct memory or memory_used")

    def _services(self, value: Any, mark: int) -> None:
        services, scan_entry, source = self.partial.services, self._scan, self.source
        for name, entry, place in self._entries(value, mark, "services"):
            scan = scan_entry(SERVICE, entry, f"services.{name}", place)
            values, lines, _, ignored = scan
            if ignored:
                values["other"] = tuple(sorted(ignored))
            services[name] = Service(name, source(place), lines, files=self.files, **values)
            if self.written is not None:
                self.written.services[name] = entry if type(entry) is Map else _EMPTY

    def _volumes(self, value: Any, mark: int) -> None:
        for name, entry, place in self._entries(value, mark, "volumes"):
            values = self._scan(VOLUME, entry, f"volumes.{name}", place).values
            reach: Any = volume_reach(values)
            host, backup = values.get("host"), values.get("backup")
            self.partial.volumes[name] = Volume(name, self.source(place), reach, host, backup)
            if self.written is not None:
                self.written.volumes[name] = entry if type(entry) is Map else _EMPTY

    def _needs(self, value: Any, mark: int) -> None:
        scan = self._scan(NEEDS, value, "needs", mark)
        self.partial.needs.update(scan.values)
        for key, place in zip(value, value.marks, strict=False) if type(value) is Map else ():
            if key in scan.lines:
                self.partial.needs_lines[key] = self.source(place)

    def _unread(self, value: Any, mark: int) -> None:
        try:
            self.partial.unread.extend(_texts.read(value) if value is not None else ())
        except Refused as refused:
            self.report_all(list(refused.faults), "unread", mark)

    def _waivers(self, value: Any, mark: int) -> None:
        if value is None:
            return
        if type(value) is not Seq:
            what = f"{kind(value)} where a list of waivers is expected"
            self.report(mark, "waivers", what, "write - finding: ID, reason: …, expires: …")
            return
        for index, (entry, place) in enumerate(zip(value, value.marks, strict=False)):
            path = f"waivers[{index}]"
            scan = self._scan(WAIVER, entry, path, place)
            stated = entry if type(entry) is Map else _EMPTY
            missing = [key for key in ("finding", "reason", "expires") if stated.get(key) is None]
            if missing and (entry is stated or entry is None):
                what = f"a waiver without {', '.join(missing)}"
                self.report(place, path, what, "say which finding, why, and until which day")
            elif entry is stated and not scan.faults:
                subject = scan.values.get("subject")
                waiver = scan.values | {"subject": subject, "source": self.source(place)}
                self.partial.waivers.append(Waiver(**waiver))


IGNORED_SECTIONS = ("networks", "secrets", "configs", "version")
"""Compose's top-level keys that are accepted and have no bearing."""


def read(
    tree: Any, file: str, files: tuple[str, ...] = (), written: Written | None = None
) -> tuple[Partial, list[Problem]]:
    """Return what a file's tree states, and every problem in it; the tree is used up.

    ``files`` are the files by the number in the tree's marks, when it was made from several.
    What it says of services and volumes is added to ``written``, where that is given.
    """
    reading = Reading(file, files, written)
    if tree is None:
        remedy = "run 'k8sadvisor init' for a file to start from"
        reading.problems.append(Problem(file, 0, 0, "", "the file is empty", remedy))
    elif type(tree) is not Map:
        what = f"{kind(tree)} where an inventory is expected"
        remedy = "start with hosts: and services:, or run 'k8sadvisor init'"
        reading.problems.append(Problem(file, 1, 1, "", what, remedy))
    else:
        reading.document(tree)
    return reading.partial, reading.problems

"""Files -> units with their drop-ins, the instances of templates, and the names of both.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html (drop-ins, templates,
names of what is generated) and its ``.quadlets`` files, which hold several units.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analyzer.files import Document
from analyzer.importers.quadlet.specifiers import expand, specifiers
from analyzer.importers.quadlet.unitfile import Entry, parse, text_of, unquoted, words
from analyzer.inventory.draft import Remark
from analyzer.tree import pack

SECTIONS: Mapping[str, str] = {
    "container": "Container",
    "pod": "Pod",
    "network": "Network",
    "volume": "Volume",
    "kube": "Kube",
    "image": "Image",
    "build": "Build",
    "artifact": "Artifact",
}
"""The section that makes a file of each kind a unit."""
NATIVE = ("service", "timer")
BUNDLE = "quadlets"
_SUFFIXES = {
    kind: "" if kind in ("container", "kube", *NATIVE) else f"-{kind}"
    for kind in (*SECTIONS, *NATIVE)
}
_FILE_NAME = re.compile(r"^[#;]\s*FileName=(.+?)\s*$", re.MULTILINE)
_ENDED = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class Part(NamedTuple):
    """One unit or drop-in as it stands in a file; ``folder`` is relative to the root given."""

    name: str
    folder: str
    document: Document
    entries: list[Entry]
    remarks: list[Remark]
    mark: int

    @property
    def drop_in_of(self) -> str:
        """Return what a drop-in is for, as in ``foo.container``; empty for a unit."""
        parent = self.folder.rpartition("/")[2]
        return parent[:-2] if self.name.endswith(".conf") and parent.endswith(".d") else ""


class Machine(NamedTuple):
    """What specifiers say about where units run: the host's name, and whether they are a user's."""

    host: str | None
    rootless: bool


class Unit:
    """One unit with all that its drop-ins say.

    ``name`` is that of its file, ``base`` the same without the kind, ``service`` the generated
    service without ``.service``.
    """

    __slots__ = (
        "base",
        "document",
        "entries",
        "folder",
        "kind",
        "known",
        "mark",
        "name",
        "service",
    )

    def __init__(self, name: str, part: Part, entries: list[Entry], machine: Machine) -> None:
        """Name the unit and find what its specifiers mean."""
        self.name, self.folder, self.document, self.mark = (
            name,
            part.folder,
            part.document,
            part.mark,
        )
        self.base, _, self.kind = name.rpartition(".")
        self.entries = entries
        self.service = self._service_name()
        self.known = specifiers(self.service, machine.host, rootless=machine.rootless)

    @property
    def template(self) -> bool:
        """Return whether it only describes its instances."""
        return self.base.endswith("@")

    def raw(self, section: str, key: str) -> str:
        """Return the last value of a key as it stands; empty when there is none."""
        found = ""
        for entry in self.entries:
            if entry.key == key and entry.section == section:
                found = entry.value
        return unquoted(found)

    def named(self, key: str) -> str:
        """Return the name that a key of its own section gives, or the one Podman makes."""
        given = self.raw(SECTIONS[self.kind], key)
        if not given:
            if self.kind == "container":
                given = "systemd-%p_%i" if "@" in self.base else "systemd-%N"
            else:
                given = f"systemd-{self.base}"
                if "@" in self.base and self.kind != "pod":
                    given = given[:-1] + "-%i"
        return str(expand(given, self.known, {}))

    def _service_name(self) -> str:
        suffix = _SUFFIXES[self.kind]
        given = self.raw(SECTIONS[self.kind], "ServiceName") if self.kind in SECTIONS else ""
        if given:
            return given
        return f"{self.base[:-1]}{suffix}@" if self.template else self.base + suffix


def relative_folder(document: Document) -> str:
    """Return the folder of a file relative to the root that was given; empty for the root."""
    if not document.root or document.path in ("", "-"):
        return ""
    here = os.path.realpath(os.path.dirname(document.path))  # noqa: PTH120 - called for each file
    inside = here.startswith(document.root.rstrip("/") + "/")
    return here[len(document.root.rstrip("/")) + 1 :] if inside else ""


def parts_of(document: Document) -> list[Part]:
    """Return the units that a file holds: one, or those of a bundle."""
    text, folder = text_of(document.data), relative_folder(document)
    name = os.path.basename(document.path) if document.path not in ("", "-") else ""  # noqa: PTH119
    kind = name.rpartition(".")[2]
    if kind in SECTIONS or kind in NATIVE or (kind == "conf" and folder.endswith(".d")):
        entries, remarks = parse(text, document.number)
        return [Part(name, folder, document, entries, remarks, pack(1, 1, document.number))]
    return _bundled(text, folder, document)


def _bundled(text: str, folder: str, document: Document) -> list[Part]:
    """Return the units of a text that holds several; the kind is told by the section."""
    found = []
    start, line = 0, 1
    for end in (*(match.start() for match in _ENDED.finditer(text)), len(text)):
        piece = text[start:end]
        entries, remarks = parse(piece, document.number, line)
        remarks = [remark for remark in remarks if remark.path or "[" in piece]
        sections = {entry.section for entry in entries}
        sections |= {line.strip()[1:-1] for line in piece.split("\n") if line.startswith("[")}
        kind = next((kind for kind, section in SECTIONS.items() if section in sections), "")
        title = _FILE_NAME.search(piece)
        mark = pack(line, 1, document.number)
        if kind:
            base = title[1].removesuffix(f".{kind}") if title else "stdin"
            found.append(Part(f"{base}.{kind}", folder, document, entries, remarks, mark))
        elif piece.strip(" \t\r\n-"):
            text_of_remark = "no unit of Quadlet: without a section such as [Container]"
            remark = Remark(mark, "", "broken", text_of_remark)
            found.append(Part("", folder, document, [], [remark], mark))
        line += piece.count("\n") + 1
        start = text.find("\n", end) + 1 or len(text)
    return found


def groups(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts by machine: no unit is there twice, and folders part only where one would.

    Where two folders hold a unit of one name, they describe two machines.
    """
    roots: dict[str, list[Part]] = {}
    for part in parts:
        roots.setdefault(part.document.root, []).append(part)
    return [group for root in roots.values() for group in _apart(root)]


def _apart(parts: list[Part]) -> list[list[Part]]:
    deepest = max(part.folder.count("/") + 1 for part in parts)
    for depth in range(deepest + 1):
        found: dict[str, list[Part]] = {}
        for part in parts:
            found.setdefault("/".join(part.folder.split("/")[:depth]), []).append(part)
        if depth == deepest or not any(map(_clash, found.values())):
            return list(found.values())
    return [parts]


def _clash(parts: Iterable[Part]) -> bool:
    names = [part.name for part in parts if part.name and not part.drop_in_of]
    return len(names) != len(set(names))


def units_of(parts: Sequence[Part], host: str | None) -> dict[str, Unit]:
    """Return the units of one machine by the name of their file, sorted, instances included."""
    drop_ins: dict[str, dict[str, Part]] = {}
    whole: dict[str, Part] = {}
    for part in parts:
        if part.drop_in_of:
            drop_ins.setdefault(part.drop_in_of, {}).setdefault(part.name, part)
        elif part.name:
            whole.setdefault(part.name, part)
    machine = Machine(host, _rootless(parts))
    units: dict[str, Unit] = {}
    for name in _names(whole):
        base, _, kind = name.rpartition(".")
        part = whole.get(name) or whole[f"{base.partition('@')[0]}@.{kind}"]
        units[name] = Unit(name, part, _merged(name, part, drop_ins), machine)
    for unit in [unit for unit in units.values() if unit.template]:
        instance = unit.raw("Install", "DefaultInstance")
        name = f"{unit.base}{instance}.{unit.kind}"
        if instance and name not in units:
            part = whole[unit.name]
            units[name] = Unit(name, part, _merged(name, part, drop_ins), machine)
    return {name: units[name] for name in sorted(units)}


def _rootless(parts: Sequence[Part]) -> bool:
    """Return whether units are a user's: their folder says so, or else what starts them."""
    for part in parts:
        if "containers/systemd" in part.document.path:
            return "/.config/" in part.document.path or "/users/" in part.document.path
    targets = {
        word
        for part in parts
        for entry in part.entries
        if entry.key == "WantedBy"
        for word in words(entry.value)
    }
    return "default.target" in targets and "multi-user.target" not in targets


def _names(whole: Mapping[str, Part]) -> list[str]:
    """Return the names of units, with the instances that other units ask for."""
    templates = {name for name in whole if name.rpartition(".")[0].endswith("@")}
    names = dict.fromkeys(whole)
    if not templates:
        return list(names)
    for part in whole.values():
        for entry in part.entries:
            if entry.section == "Unit" and "@" in entry.value:
                for word in words(entry.value):
                    base, _, kind = word.rpartition(".")
                    kind = "container" if kind == "service" else kind
                    prefix, _, instance = base.partition("@")
                    if instance and "%" not in instance and f"{prefix}@.{kind}" in templates:
                        names[f"{base}.{kind}"] = None
    return list(names)


def _merged(name: str, part: Part, drop_ins: Mapping[str, Mapping[str, Part]]) -> list[Entry]:
    """Return what a unit says, then what its drop-ins say, in order of their names."""
    if not drop_ins:
        return part.entries
    chosen: dict[str, Part] = {}
    for target in _targets(name):
        for conf, drop_in in drop_ins.get(target, {}).items():
            chosen.setdefault(conf, drop_in)
    entries = list(part.entries)
    for conf in sorted(chosen):
        entries += chosen[conf].entries
    return entries


def _targets(name: str) -> list[str]:
    """Return what drop-ins for a unit may be made for, the closest first."""
    base, _, kind = name.rpartition(".")
    prefix, at, instance = base.partition("@")
    targets = [name]
    if at and instance:
        targets.append(f"{prefix}@.{kind}")
    cut = prefix
    while "-" in cut[:-1]:
        cut = cut[:-1].rpartition("-")[0] + "-"
        targets.append(f"{cut}.{kind}")
    return [*targets, kind]

"""Podman's Quadlet units -> drafts: one for each machine whose units are given.

A service has the name of its unit: ``db`` of ``db.container``, ``web@blue`` of an instance. A
template that nothing starts is listed as not verified. Containers of a ``.kube`` unit have the
names of its manifest. Ordinary ``.service`` and ``.timer`` files are read when they are given by
name; a folder is not searched for them.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html
"""

import re
from collections.abc import Iterable, Sequence

from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.importers.quadlet import container, dependencies, kube, native, pods, storage
from analyzer.importers.quadlet.estate import Estate
from analyzer.importers.quadlet.sections import Setting
from analyzer.importers.quadlet.units import (
    BUNDLE,
    SECTIONS,
    Part,
    Unit,
    groups,
    parts_of,
    units_of,
)
from analyzer.inventory.draft import Draft
from analyzer.tree import Map

_SECTION = re.compile(rb"^[ \t]*\[([A-Za-z-]+)\][ \t]*\r?$", re.MULTILINE)
_DROP_IN = frozenset({b"Unit", b"Service", b"Install", b"Quadlet"})
_NETWORKD = frozenset(
    {b"Match", b"Link", b"Address", b"Route", b"DHCPv4", b"DHCP", b"IPv6AcceptRA"}
)
"""Sections of systemd-networkd, whose files are called ``.network`` too and hold [Network]."""


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file is a unit, a drop-in for one, or a bundle of units."""
    folder, _, base = name.rpartition("/")
    kind = base.rpartition(".")[2]
    if kind not in SECTIONS and kind not in ("conf", BUNDLE):
        return False
    found = set(_SECTION.findall(head))
    if kind == "conf":
        parent = folder.rpartition("/")[2]
        kind = parent.removesuffix(".d").rpartition(".")[2]
        if not parent.endswith(".d") or kind not in SECTIONS:
            return False
        return bool(found & (_DROP_IN | {SECTIONS[kind].encode()}))
    if kind == BUNDLE:
        return bool(found & {section.encode() for section in SECTIONS.values()})
    return SECTIONS[kind].encode() in found and not found & _NETWORKD


def read(documents: Sequence[Document], files: Files, host: str | None) -> tuple[Draft, ...]:
    """Return the drafts of units: one, or one for each machine where folders hold the same names.

    Args:
        documents: units, their drop-ins and, when given by name, services of systemd.
        files: opens the environment files and manifests that units name.
        host: the machine that all of it runs on, when the user said so.

    Raises:
        InventoryError: no file holds a unit.
    """
    parts = [part for document in documents for part in parts_of(document)]
    if not any(part.name and not part.drop_in_of for part in parts):
        raise InventoryError(_no_unit(document) for document in documents)
    found = groups(parts)
    return tuple(
        _draft(group, files, host, _project(group) if len(found) > 1 else None) for group in found
    )


def _no_unit(document: Document) -> Problem:
    what = "no unit of Quadlet: neither its name nor a section such as [Container] says so"
    return Problem(document.name, 0, 0, "", what, "give the .container files, or their folder")


def _project(parts: Iterable[Part]) -> str | None:
    """Return what tells one machine's units from another's: the folder that they share."""
    shared: list[str] | None = None
    for part in parts:
        steps = part.folder.split("/")
        pairs = zip(shared or steps, steps, strict=False)
        shared = [step for step, other in pairs if step == other] if shared != [] else []
    return "/".join(shared or ()) or None


def _draft(parts: Sequence[Part], files: Files, host: str | None, project: str | None) -> Draft:
    """Return the draft of one machine's units."""
    units = units_of(parts, host)
    estate = Estate(units, files, host)
    estate.remarks += [remark for part in parts for remark in part.remarks]
    instanced = {unit.base.partition("@")[0] for unit in units.values() if _instance(unit)}
    services: dict[str, Map] = {}
    stands_for: dict[str, list[str]] = {}
    required: dict[str, list[Setting]] = {}
    for unit in units.values():
        if unit.template and unit.base[:-1] in instanced:
            continue
        estate.account(unit)
        _add_services(estate, unit, services, stands_for, required)
    for unit in units.values():
        if unit.kind == "timer" and not unit.template:
            native.timer(estate, unit, services)
    _join_pods(estate, services, stands_for)
    dependencies.add_dependencies(estate, services, stands_for)
    for name, wanted in required.items():
        dependencies.add_required(estate, services, name, wanted)
    return Draft(_tree(estate, services), project, tuple(estate.hints), (), tuple(estate.remarks))


def _instance(unit: Unit) -> bool:
    return "@" in unit.base and not unit.template


def _add_services(
    estate: Estate,
    unit: Unit,
    services: dict[str, Map],
    stands_for: dict[str, list[str]],
    required: dict[str, list[Setting]],
) -> None:
    """Add what a unit runs to the services."""
    if unit.kind == "container":
        services[unit.base], required[unit.base] = container.service(estate, unit)
        if unit.template:
            services[unit.base].put("verified", "false", unit.mark)
            what = "a template that nothing starts here; listed once, as not verified"
            estate.remark(unit.mark, unit.name, "kept", what)
        stands_for[unit.name] = [unit.base]
    elif unit.kind == "service" and f"{unit.base}.container" not in estate.units:
        services[unit.base] = native.service(estate, unit)
        stands_for[unit.name] = [unit.base]
    elif unit.kind == "kube":
        played = kube.services(estate, unit)
        names = {name: f"{unit.base}-{name}" if name in services else name for name in played}
        services |= {names[name]: entry for name, entry in played.items()}
        stands_for[unit.name] = list(names.values())


def _join_pods(estate: Estate, services: dict[str, Map], stands_for: dict[str, list[str]]) -> None:
    """Write each pod into its members."""
    by_pod = pods.members(estate)
    for unit in estate.units.values():
        if unit.kind != "pod" or unit.template:
            continue
        units = [member for member in by_pod.get(unit.name, ()) if member.base in services]
        if units:
            stands_for[unit.name] = [pods.join(estate, unit, units, services).base]
        else:
            estate.remark(unit.mark, unit.name, "no bearing", "a pod without containers")


def _tree(estate: Estate, services: dict[str, Map]) -> Map:
    """Return the native document of services and volumes."""
    tree, listed, volumes = Map(), Map(), Map()
    for name in sorted(services):
        listed.put(name, services[name], services[name].mark)
    for unit in estate.units.values():
        if unit.kind == "volume" and not unit.template:
            volumes.put(unit.named("VolumeName"), storage.volume(estate, unit), unit.mark)
    tree.put("services", listed, 0)
    if volumes:
        tree.put("volumes", volumes, 0)
    return tree

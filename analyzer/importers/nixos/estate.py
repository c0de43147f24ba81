"""One evaluation's output -> a draft: containers, native services, and the host they run on."""

from analyzer.importers.nixos.containers import EXTENSION, read_container
from analyzer.importers.nixos.host import Around, describe, finish
from analyzer.importers.nixos.native import native_services
from analyzer.importers.nixos.nspawn import nspawn_services
from analyzer.importers.nixos.order import add_order
from analyzer.importers.nixos.routes import routes_of
from analyzer.inventory.draft import Draft, Remark
from analyzer.inventory.sheet import Sheet, entries
from analyzer.tree import Map

MARKER = "k8sadvisor"
VERSION = "1"
SECTIONS = frozenset(
    """addresses backend backups cluster containers engine filesystems firewall host k8sadvisor
    nspawn release routes secrets services system units""".split()
)
"""What the shipped expression gives."""


def draft(tree: Map, host: str | None) -> Draft:
    """Return what an output says; ``host`` is where it runs when it does not say so itself."""
    if MARKER not in tree:
        return _draft_of(tree, Map(tree.mark), "", host, [])
    remarks = [
        Remark(mark, key, "not understood", "not of this program's expression")
        for key, _, mark in entries(tree)
        if key not in SECTIONS
    ]
    if tree[MARKER] != VERSION:
        what = f"another version of the expression; this program reads {VERSION}"
        remarks.append(Remark(tree.mark_of(MARKER), MARKER, "not understood", what))
    stated = tree.get("host")
    named = str(stated) if isinstance(stated, str) and stated else host
    containers = tree.get("containers")
    if type(containers) is not Map:
        containers = Map(tree.mark_of("containers"))
    return _draft_of(containers, tree, "containers.", named, remarks)


def _draft_of(
    containers: Map, output: Map, prefix: str, host: str | None, remarks: list[Remark]
) -> Draft:
    sheets: dict[str, Sheet] = {}
    names = frozenset(containers)
    for name, options, mark in entries(containers):
        sheet = Sheet(name, f"{prefix}{name}", mark, EXTENSION)
        read_container(name, options, sheet, names)
        if type(options) is Map:
            sheets[name] = sheet
        else:
            remarks += sheet.remarks
    natives, dismissed = native_services(output.get("services"), sheets)
    sheets |= natives
    sheets |= nspawn_services(output.get("nspawn"), sheets)
    add_order(output, sheets)
    around = Around.of(output, host)
    for sheet in sheets.values():
        finish(sheet, around)
    remarks += dismissed
    remarks += [remark for sheet in sheets.values() for remark in sheet.remarks]
    tree = Map(output.mark)
    hosts = describe(output, host)
    if hosts:
        tree.put("hosts", hosts, output.mark_of("host"))
    services = Map(containers.mark)
    for name, sheet in sheets.items():
        services.put(name, sheet.entry, sheet.mark)
    tree.put("services", services, containers.mark)
    volumes = around.shared_volumes(sheets.values())
    if volumes:
        tree.put("volumes", volumes, volumes.mark)
    hints = tuple(hint for sheet in sheets.values() for hint in sheet.hints)
    routes, told = routes_of(output.get("routes"), host, sheets)
    return Draft(tree, None, (*hints, *told), routes, tuple(remarks))

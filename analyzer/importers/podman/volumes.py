"""Volumes of ``inspect`` -> native ``volumes``: driver, and the type of what it mounts.

The other options are left out: for a network share they hold its user and password.

Source: https://docs.podman.io/en/latest/markdown/podman-volume-create.1.html
"""

from collections.abc import Mapping, Sequence

from analyzer.importers.podman import keys
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.mounts import ANONYMOUS
from analyzer.importers.podman.objects import Thing, child, entries, text
from analyzer.tree import Map, Quoted

_OPTIONS = "left out, for they may hold a password; only the type is read"


def volumes(things: Sequence[Thing], ledger: Ledger) -> Map:
    """Return the volumes that have a name, by it."""
    found = Map()
    for thing in sorted(things, key=lambda thing: text(thing.tree, "Name")):
        tree = thing.tree
        ledger.account(tree, "volume.", keys.VOLUME)
        name = text(tree, "Name")
        if not name or ANONYMOUS.fullmatch(name) or name in found:
            continue
        entry = Map(tree.mark)
        entry.put("driver", Quoted(text(tree, "Driver") or "local"), tree.mark_of("Driver"))
        options = child(tree, "Options")
        kind = text(options, "type")
        if kind:
            said = Map(options.mark)
            said.put("type", Quoted(kind), options.mark_of("type"))
            entry.put("driver_opts", said, options.mark)
        for key, _, mark in entries(options):
            if key != "type":
                ledger.say(mark, f"volumes.{name}.Options.{key}", "no bearing", _OPTIONS)
        found.put(name, entry, tree.mark)
    return found


def put_volumes(tree: Map, found: Map) -> None:
    """Add volumes to a tree; one that is there is completed."""
    if "volumes" not in tree:
        tree.put("volumes", Map(found.mark), found.marks[0])
    section = tree["volumes"]
    for name, entry, mark in entries(found):
        if name in section:
            section.take(name)
        section.put(name, entry, mark)


def put_drivers(tree: Map, drivers: Mapping[str, tuple[str, int]]) -> None:
    """Add what mounts say about volumes that are not local."""
    found = Map()
    for name in sorted(drivers):
        driver, mark = drivers[name]
        entry = Map(mark)
        entry.put("driver", Quoted(driver), mark)
        found.put(name, entry, mark)
    if found:
        put_volumes(tree, found)

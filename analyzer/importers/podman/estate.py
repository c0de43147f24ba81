"""All objects of an engine, or of several -> one draft for each stack, and one for the rest."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analyzer.files import Document, Files
from analyzer.importers.podman import container, hosts, keys, members, pods, volumes
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.listing import listed_service
from analyzer.importers.podman.members import Member, Roster, Stack
from analyzer.importers.podman.network import Around
from analyzer.importers.podman.objects import Thing, child, objects, text
from analyzer.inventory.draft import Draft
from analyzer.tree import Map
from analyzer.units import measured_size

_UNKNOWN_THING = "no object of an engine that this program knows"
_KEPT_APART = "names of secrets are read from the containers that use them"
_SEVERAL = "describes another machine than --host names; give the two apart"


def read(documents: Sequence[Document], files: Files, host: str | None) -> tuple[Draft, ...]:  # noqa: ARG001 - an engine's output names no files
    """Return what engines said: a draft for each stack, and one for what is in none.

    Raises:
        InventoryError: none of the documents is JSON with an object of an engine.
    """
    ledger = Ledger()
    things = objects(documents, ledger.remarks)
    machines = _machines(things, host, ledger)
    found = [
        members.member(thing, machines.host_of(thing.file))
        for thing in things
        if thing.kind in ("container", "listed")
    ]
    everybody = members.roster(found, ledger)
    trees = _services(things, everybody, ledger)
    _rest(things, ledger)
    if machines.entries:
        first = trees.setdefault(Stack(machines.only, ""), Map())
        first.put("hosts", machines.entries, machines.entries.marks[0])
    _volumes(things, trees, ledger)
    return _drafts(trees, ledger)


class _Machines(NamedTuple):
    """Hosts by name, the name of each file's machine, and that of the only one."""

    entries: Map
    by_file: dict[int, str]
    only: str

    def host_of(self, file: int) -> str:
        return self.by_file.get(file, self.only)


def _machines(things: Sequence[Thing], host: str | None, ledger: Ledger) -> _Machines:
    """Return the machines that ``info`` describes; what the user said goes before their names."""
    infos = [thing for thing in things if thing.kind == "info"]
    own = {hosts.host_name(info) for info in infos} - {""}
    entries, by_file = Map(), {}
    for info in infos:
        name = hosts.host_name(info)
        if host is not None and len(own) > 1 and name != host:
            ledger.say(info.tree.mark, "info", "broken", _SEVERAL)
            continue
        name = host or name
        entry = hosts.host_entry(info, ledger)
        if name:
            if name not in entries:
                entries.put(name, entry, info.tree.mark)
            by_file[info.file] = name
    only = host or (next(iter(entries)) if len(entries) == 1 else "")
    by_file = {} if host else _certain(infos, by_file)
    return _Machines(entries, by_file, only)


def _certain(infos: Sequence[Thing], by_file: dict[int, str]) -> dict[int, str]:
    """Return the machines of files; a file that describes several is of none."""
    names: dict[int, set[str]] = {}
    for info in infos:
        names.setdefault(info.file, set()).add(hosts.host_name(info))
    return {file: "" if len(names[file]) > 1 else name for file, name in by_file.items()}


def _services(things: Sequence[Thing], everybody: Roster, ledger: Ledger) -> dict[Stack, Map]:
    """Return a tree with services for each stack."""
    images = _images(things, ledger)
    usage = hosts.Usage([thing for thing in things if thing.kind == "stats"], ledger)
    joined = pods.pods(things, everybody, ledger)
    trees: dict[Stack, Map] = {}
    drivers: dict[Stack, container.Drivers] = {}
    for peer, member in everybody.services.items():
        holder, pod = joined.get(peer, (None, None))
        around = Around(peer, everybody, holder, pod)
        if member.listed:
            entry = listed_service(member, around, ledger)
        else:
            entry, found = container.service(member, around, images, ledger)
            drivers.setdefault(peer.stack, {}).update(found)
        _measure(entry, everybody.copies[peer], usage)
        if peer.stack.host:
            entry.put("host", peer.stack.host, member.tree.mark)
        tree = trees.setdefault(peer.stack, Map(member.tree.mark))
        if "services" not in tree:
            tree.put("services", Map(member.tree.mark), member.tree.mark)
        tree["services"].put(peer.service, entry, member.tree.mark)
    for stack, found in drivers.items():
        volumes.put_drivers(trees[stack], found)
    return trees


def _measure(entry: Map, copies: Sequence[Member], usage: hosts.Usage) -> None:
    """Add the memory that all containers of a service take, and how many they are."""
    measured = [usage.of(one.id, one.name) for one in copies]
    known = [one for one in measured if one is not None]
    if known:
        entry.put("memory", measured_size(sum(one[0] for one in known)), known[0][1])
    if len(copies) > 1:
        entry.put("scale", str(len(copies)), copies[0].tree.mark)


def _images(things: Sequence[Thing], ledger: Ledger) -> dict[str, Map]:
    """Return images by id."""
    found: dict[str, Map] = {}
    for thing in things:
        if thing.kind == "image":
            ledger.account(thing.tree, "image.", keys.IMAGE)
            identifier = text(thing.tree, "Id").removeprefix("sha256:")
            if child(thing.tree, "Config"):
                found.setdefault(identifier, thing.tree)
    return found


def _volumes(things: Sequence[Thing], trees: dict[Stack, Map], ledger: Ledger) -> None:
    """Add volumes to the stacks whose services use them; the others to the first."""
    found = volumes.volumes([thing for thing in things if thing.kind == "volume"], ledger)
    if found:
        first = min(trees, default=Stack("", ""))
        tree = trees.setdefault(first, Map())
        volumes.put_volumes(tree, found)


def _rest(things: Sequence[Thing], ledger: Ledger) -> None:
    """Remark on objects of which nothing is taken."""
    for thing in things:
        if thing.kind == "network":
            ledger.account(thing.tree, "network.", keys.NETWORK)
        elif thing.kind == "secret":
            ledger.once(thing.tree.mark, "secret", "no bearing", _KEPT_APART)
        elif thing.kind == "other" and "Client" in thing.tree:
            ledger.once(thing.tree.mark, "version", "no bearing", "versions of the engine's parts")
        elif thing.kind == "other":
            ledger.say(thing.tree.mark, "", "not understood", _UNKNOWN_THING)


def _drafts(trees: Mapping[Stack, Map], ledger: Ledger) -> tuple[Draft, ...]:
    """Return the drafts in order; the first one carries what is to be said of all."""
    drafts = [Draft(trees[stack], stack.project or None) for stack in sorted(trees)]
    if not drafts:
        drafts = [Draft(Map())]
    drafts[0] = drafts[0]._replace(remarks=tuple(ledger.remarks))
    return tuple(drafts)

"""Which entries of an inventory and of an import are the same, and what each is called.

The inventory's names stay. Two services of one name are the same unless they say that they are of
different stacks or on different hosts. A service that the import had to name otherwise, because
another stack or host has one of that name too, is found by its stack, host and file.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from analyzer.files import STDIN_NAME
from analyzer.intake.merging import DEFAULT_HOST, keep_alias
from analyzer.tree import Map, Seq

_SERVICE = "service:"


class Matched(NamedTuple):
    """The import in the inventory's names; ``same`` are the services that both have.

    ``hosts`` are the hosts of the import that the inventory has under another name.
    """

    tree: Map
    same: frozenset[str]
    hosts: Mapping[str, str]


def match(existing: Map, tree: Map) -> Matched:
    """Return the import in the inventory's names."""
    mine, theirs = section(existing, "services"), section(tree, "services")
    names = {name: name for name in theirs if name in mine and _alike(mine[name], theirs[name])}
    free: dict[tuple[str, ...], list[str]] = {}
    for name, entry in mine.items():
        if name not in names:
            free.setdefault(_likeness(name, entry), []).append(name)
    for name, entry in theirs.items():
        found = [] if name in names else free.get(_likeness(name, entry), [])
        found = [other for other in found if _fit("host", mine[other], entry)]
        if len(found) == 1:
            names[name] = found[0]
            free[_likeness(name, entry)].remove(found[0])
    same = frozenset(names.values())
    taken = {*mine, *theirs}
    for name in theirs:
        if name in mine and name not in names:
            names[name] = _another(name, theirs[name], taken)
            taken.add(names[name])
    hosts = _hosts(existing, tree, names)
    changed = {old: new for old, new in names.items() if old != new}
    return Matched(_in_names(tree, changed, hosts), same, hosts)


def section(tree: Map, name: str) -> Map:
    """Return a section of a document, empty when it is not there or no mapping."""
    found = tree.get(name)
    return found if type(found) is Map else Map()


def text_of(entry: Any, key: str) -> str:
    """Return what an entry says, empty when it says nothing or no text."""
    value = entry.get(key) if type(entry) is Map else None
    return value if isinstance(value, str) else ""


def origin(entry: Any) -> str:
    """Return the file that an entry was imported from, empty when by hand."""
    file, colon, line = text_of(entry, "from").rpartition(":")
    return file if colon and line.isdigit() else text_of(entry, "from")


def same_source(one: str, other: str) -> bool:
    """Return whether two files are the same one, or one that was moved."""
    return one.rpartition("/")[2] == other.rpartition("/")[2]


def within(entry: Any, files: frozenset[str], hosts: frozenset[str]) -> bool:
    """Return whether an entry would have been found in the files that were read.

    One file may be used on several hosts: an import for one of them says nothing of the others.
    Standard input is another file each time, so there the host has to be known.
    """
    file, host = origin(entry), text_of(entry, "host")
    anywhere = file != STDIN_NAME and (not host or DEFAULT_HOST in hosts)
    return file in files and (host in hosts or anywhere)


def _alike(one: Any, other: Any) -> bool:
    """Return whether two services of one name may be the same."""
    return _fit("project", one, other) and _fit("host", one, other)


def _fit(key: str, one: Any, other: Any) -> bool:
    """Return whether what both say of a key is the same, if both do; a stand-in says nothing."""
    mine, theirs = text_of(one, key), text_of(other, key)
    return not mine or mine == theirs or theirs in ("", DEFAULT_HOST)


def _likeness(name: str, entry: Any) -> tuple[str, ...]:
    """Return what a service has in common with itself under the name that told it apart."""
    stack, host = text_of(entry, "project"), text_of(entry, "host")
    base = name.removeprefix(stack + "-") if stack else name
    base = base.removesuffix("-" + host) if host else base
    return stack, base, origin(entry).rpartition("/")[2]


def _another(name: str, entry: Any, taken: set[str]) -> str:
    """Return a free name for a service whose name another one has."""
    stack, host = text_of(entry, "project"), text_of(entry, "host")
    told = f"{stack}-{name}" if stack else name
    candidates = (
        told,
        f"{told}-{host}",
        *(f"{told}-{count}" for count in range(2, len(taken) + 3)),
    )
    return next(candidate for candidate in candidates if candidate not in taken)


def _hosts(existing: Map, tree: Map, names: Mapping[str, str]) -> dict[str, str]:
    """Return what the inventory calls the host whose name the import did not know."""
    mine, known = section(existing, "services"), section(existing, "hosts")
    placed = [
        name
        for name, entry in section(tree, "services").items()
        if text_of(entry, "host") == DEFAULT_HOST
    ]
    if DEFAULT_HOST in known or not placed:
        return {}
    there = {text_of(mine.get(names.get(name, "")), "host") for name in placed} & set(known)
    there = there or set(known)
    return {DEFAULT_HOST: min(there)} if len(there) == 1 else {}


def _in_names(tree: Map, names: Mapping[str, str], hosts: Mapping[str, str]) -> Map:
    """Return a tree with other names of services and hosts, wherever they are named."""
    if not names and not hosts:
        return tree
    result = Map(tree.mark)
    for (key, entries), mark in zip(tree.items(), tree.marks, strict=False):
        table = {"services": names, "hosts": hosts}.get(key, {})
        if type(entries) is not Map:
            result.put(key, entries, mark)
            continue
        told = Map(entries.mark)
        for (name, entry), at in zip(entries.items(), entries.marks, strict=False):
            referring = _referring(entry, names, hosts)
            if name in table and table is names and _likeness(name, entry)[1] == name:
                keep_alias(referring, name)  # as when both were imported together
            told.put(table.get(name, name), referring, at)
        result.put(key, told, mark)
    return result


def _referring(entry: Any, names: Mapping[str, str], hosts: Mapping[str, str]) -> Any:
    """Return an entry whose references have the other names."""
    if type(entry) is not Map:
        return entry
    result = Map(entry.mark)
    for (key, value), mark in zip(entry.items(), entry.marks, strict=False):
        told = value
        if key in ("depends_on", "inferred", "links"):
            told = _targets(value, names)
        elif key == "host" and isinstance(value, str):
            told = hosts.get(value, value)
        elif key in ("network", "network_mode") and isinstance(value, str):
            target = value.removeprefix(_SERVICE)
            told = _SERVICE + names.get(target, target) if target != value else value
        result.put(key, told, mark)
    return result


def _targets(value: Any, names: Mapping[str, str]) -> Any:
    """Return a mapping or a list of services with the other names."""
    if type(value) is Map:
        told = Map(value.mark)
        for (name, part), mark in zip(value.items(), value.marks, strict=False):
            told.put(names.get(name, name), part, mark)
        return told
    if type(value) is not Seq:
        return value
    items = Seq(value.mark)
    for part, mark in zip(value, value.marks, strict=False):
        name, colon, alias = str(part).partition(":")
        items.add(names.get(name, name) + colon + alias, mark)
    return items

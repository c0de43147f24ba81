"""An inventory and an import of the same estate -> the inventory as it is to be, and what changed.

Whose word counts is in `ownership`. Nothing of the inventory is removed but what a source said
before and says no longer; a service that is gone stays, marked, unless it is to be pruned.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, NamedTuple

from analyzer.intake.dumping import GONE_NOTE, NOT_SEEN_NOTE, Noted
from analyzer.intake.matching import match, origin, same_source, section, text_of, within
from analyzer.intake.merging import DEFAULT_HOST
from analyzer.intake.ownership import (
    HOST_RULES,
    VOLUME_RULES,
    Rule,
    arranged,
    joined,
    service_rule,
)
from analyzer.tree import Map, Seq


class Change(NamedTuple):
    """One difference. ``key`` is empty for a whole entry; ``origin`` is file:line, or a file."""

    section: str
    name: str
    kind: Literal["new", "gone", "changed"]
    key: str = ""
    before: Any = None
    after: Any = None
    origin: str = ""


class Joined(NamedTuple):
    """The inventory as it is to be, what changes, and services that the import leaves alone.

    ``by_hand`` have no ``from``; ``elsewhere`` come from another file than the import has them.
    """

    tree: Map
    changes: tuple[Change, ...]
    by_hand: tuple[str, ...]
    elsewhere: tuple[str, ...]


def join(
    existing: Map,
    tree: Map,
    files: Collection[str],
    marked: Collection[str] = (),
    *,
    prune: bool = False,
) -> Joined:
    """Return the inventory as an import leaves it.

    Args:
        existing: the inventory.
        tree: the import.
        files: those that were read for it.
        marked: services whose ``verified`` an earlier import has set.
        prune: remove what is gone instead of marking it.
    """
    return _Joining(existing, tree, frozenset(files), frozenset(marked)).run(prune=prune)


class _Joining:
    """Collects what changes while the sections are put together."""

    def __init__(
        self, existing: Map, tree: Map, files: frozenset[str], marked: frozenset[str]
    ) -> None:
        self.existing = existing
        self.matched = match(existing, tree)
        self.files = files
        self.marked = marked
        self.changes: list[Change] = []
        self.by_hand: list[str] = []
        self.elsewhere: list[str] = []

    def run(self, *, prune: bool) -> Joined:
        tree = self.matched.tree
        services = self.services(section(tree, "services"), prune=prune)
        done = {
            "hosts": self.hosts(section(tree, "hosts"), services),
            "volumes": self.volumes(section(tree, "volumes")),
            "services": services,
            "unread": self.unread(tree.get("unread")),
        }
        result = Map(self.existing.mark)
        for key, value in self.existing.items():
            if key != "unread" or done["unread"] or not value:
                result.put(key, done.get(key) or value, 0)
        for key, entries in done.items():
            if key not in result and entries:
                result.put(key, entries, 0)
        if type(self.existing.get("services")) is Map:
            result.put("services", services, 0)
        changes = sorted(self.changes, key=lambda change: change[:4])
        return Joined(result, tuple(changes), tuple(self.by_hand), tuple(self.elsewhere))

    def services(self, theirs: Map, *, prune: bool) -> Map:
        result = Map()
        stated = frozenset(text_of(entry, "host") for entry in theirs.values()) - {""}
        hosts = stated | frozenset(section(self.matched.tree, "hosts"))
        for name, entry in section(self.existing, "services").items():
            if name in self.matched.same:
                result.put(name, self.service(name, entry, theirs[name]), 0)
            elif not within(entry, self.files, hosts):
                result.put(name, entry, 0)
            else:
                if text_of(entry, "verified") != "false" or prune:
                    self.changes.append(Change("services", name, "gone", origin=origin(entry)))
                if not prune:
                    result.put(name, _marked_gone(entry), 0)
        for name in sorted(theirs):
            if name not in result and name not in self.matched.same:
                told = text_of(theirs[name], "from")
                self.changes.append(Change("services", name, "new", origin=told))
                result.put(name, theirs[name], 0)
        return result

    def service(self, name: str, mine: Any, theirs: Map) -> Any:
        """Return a service that both have."""
        if not origin(mine):
            self.by_hand.append(name)
            return mine
        rule = service_rule
        if not same_source(origin(mine), origin(theirs)):
            self.elsewhere.append(name)
            rule = _of_another_source
        result = self.entry(("services", name), mine, theirs, rule)
        self.verified(name, result, theirs)
        return result

    def verified(self, name: str, result: Map, theirs: Map) -> None:
        """Say whether a service was seen running, unless the owner has said so."""
        before, after = result.get("verified"), theirs.get("verified")
        if before == after or (before is not None and name not in self.marked):
            return
        result.take("verified")
        if after is not None:
            result.put("verified", Noted(after, NOT_SEEN_NOTE), 0)
        told = text_of(theirs, "from")
        self.changes.append(Change("services", name, "changed", "verified", before, after, told))

    def entry(
        self, path: tuple[str, str], mine: Map, theirs: Map, rule: Callable[[str], Rule]
    ) -> Map:
        """Return an entry that both have, key by key."""
        result = Map(mine.mark)
        told = text_of(theirs, "from")
        for key in (*mine, *(key for key in theirs if key not in mine)):
            before, after = mine.get(key), _value(rule(key), key, mine, theirs)
            if key in mine and after == before:
                result.put(key, before, 0)
                continue
            if after is not None:
                result.put(key, after, 0)
            if after != before:
                self.changes.append(Change(*path, "changed", key, before, after, told))
        return result

    def hosts(self, theirs: Map, services: Map) -> Map:
        mine = section(self.existing, "hosts")
        needed = {text_of(entry, "host") for entry in services.values()}
        return self.facts("hosts", mine, theirs, HOST_RULES, needed)

    def volumes(self, theirs: Map) -> Map:
        mine = section(self.existing, "volumes")
        return self.facts("volumes", mine, theirs, VOLUME_RULES, frozenset(theirs))

    def facts(
        self,
        name_of: str,
        mine: Map,
        theirs: Map,
        rules: Mapping[str, Rule],
        needed: Collection[str],
    ) -> Map:
        """Return the entries of a section, with what the source knows of them."""
        result = Map()
        for name, entry in mine.items():
            known, own = theirs.get(name), Map() if entry is None else entry
            if type(known) is Map and known:
                own = self.entry((name_of, name), own, known, lambda key: rules.get(key, "owner"))
            result.put(name, own or entry, 0)
        for name in sorted(theirs):
            stands_in = name == DEFAULT_HOST and name_of == "hosts" and not theirs[name]
            if name not in result and (name in needed or not stands_in):
                self.changes.append(Change(name_of, name, "new"))
                result.put(name, theirs[name], 0)
        return result

    def unread(self, theirs: Any) -> Seq:
        """Return what could not be understood: of files read now as they are now."""
        mine = self.existing.get("unread")
        result = Seq()
        starts = tuple(f"{file}:" for file in self.files)
        for part in mine if type(mine) is Seq else ():
            if not str(part).startswith(starts):
                result.add(part, 0)
        for part in theirs if type(theirs) is Seq else ():
            result.add(part, 0)
        return arranged(mine, result) if type(mine) is Seq else result


def _value(rule: Rule, key: str, mine: Map, theirs: Map) -> Any:
    """Return what a key of an entry is to say; None when it is to be gone."""
    before, told = mine.get(key), theirs.get(key)
    if rule == "joined":
        return joined(before, told)
    if rule == "owner" or (rule == "first" and before is not None):
        return before if key in mine else None
    if told is None:
        return None if rule == "source" and key in mine and before is not None else before
    return arranged(before, told, key)


def _of_another_source(key: str) -> Rule:
    """Return the rule for a service that another file describes: it keeps what it has."""
    rule = service_rule(key)
    return rule if rule == "latest" else "first"


def _marked_gone(entry: Map) -> Map:
    """Return an entry that says that it was not found; a word of the owner's on that stays."""
    if entry.get("verified") is not None:
        return entry
    marked = Map(entry.mark)
    for key, value in entry.items():
        marked.put(key, value, 0)
    marked.put("verified", Noted("false", GONE_NOTE), 0)
    return marked

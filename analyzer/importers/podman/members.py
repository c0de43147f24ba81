"""Containers of ``inspect`` and of ``ps`` -> who is there, by which name, and with whom."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.naming import identity, units_of
from analyzer.importers.podman.objects import Thing, child, entries, is_true, text, texts
from analyzer.tree import Map, Quoted

SHORT_ID = 12
_COPY = "a further copy of a service, counted by 'scale'"
_INFRA = "holds the namespaces of a pod, whose containers share one network"
_ONE_OFF = "started once by hand, not a part of the stack"
_SEEN_TWICE = "a container that was read already"
_LABEL_START = ("com.", "io.", "org.", "traefik.", "caddy", "PODMAN_")


class Member(NamedTuple):
    """One container; ``listed``: only ``ps`` knows it."""

    tree: Map
    id: str
    name: str
    host: str
    pod: str
    labels: Map
    listed: bool


class Stack(NamedTuple):
    """What a draft is about: a machine, a stack on it, and a number when names clash."""

    host: str
    project: str
    number: int = 0


class Peer(NamedTuple):
    """A member as others refer to it."""

    stack: Stack
    service: str
    name: str


class Roster(NamedTuple):
    """The members that become services, those that only hold a pod, and everybody by id and name.

    ``known`` are the services by stack and name, ``copies`` the containers that run each.
    """

    services: dict[Peer, Member]
    infra: dict[str, Member]
    peers: dict[tuple[str, str], Peer]
    known: dict[tuple[Stack, str], Peer]
    copies: dict[Peer, list[Member]]

    def peer(self, host: str, key: str) -> Peer | None:
        """Return who has an id or a name on a host."""
        return self.peers.get((host, key[:SHORT_ID])) or self.peers.get((host, key))


def labels_of(written: str, mark: int) -> Map:
    """Return the labels that Docker's ``ps`` joins with commas; a value may hold commas, too."""
    found = Map(mark)
    key = ""
    for part in written.split(","):
        name, equals, value = part.partition("=")
        if equals and (not key or name.startswith(_LABEL_START)):
            key = name
            found.put(key, Quoted(value), mark)
        elif key:
            found[key] = Quoted(f"{found[key]},{part}")
    return found


def member(thing: Thing, host: str) -> Member:
    """Return a container as a member."""
    tree = thing.tree
    identifier = text(tree, "Id") or text(tree, "ID")
    if thing.kind == "container":
        name = text(tree, "Name").removeprefix("/") or identifier[:SHORT_ID]
        labels = child(child(tree, "Config"), "Labels")
        return Member(tree, identifier, name, host, text(tree, "Pod"), labels, listed=False)
    names = [name for name, _ in texts(tree, "Names")] or text(tree, "Names").split(",")
    name = min((one.removeprefix("/") for one in names if "/" not in one[1:]), default="")
    labels = child(tree, "Labels")
    if text(tree, "Labels"):
        labels = labels_of(text(tree, "Labels"), tree.mark_of("Labels"))
    name = name or identifier[:SHORT_ID]
    return Member(tree, identifier, name, host, text(tree, "Pod"), labels, listed=True)


def is_infra(one: Member) -> bool:
    """Return whether a container only holds what a pod or a Kubernetes file shares."""
    return is_true(one.tree, "IsInfra") or is_true(one.tree, "IsService")


def roster(found: Iterable[Member], ledger: Ledger) -> Roster:
    """Return who is there; one container is one member, however often it was read."""
    members = _distinct(found, ledger)
    everybody = Roster({}, {}, {}, {}, {})
    by_host: dict[str, list[Map]] = {}
    for one in members:
        by_host.setdefault(one.host, []).append(one.labels)
    units = {host: units_of(labels) for host, labels in by_host.items()}
    for one in members:
        if is_infra(one):
            everybody.infra[one.id] = one
            ledger.say(one.tree.mark, one.name, "no bearing", _INFRA)
        else:
            _enlist(one, units[one.host], everybody, ledger)
    return everybody


def _distinct(found: Iterable[Member], ledger: Ledger) -> Sequence[Member]:
    """Return members in order of name; what ``inspect`` says goes before what ``ps`` says."""
    kept: dict[str, Member] = {}
    for one in sorted(found, key=lambda one: (one.listed, one.host, one.name, one.id)):
        key = one.id[:SHORT_ID] or f"{one.host}/{one.name}"
        if key not in kept:
            kept[key] = one
        elif not one.listed:
            ledger.say(one.tree.mark, one.name, "no bearing", _SEEN_TWICE)
    return sorted(kept.values(), key=lambda one: (one.host, one.name, one.id))


def _enlist(one: Member, units: Mapping[str, int], everybody: Roster, ledger: Ledger) -> None:
    """Give a member its name among the others."""
    named = identity(one.labels, one.name, units)
    if named.one_off:
        ledger.say(one.tree.mark, one.name, "no bearing", _ONE_OFF)
        return
    stack, service = Stack(one.host, named.project), named.service or one.name
    known = everybody.known
    copied = known.get((stack, service)) if named.project else None
    while copied is None and (stack, service) in known:
        if service != one.name:  # two units of one name: the containers' names tell them apart
            service = one.name
        else:
            stack = stack._replace(number=stack.number + 1)
    peer = copied or Peer(stack, service, one.name)
    if copied is None:
        known[stack, service] = peer
        everybody.services[peer] = one
    else:
        ledger.say(one.tree.mark, one.name, "kept", _COPY)
    everybody.copies.setdefault(peer, []).append(one)
    for key in (one.id[:SHORT_ID], one.id, one.name):
        everybody.peers.setdefault((one.host, key), peer)


def own_labels(labels: Map, image: Map) -> Map:
    """Return the labels that somebody set, without those of the image and of tools."""
    found = Map(labels.mark)
    for key, value, mark in entries(labels):
        if not key.startswith(_TOOLS) and image.get(key) != value and isinstance(value, str):
            found.put(key, value, mark)
    return found


_TOOLS = (
    "com.docker.compose.",
    "com.docker.stack.",
    "com.docker.swarm.",
    "desktop.docker.io/",
    "io.buildah.",
    "io.podman.compose.",
    "maintainer",
    "org.label-schema.",
    "org.opencontainers.",
    "PODMAN_SYSTEMD_UNIT",
)
"""Labels that say where a container or an image came from, and no more."""

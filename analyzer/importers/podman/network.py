"""``NetworkMode``, ``Networks`` and pods -> native ``network``.

The default network resolves no names, so being on it together says nothing, and it is left out.

Source: https://docs.podman.io/en/latest/markdown/podman-network.1.html
"""

import re
from typing import NamedTuple

from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.members import SHORT_ID, Member, Peer, Roster
from analyzer.importers.podman.objects import child, entries, text, texts
from analyzer.tree import Map, Quoted, Seq

_DEFAULTS = frozenset({"podman", "bridge"})
_BRIDGES = frozenset({"", "bridge", "default", "private", "podman"})
_ENGINE_OWN = ("pasta", "slirp4netns")
_ID = re.compile(r"[0-9a-f]{12}")
"""The engine's own alias: of the container, or of the one that holds its pod."""
CONTAINER = "container:"
_ABSENT = "shares the network of a container that is not in the input; inspect that one as well"
_DEFAULT = "the default network, on which no names are resolved"


class Around(NamedTuple):
    """What surrounds a member: itself, everybody, who holds its pod's network, and as what."""

    peer: Peer
    everybody: Roster
    holder: Peer | None
    pod: Map | None


def network(member: Member, around: Around, ledger: Ledger) -> tuple[str | Map, int]:
    """Return the network of a container of ``inspect``, and its place."""
    host = child(member.tree, "HostConfig")
    mode, mark = text(host, "NetworkMode"), host.mark_of("NetworkMode")
    if around.holder is not None and around.holder != around.peer:
        return reference(around, around.holder), mark
    settings = child(member.tree, "NetworkSettings")
    if around.holder is not None:
        infra = around.pod or Map()
        mode = text(child(infra, "HostConfig"), "NetworkMode")
        settings = child(infra, "NetworkSettings") or settings
    elif mode.startswith(CONTAINER):
        target = mode.removeprefix(CONTAINER)
        peer = around.everybody.peer(member.host, target)
        if peer is not None:
            return reference(around, peer), mark
        ledger.say(mark, f"{member.name}.HostConfig.NetworkMode", "kept", _ABSENT)
        return Quoted(CONTAINER + target[:SHORT_ID]), mark
    if mode in ("host", "none") or mode.startswith("ns:"):
        return mode, mark
    return _networks(settings, mode, member, ledger), mark


def reference(around: Around, peer: Peer) -> str:
    """Return how a service names the one whose network it shares."""
    if peer.stack == around.peer.stack:
        return Quoted(f"service:{peer.service}")
    return Quoted(CONTAINER + peer.name)


def _networks(settings: Map, mode: str, member: Member, ledger: Ledger) -> str | Map:
    """Return the networks that a container joined, by name."""
    joined = child(settings, "Networks")
    found = Map(joined.mark)
    for name, value, mark in entries(joined):
        if name in _DEFAULTS:
            ledger.once(mark, f"container.NetworkSettings.Networks.{name}", "no bearing", _DEFAULT)
        elif name not in ("host", "none"):
            found.put(name, _membership(value, member) if type(value) is Map else None, mark)
    if found:
        return found
    engine = mode.partition(":")[0]
    if mode in _BRIDGES or engine in _ENGINE_OWN:
        return "bridge"
    found.put(mode, None, joined.mark)
    return found


def _membership(joined: Map, member: Member) -> Map | None:
    """Return aliases and fixed addresses of a container on a network."""
    said = Map(joined.mark)
    aliases = Seq(joined.mark_of("Aliases"))
    for alias, mark in texts(joined, "Aliases"):
        if alias not in (member.name, *aliases) and not _ID.fullmatch(alias):
            aliases.add(Quoted(alias), mark)
    if aliases:
        said.put("aliases", aliases, aliases.mark)
    fixed = child(joined, "IPAMConfig")
    for key, native in (("IPv4Address", "ipv4_address"), ("IPv6Address", "ipv6_address")):
        if text(fixed, key):
            said.put(native, Quoted(text(fixed, key)), fixed.mark_of(key))
    return said or None


def share_by_name(entry: Map, member: Member, around: Around) -> None:
    """Write shared namespaces by name: ids change with every start; a pod's own say nothing new."""
    for key in ("ipc", "pid", "uts", "userns_mode"):
        mode = entry.get(key)
        if not isinstance(mode, str) or not mode.startswith(CONTAINER):
            continue
        target = mode.removeprefix(CONTAINER)
        mark = entry.mark_of(key)
        peer = around.everybody.peer(member.host, target)
        entry.take(key)
        if peer is not None:
            entry.put(key, reference(around, peer), mark)
        elif not member.pod:
            entry.put(key, Quoted(CONTAINER + target[:SHORT_ID]), mark)

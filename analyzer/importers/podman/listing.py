"""One row of ``ps`` -> a thinner service: no variables, no sources of mounts, no limits.

Sources: https://docs.podman.io/en/latest/markdown/podman-ps.1.html and
https://docs.docker.com/reference/cli/docker/container/ls/#format
"""

from analyzer.importers.podman import keys, needs, ports
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.members import Member, own_labels
from analyzer.importers.podman.mounts import mounted
from analyzer.importers.podman.network import Around, reference
from analyzer.importers.podman.objects import child, entries, maps, sequence, text, texts
from analyzer.tree import Map, Quoted, Seq

_DEFAULTS = frozenset({"podman", "bridge", ""})
_MOUNTS = "only the paths inside are listed; 'inspect' tells what is mounted there"
_STOPPED = "not running when it was listed: 'verified: false'"
_ALIVE = ("running", "restarting", "paused", "up", "healthy", "")


def listed_service(member: Member, around: Around, ledger: Ledger) -> Map:
    """Return the service of a container that only ``ps`` knows."""
    tree = member.tree
    ledger.account(tree, "ps.", keys.LISTED)
    entry = Map(tree.mark)
    if text(tree, "Image"):
        entry.put("image", Quoted(text(tree, "Image")), tree.mark_of("Image"))
    if member.name != around.peer.service:
        entry.put("container_name", Quoted(member.name), tree.mark_of("Names"))
    entry.put("runtime", "podman" if "IsInfra" in tree else "docker", tree.mark)
    command = sequence(tree, "Command")
    if command:
        entry.put("command", command, tree.mark_of("Command"))
    _ports(member, around, ledger, entry)
    _network(member, around, entry)
    _mounts(member, ledger, entry)
    needed, _ = needs.depends_on(member, around, ledger)
    if needed:
        entry.put("depends_on", needed, needed.marks[0])
    labels = own_labels(member.labels, Map())
    if labels:
        entry.put("labels", labels, tree.mark_of("Labels"))
    _state(member, ledger, entry)
    return entry


def _mounts(member: Member, ledger: Ledger, entry: Map) -> None:
    """Add mounts; only the newest Podman lists where they come from."""
    tree = member.tree
    found = mounted(tree, f"{member.name}.Mounts", ledger)
    if found.volumes:
        entry.put("volumes", found.volumes, found.volumes.marks[0])
    elif tree.get("Mounts"):
        ledger.say(tree.mark_of("Mounts"), f"{member.name}.Mounts", "no bearing", _MOUNTS)


def _state(member: Member, ledger: Ledger, entry: Map) -> None:
    """Say when a container was not seen running."""
    tree = member.tree
    state = (text(tree, "State") or text(tree, "Status")).lower().partition(" ")[0]
    if state not in _ALIVE:
        mark = tree.mark_of("State")
        entry.put("verified", "false", mark)
        ledger.say(mark, f"{member.name}.State", "kept", _STOPPED)


def _ports(member: Member, around: Around, ledger: Ledger, entry: Map) -> None:
    tree = member.tree
    if around.holder is not None and around.holder != around.peer:
        return  # Podman lists the pod's ports with each of its containers
    found = ports.listed(maps(tree, "Ports"))
    found += ports.written(text(tree, "Ports"), tree.mark_of("Ports"))
    for port, protocols, mark in entries(child(tree, "ExposedPorts")):
        opened = Map(mark)
        for protocol in protocols if type(protocols) is Seq else ():
            opened.put(f"{port}/{protocol}", None, mark)
        found += ports.bindings(opened, f"{member.name}.ExposedPorts", ledger)
    for key, values in (("ports", ports.published(found)), ("expose", ports.exposed(found))):
        if values:
            entry.put(key, values, values.marks[0])


def _network(member: Member, around: Around, entry: Map) -> None:
    tree = member.tree
    mark = tree.mark_of("Networks")
    if around.holder is not None and around.holder != around.peer:
        entry.put("network", reference(around, around.holder), mark)
        return
    names = [name for name, _ in texts(tree, "Networks")] or text(tree, "Networks").split(",")
    if names in (["host"], ["none"]):
        entry.put("network", names[0], mark)
        return
    joined = Seq(mark)
    for name in names:
        if name not in _DEFAULTS:
            joined.add(Quoted(name), mark)
    if joined:
        entry.put("network", joined, mark)
    elif any(names):
        entry.put("network", "bridge", mark)

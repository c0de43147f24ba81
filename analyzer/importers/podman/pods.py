"""Pods: their containers share one network namespace, for which the inventory has no word.

So one container holds it, ``network: service:NAME`` ties the others to that one, and the pod's
ports and networks are the holder's. It is the first by name that needs no other one of the pod.

Source: https://docs.podman.io/en/latest/markdown/podman-pod-create.1.html (``--share``)
"""

from collections.abc import Sequence

from analyzer.importers.podman import keys
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.members import SHORT_ID, Member, Peer, Roster
from analyzer.importers.podman.network import CONTAINER
from analyzer.importers.podman.objects import Thing, child, is_true, maps, text, texts
from analyzer.importers.podman.ports import Binding, listed
from analyzer.tree import Map

Joined = dict[Peer, tuple[Peer | None, Map | None]]


def pods(things: Sequence[Thing], everybody: Roster, ledger: Ledger) -> Joined:
    """Return who holds the network of each container in a pod, and the pod's own container.

    Where only ``podman pod inspect`` knows the pod's ports, they are put into the form that the
    pod's own container would have.
    """
    described = _described(things, ledger)
    groups: dict[str, list[Peer]] = {}
    for peer, member in everybody.services.items():
        if member.pod and _shares(member):
            groups.setdefault(member.pod, []).append(peer)
    infra = {one.pod: one.tree for one in everybody.infra.values() if one.pod}
    joined: Joined = {}
    for pod, peers in groups.items():
        holder = _holder(peers, everybody)
        for peer in peers:
            joined[peer] = holder, infra.get(pod) or described.get(pod[:SHORT_ID])
    _join_listed(everybody, joined)
    return joined


def _join_listed(everybody: Roster, joined: Joined) -> None:
    """Tie rows of ``ps`` that publish the same ports and have no network of their own.

    Podman lists the ports of a shared network with everybody who shares it, and not who does.
    """
    holders: dict[tuple[str, tuple[Binding, ...]], Peer] = {}
    rows = [(peer, one) for peer, one in everybody.services.items() if one.listed]
    for peer, one in sorted(rows, key=lambda row: (not texts(row[1].tree, "Networks"), row[0])):
        bound = listed(maps(one.tree, "Ports"))
        key = one.host, tuple(sorted(each._replace(mark=0) for each in bound if each.host))
        if not key[1] or peer in joined:
            continue
        holder = holders.setdefault(key, peer)
        if holder != peer and not texts(one.tree, "Networks"):
            joined[peer] = holder, None


def _shares(member: Member) -> bool:
    """Return whether a container of a pod uses the pod's network; ``ps`` does not say."""
    if member.listed:
        return True
    return text(child(member.tree, "HostConfig"), "NetworkMode").startswith(CONTAINER)


def _holder(peers: Sequence[Peer], everybody: Roster) -> Peer:
    """Return the first by name that needs none of the others."""
    ordered = sorted(peers)
    ids = {everybody.services[peer].id for peer in ordered}
    for peer in ordered:
        member = everybody.services[peer]
        if not ids & {needed for needed, _ in texts(member.tree, "Dependencies")}:
            return peer
    return ordered[0]


def _described(things: Sequence[Thing], ledger: Ledger) -> dict[str, Map]:
    """Return pods by id, each in the form of its own container."""
    found = {}
    for thing in things:
        if thing.kind != "pod":
            continue
        ledger.account(thing.tree, "pod.", keys.POD)
        config = child(thing.tree, "InfraConfig")
        ledger.account(config, "pod.InfraConfig.", keys.INFRA_CONFIG)
        if config:
            found[text(thing.tree, "Id")[:SHORT_ID]] = _as_container(config)
    return found


def _as_container(config: Map) -> Map:
    mark = config.mark
    host, settings, networks = Map(mark), Map(mark), Map(mark)
    host.put("NetworkMode", "host" if is_true(config, "HostNetwork") else "bridge", mark)
    host.put("PortBindings", child(config, "PortBindings"), config.mark_of("PortBindings"))
    for name, place in texts(config, "Networks"):
        networks.put(name, None, place)
    settings.put("Networks", networks, config.mark_of("Networks"))
    whole = Map(mark)
    whole.put("HostConfig", host, mark)
    whole.put("NetworkSettings", settings, mark)
    return whole

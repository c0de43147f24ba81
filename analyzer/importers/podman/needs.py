"""What a container waits for: labels of Compose, ``--requires`` of Podman, ``--link`` of Docker.

Source: https://docs.podman.io/en/latest/markdown/podman-create.1.html (``--requires``)
"""

from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.members import SHORT_ID, Member
from analyzer.importers.podman.network import CONTAINER, Around
from analyzer.importers.podman.objects import child, text, texts
from analyzer.tree import Map, Quoted, Seq

DEPENDS_LABEL = "com.docker.compose.depends_on"
_CONDITIONS = ("service_started", "service_healthy", "service_completed_successfully")
_ABSENT = "needs a container that is not in the input, or that is of another stack"


def depends_on(member: Member, around: Around, ledger: Ledger) -> tuple[Map, Seq]:
    """Return what a service needs in native form, and names of what is not among the others."""
    found, absent = Map(member.labels.mark_of(DEPENDS_LABEL)), Seq()
    known, stack = around.everybody.known, around.peer.stack
    mark = member.labels.mark_of(DEPENDS_LABEL)
    for part in text(member.labels, DEPENDS_LABEL).split(","):
        name, _, rest = part.strip().partition(":")
        condition = rest.partition(":")[0]
        if (stack, name) in known and name != around.peer.service:
            found.put(name, _condition(condition, mark), mark)
        elif name and name != around.peer.service:
            absent.add(Quoted(name), mark)
    for identifier, mark in texts(member.tree, "Dependencies"):
        _require(identifier, mark, (member, around), found, absent)
    for name, mark in zip(absent, absent.marks, strict=True):
        ledger.say(mark, f"{member.name}.requires.{name}", "kept", _ABSENT)
    return found, absent


def _condition(condition: str, mark: int) -> Map | None:
    if condition not in _CONDITIONS[1:]:
        return None
    said = Map(mark)
    said.put("condition", condition, mark)
    return said


def _require(
    identifier: str, mark: int, who: tuple[Member, Around], found: Map, absent: Seq
) -> None:
    """Add a container that has to run first; whose network is shared is known already."""
    member, around = who
    mode = text(child(member.tree, "HostConfig"), "NetworkMode")
    if mode == CONTAINER + identifier or identifier in around.everybody.infra:
        return
    peer = around.everybody.peer(member.host, identifier)
    if peer is None or peer.stack != around.peer.stack:
        absent.add(Quoted(peer.name if peer else identifier[:SHORT_ID]), mark)
    elif peer != around.peer and peer.service not in found:
        found.put(peer.service, None, mark)


def links(member: Member, around: Around) -> Seq:
    """Return Docker's links ``/db:/web/db`` in Compose's form."""
    host = child(member.tree, "HostConfig")
    found = Seq(host.mark_of("Links"))
    for link, mark in texts(host, "Links"):
        target, _, alias = link.partition(":")
        name, alias = target.strip("/"), alias.rpartition("/")[2]
        peer = around.everybody.peer(member.host, name)
        if peer is not None and peer.stack == around.peer.stack:
            name = peer.service
        found.add(Quoted(f"{name}:{alias}" if alias else name), mark)
    return found

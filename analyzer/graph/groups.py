"""Edges, circles, ties and requests -> move groups, each union with its reason."""

from collections.abc import Iterable, Iterator, Mapping

from analyzer.graph.clues import Tie
from analyzer.graph.links import Links
from analyzer.graph.model import Edge, Group, GroupReason
from analyzer.inventory.model import Service


def group_reasons(
    services: Mapping[str, Service],
    edges: Iterable[Edge],
    ties: Iterable[Tie],
    links: Links,
    components: list[list[int]],
) -> list[GroupReason]:
    """Return, sorted, everything that makes two services move together."""
    reasons = {
        *_cycle_reasons(links, components),
        *_namespace_reasons(edges),
        *_storage_reasons(ties),
        *_requests(services),
    }
    return sorted(reasons)


def _namespace_reasons(edges: Iterable[Edge]) -> Iterator[GroupReason]:
    """Yield a reason per service that lives in another one's network namespace."""
    for edge in edges:
        for evidence in edge.evidence:
            if evidence.kind == "network-namespace":
                one, other = edge.dependent, edge.dependency
                text = f"{one} lives in the network namespace of {other}"
                yield GroupReason(one, other, "network-namespace", text, evidence.source)


def _storage_reasons(ties: Iterable[Tie]) -> Iterator[GroupReason]:
    """Yield a reason per pair that writes the same private storage."""
    for tie in ties:
        text, source = tie.evidence[0].text, tie.evidence[0].source
        yield GroupReason(tie.first, tie.second, "shared-writable-storage", text, source)


def _requests(services: Mapping[str, Service]) -> Iterator[GroupReason]:
    """Yield a reason per ``migrate: only-with``."""
    for name, service in services.items():
        partner = service.migrate_with
        if service.migrate != "only-with" or partner is None:
            continue
        if partner in services and partner != name:
            line = service.lines.get("migrate", 0)
            source = service.at(line)
            text = service.migrate_why or "the owner asks for it"
            yield GroupReason(name, partner, "requested", text, source)


def _cycle_reasons(links: Links, components: list[list[int]]) -> Iterator[GroupReason]:
    """Yield one reason per member of a circle: the first service it needs within it."""
    for component in components:
        members = set(component)
        for node in component:
            target = next(other for other in links.needs[node] if other in members)
            first, second = links.names[node], links.names[target]
            text = f"{first} needs {second}, which needs it in turn"
            source = links.edges[node, target].evidence[0].source
            yield GroupReason(first, second, "cycle", text, source)


def make_groups(
    names: Iterable[str], reasons: Iterable[GroupReason]
) -> tuple[tuple[Group, ...], dict[str, int]]:
    """Return the groups in order of name, and the position of each service's group.

    ``names`` are sorted; a group's name is its smallest member's.
    """
    reasons = tuple(reasons)
    root = _unions(reasons)
    bound = {name for reason in reasons for name in (reason.first, reason.second)}
    members: dict[str, list[str]] = {}
    for name in sorted(bound):
        members.setdefault(_root(root, name), []).append(name)
    why: dict[str, list[GroupReason]] = {}
    for reason in reasons:
        why.setdefault(_root(root, reason.first), []).append(reason)
    groups = tuple(
        Group(name, tuple(members.get(name, (name,))), tuple(why.get(name, ())))
        for name in names
        if name in members or name not in bound
    )
    group_of = {
        member: position for position, group in enumerate(groups) for member in group.members
    }
    return groups, group_of


def _unions(reasons: Iterable[GroupReason]) -> dict[str, str]:
    """Return the forest that leads from each bound service to its group's smallest member."""
    root: dict[str, str] = {}
    for reason in reasons:
        first, second = _root(root, reason.first), _root(root, reason.second)
        if first != second:
            root[max(first, second)] = min(first, second)
    return root


def _root(root: dict[str, str], name: str) -> str:
    """Return the smallest member known of a service's group, shortening the way there."""
    top = name
    while top in root:
        top = root[top]
    while name != top:
        root[name], name = top, root[name]
    return top

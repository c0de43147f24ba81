"""Hosts that need services to start or join -> circles back to the host.

A host that needs a container of its own, and that container would move into the cluster the host
is part of, can never start the first time. A native unit, or a container that stays, starts with
its host and is no circle.
"""

from collections import deque
from collections.abc import Iterable, Mapping

from analyzer.graph.links import is_hard_link
from analyzer.graph.model import BootstrapCycle, Edge
from analyzer.inventory.model import Host, Inventory, Service

_MAX_CYCLES = 50
_VISITS = 2_000_000

_Node = tuple[bool, str]
"""(is a host, name)."""


def bootstrap_cycles(inventory: Inventory, edges: Iterable[Edge]) -> tuple[BootstrapCycle, ...]:
    """Return the shortest circle through each host that is in one, each circle once."""
    starts = [name for name in sorted(inventory.hosts) if inventory.hosts[name].depends_on]
    if not starts:
        return ()
    needs: dict[str, list[str]] = {}
    for edge in edges:
        if is_hard_link(edge):
            needs.setdefault(edge.dependent, []).append(edge.dependency)
    found: dict[tuple[str, ...], BootstrapCycle] = {}
    visits = 0
    for start in starts:
        path, visited = _circle(inventory, needs, start)
        visits += visited
        if path:
            cycle = _cycle(path)
            found[cycle.path] = cycle
        if len(found) >= _MAX_CYCLES or visits > _VISITS:
            break
    return tuple(found[path] for path in sorted(found))


def _following(
    node: _Node,
    hosts: Mapping[str, Host],
    services: Mapping[str, Service],
    needs: Mapping[str, list[str]],
) -> list[_Node]:
    """Return what a host or a service needs to start, sorted."""
    is_host, name = node
    if is_host:
        host = hosts.get(name)
        wanted = sorted({d.service for d in host.depends_on}) if host is not None else []
        return [(False, service) for service in wanted if service in services]
    found: list[_Node] = []
    place = services[name].host
    if place is not None and place in hosts:
        found.append((True, place))
    found.extend((False, other) for other in needs.get(name, ()))
    return found


def _circle(
    inventory: Inventory, needs: Mapping[str, list[str]], start: str
) -> tuple[list[_Node], int]:
    """Return a shortest circle through a host, empty when none; and how much was visited."""
    hosts, services = inventory.hosts, inventory.services
    first: _Node = (True, start)
    came_from: dict[_Node, _Node] = {first: first}
    queue = deque([first])
    while queue:
        node = queue.popleft()
        for other in _following(node, hosts, services, needs):
            if other == first:
                path = _path(came_from, node, first)
                if _starts_with_its_host(path, services, start):
                    continue
                return path, len(came_from)
            if other not in came_from:
                came_from[other] = node
                queue.append(other)
    return [], len(came_from)


def _path(came_from: Mapping[_Node, _Node], last: _Node, first: _Node) -> list[_Node]:
    """Return the way from the first node to the last."""
    path = [last]
    while path[-1] != first:
        path.append(came_from[path[-1]])
    return path[::-1]


def _starts_with_its_host(path: list[_Node], services: Mapping[str, Service], start: str) -> bool:
    """Return whether all services of a circle run on its only host and will stay there."""
    on_path = [services[name] for is_host, name in path if not is_host]
    return all(service.host == start and not _would_move(service) for service in on_path)


def _would_move(service: Service) -> bool:
    """Return whether a service would come to live in a cluster."""
    return service.is_container and service.migrate != "never"


def _cycle(path: list[_Node]) -> BootstrapCycle:
    """Return a circle that starts at its smallest host, closed."""
    smallest = path.index(min(node for node in path if node[0]))
    turned = [*path[smallest:], *path[:smallest]]
    turned.append(turned[0])
    words = tuple(f"{'host' if is_host else 'service'} {name}" for is_host, name in turned)
    return BootstrapCycle(words, tuple(sorted({name for is_host, name in turned if not is_host})))

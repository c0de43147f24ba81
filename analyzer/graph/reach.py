"""Services -> which of the sought ones each can reach, and how near they are.

``stack``: started together, and on a network in common. ``network``: on a network in common.
``host``: on one host, and nothing is known of networks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from analyzer.graph.names import namespace_target
from analyzer.inventory.model import Service

Nearness = Literal["stack", "network", "host"]
_Place = tuple[str, str | None, str]
_CROWD = 64
"""More sought services than this in one place: only those of the own stack are looked at."""


class _Places:
    """Names of services by place; of a crowded place only those of one stack are told."""

    def __init__(self) -> None:
        self._all: dict[_Place, list[str]] = {}
        self._of_stack: dict[tuple[_Place, str | None], list[str]] = {}

    def add(self, place: _Place, service: Service) -> None:
        """Note that a service is at a place."""
        self._all.setdefault(place, []).append(service.name)
        self._of_stack.setdefault((place, service.project), []).append(service.name)

    def names(self, place: _Place, service: Service) -> Sequence[str]:
        """Return who is at a place, as far as it concerns a service."""
        names = self._all.get(place, ())
        if len(names) <= _CROWD:
            return names
        return self._of_stack.get((place, service.project), [])[:_CROWD]


class Reach:
    """Finds the sought services that another one can reach, and who can reach one of them."""

    def __init__(self, services: Mapping[str, Service], sought: Iterable[str]) -> None:
        """Note where the sought services are."""
        self._services = services
        self._at = _Places()
        self._looking: _Places | None = None
        for name in sought:
            service = services[name]
            for place in {*self._places(service), *_stack(service), *_on_host(service)}:
                self._at.add(place, service)

    def near(self, service: Service) -> dict[str, Nearness]:
        """Return what a service reaches, by name, and how near each is."""
        found: dict[str, Nearness] = {}
        for place in (*self._places(service), *_open_to(service)):
            for name in self._at.names(place, service):
                if name != service.name and found.get(name) != "stack":
                    found[name] = self._nearness(service, place, name)
        return found

    def has_neighbours(self, name: str) -> bool:
        """Return whether a service is known to be in a stack or on a network with others."""
        service = self._services[name]
        return bool(service.project or service.networks or service.network_mode)

    def around(self, name: str) -> dict[str, Nearness]:
        """Return who reaches a sought service, by name, and how near each is."""
        if self._looking is None:
            self._looking = _Places()
            for service in self._services.values():
                for place in (*self._places(service), *_open_to(service)):
                    self._looking.add(place, service)
        target = self._services[name]
        found: dict[str, Nearness] = {}
        for place in {*self._places(target), *_stack(target), *_on_host(target)}:
            for other in self._looking.names(place, target):
                if other != name and found.get(other) != "stack":
                    found[other] = self._nearness(target, place, other)
        return dict(sorted(found.items()))

    def _nearness(self, service: Service, place: _Place, name: str) -> Nearness:
        other = self._services[name]
        if service.project and service.project == other.project:
            return "stack"
        return "host" if place[0] == "host" else "network"

    def _places(self, service: Service) -> Iterator[_Place]:
        """Yield the places from which a service looks around."""
        target = namespace_target(service.network_mode)
        if target is not None and target in self._services:
            service = self._services[target]
        host = service.host
        for network in service.networks:
            yield "network", host, network
        if not service.networks:
            if service.project:
                yield "stack", host, service.project
            elif service.network_mode is None:
                yield "host", host, ""


def _stack(service: Service) -> tuple[_Place, ...]:
    """Return the place where services look that have no network of their own."""
    return (("stack", service.host, service.project),) if service.project else ()


def _on_host(service: Service) -> tuple[_Place, ...]:
    """Return the place where a stack's services look for what is on the host's own network."""
    if service.network_mode == "host" and service.project:
        return (("host of stack", service.host, service.project),)
    return ()


def _open_to(service: Service) -> tuple[_Place, ...]:
    """Return the place on the host's own network that a service of a stack looks at."""
    if service.networks and service.project:
        return (("host of stack", service.host, service.project),)
    return ()

"""Services -> which of the sought ones each can reach, and how near they are.

``stack``: started together, and on a network in common. ``network``: on a network in common.
``host``: on one host, and nothing is known of networks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from analyzer.graph.names import namespace_target
from analyzer.inventory.model import Service

Nearness = Literal["stack", "network", "host"]
_Place = tuple[str, str | None, str]
_CROWD = 64
"""More sought services than this in one place: only those of the own stack are looked at."""


class _Places:
    """Services by place; of a crowded place only those of one stack are told."""

    def __init__(self) -> None:
        self._all: dict[_Place, list[Service]] = {}
        self._of_stack: dict[_Place, dict[str | None, list[Service]]] = {}

    def add(self, place: _Place, service: Service) -> None:
        """Note that a service is at a place."""
        found = self._all.get(place)
        if found is None:
            self._all[place] = [service]
        else:
            found.append(service)

    def at(self, place: _Place, service: Service) -> Sequence[Service]:
        """Return who is at a place, as far as it concerns a service."""
        found = self._all.get(place, ())
        if len(found) <= _CROWD:
            return found
        if place not in self._of_stack:
            stacks = self._of_stack[place] = {}
            for one in found:
                stacks.setdefault(one.project, []).append(one)
        return self._of_stack[place].get(service.project, [])[:_CROWD]


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
            for other in self._at.at(place, service):
                if other is not service and found.get(other.name) != "stack":
                    found[other.name] = _nearness(service, place, other)
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
            for other in self._looking.at(place, target):
                if other is not target and found.get(other.name) != "stack":
                    found[other.name] = _nearness(target, place, other)
        return dict(sorted(found.items()))

    def _places(self, service: Service) -> tuple[_Place, ...]:
        """Return the places from which a service looks around."""
        if service.network_mode is not None:
            target = namespace_target(service.network_mode)
            if target is not None and target in self._services:
                service = self._services[target]
        host = service.host
        if service.networks:
            return tuple(("network", host, network) for network in service.networks)
        if service.project:
            return (("stack", host, service.project),)
        return (("host", host, ""),) if service.network_mode is None else ()


def _nearness(service: Service, place: _Place, other: Service) -> Nearness:
    """Return how near two services are that meet at a place."""
    if service.project and service.project == other.project:
        return "stack"
    return "host" if place[0] == "host" else "network"


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

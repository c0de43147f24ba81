"""An estate whose parts were read -> every reference that leads nowhere."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from analyzer.errors import Problem
from analyzer.inventory.model import Inventory, Service, Source
from analyzer.inventory.reading import SETTINGS_FILE
from analyzer.inventory.suggestion import did_you_mean

_SUGGESTIONS = 20
"""Looking for similar names costs; beyond this many problems only the first few get it."""


class _Reference(NamedTuple):
    """One use of a name: the user's place, the key, its line; ``itself`` is a service that uses."""

    owner: Source
    path: str
    line: int
    name: str
    itself: str = ""


def dangling(inventory: Inventory) -> list[Problem]:
    """Return a problem for every name that is used and not declared, and every use of oneself."""
    problems: list[Problem] = []
    for reference in _host_references(inventory):
        if reference.name not in inventory.hosts:
            problems.append(_unknown(reference, "host", inventory.hosts, len(problems)))
    for reference in _service_references(inventory):
        if reference.name not in inventory.services:
            problems.append(_unknown(reference, "service", inventory.services, len(problems)))
        elif reference.name == reference.itself:
            problems.append(_problem(reference, "names the service itself", "remove it"))
    return problems


def _host_references(inventory: Inventory) -> Iterator[_Reference]:
    hosts = inventory.hosts
    for service in inventory.services.values():
        if service.host is not None and service.host not in hosts:
            path, line = f"services.{service.name}.host", service.lines.get("host", 0)
            yield _Reference(service.source, path, line, service.host)
    for volume in inventory.volumes.values():
        if volume.host is not None:
            path, line = f"volumes.{volume.name}.host", volume.source.line
            yield _Reference(volume.source, path, line, volume.host)


def _service_references(inventory: Inventory) -> Iterator[_Reference]:
    for host in inventory.hosts.values():
        for need in host.depends_on:
            path = f"hosts.{host.name}.depends_on"
            yield _Reference(host.source, path, need.line, need.service)
    for service in inventory.services.values():
        for key, name, line in _uses(service):
            path = f"services.{service.name}.{key}"
            yield _Reference(service.source, path, line, name, service.name)


def _uses(service: Service) -> Iterator[tuple[str, str, int]]:
    """Yield key, name and line of every service that a service names."""
    for need in service.depends_on:
        yield "depends_on", need.service, need.line
    lines = service.lines
    for name in service.not_depends_on:
        yield "not_depends_on", name, lines.get("not_depends_on", 0)
    if service.network_mode is not None and service.network_mode.startswith("service:"):
        name = service.network_mode.partition(":")[2]
        key = "network" if "network_mode" not in lines else "network_mode"
        yield key, name, lines.get(key, 0)
    if service.migrate_with is not None:
        yield "migrate", service.migrate_with, lines.get("migrate", 0)


def _unknown(reference: _Reference, kind: str, known: Collection[str], problems: int) -> Problem:
    otherwise = f"declare it under {kind}s, or correct the name"
    if kind == "service":
        otherwise = (
            "declare it under services (runtime: external if it is not yours), or remove it"
        )
    remedy = otherwise
    if problems < _SUGGESTIONS:
        remedy = did_you_mean(reference.name, known, otherwise)
    return _problem(reference, f"there is no {kind} '{reference.name}'", remedy)


def _problem(reference: _Reference, what: str, remedy: str) -> Problem:
    owner, path, line = reference[:3]
    place = (owner.file, line, 1) if line else (SETTINGS_FILE, 0, 0)
    return Problem(*place, path, what, remedy)

"""A container -> the service that it runs, as the people who started it know it.

Sources: https://docs.docker.com/reference/compose-file/ (labels ``com.docker.compose.*``),
https://github.com/containers/podman-compose (``io.podman.compose.*``) and
https://docs.podman.io/en/latest/markdown/podman-auto-update.1.html (``PODMAN_SYSTEMD_UNIT``).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analyzer.importers.podman.objects import text
from analyzer.tree import Map

UNIT = "PODMAN_SYSTEMD_UNIT"
_PROJECTS = ("com.docker.compose.project", "io.podman.compose.project")
_SERVICES = ("com.docker.compose.service", "io.podman.compose.service")
_NUMBERS = ("com.docker.compose.container-number", "io.podman.compose.container-number")
_ONE_OFF = "com.docker.compose.oneoff"
_STACK, _SWARM = "com.docker.stack.namespace", "com.docker.swarm.service.name"
_UNIT_PREFIXES = ("", "podman-", "docker-", "container-", "systemd-")
"""NixOS, ``podman generate systemd`` and Quadlet derive unit and container from one name."""


class Identity(NamedTuple):
    """What a container is: ``number`` tells copies of one service apart; it may be an errand."""

    service: str
    project: str
    number: int
    one_off: bool


def identity(labels: Map, name: str, units: Mapping[str, int]) -> Identity:
    """Return what the labels and the name of a container say.

    Args:
        labels: its labels.
        name: its name, without the slash that Docker writes before it.
        units: how many containers each systemd unit runs.
    """
    project, service = _first(labels, _PROJECTS), _first(labels, _SERVICES)
    if project and service:
        number = _first(labels, _NUMBERS)
        one_off = text(labels, _ONE_OFF).lower() == "true"
        return Identity(service, project, int(number[:6]) if number.isdecimal() else 1, one_off)
    swarm, stack = text(labels, _SWARM), text(labels, _STACK)
    if swarm:
        return Identity(swarm.removeprefix(f"{stack}_") or swarm, stack, 1, one_off=False)
    return Identity(_unit_name(text(labels, UNIT), name, units), project, 1, one_off=False)


def units_of(labels: Iterable[Map]) -> dict[str, int]:
    """Return how many containers each systemd unit runs; a unit of several names none of them."""
    counts: dict[str, int] = {}
    for one in labels:
        unit = text(one, UNIT)
        if unit:
            counts[unit] = counts.get(unit, 0) + 1
    return counts


def _first(labels: Map, keys: Iterable[str]) -> str:
    return next((text(labels, key) for key in keys if text(labels, key)), "")


def _unit_name(unit: str, name: str, units: Mapping[str, int]) -> str:
    """Return the name that unit and container share, or the container's."""
    stem = unit.removesuffix(".service")
    if stem == unit or not stem or units.get(unit, 0) > 1:
        return name
    return name if stem in [prefix + name for prefix in _UNIT_PREFIXES] else stem

"""What every kit is made of: an assessment, all that is said of its services, and which to convert."""

import posixpath
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.facts.cluster import NodeRole, node_roles
from analyzer.graph.model import Edge
from analyzer.inventory.model import Host, Inventory, Service
from analyzer.inventory.reading import Written
from analyzer.kits.compose.stacks import names_inside
from analyzer.kits.naming import labels
from analyzer.kits.spec import Spec, specs
from analyzer.rulebook.images import known_image
from analyzer.rulebook.model import Image
from analyzer.tree import Map

UNKNOWN_BASE = "/REPLACE-ME"


class Material(NamedTuple):
    """An estate, ready to be converted.

    ``chosen`` are the services that files are asked for; ``asked`` says whether the user named
    them, so that what never moves is converted all the same. ``labels`` gives each service its
    name in files, ``hosts`` each host its own, ``stacks`` each service the label of its stack,
    which is the estate's without one. ``needs`` are the edges by the service that needs,
    ``needed`` those by the service that is needed; ``waited`` are services whose end is waited for.
    ``mounted`` are the services by the paths of hosts that they mount, each with a slash at its end,
    ``mounted_paths`` the same paths in order, ``volume_stacks`` the labels
    of the stacks that mount a named volume.
    ``inside`` gives each service its name inside of its stack.
    ``base`` is the folder on the hosts that relative paths begin at, empty when not known.
    """

    assessment: Assessment
    specs: Mapping[str, Spec]
    volumes: Mapping[str, Map]
    labels: Mapping[str, str]
    hosts: Mapping[str, str]
    roles: Mapping[str, NodeRole]
    chosen: frozenset[str]
    asked: bool
    wave_of: Mapping[str, int]
    stacks: Mapping[str, str]
    needs: Mapping[str, tuple[Edge, ...]]
    needed: Mapping[str, tuple[Edge, ...]]
    waited: frozenset[str]
    mounted: Mapping[str, tuple[str, ...]]
    mounted_paths: tuple[str, ...]
    volume_stacks: Mapping[str, frozenset[str]]
    inside: Mapping[str, str]
    base: str = ""

    def service(self, name: str) -> Service:
        """Return a service by name."""
        return self.assessment.inventory.services[name]

    def host(self, spec: Spec) -> Host | None:
        """Return the host of a service, None where it is not stated."""
        return self.assessment.inventory.hosts.get(spec.service.host or "")

    def node(self, spec: Spec) -> str | None:
        """Return the name of the node that a service is tied to, None where no host is stated."""
        return self.hosts.get(spec.service.host or "")

    def image(self, spec: Spec) -> Image | None:
        """Return what the rules know of a service's image."""
        return known_image(self.assessment.rulebook, spec.service.image)

    def stateful(self, spec: Spec) -> bool:
        """Return whether a service keeps data; one that may is taken to do so."""
        return self.assessment.facts.stateful.get(spec.name) is not False

    def host_path(self, source: str) -> tuple[str, bool]:
        """Return a path on a host as a whole, and whether it is known.

        What is not known begins with `UNKNOWN_BASE`, which no host has: nothing starts on it.
        """
        if source.startswith("/"):
            return source, True
        return posixpath.normpath(f"{self.base or UNKNOWN_BASE}/{source}"), bool(self.base)

    def users(self, path: str) -> frozenset[str]:
        """Return the services that mount a path of a host, or one in it or around it."""
        inside = path.rstrip("/") + "/"
        found = set(self.mounted.get(inside, ()))
        at = inside.find("/")
        while at >= 0:
            found.update(self.mounted.get(inside[: at + 1], ()))
            at = inside.find("/", at + 1)
        for other in self.mounted_paths[bisect_left(self.mounted_paths, inside) :]:
            if not other.startswith(inside):
                break
            found.update(self.mounted[other])
        return frozenset(found)

    def estate(self) -> str:
        """Return the estate's name as a label."""
        name = self.assessment.inventory.name
        return labels([name], "estate")[name]


def on_nixos(host: Host | None) -> bool:
    """Return whether a host runs NixOS, whatever its release."""
    return host is not None and (host.os or "").lower().startswith("nixos")


def gather(
    assessment: Assessment,
    written: Written,
    wave: int | None,
    services: Collection[str],
    base: str = "",
) -> Material:
    """Return what a kit is made of.

    Args:
        assessment: the estate, assessed.
        written: its entries as they are written.
        wave: convert what this wave of the plan moves; None: whatever the option converts.
        services: convert these, by name; none: as ``wave`` says.
        base: the folder on the hosts that relative paths begin at, empty when not known.
    """
    inventory, plan = assessment.inventory, assessment.plan
    wave_of = {name: one.number for one in plan.waves for name in one.services}
    chosen = frozenset(services) | {name for name, number in wave_of.items() if number == wave}
    if not services and wave is None:
        chosen = frozenset(name for name, one in inventory.services.items() if one.is_container)
    stacks, mounted = _stacks(inventory), _mounted(inventory)
    return Material(
        assessment=assessment,
        specs=specs(inventory.services, written.services),
        volumes=written.volumes,
        labels=labels(inventory.services),
        hosts=labels(inventory.hosts, "host"),
        roles=node_roles(inventory, assessment.rulebook),
        chosen=chosen,
        asked=bool(services),
        wave_of=wave_of,
        stacks=stacks,
        needs=_by(assessment.topology.edges, lambda edge: edge.dependent),
        needed=_by(assessment.topology.edges, lambda edge: edge.dependency),
        mounted=mounted,
        mounted_paths=tuple(sorted(mounted)),
        inside=names_inside(inventory.services),
        volume_stacks=_volume_stacks(inventory, stacks),
        waited=frozenset(
            dependency.service
            for service in inventory.services.values()
            for dependency in service.depends_on
            if "completed" in dependency.condition
        ),
        base=base,
    )


def _stacks(inventory: Inventory) -> dict[str, str]:
    projects = {one.project for one in inventory.services.values() if one.project}
    named = labels([inventory.name, *projects], "stack")
    return {
        name: named[service.project or inventory.name]
        for name, service in inventory.services.items()
    }


def _mounted(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, service in inventory.services.items():
        for mount in service.mounts:
            if mount.kind == "bind":
                found.setdefault(mount.source.rstrip("/") + "/", []).append(name)
    return {source: tuple(names) for source, names in found.items()}


def _volume_stacks(inventory: Inventory, stacks: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, service in inventory.services.items():
        for mount in service.mounts:
            if mount.kind == "volume":
                found.setdefault(mount.source, set()).add(stacks[name])
    return {source: frozenset(labels) for source, labels in found.items()}


def _by(edges: Iterable[Edge], end: Callable[[Edge], str]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(end(edge), []).append(edge)
    return {name: tuple(listed) for name, listed in found.items()}

"""Inventory, facts and image knowledge -> what a test cluster should mirror and measure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analyzer.facts.catalogue import Estate
from analyzer.facts.effort import preparation_hours, set_up_hours
from analyzer.facts.figures import figure
from analyzer.facts.hosts import test_place
from analyzer.facts.model import Facts
from analyzer.graph.model import BINDING_CONFIDENCE, Topology
from analyzer.inventory.model import Inventory, Service
from analyzer.plan.groups import Movement
from analyzer.plan.model import Mirror
from analyzer.rulebook.images import known_image
from analyzer.rulebook.model import Figure, Rulebook
from analyzer.units import decimal

STATELESS_MIRRORS = 3
_UNFIT_ROLES = frozenset({"auth", "vpn", "proxy", "dns", "backup", "update"})
"""Roles whose copy would act on the outside world, or mean nothing beside the original."""


class _Candidate(NamedTuple):
    """A service and how much would have to come with it; sorts by what makes it simple."""

    unproven: bool
    ties: int
    name: str


def mirrors(
    inventory: Inventory, topology: Topology, facts: Facts, rulebook: Rulebook, moved: Movement
) -> tuple[Mirror, ...]:
    """Return three stateless services, one stateful on a copy, one pair that needs each other.

    Simple images that the rules know to mirror well come first, then services with few ties, then
    names. Critical services, and those whose copy would act on the outside world, are left out.
    """
    ties = _ties(topology)
    candidates = list(_fit(inventory, facts, moved))
    simple = _simple_images(candidates, rulebook)
    fit = sorted(
        _Candidate(service.image not in simple, ties.get(service.name, 0), service.name)
        for service in candidates
    )
    plain = [c.name for c in fit if facts.stateful.get(c.name) is False]
    chosen = [
        Mirror(name, "keeps no data: shows what converting and updating take")
        for name in plain[:STATELESS_MIRRORS]
    ]
    keeping = [c.name for c in fit if facts.stateful.get(c.name) is True]
    if keeping:
        chosen.append(
            Mirror(keeping[0], "keeps data: run it on a copy, and restore a backup of it")
        )
    taken = {mirror.service for mirror in chosen}
    chosen.extend(_pair(topology, [c.name for c in fit], taken))
    return tuple(chosen)


def measurements(rulebook: Rulebook) -> tuple[str, ...]:
    """Return what to measure on a test cluster, each with the figure to compare it with.

    Raises:
        RulesError: a figure is missing.
    """
    server, pod = figure(rulebook, "k3s.server.memory"), figure(rulebook, "k3s.pod.memory")
    plain, stateful = figure(rulebook, "service.stateless"), figure(rulebook, "service.stateful")
    eviction = figure(rulebook, "eviction.delay")
    setup = set_up_hours(rulebook)
    after = f"{_span(eviction)} by default, and only where its data is within reach"
    convert = f"{_typical(plain)} without data and {_typical(stateful)} with data"
    return (
        f"Memory of k3s.service after a week: published figures are {_span(server)}.",
        f"Memory that one more pod adds: published figures are {_span(pod)}.",
        "CPU that an idle server uses, in percent of a core, and the power it draws.",
        f"Hours to convert one service: the plan counts {convert}.",
        f"Hours to set the cluster up and tune it: the plan counts {decimal(setup, 0)} hours.",
        f"Seconds until a service is back after its host is switched off: {after}.",
        "Seconds until a service is back after its process is killed, on both platforms.",
        "Response time through the proxy, on both platforms.",
        "Writes to the disk of the datastore in a day.",
    )


def spare_host(
    inventory: Inventory, topology: Topology, facts: Facts, rulebook: Rulebook
) -> str | None:
    """Return the host where a separate test cluster fits, None when none is known to."""
    estate = Estate(
        inventory=inventory,
        topology=topology,
        rulebook=rulebook,
        pins=facts.pins,
        stateful=facts.stateful,
        never=facts.never,
        effort_hours=facts.effort_hours,
        preparation_hours=preparation_hours(inventory, rulebook),
        footprint=facts.footprint,
        containers=(),
    )
    return test_place(estate)[0]


def _fit(inventory: Inventory, facts: Facts, moved: Movement) -> Iterator[Service]:
    """Yield movable single services that a test may copy."""
    for group in moved.groups:
        service = inventory.services[group.members[0]]
        if (
            len(group.members) == 1
            and service.criticality != "high"
            and facts.roles.get(service.name) not in _UNFIT_ROLES
        ):
            yield service


def _simple_images(services: Iterable[Service], rulebook: Rulebook) -> frozenset[str | None]:
    """Return the image references that the rules know to be simple to mirror."""
    references = {service.image for service in services}
    known = {reference: known_image(rulebook, reference) for reference in references}
    return frozenset(reference for reference, image in known.items() if image and image.mirror)


def _ties(topology: Topology) -> dict[str, int]:
    """Return how many binding dependencies touch each service."""
    ties: dict[str, int] = {}
    for edge in topology.edges:
        if edge.confidence >= BINDING_CONFIDENCE:
            for name in (edge.dependent, edge.dependency):
                ties[name] = ties.get(name, 0) + 1
    return ties


def _pair(topology: Topology, fit: Iterable[str], taken: set[str]) -> list[Mirror]:
    """Return a service and what it needs, both fit for a test; the simplest dependent first."""
    rank = {name: number for number, name in enumerate(fit)}
    pairs = [
        (rank[edge.dependent], rank[edge.dependency], edge.dependent, edge.dependency)
        for edge in topology.edges
        if edge.confidence >= BINDING_CONFIDENCE
        and not edge.symmetric
        and edge.dependent in rank
        and edge.dependency in rank
    ]
    if not pairs:
        return []
    *_, dependent, dependency = min(pairs)
    reasons = {
        dependent: f"needs {dependency}: shows how services find each other",
        dependency: f"{dependent} needs it",
    }
    return [Mirror(name, why) for name, why in reasons.items() if name not in taken]


def _span(found: Figure) -> str:
    """Return ``512 to 1600 MB``, or ``110 pods`` where the figure has no range."""
    low, high = decimal(found.low, 1), decimal(found.high, 1)
    return f"{low} to {high} {found.unit}" if low != high else f"{low} {found.unit}"


def _typical(found: Figure) -> str:
    return f"{decimal(found.typical, 1)} {found.unit}"

"""Inventory, Topology and Rulebook -> what is worked out for each service, in one go."""

from collections.abc import Mapping
from typing import NamedTuple

from analyzer.facts.model import ServicePins
from analyzer.facts.mounts import MountUses, uses_of
from analyzer.facts.never import never_moves
from analyzer.facts.service_pins import pins_of
from analyzer.facts.state import images_of, roles_of, stateful_of
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Image, Rulebook


class ServiceFacts(NamedTuple):
    """The first facts of all, each by service.

    ``images`` is what the rules know of its image, ``uses`` what its mounts are for, ``never``
    why it stays in any migration; services that may move are absent from ``never``.
    """

    images: Mapping[str, Image | None]
    roles: Mapping[str, str]
    uses: Mapping[str, MountUses]
    stateful: Mapping[str, bool | None]
    pins: Mapping[str, ServicePins]
    never: Mapping[str, tuple[str, ...]]


def service_facts(inventory: Inventory, topology: Topology, rulebook: Rulebook) -> ServiceFacts:
    """Return image, role, mounts, state, pins and reasons to stay of every service."""
    services = inventory.services
    images = images_of(inventory, rulebook)
    roles = roles_of(inventory, topology, images)
    uses = {name: uses_of(service) for name, service in services.items()}
    stateful = {name: stateful_of(s, images[name], uses[name]) for name, s in services.items()}
    pins = pins_of(inventory, topology, images, roles, uses, stateful)
    never = never_moves(inventory, topology, pins, roles, uses)
    return ServiceFacts(images, roles, uses, stateful, pins, never)

"""What images are for, as far as dependencies care: a role and ports for each service.

Whoever builds a topology brings this knowledge along as `ImageKnowledge`: the graph has none of
its own.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from analyzer.inventory.model import Service

HARD_ROLES = frozenset({"database", "queue", "cache", "auth"})
"""Roles of services without which a dependent does not start or answer."""

DATA_ROLES = frozenset({"database", "queue", "cache"})
"""Roles of services that clients call and that call nobody but their own kind."""


class ImageKnowledge(Protocol):
    """Whoever knows what images are for."""

    def role(self, image: str) -> str | None:
        """Return ``database``, ``queue``, ``cache``, ``auth``, ``proxy`` ..., None if not known.

        A native unit asks by its name, since it has no image.
        """

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the ports that programs of this image listen on by default."""


def base_name(image: str) -> str:
    """Return the last component of an image's repository: ``ghcr.io/x/postgres:16`` -> postgres."""
    return image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0].lower()


class Products(NamedTuple):
    """Role and default ports of every service that has any; looked up once per image."""

    roles: Mapping[str, str]
    ports: Mapping[str, tuple[int, ...]]


def products(services: Mapping[str, Service], images: ImageKnowledge) -> Products:
    """Return what is known of each service by its image, or by its name when it has none."""
    roles: dict[str, str] = {}
    ports: dict[str, tuple[int, ...]] = {}
    known: dict[str, tuple[str | None, tuple[int, ...]]] = {}
    for name, service in services.items():
        image = service.image or name
        if image not in known:
            known[image] = images.role(image), images.ports(image)
        role, numbers = known[image]
        if role is not None:
            roles[name] = role
        if numbers:
            ports[name] = numbers
    return Products(roles, ports)

"""What images are for, as far as dependencies care: a role and ports for each service.

Whoever builds a topology brings this knowledge along as `ImageKnowledge`: the graph has none of
its own.
"""

import re
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

    def family(self, image: str) -> str | None:
        """Return the family that an image belongs to, as in ``postgres``; None if not known."""

    def uses(self, family: str) -> tuple[str, ...]:
        """Return the families that a family's programs call where they run beside them."""

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the ports that programs of this image listen on by default."""


def base_name(image: str) -> str:
    """Return the last component of an image's repository: ``ghcr.io/x/postgres:16`` -> postgres."""
    return image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0].lower()


class Products(NamedTuple):
    """What is known of every service by its image; looked up once per image.

    ``uses`` are the families that a service's product calls where they run beside it.
    """

    roles: Mapping[str, str]
    ports: Mapping[str, tuple[int, ...]]
    families: Mapping[str, str] = {}
    uses: Mapping[str, tuple[str, ...]] = {}


_Known = tuple[str | None, tuple[int, ...], str | None, tuple[str, ...]]
_NOTHING: _Known = (None, (), None, ())
_WORD = re.compile(r"[a-z]+")
_OTHER = frozenset(
    "backup backups exporter admin ui commander client web proxy init migrate migration dump "
    "browser gui insight setup operator sidecar cron job agent tools cli test app api".split()
)
"""Words of a name that speak of something beside a product, not of the product itself."""


def products(services: Mapping[str, Service], images: ImageKnowledge) -> Products:
    """Return what is known of each service by its image, or by its name when it has none."""
    roles: dict[str, str] = {}
    ports: dict[str, tuple[int, ...]] = {}
    families: dict[str, str] = {}
    uses: dict[str, tuple[str, ...]] = {}
    known: dict[str, _Known] = {}
    for name, service in services.items():
        image = service.image or name
        if image not in known:
            known[image] = _look_up(image, images)
        role, numbers, family, called = known[image]
        if role is not None:
            roles[name] = role
        if numbers:
            ports[name] = numbers
        if family is not None:
            families[name] = family
        if called:
            uses[name] = called
    return Products(roles, ports, families, uses)


def _look_up(image: str, images: ImageKnowledge) -> _Known:
    """Return what is known of an image, or of the data store that its name speaks of."""
    family = images.family(image)
    if family is not None:
        return images.role(image), images.ports(image), family, images.uses(family)
    name = base_name(image)
    parts = _WORD.findall(name)
    if (len(parts) < 2 and name.isalpha()) or not _OTHER.isdisjoint(parts):  # noqa: PLR2004
        return _NOTHING
    for part in parts:
        if images.role(part) in DATA_ROLES:
            return images.role(part), images.ports(part), images.family(part), ()
    return _NOTHING

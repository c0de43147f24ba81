"""Services and images -> what each service is, whether it keeps state, and whether that is safe."""

from collections.abc import Mapping

from analyzer.facts.mounts import MountUses, mounts_known
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Service, Volume
from analyzer.rulebook.images import known_image
from analyzer.rulebook.model import Image, Rulebook

WEB_PORTS = frozenset({80, 443})
ROUTED_SERVICES = 2
"""A web server on the web's ports that needs this many services is their reverse proxy."""


def images_of(inventory: Inventory, rulebook: Rulebook) -> dict[str, Image | None]:
    """Return what the rules know of each service's image.

    A service without an image, such as a native unit, is looked up by its own name.
    """
    known: dict[str, Image | None] = {}
    found = {}
    for name, service in inventory.services.items():
        reference = service.image or ("" if service.build else name)
        if reference not in known:
            known[reference] = known_image(rulebook, reference.lower())
        found[name] = known[reference]
    return found


def roles_of(
    inventory: Inventory, topology: Topology, images: Mapping[str, Image | None]
) -> dict[str, str]:
    """Return each service's role, ``app`` where the image is not known."""
    roles = {name: image.role if image else "app" for name, image in images.items()}
    graph = topology.digraph
    for name, role in roles.items():
        if role != "web" or name not in graph:
            continue
        published = {port.published for port in inventory.services[name].ports}
        if published & WEB_PORTS and graph.out_degree(name) >= ROUTED_SERVICES:
            roles[name] = "proxy"
    return roles


def stateful_of(service: Service, image: Image | None, uses: MountUses) -> bool | None:
    """Return whether a service keeps state; None when nothing tells.

    What the owner states wins; then data mounted writable; then what is known of the image; then
    that nothing is mounted.
    """
    if service.stateful is not None:
        return service.stateful
    if any(not mount.read_only for mount in uses.data):
        return True
    if image is not None and image.stateful is not None:
        return image.stateful
    return False if mounts_known(service) else None


def backup_of(service: Service, uses: MountUses, volumes: Mapping[str, Volume]) -> bool | None:
    """Return whether a service's data is backed up; None when the inventory does not say.

    One volume left out is enough for no; yes takes a word on every one.
    """
    if service.backup is not None:
        return service.backup
    answers = [_backup_at(mount.source, volumes) for mount in uses.data if not mount.read_only]
    if False in answers:
        return False
    return True if answers and None not in answers else None


def _backup_at(source: str, volumes: Mapping[str, Volume]) -> bool | None:
    """Return whether a volume, or the longest described path around a folder, is backed up."""
    path = source.rstrip("/")
    while path:
        if path in volumes:
            return volumes[path].backup
        path = path.rpartition("/")[0]
    return None

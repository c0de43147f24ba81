"""Routes of a reverse proxy's configuration -> clues ``proxy -> service``."""

from collections.abc import Iterable, Iterator, Mapping

from analyzer.graph.clues import Clue
from analyzer.graph.images import base_name
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.proxies import FAMILIES
from analyzer.graph.references import references
from analyzer.inventory.draft import Route
from analyzer.inventory.model import Service
from analyzer.tree import COLUMN_BITS

ROUTE = 95


def route_clues(
    routes: Iterable[Route], services: Mapping[str, Service], inference: Inference
) -> Iterator[Clue]:
    """Yield an edge from the only proxy of the family on the route's host to what it routes to."""
    known: dict[tuple[str, str | None], str | None] = {}
    for route in routes:
        place = route.proxy, route.host
        if place not in known:
            known[place] = _only_proxy(services.values(), *place)
        name = known[place]
        if name is not None:
            yield from _clues(services[name], route, inference)


def _only_proxy(services: Iterable[Service], family: str, host: str | None) -> str | None:
    """Return the proxy of a family on a host, or anywhere when the host is not known."""
    found = [
        service.name
        for service in services
        if (host is None or service.host == host) and family in _families(service)
    ]
    return found[0] if len(found) == 1 else None


def _families(service: Service) -> tuple[str, ...]:
    """Return what proxy a service may be, by its image, or by its name without one."""
    name = base_name(service.image) if service.image else service.name
    return name, FAMILIES.get(name, ""), name.partition("-")[0]


def _clues(proxy: Service, route: Route, inference: Inference) -> Iterator[Clue]:
    """Yield what one route says."""
    place = Statement(
        what="a route",
        source=proxy.at(route.mark >> COLUMN_BITS),
        trusted=True,
        inbound="never",
        port_stated=True,
        ceiling=ROUTE,
        kind="proxy",
    )
    for reference in references(route.upstream):
        match = inference.meaning(proxy, reference, None)
        clue = match and inference.clue(proxy, reference, match, place)
        if clue:
            yield clue

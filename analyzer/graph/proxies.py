"""Routes written on services -> clues ``proxy -> service``. Names of labels count, not values.

Source: https://doc.traefik.io/traefik/reference/install-configuration/providers/docker/ (labels),
https://github.com/lucaslorentz/caddy-docker-proxy (``caddy`` labels),
https://github.com/nginx-proxy/nginx-proxy (``VIRTUAL_HOST``).
"""

from collections.abc import Iterable, Iterator

from analyzer.graph.clues import Clue
from analyzer.graph.images import base_name
from analyzer.graph.model import Evidence
from analyzer.inventory.model import Service, Source

ROUTE = 85
_FAMILIES = {
    "traefik": "traefik",
    "caddy": "caddy",
    "caddy-docker-proxy": "caddy",
    "nginx-proxy": "nginx-proxy",
}


def proxy_clues(services: Iterable[Service]) -> Iterator[Clue]:
    """Yield an edge from the only proxy of a kind on a host to each service with its route."""
    proxies: dict[tuple[str | None, str], list[Service]] = {}
    routed: list[tuple[str, Service, str, int]] = []
    for service in services:
        family = _FAMILIES.get(base_name(service.image)) if service.image else None
        if family is not None:
            proxies.setdefault((service.host, family), []).append(service)
        if service.labels or service.environment:
            routed.extend((kind, service, what, line) for kind, what, line in _routes(service))
    for kind, service, what, line in routed:
        found = proxies.get((service.host, kind), ())
        if len(found) == 1 and found[0].name != service.name:
            source = Source(service.source.file, line, 0) if line else service.source
            evidence = Evidence("proxy", what, source)
            yield Clue(found[0].name, service.name, "soft", ROUTE, evidence)


def _routes(service: Service) -> Iterator[tuple[str, str, int]]:
    """Yield the kind of proxy, the words of the evidence and the line of each kind of route."""
    line = service.lines.get("labels", 0)
    labels = service.labels
    enabled = labels.get("traefik.enable", "").lower()
    if enabled != "false" and (
        enabled or any(label.startswith(("traefik.http.", "traefik.tcp.")) for label in labels)
    ):
        yield "traefik", "routed by its traefik labels", line
    if any(label.partition(".")[0].partition("_")[0] == "caddy" for label in labels):
        yield "caddy", "routed by its caddy labels", line
    if "VIRTUAL_HOST" in service.environment:
        yield "nginx-proxy", "routed by VIRTUAL_HOST", service.environment.line("VIRTUAL_HOST")

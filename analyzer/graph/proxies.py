"""Routes written on services -> clues ``proxy -> service``. Names of labels count, not values.

Source: https://doc.traefik.io/traefik/reference/install-configuration/providers/docker/ (labels),
https://github.com/lucaslorentz/caddy-docker-proxy (``caddy`` labels),
https://github.com/nginx-proxy/nginx-proxy (``VIRTUAL_HOST``).
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from analyzer.graph.clues import Clue
from analyzer.graph.images import base_name
from analyzer.graph.model import Evidence
from analyzer.inventory.model import Service

ROUTE = 85
FAMILIES = {
    "traefik": "traefik",
    "caddy": "caddy",
    "caddy-docker-proxy": "caddy",
    "nginx-proxy": "nginx-proxy",
}


def proxy_clues(services: Collection[Service]) -> Iterator[Clue]:
    """Yield an edge from the only proxy of a kind on a host to each service with its route."""
    known = proxies(services)
    if not known:
        return
    for service in services:
        for family, proxy_of in known.items():
            proxy = proxy_of.get(service.host)
            if proxy and proxy != service.name:
                key = _route(service, family)
                if key is not None:
                    text, line = key
                    source = service.at(line)
                    evidence = Evidence("proxy", text, source)
                    yield Clue(proxy, service.name, "soft", ROUTE, evidence)


def proxies(services: Collection[Service]) -> dict[str, dict[str | None, str]]:
    """Return, for each kind of proxy, the proxy of every host; empty text where there are two."""
    families: dict[str, str | None] = {}
    found: dict[str, dict[str | None, str]] = {}
    for service in services:
        image = service.image
        if image is None:
            continue
        if image not in families:
            families[image] = FAMILIES.get(base_name(image))
        family = families[image]
        if family is not None:
            hosts = found.setdefault(family, {})
            hosts[service.host] = "" if service.host in hosts else service.name
    return found


def _route(service: Service, family: str) -> tuple[str, int] | None:
    """Return the words of the evidence and its line, when a service asks for a route."""
    if family == "nginx-proxy":
        if "VIRTUAL_HOST" not in service.environment:
            return None
        return "routed by VIRTUAL_HOST", service.environment.line("VIRTUAL_HOST")
    labels = service.labels
    if not labels or not _LABELLED[family](labels):
        return None
    return f"routed by its {family} labels", service.lines.get("labels", 0)


def _traefik(labels: Mapping[str, str]) -> bool:
    """Return whether labels ask Traefik for a route."""
    enabled = labels.get("traefik.enable", "").lower()
    if enabled == "false":
        return False
    return bool(enabled) or any(
        label.startswith(("traefik.http.", "traefik.tcp.")) for label in labels
    )


def _caddy(labels: Mapping[str, str]) -> bool:
    """Return whether labels ask caddy-docker-proxy for a route."""
    return any(label.partition(".")[0].partition("_")[0] == "caddy" for label in labels)


_LABELLED: Mapping[str, Callable[[Mapping[str, str]], bool]] = {
    "traefik": _traefik,
    "caddy": _caddy,
}

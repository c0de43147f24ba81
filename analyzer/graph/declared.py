"""What the owner wrote -> clues: dependencies, shared network namespaces and links."""

from collections.abc import Iterator, Mapping

from analyzer.graph.clues import Clue
from analyzer.graph.model import CERTAIN, Evidence
from analyzer.graph.names import Resolver, namespace_target
from analyzer.inventory.model import Service, Source

LINK = 95


def declared_clues(
    service: Service, services: Mapping[str, Service], resolver: Resolver
) -> Iterator[Clue]:
    """Yield the edges that a service's own keys state."""
    for dependency in service.depends_on:
        if dependency.service in services and dependency.service != service.name:
            text = "depends_on" + (f": {dependency.why}" if dependency.why else "")
            yield Clue(
                service.name,
                dependency.service,
                dependency.kind,
                CERTAIN,
                Evidence("declared", text, service.at(dependency.line)),
            )
    namespace = namespace_target(service.network_mode)
    if namespace is not None:
        target = resolver.named(service, namespace)
        if target is not None and target != service.name:
            evidence = Evidence(
                "network-namespace", "shares its network namespace", _key(service, "network_mode")
            )
            yield Clue(service.name, target, "hard", CERTAIN, evidence)
    for link in service.links:
        target = resolver.named(service, link.partition(":")[0])
        if target is not None and target != service.name:
            evidence = Evidence("link", "links", _key(service, "links"))
            yield Clue(service.name, target, "hard", LINK, evidence)


def _key(service: Service, key: str) -> Source:
    """Return the place of a service's key; ``network`` is our own word for ``network_mode``."""
    line = service.lines.get(key) or service.lines.get("network", 0)
    return service.at(line)

"""Named networks -> weak ties: services that can reach each other, and nothing more is known."""

from collections.abc import Collection, Iterator, Mapping

from analyzer.graph.clues import Tie
from analyzer.graph.model import Evidence
from analyzer.inventory.model import Service

SAME_NETWORK = 25
_FEWEST, _MOST = 2, 6
_COMMON = frozenset({"default", "bridge", "podman", "host", "none", "proxy", "web", "public"})


def network_ties(
    services: Mapping[str, Service], tied: Collection[tuple[str, str]]
) -> Iterator[Tie]:
    """Yield ties between members of a small named network that no other evidence connects.

    ``tied`` are the pairs known already, in either order.
    """
    members: dict[tuple[str | None, str], list[str]] = {}
    for service in services.values():
        for network in service.networks:
            if network not in _COMMON and not network.endswith("_default"):
                members.setdefault((service.host, network), []).append(service.name)
    for (_, network), names in members.items():
        if _FEWEST <= len(names) <= _MOST:
            yield from _star(network, sorted(set(names)), services, tied)


def _star(
    network: str,
    names: list[str],
    services: Mapping[str, Service],
    tied: Collection[tuple[str, str]],
) -> Iterator[Tie]:
    """Yield ties of the first member with those that have no tie within the network."""
    loose = [
        name
        for name in names
        if not any((name, other) in tied or (other, name) in tied for other in names)
    ]
    centre = names[0]
    for name in loose:
        if name != centre:
            service = services[name]
            line = service.lines.get("networks", 0) or service.lines.get("network", 0)
            source = service.at(line)
            evidence = Evidence("shared-network", f"both join the network {network}", source)
            yield Tie(centre, name, "soft", SAME_NETWORK, (evidence,), groups=False)

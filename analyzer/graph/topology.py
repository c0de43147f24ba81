"""Inventory -> Topology: the stage composed."""

from collections.abc import Callable, Iterable, Mapping

import networkx as nx

from analyzer.graph.bootstrap import bootstrap_cycles
from analyzer.graph.cycles import cycles_of
from analyzer.graph.edges import find_edges
from analyzer.graph.failures import single_points
from analyzer.graph.groups import group_reasons, make_groups
from analyzer.graph.images import ImageKnowledge, WellKnownImages, products
from analyzer.graph.links import cyclic_components, hard_links
from analyzer.graph.model import Edge, Topology
from analyzer.inventory.model import Inventory, Service

_PLATFORMS = {
    "podman": "container",
    "docker": "container",
    "systemd": "native",
    "external": "external",
    "kubernetes": "kubernetes",
}


def build_topology(inventory: Inventory, images: ImageKnowledge | None = None) -> Topology:
    """Return the dependency graph of an estate and what can be read off it.

    Args:
        inventory: the estate; depends on nothing but its content, in whatever order.
        images: what images are for and where they listen; a small built-in table when None.
    """
    services = {name: inventory.services[name] for name in sorted(inventory.services)}
    names = tuple(services)
    known = products(services, WellKnownImages() if images is None else images)
    edges, ties = find_edges(inventory, known)
    links = hard_links(names, edges)
    components = cyclic_components(links)
    reasons = group_reasons(services, edges, ties, links, components)
    groups, group_of = make_groups(names, reasons)
    digraph: nx.DiGraph[str] = nx.DiGraph()
    digraph.add_nodes_from(names)
    digraph.add_edges_from((edge.dependent, edge.dependency, {"edge": edge}) for edge in edges)
    return Topology(
        digraph=digraph,
        edges=edges,
        groups=groups,
        group_of=group_of,
        cycles=cycles_of(links, components),
        single_points=single_points(links, components),
        bootstrap_cycles=bootstrap_cycles(inventory, edges),
        cross_host=_crossing(edges, services, lambda service: service.host),
        cross_site=_crossing(edges, services, _site(inventory)),
        cross_runtime=_crossing(edges, services, _platform),
    )


def _site(inventory: Inventory) -> Callable[[Service], str | None]:
    """Return the function from a service to the site of its host."""
    sites = {name: host.site for name, host in inventory.hosts.items()}
    return lambda service: None if service.host is None else sites.get(service.host)


def _platform(service: Service) -> str | None:
    """Return container, native, kubernetes or external; None when unknown."""
    return None if service.runtime is None else _PLATFORMS[service.runtime]


def _crossing(
    edges: Iterable[Edge],
    services: Mapping[str, Service],
    place: Callable[[Service], str | None],
) -> tuple[Edge, ...]:
    """Return the binding edges whose ends are known to be in different places."""
    places = {name: place(service) for name, service in services.items()}
    found = []
    for edge in edges:
        one, other = places[edge.dependent], places[edge.dependency]
        if one != other and one is not None and other is not None and edge.binds:
            found.append(edge)
    return tuple(found)

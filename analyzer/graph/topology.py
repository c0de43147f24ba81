"""Inventory -> Topology: the stage composed."""

from collections.abc import Iterable
from typing import NamedTuple

import networkx as nx

from analyzer.graph.bootstrap import bootstrap_cycles
from analyzer.graph.cycles import cycles_of
from analyzer.graph.edges import find_edges
from analyzer.graph.failures import single_points
from analyzer.graph.groups import group_reasons, make_groups
from analyzer.graph.images import ImageKnowledge, products
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


def build_topology(inventory: Inventory, images: ImageKnowledge) -> Topology:
    """Return the dependency graph of an estate and what can be read off it.

    Args:
        inventory: the estate; depends on nothing but its content, in whatever order.
        images: what images are for and where they listen.
    """
    services = {name: inventory.services[name] for name in sorted(inventory.services)}
    names = tuple(services)
    known = products(services, images)
    edges, ties = find_edges(inventory, known)
    links = hard_links(names, edges)
    components = cyclic_components(links)
    reasons = group_reasons(services, edges, ties, links, components)
    groups, group_of = make_groups(names, reasons)
    digraph: nx.DiGraph[str] = nx.DiGraph()
    digraph.add_nodes_from(names)
    digraph.add_edges_from((edge.dependent, edge.dependency, {"edge": edge}) for edge in edges)
    crossings = _crossings(inventory, edges)
    return Topology(
        digraph=digraph,
        edges=edges,
        groups=groups,
        group_of=group_of,
        cycles=cycles_of(links, components),
        single_points=single_points(links, components),
        bootstrap_cycles=bootstrap_cycles(inventory, edges),
        cross_host=crossings.host,
        cross_site=crossings.site,
        cross_runtime=crossings.runtime,
    )


class _Crossings(NamedTuple):
    """Binding edges whose ends are known to be in different places."""

    host: tuple[Edge, ...]
    site: tuple[Edge, ...]
    runtime: tuple[Edge, ...]


def _crossings(inventory: Inventory, edges: Iterable[Edge]) -> _Crossings:
    """Return the binding edges between hosts, sites and kinds of platform."""
    services, hosts = inventory.services, inventory.hosts
    between_hosts, between_sites, between_runtimes = [], [], []
    for edge in edges:
        if not edge.binds:
            continue
        one, other = services[edge.dependent], services[edge.dependency]
        if one.host != other.host and one.host is not None and other.host is not None:
            between_hosts.append(edge)
            here, there = hosts.get(one.host), hosts.get(other.host)
            sites = {host.site for host in (here, there) if host is not None and host.site}
            if len(sites) > 1:
                between_sites.append(edge)
        if None not in (one.runtime, other.runtime) and _platform(one) != _platform(other):
            between_runtimes.append(edge)
    return _Crossings(tuple(between_hosts), tuple(between_sites), tuple(between_runtimes))


def _platform(service: Service) -> str | None:
    """Return container, native, external or kubernetes; None when unknown."""
    return None if service.runtime is None else _PLATFORMS[service.runtime]

"""Inventory, graph and pins -> the failover checklist: what must hold for a host to be lost."""

from collections.abc import Mapping

from analyzer.facts import control_plane, survivors
from analyzer.facts.cluster import node_roles, server_site
from analyzer.facts.control_plane import Ground
from analyzer.facts.figures import count
from analyzer.facts.model import Check, HostFootprint, ServicePins
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook

CHECKS = (
    control_plane.quorum,
    control_plane.not_two,
    control_plane.one_site,
    control_plane.failure_domains,
    control_plane.api_address,
    survivors.storage,
    survivors.release,
    survivors.traffic,
    survivors.capacity,
    survivors.architectures,
    control_plane.network,
    control_plane.datastore_disk,
    control_plane.bootstrap,
    control_plane.memory,
)
"""C1 to C14, in the order they are numbered."""


def checklist(
    inventory: Inventory,
    topology: Topology,
    pins: Mapping[str, ServicePins],
    roles: Mapping[str, str],
    footprint: tuple[HostFootprint, ...],
    rulebook: Rulebook,
) -> tuple[Check, ...]:
    """Return C1 to C14; a check that the inventory cannot settle is neither passed nor failed.

    ``roles`` are the services' (``proxy``, ``database`` ...), ``pins`` what ties each to its host.

    Raises:
        RulesError: a figure is missing.
    """
    ground = Ground(
        inventory=inventory,
        topology=topology,
        pins=pins,
        roles=roles,
        footprint=footprint,
        nodes=node_roles(inventory, rulebook),
        site=server_site(inventory, rulebook),
        storage_hosts=count(rulebook, "longhorn.nodes"),
        pod_limit=count(rulebook, "kubelet.pods"),
    )
    return tuple(check(ground) for check in CHECKS)

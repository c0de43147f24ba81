"""Inventory, Topology and Rulebook -> Facts: the one entry of this stage."""

from analyzer.facts import derived, hosts, needs, services  # noqa: F401 - they fill the catalogue
from analyzer.facts.catalogue import Estate, add_derived, read_base
from analyzer.facts.effort import preparation_hours, service_hours
from analyzer.facts.failover import checklist
from analyzer.facts.findings import find
from analyzer.facts.footprint import footprints
from analyzer.facts.model import Facts
from analyzer.facts.per_service import service_facts
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook


def gather(inventory: Inventory, topology: Topology, rulebook: Rulebook, today: str = "") -> Facts:
    """Return every fact of an estate.

    Args:
        inventory: the estate.
        topology: its dependency graph.
        rulebook: rules and figures.
        today: an ISO date against which waivers expire; empty keeps all of them in force.

    Raises:
        RulesError: a figure is missing, or a finding names a fact that does not exist.
    """
    each = service_facts(inventory, topology, rulebook)
    footprint = footprints(inventory, rulebook, each.never)
    hours = service_hours(inventory, each.stateful, each.roles, rulebook)
    containers = [service for service in inventory.services.values() if service.is_container]
    base = read_base(
        Estate(
            inventory=inventory,
            topology=topology,
            rulebook=rulebook,
            pins=each.pins,
            stateful=each.stateful,
            never=each.never,
            effort_hours=hours,
            preparation_hours=preparation_hours(inventory, rulebook),
            footprint=footprint,
            containers=tuple(containers),
        )
    )
    found = find(inventory, topology, rulebook, each, today)
    return Facts(
        values=add_derived(base, rulebook),
        pins=each.pins,
        stateful=each.stateful,
        roles=each.roles,
        effort_hours=hours,
        never=each.never,
        footprint=footprint,
        checklist=checklist(inventory, topology, each.pins, each.roles, footprint, rulebook),
        findings=found.findings,
        expired_waivers=found.expired_waivers,
        unknown=tuple(
            question
            for name, question in rulebook.questions.items()
            if name in base and base[name].value is None
        ),
    )

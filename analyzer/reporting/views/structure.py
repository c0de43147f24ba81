"""Appendices C, E and F: the graph, what never moves, and what ties each service."""

from functools import partial
from heapq import nsmallest
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.facts.model import ServicePins
from analyzer.graph.export import to_mermaid
from analyzer.graph.model import CERTAIN, Cycle, Edge, Group, SinglePoint, Topology
from analyzer.graph.queries import blast_radius
from analyzer.inventory.model import Service
from analyzer.plan.model import Never
from analyzer.reporting.escape import code, escape
from analyzer.reporting.numbers import count, hours
from analyzer.reporting.views.rows import NAMES_LIMIT, Row, Rows, listed, places, table
from analyzer.reporting.wording import CLASS_WORDS, FAILOVER_WORDS, PIN_WORDS

DIAGRAM_NODES = 60
INFERRED_LIMIT = 60


class Structure(NamedTuple):
    """The dependency graph in a picture and in lists."""

    mermaid: str
    edges: str
    inferred: Rows
    groups: Rows
    cycles: tuple[str, ...]
    single_points: Rows
    bootstrap: tuple[str, ...]
    cross_site: Rows
    cross_host: str
    never: Rows
    services: Rows


def structure(assessment: Assessment) -> Structure:
    """Return appendices C, E and F."""
    topology = assessment.topology
    groups = [group for group in topology.groups if len(group.members) > 1]
    inferred = [edge for edge in topology.edges if edge.confidence < CERTAIN]
    dependencies = count(len(topology.edges), "dependency", "dependencies")
    return Structure(
        mermaid=to_mermaid(assessment.inventory, topology, DIAGRAM_NODES).rstrip(),
        edges=f"{dependencies}, {len(inferred):,} of them inferred",
        inferred=table(
            nsmallest(INFERRED_LIMIT, inferred, key=_least_sure_last),
            _inferred_edge,
            INFERRED_LIMIT,
            len(inferred),
        ),
        groups=table(groups, _group),
        cycles=tuple(map(_cycle, topology.cycles[:NAMES_LIMIT])),
        single_points=table(topology.single_points, partial(_single_point, topology), NAMES_LIMIT),
        bootstrap=tuple(
            " → ".join(code(node) for node in cycle.path) for cycle in topology.bootstrap_cycles
        ),
        cross_site=table(topology.cross_site, _edge),
        cross_host=count(len(topology.cross_host), "dependency", "dependencies"),
        never=table(assessment.plan.never, _never),
        services=_services(assessment),
    )


def _group(group: Group) -> Row:
    reasons = [escape(reason.text) for reason in group.reasons[:3]]
    return code(group.name), listed(group.members), "; ".join(reasons)


def _cycle(cycle: Cycle) -> str:
    path = " → ".join(code(service) for service in cycle.path)
    cut = f"{code(cycle.cut.dependent)} → {code(cycle.cut.dependency)}"
    return f"{path}; the cheapest to cut is {cut} ({cycle.cut.confidence} % certain)"


def _single_point(topology: Topology, point: SinglePoint) -> Row:
    stopped = blast_radius(topology, point.service)
    return code(point.service), count(point.stopped, "service"), listed(stopped)


def _least_sure_last(edge: Edge) -> tuple[int, str, str]:
    return -edge.confidence, edge.dependent, edge.dependency


def _inferred_edge(edge: Edge) -> Row:
    """Return an inferred dependency and what it counts for."""
    sure = f"{edge.confidence} %" + (", tied both ways" if edge.symmetric else "")
    told = list(dict.fromkeys(piece.text for piece in edge.evidence))  # both ends may say it
    evidence = "; ".join(map(escape, told[:3]))
    return (
        code(edge.dependent),
        code(edge.dependency),
        sure if edge.binds else f"{sure}, a guess that decides nothing",
        evidence,
        places([piece.source for piece in edge.evidence]),
    )


def _edge(edge: Edge) -> Row:
    evidence = edge.evidence[0] if edge.evidence else None
    return (
        code(edge.dependent),
        code(edge.dependency),
        f"{edge.kind}, {edge.confidence} %",
        escape(evidence.text) if evidence else "",
        places([evidence.source]) if evidence else "",
    )


def _never(item: Never) -> Row:
    return code(item.service), "; ".join(map(escape, item.reasons)), places([item.source])


def _services(assessment: Assessment) -> Rows:
    """Return every service with its host, what ties it and what a move of it would take."""
    facts, plan = assessment.facts, assessment.plan
    services = assessment.inventory.services

    def row(name: str) -> Row:
        pins = facts.pins.get(name)
        stateful = facts.stateful.get(name)
        native = not services[name].is_container
        ties = ", ".join(PIN_WORDS[pin] for pin in pins.pins) if pins and not native else ""
        host = services[name].host
        wave_class = plan.class_of.get(name)
        effort = facts.effort_hours.get(name)
        return (
            code(name),
            code(host) if host else "unknown",
            "unknown" if stateful is None else "yes" if stateful else "no",
            ties or _untied(services[name], pins),
            FAILOVER_WORDS[pins.failover] if pins else "unknown",
            CLASS_WORDS[wave_class] if wave_class else "stays",
            hours(effort) if effort is not None and wave_class else "",
        )

    return table(list(services), row)


def _untied(service: Service, pins: ServicePins | None) -> str:
    """Return what to say of a service without a pin."""
    if service.runtime == "systemd":
        return "native unit"
    if service.runtime == "external":
        return "not ours"
    return "unknown" if pins is None or pins.unknown else "nothing"

"""Inventory -> edges, one per pair, with all their evidence; and the ties that group.

A declared edge keeps its kind and is certain. Among inferred evidence the surest decides; evidence
that the owner dismisses with ``not_depends_on`` is dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from analyzer.graph.clues import Clue, Tie
from analyzer.graph.command import command_clues
from analyzer.graph.companions import Companions
from analyzer.graph.declared import declared_clues
from analyzer.graph.environment import EnvironmentReader
from analyzer.graph.fronts import Fronts
from analyzer.graph.images import Products
from analyzer.graph.inference import Inference
from analyzer.graph.model import OWNER_SAYS, Edge, Evidence
from analyzer.graph.names import Resolver
from analyzer.graph.networks import network_ties
from analyzer.graph.proxies import proxy_clues
from analyzer.graph.recorded import recorded_clues
from analyzer.graph.storage import storage_ties
from analyzer.inventory.model import Inventory, Service


class Edges(NamedTuple):
    """Edges in order of (dependent, dependency), and the ties whose ends move together."""

    edges: tuple[Edge, ...]
    ties: tuple[Tie, ...]


def find_edges(inventory: Inventory, products: Products) -> Edges:
    """Return every edge of an estate."""
    services = {name: inventory.services[name] for name in sorted(inventory.services)}
    edges = {
        (edge.dependent, edge.dependency): edge
        for name, clues in _clues(inventory, services, products)
        for edge in _directed(services[name], clues)
    }
    dismissed = _dismissed(services)
    for beside in (Companions(services, products), Fronts(services, products)):
        for clue in list(beside.clues(edges)):
            if clue.dependency not in services[clue.dependent].not_depends_on:
                _add_clue(edges, clue)
    ties = storage_ties(services, inventory.volumes, dismissed)
    for tie in ties:
        _add_tie(edges, tie)
    for tie in list(network_ties(services, edges)):
        if (tie.first, tie.second) not in dismissed:
            _add_tie(edges, tie)
    grouping = tuple(sorted(tie for tie in ties if tie.groups))
    return Edges(tuple(edges[pair] for pair in sorted(edges)), grouping)


def _clues(
    inventory: Inventory, services: Mapping[str, Service], products: Products
) -> Iterator[tuple[str, list[Clue]]]:
    """Yield each service that may need something, with every clue."""
    resolver = Resolver(inventory, products.ports)
    inference = Inference(resolver, services, products.roles)
    environment = EnvironmentReader(inference, resolver)
    routes: dict[str, list[Clue]] = {}
    for clue in proxy_clues(services.values()):
        routes.setdefault(clue.dependent, []).append(clue)
    for name, service in services.items():
        clues: list[Clue] = []
        if service.depends_on or service.network_mode or service.links:
            clues.extend(declared_clues(service, services, resolver))
        if service.environment:
            clues.extend(environment.clues(service))
        if service.command:
            clues.extend(command_clues(service, inference))
        if service.inferred:
            clues.extend(recorded_clues(service, services))
        clues.extend(routes.get(name, ()))
        if clues:
            yield name, clues


def _directed(service: Service, clues: Iterable[Clue]) -> list[Edge]:
    """Return the edges of one dependent, in order of what it needs."""
    by_target: dict[str, list[Clue]] = {}
    for clue in clues:
        by_target.setdefault(clue.dependency, []).append(clue)
    edges = []
    for target, found in by_target.items():
        standing = found
        if target in service.not_depends_on:
            standing = [clue for clue in found if clue.evidence.kind in OWNER_SAYS]
        if standing:
            edges.append(_merge(service.name, target, standing))
    return edges


def _merge(dependent: str, dependency: str, clues: list[Clue]) -> Edge:
    """Return one edge of all clues about a pair; hard wins among equally sure ones."""
    if len(clues) == 1:
        clue = clues[0]
        return Edge(dependent, dependency, clue.kind, clue.confidence, (clue.evidence,))
    declared = [clue for clue in clues if clue.evidence.kind == "declared"]
    confidence = max(clue.confidence for clue in clues)
    deciding = declared or [clue for clue in clues if clue.confidence == confidence]
    hard = any(clue.kind == "hard" for clue in deciding)
    evidence = _distinct(clue.evidence for clue in clues)
    return Edge(dependent, dependency, "hard" if hard else "soft", confidence, evidence)


def _distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return evidence sorted; what an import recorded and is seen again counts once."""
    by_text: dict[tuple[str, str], Evidence] = {}
    for evidence in sorted(found):
        by_text.setdefault(evidence[:2], evidence)
    return tuple(by_text.values())


def _add_clue(edges: dict[tuple[str, str], Edge], clue: Clue) -> None:
    """Add a clue to the pair's edge, or as an edge of its own."""
    pair = clue.dependent, clue.dependency
    known = edges.get(pair)
    if known is None:
        edges[pair] = Edge(*pair, clue.kind, clue.confidence, (clue.evidence,))
    elif not known.binds:
        kind = clue.kind if clue.confidence > known.confidence else known.kind
        evidence = _distinct((*known.evidence, clue.evidence))
        confidence = max(known.confidence, clue.confidence)
        edges[pair] = known._replace(kind=kind, confidence=confidence, evidence=evidence)


def _dismissed(services: Mapping[str, Service]) -> frozenset[tuple[str, str]]:
    """Return the pairs that an owner says have nothing to do with each other, both ways round."""
    pairs = {(name, other) for name, s in services.items() for other in s.not_depends_on}
    return frozenset(pairs | {(other, name) for name, other in pairs})


def _add_tie(edges: dict[tuple[str, str], Edge], tie: Tie) -> None:
    """Add a tie to the pair's edge, or as an edge without direction."""
    for pair in ((tie.first, tie.second), (tie.second, tie.first)):
        known = edges.get(pair)
        if known is None or not (known.binds or known.symmetric):
            continue
        evidence = tuple(sorted({*known.evidence, *tie.evidence}))
        if known.symmetric and tie.confidence > known.confidence:
            known = known._replace(kind=tie.kind, confidence=tie.confidence)
        elif known.symmetric and tie.confidence == known.confidence and tie.kind == "hard":
            known = known._replace(kind="hard")
        edges[pair] = known._replace(evidence=evidence)
        return
    evidence = tie.evidence
    for pair in ((tie.first, tie.second), (tie.second, tie.first)):
        weak = edges.pop(pair, None)  # a guess at a direction gives way to a certain tie
        if weak is not None:
            evidence = tuple(sorted({*evidence, *weak.evidence}))
    edges[tie.first, tie.second] = Edge(
        tie.first, tie.second, tie.kind, tie.confidence, evidence, symmetric=True
    )

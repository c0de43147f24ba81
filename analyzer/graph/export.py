"""Topology -> the formats of other tools: Mermaid, Graphviz' DOT, GraphML, JSON.

Whatever a name contains, the structure stands. No format carries a variable's value.
"""

from typing import Any

import networkx as nx

from analyzer.graph.mermaid import to_mermaid
from analyzer.graph.model import Edge, Evidence, Group, Topology
from analyzer.inventory.model import Inventory

__all__ = ["to_dot", "to_graphml", "to_json_graph", "to_mermaid"]

_PERCENT = 100


def to_dot(inventory: Inventory, topology: Topology) -> str:
    """Return the graph for Graphviz, one cluster per host; dashed edges are soft or not sure.

    Source: https://graphviz.org/doc/info/lang.html (quoted strings).
    """
    number = {name: f"n{index}" for index, name in enumerate(topology.digraph)}
    places: dict[str, list[str]] = {}
    for name in topology.digraph:
        places.setdefault(inventory.services[name].host or "", []).append(name)
    text = ["digraph services {", "  rankdir=LR;", '  node [shape="box"];']
    for index, place in enumerate(sorted(places)):
        if place:
            text += [f"  subgraph cluster_{index} {{", f"    label={_quoted(place)};"]
        text.extend(f"    {number[name]} [label={_quoted(name)}];" for name in places[place])
        if place:
            text.append("  }")
    for edge in topology.edges:
        style = "solid" if edge.kind == "hard" and edge.binds else "dashed"
        direction = ' dir="none"' if edge.symmetric else ""
        ends = f"{number[edge.dependent]} -> {number[edge.dependency]}"
        text.append(f'  {ends} [style="{style}"{direction} tooltip={_quoted(_summary(edge))}];')
    return "\n".join([*text, "}"]) + "\n"


def to_graphml(inventory: Inventory, topology: Topology) -> str:
    """Return the graph as GraphML: nodes with name, host and runtime; edges with kind and so on.

    Source: http://graphml.graphdrawing.org/specification.html, as networkx writes it.
    """
    number = {name: f"n{index}" for index, name in enumerate(topology.digraph)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, node in number.items():
        service = inventory.services[name]
        graph.add_node(
            node,
            name=_visible(name),
            host=_visible(service.host or ""),
            runtime=service.runtime or "",
            group=_visible(topology.groups[topology.group_of[name]].name),
        )
    for edge in topology.edges:
        graph.add_edge(
            number[edge.dependent],
            number[edge.dependency],
            kind=edge.kind,
            confidence=edge.confidence,
            symmetric=edge.symmetric,
            evidence=_visible(_summary(edge)),
        )
    return "\n".join(nx.generate_graphml(graph)) + "\n"


def to_json_graph(topology: Topology) -> dict[str, Any]:
    """Return the graph as plain values: edges with evidence, groups, circles, single points.

    An edge's ``confidence`` is 0 to 1; ``from`` needs ``to``.
    """
    return {
        "edges": [_edge(edge) for edge in topology.edges],
        "groups": [_group(group) for group in topology.groups],
        "cycles": [
            {
                "path": list(cycle.path),
                "cut": {"from": cycle.cut.dependent, "to": cycle.cut.dependency},
            }
            for cycle in topology.cycles
        ],
        "single_points": [
            {"service": point.service, "stopped": point.stopped}
            for point in topology.single_points
        ],
        "bootstrap_cycles": [
            {"path": list(cycle.path), "services": list(cycle.services)}
            for cycle in topology.bootstrap_cycles
        ],
        "cross_host": _pairs(topology.cross_host),
        "cross_site": _pairs(topology.cross_site),
        "cross_runtime": _pairs(topology.cross_runtime),
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.dependent,
        "to": edge.dependency,
        "kind": edge.kind,
        "confidence": edge.confidence / _PERCENT,
        "symmetric": edge.symmetric,
        "evidence": [_evidence(evidence) for evidence in edge.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "text": evidence.text,
        "file": evidence.source.file,
        "line": evidence.source.line,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "members": list(group.members),
        "reasons": [
            {
                "first": reason.first,
                "second": reason.second,
                "kind": reason.kind,
                "text": reason.text,
                "file": reason.source.file,
                "line": reason.source.line,
            }
            for reason in group.reasons
        ],
    }


def _pairs(edges: tuple[Edge, ...]) -> list[dict[str, str]]:
    return [{"from": edge.dependent, "to": edge.dependency} for edge in edges]


def _summary(edge: Edge) -> str:
    """Return how an edge is known, on one line."""
    known = "; ".join(f"{evidence.kind}: {evidence.text}" for evidence in edge.evidence)
    return f"{edge.kind}, {edge.confidence} % sure; {known}"


def _visible(text: str) -> str:
    """Return a text with a space for every character that cannot be seen, as XML demands."""
    return "".join(char if char.isprintable() else " " for char in text)


def _quoted(text: str) -> str:
    """Return a text as a quoted DOT string, taken literally."""
    return '"' + _visible(text).replace("\\", "\\\\").replace('"', '\\"') + '"'

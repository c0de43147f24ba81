"""Topology -> a Mermaid flowchart that no name can break.

Nodes are called n0, n1 ...; every label is quoted and all but letters, digits and harmless marks
become Mermaid's entity codes. Too large an estate is drawn coarser: first without the services
that nothing is known to tie to others, then by host.

Source: https://mermaid.js.org/syntax/flowchart.html (special characters, entity codes, links).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analyzer.graph.model import Edge, Topology
from analyzer.inventory.model import Inventory

DEFAULT_LIMIT = 60
_EDGES_PER_NODE = 8
"""Mermaid refuses more than 500 links unless configured otherwise; 60 nodes keep below that."""

_MAX_LABEL = 60
_HARMLESS = frozenset(" -_./:,()+")
_UNPLACED = "no host stated"


class _Node(NamedTuple):
    """One box: its key, label and the host it stands in."""

    key: str
    label: str
    place: str


class _Line(NamedTuple):
    """One arrow between keys; ``weight`` above 1 is written on it."""

    start: str
    end: str
    arrow: str
    weight: int


def to_mermaid(inventory: Inventory, topology: Topology, limit: int = DEFAULT_LIMIT) -> str:
    """Return a flowchart of at most ``limit`` nodes, without a code fence.

    Solid arrows are declared and hard, dotted ones soft or inferred, lines without a head have no
    direction. What is not sure enough to bind is left out.
    """
    edges = [edge for edge in topology.edges if edge.binds]
    for view in (_all, _connected):
        nodes, lines = view(inventory, topology, edges)
        if len(nodes) <= limit and len(lines) <= limit * _EDGES_PER_NODE:
            return _flowchart(nodes, lines)
    nodes, lines = _by_host(inventory, topology, edges)
    if len(nodes) <= limit and len(lines) <= limit * _EDGES_PER_NODE:
        return _flowchart(nodes, lines)
    return _flowchart(*_largest(nodes, lines, limit))


def label(text: str) -> str:
    """Return a text as a quoted Mermaid label."""
    if len(text) > _MAX_LABEL:
        text = text[: _MAX_LABEL - 1] + "…"
    return '"' + "".join(map(_character, text)) + '"'


def _character(char: str) -> str:
    """Return a character, its entity code, or a space for what cannot be seen."""
    if char.isalnum() or char in _HARMLESS:
        return char
    return f"#{ord(char)};" if char.isprintable() else " "


def _arrow(edge: Edge) -> str:
    """Return how an edge is drawn."""
    declared = any(
        evidence.kind in ("declared", "network-namespace") for evidence in edge.evidence
    )
    if edge.symmetric:
        return "---" if edge.kind == "hard" else "-.-"
    return "-->" if declared and edge.kind == "hard" else "-.->"


def _place(inventory: Inventory, name: str) -> str:
    """Return the host of a service, or the words for an unknown one."""
    return inventory.services[name].host or _UNPLACED


def _lines(edges: Iterable[Edge]) -> list[_Line]:
    return [_Line(edge.dependent, edge.dependency, _arrow(edge), 1) for edge in edges]


def _all(
    inventory: Inventory, topology: Topology, edges: list[Edge]
) -> tuple[list[_Node], list[_Line]]:
    """Return every service and every edge."""
    nodes = [_Node(name, name, _place(inventory, name)) for name in topology.digraph]
    return nodes, _lines(edges)


def _connected(
    inventory: Inventory, topology: Topology, edges: list[Edge]
) -> tuple[list[_Node], list[_Line]]:
    """Return the services with an edge, and one node per host for the others."""
    tied = {name for edge in edges for name in (edge.dependent, edge.dependency)}
    nodes = []
    alone: dict[str, int] = {}
    for name in topology.digraph:
        place = _place(inventory, name)
        if name in tied:
            nodes.append(_Node(name, name, place))
        else:
            alone[place] = alone.get(place, 0) + 1
    nodes.extend(
        _Node(f"\0{place}", _counted(alone[place], "more service"), place)
        for place in sorted(alone)
    )
    return nodes, _lines(edges)


def _by_host(
    inventory: Inventory, topology: Topology, edges: list[Edge]
) -> tuple[list[_Node], list[_Line]]:
    """Return one node per host, and the number of edges between each two."""
    sizes: dict[str, int] = {}
    for name in topology.digraph:
        place = _place(inventory, name)
        sizes[place] = sizes.get(place, 0) + 1
    nodes = [
        _Node(place, f"{place}: {_counted(sizes[place], 'service')}", "")
        for place in sorted(sizes)
    ]
    return nodes, _bundled(
        (_place(inventory, edge.dependent), _place(inventory, edge.dependency), 1)
        for edge in edges
    )


def _bundled(ends: Iterable[tuple[str, str, int]]) -> list[_Line]:
    """Return one dotted arrow per pair of different ends."""
    counts: dict[tuple[str, str], int] = {}
    for start, end, count in ends:
        if start != end:
            counts[start, end] = counts.get((start, end), 0) + count
    return [_Line(start, end, "-.->", counts[start, end]) for start, end in sorted(counts)]


def _largest(
    nodes: list[_Node], lines: list[_Line], limit: int
) -> tuple[list[_Node], list[_Line]]:
    """Return the most connected nodes, one node for all others, and as many lines as fit."""
    degree: dict[str, int] = {}
    for line in lines:
        for end in (line.start, line.end):
            degree[end] = degree.get(end, 0) + line.weight
    ranked = sorted(nodes, key=lambda node: (-degree.get(node.key, 0), node.key))
    kept = {node.key for node in ranked[: limit - 1]}
    rest = _Node("\0", _counted(len(nodes) - len(kept), "other host"), "")
    merged = _bundled(
        (
            line.start if line.start in kept else rest.key,
            line.end if line.end in kept else rest.key,
            line.weight,
        )
        for line in lines
    )
    merged.sort(key=lambda line: (-line.weight, line.start, line.end))
    return [*(node for node in nodes if node.key in kept), rest], merged[: limit * _EDGES_PER_NODE]


def _counted(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _flowchart(nodes: list[_Node], lines: Iterable[_Line]) -> str:
    """Return the text of a flowchart, one box per host around its nodes."""
    number: Mapping[str, str] = {node.key: f"n{index}" for index, node in enumerate(nodes)}
    places: dict[str, list[_Node]] = {}
    for node in nodes:
        places.setdefault(node.place, []).append(node)
    text = ["flowchart LR"]
    for index, place in enumerate(sorted(places)):
        indent = "  "
        if place:
            text.append(f"  subgraph h{index}[{label(place)}]")
            indent = "    "
        text.extend(f"{indent}{number[node.key]}[{label(node.label)}]" for node in places[place])
        if place:
            text.append("  end")
    for line in lines:
        count = f"|{line.weight}|" if line.weight > 1 else ""
        text.append(f"  {number[line.start]} {line.arrow}{count} {number[line.end]}")
    return "\n".join(text) + "\n"

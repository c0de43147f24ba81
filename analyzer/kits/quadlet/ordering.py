"""Edges of the graph -> what a unit waits for, on its own host and without a circle.

Source: systemd.unit(5): ``After=`` orders, ``Requires=`` and ``Wants=`` start; a circle of ``After=``
is broken by dropping a job, so none is written.
"""

from collections.abc import Iterable, Mapping

from analyzer.graph.model import Edge
from analyzer.kits.material import Material
from analyzer.kits.quadlet.draft import Draft


def orders(material: Material, names: Iterable[str]) -> dict[str, tuple[Edge, ...]]:
    """Return for each service the edges to services of the same host that it is started after.

    Where services need each other in a circle, the edge that would close it is left out.
    """
    chosen = frozenset(names)
    found: dict[str, tuple[Edge, ...]] = {}
    for name in sorted(chosen):
        found[name] = tuple(
            edge
            for edge in material.needs.get(name, ())
            if _counts(material, edge) and not _reaches(found, edge.dependency, name)
        )
    return found


def _counts(material: Material, edge: Edge) -> bool:
    if not edge.binds or edge.symmetric or edge.dependency == edge.dependent:
        return False
    ends = material.service(edge.dependent), material.service(edge.dependency)
    return ends[0].host == ends[1].host and ends[1].runtime not in ("external", "kubernetes")


def _reaches(found: Mapping[str, tuple[Edge, ...]], start: str, end: str) -> bool:
    """Return whether one service already waits for another, directly or not."""
    seen, stack = {start}, [start]
    while stack:
        for edge in found.get(stack.pop(), ()):
            if edge.dependency == end:
                return True
            if edge.dependency not in seen:
                seen.add(edge.dependency)
                stack.append(edge.dependency)
    return False


def order(
    material: Material, draft: Draft, edges: Iterable[Edge], written: frozenset[str]
) -> None:
    """Write what a unit waits for. ``written`` are the services that have units here."""
    spec, ledger = draft.spec, draft.ledger
    native = []
    for edge in edges:
        unit = f"{material.labels[edge.dependency]}.service"
        if edge.dependency in written:
            draft.unit.append(("Requires" if edge.kind == "hard" else "Wants", unit))
            draft.unit.append(("After", unit))
        elif not material.service(edge.dependency).is_container:
            draft.unit.append(("After", unit))
            native.append(edge.dependency)
    if native:
        text = f"is started after {', '.join(native)}: look whether the units have these names"
        ledger.person(spec, "depends_on", text)
    elif spec.has("depends_on"):
        ledger.converted(spec, "depends_on", "systemd starts them in order, on one host")

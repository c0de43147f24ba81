"""Questions to a topology: who is affected, what is needed."""

from analyzer.graph.links import is_hard_link
from analyzer.graph.model import Edge, Topology


def dependencies(topology: Topology, service: str) -> tuple[Edge, ...]:
    """Return the edges of what a service needs itself, in order of name."""
    out = topology.digraph[service]
    return tuple(out[other]["edge"] for other in sorted(out))


def dependents(topology: Topology, service: str) -> tuple[Edge, ...]:
    """Return the edges of those that need a service themselves, in order of name."""
    into = topology.digraph.pred[service]
    return tuple(into[other]["edge"] for other in sorted(into))


def blast_radius(topology: Topology, service: str) -> tuple[str, ...]:
    """Return, sorted, the services that stop when one is lost: by hard edges, however far."""
    seen = {service}
    pending = [service]
    while pending:
        for other, data in topology.digraph.pred[pending.pop()].items():
            if other not in seen and is_hard_link(data["edge"]):
                seen.add(other)
                pending.append(other)
    return tuple(sorted(seen - {service}))

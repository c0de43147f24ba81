"""Questions to a topology: who stops with a service."""

from analyzer.graph.links import is_hard_link
from analyzer.graph.model import Topology


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

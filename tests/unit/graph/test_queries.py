"""Questions to a topology."""

from analyzer.graph.queries import blast_radius
from tests.build import depends, inventory, service, topology_of

TOPOLOGY = topology_of(
    inventory(
        service("web", needs=["api"]),
        service("api", needs=["db"]),
        service("report", depends_on=(depends("db", "soft"),)),
        service("db"),
    )
)


def test_the_loss_of_a_service_stops_who_needs_it_hard_however_far() -> None:
    assert blast_radius(TOPOLOGY, "db") == ("api", "web")
    assert blast_radius(TOPOLOGY, "web") == ()

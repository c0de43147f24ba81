"""What owners declare."""

from analyzer.graph.model import Edge
from analyzer.inventory.model import Dependency, Service
from tests.build import depends, inventory, service, topology_of


def edges(*services: Service) -> dict[tuple[str, str], Edge]:
    """Return the edges between services."""
    return {(e.dependent, e.dependency): e for e in topology_of(inventory(*services)).edges}


def test_a_declared_dependency_is_certain_and_keeps_its_kind() -> None:
    why = Dependency("db", "service_started", "soft", "only for reports", 7)
    app = service("app", env={"DB_URL": "postgres://db:5432/x"})._replace(depends_on=(why,))
    edge = edges(app, service("db", image="postgres"))["app", "db"]
    assert (edge.kind, edge.confidence, edge.symmetric) == ("soft", 100, False)
    assert [evidence.kind for evidence in edge.evidence] == ["declared", "environment"]
    assert edge.evidence[0].text == "depends_on: only for reports"
    assert edge.evidence[0].source.line == 7


def test_namespaces_and_links() -> None:
    found = edges(
        service("app", network_mode="container:VPN-1", links=("cache:kv",)),
        service("vpn", container_name="vpn-1"),
        service("cache"),
    )
    assert (found["app", "vpn"].kind, found["app", "vpn"].confidence) == ("hard", 100)
    assert (found["app", "cache"].kind, found["app", "cache"].confidence) == ("hard", 95)


def test_what_is_nowhere_or_oneself_makes_no_edge() -> None:
    lost = service("lost", network_mode="service:gone", links=("gone", "lost"))
    assert edges(lost._replace(depends_on=(depends("gone"), depends("lost")))) == {}

"""What an import recorded counts again."""

from analyzer.inventory.model import Inferred
from tests.build import inventory, service, topology_of


def recorded(kind: str = "environment", confidence: int = 90) -> Inferred:
    """Return an inferred dependency on db."""
    return Inferred("db", "hard", confidence, ((kind, "variable DB_HOST names it"),), 7)


def test_a_recorded_clue_is_an_edge_with_its_evidence_and_place() -> None:
    app = service("app", inferred=(recorded(),))
    (edge,) = topology_of(inventory(app, service("db"))).edges
    assert (edge.dependent, edge.dependency, edge.kind, edge.confidence) == (
        "app",
        "db",
        "hard",
        90,
    )
    (evidence,) = edge.evidence
    assert evidence.text == "variable DB_HOST names it"
    assert evidence.source.line == 7


def test_the_owner_dismisses_it_and_nothing_recorded_speaks_for_the_owner() -> None:
    db = service("db")
    for kind in ("environment", "declared", "network-namespace", "link", "nonsense"):
        app = service("app", inferred=(recorded(kind, 100),), not_depends_on=("db",))
        assert not topology_of(inventory(app, db)).edges
        (edge,) = topology_of(inventory(app._replace(not_depends_on=()), db)).edges
        assert edge.confidence == 99
        assert edge.evidence[0].kind == "environment"


def test_unknown_targets_and_itself_are_passed_over() -> None:
    assert not topology_of(inventory(service("app", inferred=(recorded(),)))).edges
    assert not topology_of(inventory(service("db", inferred=(recorded(),)))).edges


def test_seen_again_it_counts_once() -> None:
    app = service("app", env={"DB_HOST": "db"}, inferred=(recorded(confidence=80),))
    (edge,) = topology_of(inventory(app, service("db", image="postgres"))).edges
    assert len(edge.evidence) == 1
    assert edge.confidence == 85

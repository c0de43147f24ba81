"""Merging of evidence, dismissal, ties without direction."""

from analyzer.graph.edges import find_edges
from analyzer.graph.images import Products
from analyzer.graph.model import Edge
from analyzer.inventory.model import Service
from tests.build import inventory, service

DB = {"db": "database"}


def edges(*services: Service) -> dict[tuple[str, str], Edge]:
    """Return the edges of services, of which ``db`` is a database."""
    roles = {one.name: DB[one.name] for one in services if one.name in DB}
    found = find_edges(inventory(*services), Products(roles, {})).edges
    return {(edge.dependent, edge.dependency): edge for edge in found}


def test_the_surest_evidence_decides_and_all_of_it_is_kept() -> None:
    variables = {"DB_HOST": "db", "DATABASE_URL": "postgres://db:5432/x"}
    app = service("app", env=variables, command=("--db", "db:5432"))
    edge = edges(app, service("db"))["app", "db"]
    assert (edge.confidence, edge.kind) == (90, "hard")
    assert [evidence.kind for evidence in edge.evidence] == ["command", *["environment"] * 2]
    assert list(edge.evidence) == sorted(edge.evidence)


def test_a_dismissed_inference_is_gone_and_a_declared_edge_stays() -> None:
    app = service("app", env={"DB_HOST": "db"}, not_depends_on=("db",))
    assert edges(app, service("db")) == {}
    declared = service("app", needs=["db"], env={"DB_HOST": "db"}, not_depends_on=("db",))
    (edge,) = edges(declared, service("db")).values()
    assert [evidence.kind for evidence in edge.evidence] == ["declared"]


def test_a_dismissed_tie_is_gone_whoever_dismisses_it() -> None:
    one, other = (service(name, mounts=["/srv/x:/x"]) for name in ("one", "other"))
    assert len(edges(one, other)) == 1
    for pair in (
        (one._replace(not_depends_on=("other",)), other),
        (one, other._replace(not_depends_on=("one",))),
    ):
        assert edges(*pair) == {}
        assert find_edges(inventory(*pair), Products({}, {})).ties == ()


def test_a_tie_joins_a_sure_edge_and_replaces_a_guess() -> None:
    needing = service("one", needs=["other"], mounts=["/srv/x:/x"])
    other = service("other", mounts=["/srv/x:/x"])
    (edge,) = edges(needing, other).values()
    assert (edge.dependent, edge.symmetric, edge.confidence) == ("one", False, 100)
    assert {evidence.kind for evidence in edge.evidence} == {"declared", "shared-writable-storage"}
    guess = service("zebra", env={"THING": "other"}, mounts=["/srv/x:/x"])
    (edge,) = edges(guess, other).values()
    assert (edge.dependent, edge.dependency, edge.symmetric) == ("other", "zebra", True)
    assert (edge.kind, edge.confidence) == ("hard", 90)
    assert [e.kind for e in edge.evidence] == ["environment", "shared-writable-storage"]


def test_a_weak_network_is_named_only_where_nothing_else_is_known() -> None:
    app = service("app", env={"DB_HOST": "db"}, networks=("back",))
    found = edges(app, service("db", networks=("back",)), service("x", networks=("back",)))
    assert sorted(found) == [("app", "db"), ("app", "x")]
    assert found["app", "x"].confidence == 25
    assert not found["app", "x"].binds

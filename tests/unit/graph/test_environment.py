"""Dependencies from environment values: what counts, and the traps."""

import pytest

from analyzer.graph.model import Edge
from analyzer.inventory.model import Port, Service
from tests.build import host, inventory, service, topology_of


def edges(*services: Service) -> dict[tuple[str, str], Edge]:
    """Return the edges between services on one host ``box``, unless they say otherwise."""
    placed = [s if s.host else s._replace(host="box") for s in services]
    machines = [host("box", addresses=("192.168.1.5", "box.example.org")), host("far")]
    topology = topology_of(inventory(*machines, *placed))
    return {(edge.dependent, edge.dependency): edge for edge in topology.edges}


def one(*services: Service) -> Edge:
    """Return the only edge."""
    (edge,) = edges(*services).values()
    return edge


DB = service("db", image="postgres:16")


@pytest.mark.parametrize(
    ("name", "value", "kind", "confidence"),
    [
        ("DATABASE_URL", "postgresql://app:pw@db:5432/app", "hard", 95),
        ("DATABASE_URL", "postgresql://app:pw@db:6432/app", "hard", 90),
        ("DB_HOST", "db", "hard", 85),
        ("DB_ADDR", "db:5432", "hard", 95),
        ("STORE", "db:5432", "hard", 95),
        ("APP_DATABASE", "postgres://u@db/app", "hard", 95),
        ("DATA_SOURCE_NAME", "host=db port=5432 dbname=x", "hard", 90),
        ("SETTINGS", "db", "soft", 30),
    ],
)
def test_forms(name: str, value: str, kind: str, confidence: int) -> None:
    if value == "db" and name == "SETTINGS":
        store = service("storage-db", image="postgres:16")
        edge = one(service("app", env={name: "storage-db"}), store)
    else:
        edge = one(service("app", env={name: value}), DB)
    assert (edge.dependent, edge.kind, edge.confidence) == ("app", kind, confidence)
    assert edge.evidence[0].text.startswith(f"variable {name} ")


def test_a_port_in_a_variable_of_its_own_raises_the_confidence() -> None:
    assert one(service("app", env={"DB_HOST": "db", "DB_PORT": "5432"}), DB).confidence == 95


def test_what_is_no_store_is_soft() -> None:
    edge = one(service("app", env={"API_URL": "http://helper:8080"}), service("helper"))
    assert (edge.kind, edge.confidence) == ("soft", 90)


@pytest.mark.parametrize(
    "variables",
    [
        {"POSTGRES_USER": "app"},
        {"POSTGRES_DB": "app", "POSTGRES_PASSWORD": "app", "DB_NAME": "app"},
        {"DB_SCHEMA": "app", "APP_TITLE": "app", "NAME": "app"},
        {"ALERT_HOST": "app"},
        {"CORS_ORIGIN": "http://app:8080"},
    ],
)
def test_a_store_does_not_need_what_its_users_are_called(variables: dict[str, str]) -> None:
    assert edges(service("db", image="postgres:16", env=variables), service("app")) == {}


@pytest.mark.parametrize(
    "variables",
    [
        {"APP_URL": "https://app.example.org"},
        {"BASE_URL": "http://web.example.org:8080"},
        {"API_URL": "http://localhost:8080", "LISTEN": "127.0.0.1:8080"},
        {"PUBLIC_URL": "http://me:8080", "MY_HOST": "me"},
        {"COMMENT": "the app is on the web", "MOTD": "app: web"},
        {"MODE": "web", "ROLE": "app"},
        {"IMAGE": "app:8080", "RUNNER_VERSION": "web:16"},
        {"ALLOWED_HOSTS": "app,web", "NO_PROXY": "app,web"},
        {"APPS": "webapp", "THING": "application:8080"},
        {"TIME": "12:30", "RANGE": "1000:2000"},
        {"EMAIL_HOST": "me@app"},
    ],
)
def test_traps(variables: dict[str, str]) -> None:
    port = (Port(8080, 8080, 1, "tcp", None),)
    me = service("me", env=variables, ports=port)
    assert edges(me, service("app"), service("web")) == {}


def test_an_image_with_its_tag_is_no_address() -> None:
    edge = one(service("ci", env={"RUN_ON": "db:16"}), DB)
    assert not edge.binds


def test_an_address_for_visitors_informs_only() -> None:
    web = service("web", ports=(Port(80, 80, 1, "tcp", None),))
    edge = one(service("app", env={"APP_URL": "http://192.168.1.5:80"}), web)
    assert (edge.confidence, edge.kind) == (35, "soft")
    assert not one(service("app", env={"FRONTEND_URL": "http://site:80"}), service("site")).binds


def test_peers_of_one_cluster_start_without_each_other() -> None:
    nodes = [
        service("es1", image="elasticsearch:8", env={"discovery.seed_hosts": "es2:9300"}),
        service("es2", image="elasticsearch:8", env={"discovery.seed_hosts": "es1:9300"}),
    ]
    assert {edge.kind for edge in edges(*nodes).values()} == {"soft"}


def test_a_name_on_another_host_is_less_sure_and_no_less_needed() -> None:
    app = service("app", env={"DATABASE_URL": "postgres://db:5432/app"}, host="far")
    edge = one(app, DB)
    assert (edge.confidence, edge.kind, edge.binds) == (75, "hard", True)


def test_values_stay_secret() -> None:
    value = "postgresql://canary-user:canary-pass@db:5432/canary-name"
    edge = one(service("app", env={"DATABASE_URL": value}), DB)
    assert "canary" not in repr(edge)

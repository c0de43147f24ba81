"""What rests on values is found before they go, and says none of them."""

from typing import Any

from analyzer.graph.clues import Clue
from analyzer.graph.values import value_clues
from analyzer.inventory.draft import Hint, Route
from analyzer.inventory.model import Healthcheck, Service
from analyzer.tree import pack
from tests.build import inventory, service, shipped_images

DB = service("db", image="postgres:16")
CANARY = "canary-1234"


def clues(*services: Service, hints: Any = (), routes: Any = ()) -> list[Clue]:
    """Return the clues of an estate; none shows a value."""
    found = value_clues(inventory(*services), shipped_images(), hints, routes)
    assert CANARY not in repr(found)
    return found


def pairs(*services: Service, **given: Any) -> list[tuple[str, str, str]]:
    """Return who needs whom, and how that is known."""
    found = clues(*services, **given)
    return [(clue.dependent, clue.dependency, clue.evidence.kind) for clue in found]


def test_every_source_of_values() -> None:
    app = service(
        "app",
        env={"DB_URL": f"postgres://u:{CANARY}@db/x"},
        command=("--cache", f"redis://:{CANARY}@cache:6379"),
        healthcheck=Healthcheck(("CMD", "curl", "http://api:80/up"), None, disabled=False),
    )
    others = (DB, service("cache", image="redis"), service("api"))
    assert pairs(app, *others) == [
        ("app", "api", "health-check"),
        ("app", "cache", "command"),
        ("app", "db", "environment"),
    ]


def test_hints_of_env_files_and_configuration() -> None:
    hints = [
        Hint("app", "variable", "DB_HOST", "db", pack(3, 1)),
        Hint("app", "variable", "DB_PASSWORD", CANARY, pack(4, 1)),
        Hint("app", "text", "app.yaml", f"cache:\n  host: cache\n  password: {CANARY}", 0),
        Hint("gone", "variable", "DB_HOST", "db", 0),
    ]
    cache = service("cache", image="redis")
    found = clues(service("app"), DB, cache, hints=hints)
    assert [(clue.dependency, clue.evidence.kind) for clue in found] == [
        ("cache", "configuration"),
        ("db", "env-file"),
    ]
    assert found[1].evidence.source.line == 3


def test_a_variable_of_environment_wins_over_one_of_a_file() -> None:
    hint = Hint("app", "variable", "DB_HOST", "db", 0)
    assert pairs(service("app", env={"DB_HOST": "elsewhere"}), DB, hints=[hint]) == []


def test_a_store_that_is_handed_its_applications_settings_needs_nothing() -> None:
    hint = Hint("db", "variable", "REDIS_HOST", "cache", 0)
    assert pairs(DB, service("cache", image="redis"), hints=[hint]) == []


def test_routes_lead_from_the_only_proxy_of_the_family() -> None:
    route = Route("caddy", None, "x.example.org", "app:3000", "lan", pack(2, 1))
    app = service("app", host="h")
    caddy = service("edge", image="caddy:2", host="h")
    assert pairs(app, caddy, routes=[route]) == [("edge", "app", "proxy")]
    assert pairs(app, caddy, routes=[route._replace(host="other")]) == []
    assert pairs(app, caddy, caddy._replace(name="two"), routes=[route]) == []
    assert pairs(app, routes=[route]) == []


def test_a_native_proxy_routes_to_published_ports() -> None:
    route = Route("caddy", "h", "", "http://localhost:9999", None, 0)
    app = service("app", host="h", network_mode="host", ports=())
    caddy = service("caddy", runtime="systemd", host="h")
    images = service("web", host="h", image="adminer", network_mode="host")
    known = route._replace(upstream="127.0.0.1:8080")
    assert pairs(app, caddy, images, routes=[route, known]) == [("caddy", "web", "proxy")]


def test_labels_name_who_lets_people_in() -> None:
    labels = {"traefik.http.middlewares.a.forwardauth.address": "http://authelia:9091/api"}
    app = service("app", labels=labels)
    others = (service("traefik", image="traefik:v3"), service("authelia", image="x/authelia"))
    assert ("traefik", "authelia", "label") in pairs(app, *others)
    assert ("traefik", "app", "proxy") in pairs(app, *others)


def test_the_names_of_a_stack_are_its_own() -> None:
    stacks = [
        record
        for project in ("one", "two")
        for record in (
            service(f"{project}-db", aliases=("db",), image="mariadb", project=project),
            service(f"{project}-app", env={"DB_HOST": "db"}, project=project),
        )
    ]
    assert pairs(*stacks) == [
        ("one-app", "one-db", "environment"),
        ("two-app", "two-db", "environment"),
    ]

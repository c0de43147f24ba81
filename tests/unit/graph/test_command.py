"""Dependencies from command lines."""

import pytest

from analyzer.graph.model import Edge
from tests.build import host, inventory, service, topology_of


def edges(*command: str) -> list[Edge]:
    """Return the edges of a service with that command line, beside a database and an app."""
    me = service("me", host="h", command=command)
    db = service("db", host="h", image="postgres")
    app = service("app", host="h")
    return list(topology_of(inventory(host("h"), me, db, app)).edges)


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (("--database-url=postgres://u:canary@db:5432/x",), "option database-url names it"),
        (("--db-host", "db"), "option db-host names it"),
        (("wait-for-it.sh", "db:5432", "--", "run"), "an argument names it"),
        (("sh", "-c", "until nc db:5432; do sleep 1; done"), "option c names it"),
    ],
)
def test_addresses_in_arguments(command: tuple[str, ...], text: str) -> None:
    (edge,) = edges(*command)
    assert (edge.dependency, edge.confidence, edge.kind) == ("db", 60, "soft")
    assert edge.evidence[0].kind == "command"
    assert edge.evidence[0].text == text


@pytest.mark.parametrize(
    "command",
    [
        ("app", "serve"),
        ("--name", "app", "--user=db"),
        ("--password", "db:5432"),
        ("--listen", "app:80"),
        ("--config=/app/db.yml", "db/app"),
    ],
)
def test_words_in_arguments_mean_nothing(command: tuple[str, ...]) -> None:
    assert edges(*command) == []

"""Addresses inside texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.references import Reference, references


@pytest.mark.parametrize(
    ("text", "host", "port", "scheme"),
    [
        ("postgresql://user:pw@db:5432/app", "db", 5432, "postgresql"),
        ("postgres://user@db/app?sslmode=disable", "db", None, "postgres"),
        ("jdbc:postgresql://db:5432/app", "db", 5432, "postgresql"),
        ("jdbc:sqlserver://db:1433;databaseName=app", "db", 1433, "sqlserver"),
        ("postgresql+asyncpg://u:p@db:5432/app", "db", 5432, "postgresql"),
        ("mongodb+srv://u:p@cluster.example.org/app", "cluster.example.org", None, "mongodb"),
        ("redis://:secret@cache:6379/0", "cache", 6379, "redis"),
        ("amqp://u:pa/ss@queue:5672/", "queue", 5672, "amqp"),
        ("HTTP://App:8080/path", "app", 8080, "http"),
        ("http://[::1]:80/", "::1", 80, "http"),
        ("http://192.168.1.5:3000", "192.168.1.5", 3000, "http"),
        ("tcp://db.:5432", "db", 5432, "tcp"),
    ],
)
def test_urls(text: str, host: str, port: int | None, scheme: str) -> None:
    assert references(text) == [Reference(host, port, scheme, "url")]


def test_addresses_without_a_scheme() -> None:
    assert references("db:5432") == [Reference("db", 5432, "", "address")]
    assert references("user:pass@tcp(db:3306)/app")[-1] == Reference("db", 3306, "", "address")


def test_hosts_of_a_list_share_the_scheme() -> None:
    found = references("mongodb://u:p@a:27017,b:27018,c/app?replicaSet=r")
    assert [(r.host, r.port, r.scheme) for r in found] == [
        ("a", 27017, "mongodb"),
        ("b", 27018, "mongodb"),
        ("c", None, "mongodb"),
    ]
    assert [r.host for r in references("kafka-1:9092,kafka-2:9092")] == ["kafka-1", "kafka-2"]


def test_key_value_forms_name_a_host_and_nothing_else() -> None:
    found = references("host=db port=5432 user=app dbname=web password=api")
    assert found == [Reference("db", None, "", "address")]
    found = references("Server=tcp:db,1433;Database=app;User Id=web")
    assert found[0] == Reference("db", None, "", "address")
    assert {"app", "web"}.isdisjoint(reference.host for reference in found)


@pytest.mark.parametrize(
    "text",
    [
        "/var/run/db:ro",
        "./db:/db",
        "file:///db/app",
        "unix:/run/db.sock",
        "sqlite://db/app.sqlite",
        "me@db",
        "db/app",
        "db:70000",
        "http://db:port/",
        "${DB}:5432",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert [r for r in references(text) if r.host == "db"] == []


@given(
    host=st.from_regex(r"[a-z][a-z0-9-]{0,20}[a-z0-9]", fullmatch=True),
    port=st.integers(1, 65_535),
    password=st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=12),
    scheme=st.sampled_from(["postgresql", "redis", "http", "amqp", "jdbc:mysql"]),
)
def test_a_url_is_read_back(host: str, port: int, password: str, scheme: str) -> None:
    found = references(f"{scheme}://user:{password}@{host}:{port}/name")
    assert [(r.host, r.port) for r in found] == [(host, port)]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for reference in references(text):
        assert reference.host
        assert reference.port is None or 0 < reference.port < 65_536

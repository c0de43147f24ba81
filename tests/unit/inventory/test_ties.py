import pytest

from analyzer.inventory.model import Dependency
from analyzer.inventory.ties import dependencies, migrate, network, network_mode, networks, secrets
from tests.unit.inventory.nodes import faults, read

STARTED, HEALTHY = "service_started", "service_healthy"


def test_a_list_of_services_is_hard_and_in_its_order():
    expected = (
        Dependency("db", STARTED, "hard", "", 1),
        Dependency("cache", STARTED, "hard", "", 2),
    )
    assert read(dependencies, "- db\n- cache\n- db\n") == expected


def test_a_mapping_says_more_and_is_in_order_of_name():
    written = (
        "web: {condition: healthy, why: proxies it}\n"
        "db: {condition: service_healthy, kind: soft, restart: true}\n"
        "cache: {required: false}\n"
        "mail:\n"
        "jobs: {condition: completed, required: false, kind: hard}\n"
    )
    assert read(dependencies, written) == (
        Dependency("cache", STARTED, "soft", "", 3),
        Dependency("db", HEALTHY, "soft", "", 2),
        Dependency("jobs", "service_completed_successfully", "hard", "", 5),
        Dependency("mail", STARTED, "hard", "", 4),
        Dependency("web", HEALTHY, "hard", "proxies it", 1),
    )


def test_every_bad_dependency_is_reported():
    found = faults(dependencies, "{db: {conditoin: x}, web: [a], cache: {kind: firm}}")
    assert found == [
        ".cache.kind: 'firm' is not one of hard, soft; use one",
        ".db.conditoin: unknown key in a dependency; did you mean 'condition'?",
        ".web: a list where a mapping is expected; write it as {condition: …}",
    ]
    assert faults(dependencies, "[[a], '']")[0].startswith("[0]: a list where text")
    assert "a list of services is expected" in faults(dependencies, "db")[0]
    assert "U+202E" in faults(dependencies, '{"a\\u202e": }')[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("host", {"network_mode": "host"}),
        ("none", {"network_mode": "none"}),
        ("service:vpn", {"network_mode": "service:vpn"}),
        ("container:vpn-1", {"network_mode": "container:vpn-1"}),
        ("slirp4netns:allow_host_loopback=true", {"network_mode": "bridge"}),
        ("pasta", {"network_mode": "bridge"}),
        ("media", {"networks": ("media",)}),
    ],
)
def test_modes(written, expected):
    assert read(network_mode, written) == expected
    assert read(network, written) == expected


def test_a_mode_must_name_something():
    assert "names nothing" in faults(network, "'service:'")[0]


def test_networks_in_both_forms():
    assert read(networks, "[front, back]") == {"networks": ("front", "back")}
    written = "{front: {aliases: [www, www]}, back: , ai: {ipv4_address: 10.0.0.2}}"
    assert read(network, written) == {"networks": ("ai", "back", "front"), "aliases": ("www",)}
    assert faults(networks, "{a: {alias: [b]}}") == [
        ".a.alias: unknown key in a network of a service; did you mean 'aliases'?"
    ]


def test_migrate():
    assert read(migrate, "never") == {"migrate": "never"}
    assert read(migrate, "only-with:db") == {"migrate": "only-with", "migrate_with": "db"}
    assert "names no service" in faults(migrate, "'only-with:'")[0]
    assert "use auto, never or only-with:SERVICE" in faults(migrate, "sometimes")[0]


def test_secrets_are_names():
    assert read(secrets, "[a, {source: b, target: /run/b}]") == ("a", "b")
    assert "no 'source'" in faults(secrets, "[{target: x}]")[0]

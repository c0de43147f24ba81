"""The order of units."""

import pytest

from analyzer.importers.nixos.order import unit_name
from tests.importers.nixos_reading import read, sample


def test_kinds_of_units_are_left_off():
    assert unit_name("postgresql.target") == unit_name("postgresql.service") == "postgresql"
    assert unit_name("mnt-storage.mount") == "mnt-storage.mount"


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ({"requires": ["b.service"], "after": ["b.service"]}, "hard"),
        ({"bindsTo": ["b.service"]}, "hard"),
        ({"wants": ["b.service"]}, "soft"),
        ({"after": ["b.target"]}, "soft"),
    ],
)
def test_order_is_a_dependency(order, kind):
    units = {"a": {"user": "a", **order}, "b": {"user": "b"}}
    draft = read({"k8sadvisor": 1, "services": units})
    assert draft.tree["services"]["a"]["depends_on"]["b"]["kind"] == kind


def test_what_is_not_listed_is_no_dependency():
    draft = read({"k8sadvisor": 1, "services": {"a": {"user": "a", "after": ["network.target"]}}})
    assert "depends_on" not in draft.tree["services"]["a"]


def test_order_of_the_sample():
    services = sample("storage.json").tree["services"]
    needs = {
        (name, needed): need["kind"]
        for name, entry in services.items()
        for needed, need in entry.get("depends_on", {}).items()
    }
    assert needs == {
        ("bazarr", "radarr"): "hard",
        ("bazarr", "sonarr"): "hard",
        ("grafana", "postgresql"): "soft",
        ("immich-server", "postgresql"): "hard",
        ("immich-server", "redis-immich"): "hard",
        ("qbittorrent", "gluetun"): "hard",
        ("romm", "mysql"): "hard",
    }


def test_a_socket_of_a_database_is_a_dependency():
    units = {
        "app": {
            "user": "app",
            "database": {"host": "/run/postgresql", "redis": "/run/redis-app/s"},
        },
        "postgresql": {"user": "postgres"},
        "redis-app": {"user": "redis"},
    }
    services = read({"k8sadvisor": 1, "services": units}).tree["services"]
    assert list(services["app"]["depends_on"]) == ["postgresql", "redis-app"]


def test_a_unit_with_a_name_of_its_own_is_its_container():
    data = {
        "k8sadvisor": 1,
        "backend": "docker",
        "containers": {"a": {"image": "a", "serviceName": "special"}, "b": {"image": "b"}},
        "units": {"special": {"requires": ["docker-b.service"]}},
    }
    assert list(read(data).tree["services"]["a"]["depends_on"]) == ["b"]

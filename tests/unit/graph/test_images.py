"""What images are for."""

import pytest

from analyzer.graph.images import base_name, products
from tests.build import service, shipped_images


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("postgres", "postgres"),
        ("docker.io/library/postgres:16-alpine", "postgres"),
        ("registry:5000/team/postgres@sha256:abc", "postgres"),
        ("ghcr.io/goauthentik/server:2024.2", "server"),
        ("Example/App:V1", "app"),
    ],
)
def test_base_names(image: str, name: str) -> None:
    assert base_name(image) == name


def test_roles_and_ports_by_image_or_by_the_name_of_a_native_unit() -> None:
    services = {
        "store": service("store", image="mariadb:11"),
        "redis": service("redis", runtime="systemd"),
        "redis-ui": service("redis-ui", image="x/redis-commander"),
    }
    known = products(services, shipped_images())
    assert known.roles == {"store": "database", "redis": "cache", "redis-ui": "ui"}
    assert known.ports == {"store": (3306,), "redis": (6379,), "redis-ui": (8081,)}

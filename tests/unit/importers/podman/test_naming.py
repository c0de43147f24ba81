"""A container's service: what Compose, systemd or nobody called it."""

import pytest

from analyzer.importers.podman.naming import Identity, identity
from analyzer.tree import Map

UNIT = "PODMAN_SYSTEMD_UNIT"


def named(name, units=(), **labels):
    tree = Map()
    for key, value in labels.items():
        tree.put(key.replace("__", ".").replace("_number", "-number"), value, 0)
    return identity(tree, name, dict(units))


@pytest.mark.parametrize(
    ("unit", "name", "service"),
    [
        ("jellyfin.service", "systemd-jellyfin", "jellyfin"),  # Quadlet
        ("jellyfin.service", "jellyfin", "jellyfin"),
        ("podman-jellyfin.service", "jellyfin", "jellyfin"),  # NixOS
        ("container-jellyfin.service", "jellyfin", "jellyfin"),  # podman generate systemd
        ("media@tv.service", "tv", "media@tv"),
        ("stream.service", "jellyfin", "stream"),
        ("user@1000.slice", "jellyfin", "jellyfin"),
        (".service", "jellyfin", "jellyfin"),
    ],
)
def test_units(unit, name, service):
    assert named(name, **{UNIT: unit}).service == service


def test_a_unit_of_several_containers_names_none_of_them():
    assert named("app", {"stack.service": 2}, **{UNIT: "stack.service"}).service == "app"


def test_compose_goes_before_units():
    labels = {
        "com__docker__compose__project": "blog",
        "com__docker__compose__service": "web",
        "com__docker__compose__container_number": "2",
        UNIT: "podman-compose@blog.service",
    }
    assert named("blog_web_2", **labels) == Identity("web", "blog", 2, one_off=False)


def test_a_swarm_stack():
    labels = {
        "com__docker__stack__namespace": "blog",
        "com__docker__swarm__service__name": "blog_web",
    }
    assert named("blog_web.1.x", **labels)[:2] == ("web", "blog")


def test_a_label_of_a_project_without_a_service():
    assert named("web", io__podman__compose__project="blog")[:2] == ("web", "blog")

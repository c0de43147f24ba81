import pytest

from analyzer.facts.mounts import uses_of
from analyzer.facts.state import backup_of, images_of, roles_of, stateful_of
from analyzer.inventory.model import Port
from analyzer.rulebook.images import known_image
from analyzer.rulebook.loading import load_rulebook
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()


def stateful(**fields):
    service = build.service("x", **fields)
    return stateful_of(service, known_image(RULEBOOK, service.image), uses_of(service))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"stateful": False, "image": "postgres", "mounts": ("/d:/d",)}, False),  # stated wins
        ({"image": "nginx", "mounts": ("/srv/x:/data",)}, True),  # then data it writes
        ({"image": "unheard/of", "mounts": ("/srv/x:/data",)}, True),
        ({"image": "postgres", "lines": {"volumes": 1}}, True),  # then the image
        ({"image": "benbusby/whoogle-search"}, False),
        ({"image": "nginx", "mounts": ("/srv/www:/www:ro",)}, False),
        ({"image": "unheard/of", "lines": {"volumes": 1}}, False),  # then nothing mounted
        ({"image": "unheard/of", "mounts": ("/etc/localtime:/etc/localtime",)}, False),
        ({"image": "unheard/of"}, None),
        ({}, None),
    ],
)
def test_whether_a_service_keeps_state(fields, expected):
    assert stateful(**fields) is expected


@pytest.mark.parametrize(
    ("stated", "volumes", "expected"),
    [
        (True, {"a": False}, True),
        (False, {"a": True}, False),
        (None, {"a": True, "b": True}, True),
        (None, {"a": True, "b": False}, False),
        (None, {"a": True, "b": None}, None),
        (None, {"a": False, "b": None}, False),
        (None, {}, None),
    ],
)
def test_whether_data_is_backed_up(stated, volumes, expected):
    described = build.inventory(*(build.volume(n, backup=b) for n, b in volumes.items())).volumes
    service = build.service("x", backup=stated, mounts=tuple(f"{n}:/{n}" for n in volumes))
    assert backup_of(service, uses_of(service), described) is expected


def test_an_undescribed_volume_leaves_the_backup_open():
    service = build.service("x", mounts=("a:/a", "b:/b"))
    volumes = build.inventory(build.volume("a", backup=True)).volumes
    assert backup_of(service, uses_of(service), volumes) is None


def roles(*services):
    estate = build.inventory(build.host("h"), *services)
    return roles_of(estate, topology_of(estate), images_of(estate, RULEBOOK))


def test_roles_come_from_the_image_and_for_native_units_from_the_name():
    found = roles(
        build.service("db", image="docker.io/library/postgres:16"),
        build.service("caddy", runtime="systemd"),
        build.service("redis", build=True),  # built here: the name proves nothing
        build.service("mine", image="unheard/of:1"),
    )
    assert found == {"caddy": "proxy", "db": "database", "mine": "app", "redis": "app"}


def test_a_web_server_in_front_of_several_services_is_their_proxy():
    http = (Port(80, 80, 1, "tcp", None),)
    behind = [build.service(name, image="unheard/of") for name in ("a", "b")]
    front = build.service("front", image="nginx:1", ports=http, needs=["a", "b"])
    alone = build.service("site", image="nginx:1", ports=http, needs=["a"])
    inside = build.service("fpm", image="nginx:1", needs=["a", "b"])
    found = roles(*behind, front, alone, inside)
    assert (found["front"], found["site"], found["fpm"]) == ("proxy", "web", "web")

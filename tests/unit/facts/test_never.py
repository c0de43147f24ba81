import pytest

from analyzer.facts.never import ENGINE, EXTERNAL, NATIVE, ROLE_REASONS
from analyzer.facts.per_service import service_facts
from analyzer.rulebook.loading import load_rulebook
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()


def never(*records):
    estate = build.inventory(*records)
    return service_facts(estate, topology_of(estate), RULEBOOK).never


def reasons(**fields):
    return never(build.host("h"), build.service("x", host="h", **fields)).get("x", ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"runtime": "systemd"}, NATIVE),
        ({"runtime": "external"}, EXTERNAL),
        ({"migrate": "never", "migrate_why": "licence is bound to the machine"}, "licence"),
        ({"migrate": "never"}, "migrate: never"),
        ({"devices": ("/dev/dri",)}, "/dev/dri"),
        ({"privileged": True}, "privileged"),
        ({"image": "qmcgaw/gluetun:v3"}, ROLE_REASONS["vpn"]),
        ({"image": "traefik:v3"}, ROLE_REASONS["proxy"]),
        ({"image": "pihole/pihole"}, ROLE_REASONS["dns"]),
        ({"image": "containrrr/watchtower"}, ROLE_REASONS["update"]),
        ({"mounts": ("/run/podman/podman.sock:/s:ro",)}, ENGINE),
        ({"image": "aceberg/watchyourlan", "network_mode": "host"}, "local network"),
    ],
)
def test_who_stays_and_why(fields, expected):
    (reason,) = reasons(**fields)
    assert expected in reason


@pytest.mark.parametrize(
    "fields",
    [
        {"image": "postgres:16", "mounts": ("/var/data/db:/var/lib/postgresql/data",)},
        {"image": "unheard/of", "network_mode": "host"},
        {"image": "aceberg/watchyourlan"},
        {"cap_add": ("NET_ADMIN",)},
        {"mounts": ("/run/mysqld/mysqld.sock:/db.sock",)},
        {},
    ],
)
def test_data_and_what_can_be_arranged_are_no_reason(fields):
    assert reasons(**fields) == ()


def test_every_reason_is_given():
    found = reasons(
        image="ghcr.io/home-assistant/home-assistant:stable",
        network_mode="host",
        privileged=True,
        devices=("/dev/ttyUSB0",),
    )
    assert len(found) == 3


def test_data_on_a_host_outside_any_cluster_stays_there():
    outside = build.host("h", cluster="never")
    kept = build.service("kept", host="h", mounts=("/srv/x:/data",))
    free = build.service("free", host="h", stateful=False)
    found = never(outside, kept, free)
    assert list(found) == ["kept"]
    assert "outside any cluster" in found["kept"][0]


def test_what_a_host_needs_to_join_is_for_the_bootstrap_gate_not_for_this_list():
    auth = build.service("dex", host="h", image="dexidp/dex:v2", needs=["lldap"])
    directory = build.service("lldap", host="h", image="lldap/lldap:stable")
    needing = build.host("h", depends_on=(build.depends("dex"),))
    assert never(needing, auth, directory) == {}


def test_a_group_stays_with_its_member_that_stays():
    found = never(
        build.host("h"),
        build.service("gluetun", host="h", image="qmcgaw/gluetun"),
        build.service("torrent", host="h", network_mode="service:gluetun", stateful=False),
        build.service("web", host="h", stateful=False),
    )
    assert list(found) == ["gluetun", "torrent"]
    assert found["torrent"] == ("can only move together with gluetun, which stays",)

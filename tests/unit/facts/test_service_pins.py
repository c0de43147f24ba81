from itertools import pairwise

import pytest

from analyzer.facts import service_pins
from analyzer.facts.per_service import service_facts
from analyzer.facts.service_pins import namespace_owner
from analyzer.inventory.model import Port
from analyzer.rulebook.loading import load_rulebook
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()
STATELESS = {"image": "benbusby/whoogle-search:1", "lines": {"volumes": 1}}


def all_pins(*records, **wishes):
    needs = build.wishes(**wishes) if wishes else None
    estate = build.inventory(*records, needs=needs)
    return service_facts(estate, topology_of(estate), RULEBOOK).pins


def pins(*records, hosts=("h",), **fields):
    service = build.service("x", host="h", **fields)
    return all_pins(*map(build.host, hosts), *records, service)["x"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"mounts": ("/var/data/x:/config",)}, ("data",)),
        ({"mounts": ("/mnt/media:/media:ro",)}, ("data",)),
        ({"mounts": ("x:/data",)}, ("data",)),
        ({"mounts": ("/etc/localtime:/etc/localtime:ro", "cache:/cache")}, ()),
        ({"devices": ("/dev/dri:/dev/dri",)}, ("device",)),
        ({"mounts": ("/dev/bus/usb:/dev/bus/usb",)}, ("device",)),
        ({"devices": ("/dev/net/tun",)}, ("privileged",)),
        ({"cap_add": ("CAP_NET_ADMIN",)}, ("privileged",)),
        ({"cap_add": ("CHOWN",)}, ()),
        ({"privileged": True}, ("privileged",)),
        ({"network_mode": "host"}, ("host-network",)),
        ({"network_mode": "bridge"}, ()),
        ({"ports": (Port(67, 67, 1, "udp", None),)}, ("lan",)),
        ({"ports": (Port(67, 67, 1, "tcp", None),)}, ()),
        ({"mounts": ("/run/podman/podman.sock:/s:ro",)}, ("socket",)),
        ({"migrate": "never"}, ("requested",)),
    ],
)
def test_what_ties_a_service(fields, expected):
    found = pins(**{"stateful": False, **fields})
    assert found.pins == expected
    assert len(found.texts) == len(found.pins)
    assert found.data_only is (expected == ("data",))


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("koenkk/zigbee2mqtt:2", "device"),
        ("ghcr.io/home-assistant/home-assistant:stable", "lan"),
        ("pihole/pihole:2025", "lan"),
    ],
)
def test_some_images_are_known_to_be_tied(image, expected):
    assert expected in pins(image=image, stateful=False).pins


@pytest.mark.parametrize("storage", ["shared", "replicated"])
@pytest.mark.parametrize(("name", "mount"), [("data", "data:/d"), ("/mnt/nas", "/mnt/nas/x:/d")])
def test_data_that_other_hosts_reach_does_not_tie_but_takes_work(storage, name, mount):
    found = pins(build.volume(name, reach=storage), image="postgres:16", mounts=(mount,))
    assert (found.pins, found.failover, found.unknown) == ((), "fails-over-with-work", False)


def test_one_local_folder_beside_shared_data_still_ties():
    nas = build.volume("/mnt/nas", reach="shared")
    found = pins(nas, mounts=("/mnt/nas/media:/media", "/var/data/plex:/config"))
    assert found.pins == ("data",)
    assert found.texts == ("data on the disk of h: /var/data/plex",)


@pytest.mark.parametrize(
    ("arch", "tied"), [("arm64", True), ("amd64", False), (None, False)], ids=str
)
def test_an_image_for_one_architecture_is_tied_when_no_other_host_has_it(arch, tied):
    records = [build.host("h", arch="amd64"), build.host("other", arch=arch)]
    service = build.service("x", host="h", image="mcr.microsoft.com/mssql/server", stateful=False)
    assert ("architecture" in all_pins(*records, service)["x"].pins) is tied
    alone = all_pins(records[0], service)["x"]
    assert "architecture" not in alone.pins


def test_a_host_outside_the_cluster_is_no_place_to_go():
    records = [
        build.host("h", arch="amd64"),
        build.host("near", arch="arm64"),
        build.host("out", arch="amd64", cluster="never"),
        build.service("x", host="h", architectures=("amd64",), stateful=False),
    ]
    assert all_pins(*records)["x"].pins == ("architecture",)


@pytest.mark.parametrize(
    ("runtime", "host", "kind", "tied"),
    [
        ("systemd", "h", "hard", True),
        ("systemd", "h", "soft", False),
        ("systemd", "other", "hard", False),
        ("podman", "h", "hard", False),
    ],
)
def test_a_native_unit_of_the_same_host_ties(runtime, host, kind, tied):
    found = pins(
        build.service("db", runtime=runtime, host=host),
        hosts=("h", "other"),
        stateful=False,
        depends_on=(build.depends("db", kind),),
    )
    assert (found.pins == ("native-dependency",)) is tied


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (STATELESS, "fails-over"),
        ({**STATELESS, "privileged": True}, "fails-over-with-work"),
        ({**STATELESS, "network_mode": "host"}, "restarts-in-place-only"),
        ({"mounts": ("/d:/d",)}, "restarts-in-place-only"),
        ({"mounts": ("/d:/d",), "backup": True}, "restarts-in-place-only"),
        ({"mounts": ("/d:/d",), "backup": False}, "does-not-survive"),
        ({"mounts": ("/d:/d:ro",), "stateful": False, "backup": False}, "restarts-in-place-only"),
        ({"image": "unheard/of:1"}, "fails-over-with-work"),
        ({"runtime": "systemd"}, "restarts-in-place-only"),
    ],
)
def test_what_the_loss_of_the_host_means(fields, expected):
    assert pins(**fields).failover == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"image": "unheard/of:1"}, True),
        ({"image": "postgres:16"}, True),  # keeps state, but where?
        ({"image": "benbusby/whoogle-search:1"}, False),
        ({"image": "unheard/of:1", "lines": {"volumes": 1}}, False),
        ({"stateful": False}, False),
        ({"network_mode": "host"}, False),  # tied whatever else
        ({"runtime": "systemd"}, False),
    ],
)
def test_nothing_said_is_unknown_and_never_free(fields, expected):
    assert pins(**fields).unknown is expected


def test_state_without_mounts_is_local_when_the_owner_has_no_shared_storage():
    records = (build.host("h"), build.service("x", host="h", image="postgres:16"))
    assert all_pins(*records, shared_storage="none")["x"].pins == ("data",)
    assert all_pins(*records, shared_storage="shared")["x"].unknown


def test_a_shared_network_namespace_inherits_its_owners_pins():
    records = [
        build.host("h"),
        build.service(
            "vpn", host="h", devices=("/dev/sda",), container_name="gluetun", **STATELESS
        ),
        build.service("mid", host="h", network_mode="container:gluetun", **STATELESS),
        build.service("leaf", host="h", network_mode="service:mid", **STATELESS),
    ]
    found = all_pins(*records)
    for name in ("mid", "leaf"):
        assert found[name].pins == ("network-namespace",)
        assert found[name].failover == "restarts-in-place-only"
        assert "vpn" in found[name].texts[0]


def test_sharing_the_namespace_of_a_free_service_takes_work_only():
    records = [
        build.host("h"),
        build.service("a", host="h", **STATELESS),
        build.service("b", host="h", network_mode="service:a", **STATELESS),
    ]
    found = all_pins(*records)["b"]
    assert (found.pins, found.failover) == ((), "fails-over-with-work")


def test_data_of_the_namespaces_owner_is_still_data_only():
    records = [
        build.host("h"),
        build.service("a", host="h", mounts=("/srv/a:/data",)),
        build.service("b", host="h", network_mode="service:a", **STATELESS),
    ]
    assert all_pins(*records)["b"].data_only


def test_namespaces_in_a_circle_end():
    records = [
        build.service("a", network_mode="service:b", **STATELESS),
        build.service("b", network_mode="service:a", **STATELESS),
    ]
    assert set(all_pins(build.host("h"), *records)) == {"a", "b"}


def test_a_long_chain_of_namespaces_is_walked_once(monkeypatch):
    length, asked = 300, []
    names = [f"s{number:03}" for number in range(length)]
    chain = [
        build.service(name, host="h", **STATELESS, network_mode=f"service:{below}")
        for below, name in pairwise(names)
    ]
    owner = build.service(names[0], host="h", **STATELESS, devices=("/dev/dri",))

    def counted(service):
        asked.append(service.name)
        return namespace_owner(service)

    monkeypatch.setattr(service_pins, "namespace_owner", counted)
    found = all_pins(build.host("h"), owner, *chain)
    assert {found[name].pins for name in names[1:]} == {("network-namespace",)}
    assert len(asked) < 4 * length

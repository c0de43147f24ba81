"""The host, its firewall, backups, network file systems and secrets."""

import pytest

from analyzer.importers.nixos.host import Around
from tests.importers.nixos_reading import read, sample


def host_with(entry, **around):
    data = {"k8sadvisor": 1, "host": "h", "containers": {"app": {"image": "a", **entry}}, **around}
    return read(data).tree


def test_the_host_of_each_sample():
    assert sample("storage.json").tree["hosts"] == {
        "storage": {
            "os": "nixos 25.11",
            "arch": "x86_64",
            "runtime": "podman 5.7.0",
            "addresses": ["192.168.1.5"],
        }
    }
    assert sample("cloud.json").tree["hosts"] == {
        "cloud": {
            "os": "nixos 23.11",
            "arch": "aarch64",
            "runtime": "docker 24.0.9",
            "cluster": "agent",
            "addresses": ["cloud.example.org"],
        }
    }


def test_every_service_runs_on_the_host_and_containers_in_its_engine():
    services = sample("cloud.json").tree["services"]
    assert {entry["host"] for entry in services.values()} == {"cloud"}
    assert services["ghost"]["runtime"] == "docker"
    assert services["lldap"]["runtime"] == "systemd"


WALL = {"enable": True, "tcp": [80, 443], "udp": [53], "tcpRanges": [{"from": 9000, "to": 9010}]}


@pytest.mark.parametrize(
    ("ports", "firewall", "exposure"),
    [
        (["80:8080"], WALL, "lan"),
        (["9005:1"], WALL, "lan"),
        (["53:53/udp"], WALL, "lan"),
        (["53:53"], WALL, None),
        (["127.0.0.1:80:8080"], WALL, None),
        (["81:8080"], WALL, None),
        (["81:8080"], {"enable": False}, "lan"),
        (["81:8080"], {}, None),
        (["nonsense"], WALL, None),
    ],
)
def test_an_open_port_reaches_the_local_network(ports, firewall, exposure):
    tree = host_with({"ports": ports}, firewall=firewall)
    assert tree["services"]["app"].get("exposure") == exposure


JOBS = [{"paths": ["/var/lib", "/data"], "exclude": ["/data/cache", "*.tmp"]}]


@pytest.mark.parametrize(
    ("volumes", "backup"),
    [
        (["/var/lib/x:/x"], "true"),
        (["/var/lib/x:/x", "/mnt/media:/m:ro"], "true"),
        (["/var/lib/x:/x", "/mnt/media:/m"], None),
        (["/var/library:/x"], None),
        (["/data/cache/x:/x"], None),
        (["/data/x.tmp:/x"], None),
        (["/var/lib/x:/x", "named:/y"], None),
        (["nonsense:"], None),
        ([], None),
    ],
)
def test_a_backup_counts_when_all_that_is_written_lies_in_it(volumes, backup):
    tree = host_with({"volumes": volumes}, backups=JOBS)
    assert tree["services"]["app"].get("backup") == backup


def test_network_file_systems_in_use_are_shared_volumes():
    assert sample("storage.json").tree["volumes"] == {"/mnt/nas": {"storage": "shared"}}


def test_the_path_of_a_secret_names_it():
    tree = host_with(
        {"environmentFiles": ["/run/agenix/vpn"], "volumes": ["/run/agenix/key:/key:ro"]},
        secrets={"age": {"vpn": "/run/agenix/vpn", "key": "/run/agenix/key", "none": None}},
    )
    assert tree["services"]["app"]["secrets"] == ["vpn", "key"]
    assert tree["services"]["app"]["env_files"] == ["/run/agenix/vpn"]


def test_nothing_is_known_around_containers_alone():
    around = Around.of(read({}).tree, None)
    assert around.opens(80, "tcp") is False
    assert around.backs_up("/") is False

"""Recordings of real engines, and what is read from them, written down by hand.

They were made with podman 4.3.1 (Debian 12), podman 5.4.2 (Debian 13) and docker 20.10.24, from an
image built from scratch; names and paths of the machine are replaced.
"""

import itertools
import json

import pytest

from analyzer.importers import podman
from analyzer.inventory import reading
from tests.importers.engine_reading import SAMPLES, drafts, plain, remarks, sample, services

PODMANS = ["podman-4.3.1", "podman-5.4.2"]
ENGINES = [*PODMANS, "docker-20.10.24"]
WEB = {
    "image": "localhost/demo:1",
    "container_name": "blog_web_1",
    "runtime": "podman",
    "command": ["httpd", "-f", "-p", "8080"],
    "environment": {"DB_HOST": "db", "DB_PASSWORD": "hunter2", "DB_PASS": None},
    "secrets": ["db_password"],
    "ports": ["127.0.0.1:8080:8080", "9000-9002:9000-9002/udp"],
    "expose": ["9090/udp"],
    "volumes": [
        "/cache",
        "/srv/demo/config:/config:ro",
        "/srv/demo/app.conf:/etc/app.conf",
        "/var/lib/demo",
    ],
    "tmpfs": ["/tmp/scratch"],  # noqa: S108
    "network": {"blog_back": {"aliases": ["web"]}, "proxy": {"aliases": ["web"]}},
    "depends_on": {"db": None},
    "restart": "always",
    "healthcheck": {
        "test": ["CMD-SHELL", "wget -q http://localhost:8080/health"],
        "interval": "30s",
        "timeout": "30s",
        "retries": "3",
    },
    "verified": "false",
}


def whole(engine):
    return sample(engine, "inspect", "info", "stats", "volume", "image", "network")


@pytest.mark.parametrize("engine", PODMANS)
def test_a_container_of_a_stack(engine):
    found = drafts(*sample(engine, "inspect"))
    web = services(found)["web"]
    assert web == WEB
    assert [draft.project for draft in found] == [None, "blog"]


@pytest.mark.parametrize("engine", PODMANS)
def test_networks_of_others_and_pods(engine):
    found = services(drafts(*sample(engine, "inspect")))
    assert found["torrent"]["network"] == "service:gluetun"
    assert found["media-redis"]["network"] == "service:media-app"
    assert found["media-app"]["network"] == "bridge"
    assert found["media-app"]["ports"] == ["3000:3000"]
    assert "ports" not in found["media-redis"]
    assert found["jellyfin"]["network"] == "host"
    assert found["runner"]["network"] == "none"
    assert not [name for name in found if "infra" in name]


@pytest.mark.parametrize("engine", PODMANS)
def test_a_pod_without_its_own_container(engine):
    """``podman inspect media-app media-redis`` shows the pod's ports with both."""
    whole = services(drafts(*sample(engine, "inspect")))
    parts = json.loads(sample(engine, "inspect")[0])
    only = [part for part in parts if part.get("Pod") and not part["IsInfra"]]
    found = services(drafts(only))
    for name in ("media-app", "media-redis"):
        for key in ("ports", "network"):
            assert found[name].get(key) == whole[name].get(key)


@pytest.mark.parametrize("engine", PODMANS)
def test_rights_and_resources(engine):
    found = services(drafts(*sample(engine, "inspect")))
    assert found["db"]["limits"] == {"memory": "512MiB", "cpus": "1.5"}
    assert found["db"]["network"] == {"blog_back": {"aliases": ["db", "database"]}}
    assert found["jellyfin"]["devices"] == ["/dev/null:/dev/dri/renderD128"]
    assert found["jellyfin"]["cap_add"] == ["NET_ADMIN"]
    assert found["jellyfin"]["user"] == "1000:1000"
    assert "restart" not in found["jellyfin"]  # systemd's business
    assert found["gluetun"]["privileged"] == "true"
    assert found["gluetun"]["restart"] == "on-failure:5"
    assert found["torrent"]["entrypoint"] == ["/bin/busybox", "sleep"]
    assert found["torrent"]["command"] == ["100"]
    assert "verified" not in found["runner"]


@pytest.mark.parametrize("engine", PODMANS)
def test_the_machine_and_what_was_measured(engine):
    found = drafts(*whole(engine))
    version = engine.partition("-")[2]
    assert plain(found[0].tree["hosts"]) == {
        "storage": {
            "arch": "amd64",
            "cpus": "2",
            "memory": "24106MiB",
            "os": "debian 12",
            "runtime": f"podman {version}",
        }
    }
    entries = services(found)
    assert {entry["host"] for entry in entries.values()} == {"storage"}
    assert {name for name, entry in entries.items() if "memory" in entry} == {"runner"}
    assert plain(found[0].tree["volumes"])["media"] == {
        "driver": "local",
        "driver_opts": {"type": "nfs"},
    }


def test_docker():
    found = drafts(*whole("docker-20.10.24"))
    entries = services(found)
    assert entries["web"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert entries["web"]["ports"] == ["127.0.0.1:8080:8080", "9000-9001:9000-9001/udp"]
    assert entries["web"]["tmpfs"] == ["/scratch"]
    assert entries["web"]["network"] == "bridge"
    assert entries["db"]["volumes"] == ["blog_db:/var/lib/mysql"]
    assert entries["vpnuser"]["network"] == "service:plain"
    assert entries["plain"]["memory"] == str(460 * 1024)
    assert "hostname" not in entries["plain"]  # the machine's own
    assert {entry["runtime"] for entry in entries.values()} == {"docker"}
    assert plain(found[0].tree["hosts"])["storage"]["runtime"] == "docker 20.10.24+dfsg1"


@pytest.mark.parametrize("engine", ENGINES)
def test_ps_alone_names_the_same_services(engine):
    inspected = services(drafts(*sample(engine, "inspect")))
    listed = services(drafts(*sample(engine, "ps")))
    assert set(listed) == set(inspected)
    for name, entry in listed.items():
        assert entry.get("verified") == inspected[name].get("verified")
        if entry.get("ports"):
            assert entry["ports"] == inspected[name]["ports"], name


@pytest.mark.parametrize("engine", ENGINES)
def test_ps_beside_inspect_adds_nothing(engine):
    assert services(drafts(*sample(engine, "inspect", "ps"))) == services(
        drafts(*sample(engine, "inspect"))
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_the_order_changes_nothing(engine):
    parts = sample(engine, "inspect", "info", "stats")
    expected = [plain(draft.tree) for draft in drafts(*parts)]
    for order in itertools.permutations(parts):
        assert [plain(draft.tree) for draft in drafts(*order)] == expected
    joined = b"\n".join(parts)
    assert [plain(draft.tree) for draft in drafts(joined)] == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_every_key_is_known(engine):
    everything = [path.read_bytes() for path in sorted((SAMPLES / engine).glob("*.json"))]
    found = drafts(*everything)
    assert remarks(found, "not understood") == {}
    assert remarks(found, "broken") == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_no_remark_shows_a_value(engine):
    for path, text in remarks(drafts(*whole(engine))).items():
        for secret in ("hunter2", "wget", "10.0.0.5", "/export"):
            assert secret not in path + text


@pytest.mark.parametrize("engine", ENGINES)
def test_the_inventory_reads_all_of_it(engine):
    for draft in drafts(*whole(engine)):
        reader = reading.Reading("f")
        reader.document(draft.tree)
        assert [str(problem) for problem in reader.problems] == []


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.json")), ids=lambda path: path.stem)
def test_samples_are_recognised(path):
    dull = path.stem in ("secret", "version", "network", "network-ls", "pod-ps", "image")
    assert podman.recognises(str(path), path.read_bytes()[: 1 << 16]) or dull

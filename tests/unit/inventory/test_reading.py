from fractions import Fraction

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.inventory.model import Budget, Dependency, Healthcheck, Host, Mount, Port, Source
from analyzer.units import GIB

EXAMPLE = """\
schema: 1
name: home
hosts:
  storage:
    arch: amd64
    cpus: 16
    memory: 32GiB
    memory_used: 14GiB
    disk: nvme
    site: home
    failure_domain: rack-1
    os: nixos
    runtime: podman 5.4
    can_host_vms: true
    cluster: candidate
  spare:
services:
  mariadb: {host: storage, runtime: systemd}
  plex:
    host: storage
    runtime: podman
    image: ghcr.io/linuxserver/plex:latest
    ports: ["32400:32400"]
    volumes: ["/var/data/plex:/config", "/mnt/storage/media:/media:ro"]
    devices: [/dev/dri]
    network: host
    environment: {VERSION: latest}
    env_files: [/run/secrets/plex.env]
    memory: 1GiB
    limits: {memory: 2GiB, cpus: 1.5}
    healthcheck: {test: [CMD, curl, -f, http://localhost], interval: 30s}
    depends_on: {mariadb: {condition: healthy, kind: soft, why: keeps the library}}
    stateful: true
    backup: true
    criticality: high
    recovery_time: 4h
    exposure: public
    migrate: never
    verified: true
needs:
  planned_hosts: 3
  failover: wanted
  overhead_budget: 1GiB
  hours_per_week: 5
  effort_budget: 6w
  operators: 1
  kubernetes_experience: none
  outages: repeated
  evaluate_first: true
  leaving_kubernetes: false
  learning_kubernetes: low
  simplicity: high
  unmet_needs: [health-checks, rolling-updates]
"""


def test_the_whole_example(load):
    estate = load(EXAMPLE)
    storage = estate.hosts["storage"]
    assert storage == Host(
        name="storage",
        source=Source("a.yaml", 4, 3),
        lines=storage.lines,
        arch="amd64",
        cpus=Fraction(16),
        memory_bytes=32 * GIB,
        memory_used_bytes=14 * GIB,
        disk="nvme",
        site="home",
        failure_domain="rack-1",
        os="nixos",
        runtime="podman 5.4",
        can_host_vms=True,
        cluster="candidate",
    )
    assert storage.lines["cluster"] == 15
    assert estate.hosts["spare"] == Host("spare", Source("a.yaml", 16, 3), {})
    plex = estate.services["plex"]
    assert plex.ports == (Port(32400, 32400, 1, "tcp", None),)
    assert plex.mounts == (
        Mount("bind", "/var/data/plex", "/config", False, 24),
        Mount("bind", "/mnt/storage/media", "/media", True, 24),
    )
    assert plex.healthcheck == Healthcheck(
        ("CMD", "curl", "-f", "http://localhost"), Fraction(30), False
    )
    soft = Dependency("mariadb", "service_healthy", "soft", "keeps the library", 32)
    assert plex.depends_on == (soft,)
    assert (plex.network_mode, plex.devices, plex.stateful) == ("host", ("/dev/dri",), True)
    assert (plex.memory_bytes, plex.memory_limit_bytes) == (GIB, 2 * GIB)
    assert (plex.cpu_limit, plex.recovery_seconds) == (Fraction(3, 2), 14_400)
    assert plex.environment.reveal("VERSION") == "latest"
    assert plex.is_container
    assert not estate.services["mariadb"].is_container
    needs = estate.needs
    assert needs.overhead_budget == Budget(GIB, None)
    assert needs.effort_budget_weeks == 6
    assert needs.unmet_needs == ("health-checks", "rolling-updates")
    assert needs.multi_tenant is None
    assert needs.lines["planned_hosts"] == Source("a.yaml", 41, 3)
    assert "multi_tenant" not in needs.lines


def test_unknown_is_never_a_default(load):
    estate = load("hosts: {a: }\nservices: {web: }\nneeds:\nvolumes: {v: }\n")
    web = estate.services["web"]
    assert web.lines == {}
    assert {value for value in web[3:] if value not in ((), {}, "auto", False)} == {
        None,
        web.environment,
    }
    assert set(estate.needs[1:]) == {None}
    assert (estate.name, estate.volumes["v"].reach) == ("estate", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hosts: [a]", "a.yaml:1:1: hosts: a list where a mapping from name to host is expected"),
        ("hosts: {a: 8GiB}", "a.yaml:1:9: hosts.a: text where the keys of a host are expected"),
        ("hosts: {a: {}}\nneeds: high", "a.yaml:2:1: needs: text where the keys of needs"),
        ("hosts: {a: {}}\nschema: 2", "a.yaml:2:1: schema: '2' is no version this program reads"),
        ("hosts: {a: {}}\nservcies: {}", "unknown key; did you mean 'services'?"),
        ("hosts: {a: {}}\nname: [x]", "a.yaml:2:1: name: a list where text is expected"),
        ('hosts: {"a\\u202eb": {}}', "a name with a control or direction character (U+202E)"),
        ("hosts: {'': {}}", "hosts: an empty name"),
        (
            "hosts:\n  a: {memory: 4GiB,\n      memory_used: 8GiB}",
            "a.yaml:3:7: hosts.a.memory_used: more than the host's memory",
        ),
        ("hosts: {a: {cpus: 0}}", "hosts.a.cpus: '0' is out of range; give more than 0"),
        ("hosts: {a: {memory: -1GiB}}", "a.yaml:1:13: hosts.a.memory: '-1GiB' is negative"),
        ("hosts: {a: {cluster: leader}}", "hosts.a.cluster: 'leader' is not one of"),
        ("hosts: {a: {}}\nwaivers: {}", "a mapping where a list of waivers is expected"),
        ("hosts: {a: {}}\nwaivers: [x]", "waivers[0]: text where the keys of a waiver"),
        (
            "hosts: {a: {}}\nwaivers: [{finding: no-backup, expires: 2027-01-01}]",
            "a.yaml:2:11: waivers[0]: a waiver without reason; say which finding",
        ),
        (
            "hosts: {a: {}}\nwaivers: [{finding: x, reason: y, expires: 2027-02-29}]",
            "waivers[0].expires: '2027-02-29' is not in the calendar",
        ),
    ],
)
def test_messages_name_place_path_fault_and_remedy(problems, text, expected):
    found = problems(text + "\n")
    assert expected in found[0]


def test_every_problem_comes_in_one_pass(problems):
    found = problems(
        "hosts:\n  a: {memory: x, cores: 4}\nservices:\n  web:\n    host: b\n    ports: [x, 80, y]\n"
        "needs: {simplicity: hihg}\n"
    )
    assert [message.split(": ")[1] for message in found] == [
        "hosts.a.memory",
        "hosts.a.cores",
        "services.web.host",
        "services.web.ports[0]",
        "services.web.ports[2]",
        "needs.simplicity",
    ]


def test_extensions_are_passed_over_everywhere(load):
    estate = load(
        "x-common: &common {restart: always}\nhosts: {a: {x-note: [1]}}\nversion: '3'\n"
        "services:\n  web: {<<: *common, x-a: {b: c}, host: a}\nnetworks: {front: {}}\n"
    )
    assert (estate.services["web"].restart, estate.services["web"].host) == ("always", "a")


def test_no_value_of_the_environment_leaves_the_estate(load):
    text = EXAMPLE.replace("{VERSION: latest}", "{PASSWORD: s3cr3t-canary}")
    estate = load(text)
    assert estate.services["plex"].environment.reveal("PASSWORD") == "s3cr3t-canary"
    assert "s3cr3t-canary" not in repr(estate)
    assert "PASSWORD" in repr(estate)


def test_sections_without_a_value_say_nothing(load):
    assert load("name:\nhosts: {a: }\nwaivers:\n").name == "estate"


def test_waivers(load):
    one = load("hosts: {a: }\nwaivers:\n- {finding: f, reason: r, expires: 2027-01-01}\n").waivers[
        0
    ]
    assert (one.finding, one.subject, one.source) == ("f", None, Source("a.yaml", 3, 3))


def shuffled(tree, draw):
    if isinstance(tree, dict):
        keys = draw(st.permutations(sorted(tree)))
        return {key: shuffled(tree[key], draw) for key in keys}
    return tree


def without_places(value):
    if isinstance(value, Source):
        return None
    if hasattr(value, "_asdict"):
        fields = value._asdict().items()
        return {k: without_places(v) for k, v in fields if k not in ("lines", "line", "other")}
    if isinstance(value, dict):
        return [(key, without_places(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return [without_places(item) for item in value]
    return value


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_keys_never_matters(load, data):
    tree = yaml.load(EXAMPLE, yaml.BaseLoader)  # noqa: S506 - makes texts only
    tree["hosts"]["spare"] = {}
    plex = tree["services"]["plex"]
    plex |= {"env_file": "x.env", "expose": ["1"], "gpus": "all", "mem_limit": "2g", "tty": "true"}
    tree["volumes"] = {"v": {"host": "storage"}, "/mnt": {"storage": "shared"}}
    texts = (yaml.safe_dump(shuffled(tree, data.draw), sort_keys=False), yaml.safe_dump(tree))
    first, second = (without_places(load(text)) for text in texts)
    assert first == second

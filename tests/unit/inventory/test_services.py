import pytest

from analyzer.inventory.model import Service
from analyzer.inventory.services import NO_BEARING, SERVICE
from analyzer.units import GIB
from tests.unit.inventory.nodes import node

COMPOSE_KEYS = 94
"""Keys of a service in the Compose Specification as shipped with check-jsonschema 0.39.

Source: https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json
"""
OWN_ONLY = {
    "from",
    "inferred",
    "project",
    *("host", "network", "env_files", "memory", "limits", "stateful", "backup", "criticality"),
    *("recovery_time", "exposure", "migrate", "migrate_why", "verified", "not_depends_on"),
    *("architectures", "notes", "schedule"),
}


def test_every_compose_key_is_accepted_once():
    read = {field.key for field in SERVICE.fields}
    assert not read & NO_BEARING
    assert len((read | NO_BEARING) - OWN_ONLY) == COMPOSE_KEYS


def test_every_attribute_can_be_set():
    alone = {field.attribute for field in SERVICE.fields} - {None}
    with_others = {"runtime", "network_mode", "networks", "aliases", "memory_limit_bytes"}
    with_others |= {"cpu_limit", "replicas", "migrate", "migrate_with"}
    own = {"name", "source", "lines", "other", "files"}
    assert alone | with_others == set(Service._fields) - own


def test_lists_said_in_two_keys_add_up_whatever_their_order():
    for written in (
        "{env_file: a, env_files: [b], devices: [/dev/dri], gpus: all, expose: [1], ports: [2:2]}",
        "{gpus: all, expose: [1], ports: [2:2], devices: [/dev/dri], env_files: [b], env_file: a}",
    ):
        values = SERVICE.read(node(written.replace("2:2", "'2:2'")))
        assert values["env_files"] == ("b", "a")
        assert values["devices"] == ("/dev/dri", "gpu")
        assert [port.published for port in values["ports"]] == [2, None]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{mem_limit: 1g, deploy: {resources: {limits: {memory: 1GiB}}}}", []),
        (
            "{mem_limit: 1g, limits: {memory: 2g}}",
            [(".mem_limit", "says otherwise than 'limits'")],
        ),
        ("{scale: 2, deploy: {replicas: 3}}", [(".scale", "says otherwise than 'deploy'")]),
        (
            "{network: host, network_mode: none}",
            [(".network_mode", "says otherwise than 'network'")],
        ),
    ],
)
def test_two_keys_must_not_disagree(written, expected):
    found = [(fault.path, fault.what) for fault in SERVICE.scan(node(written)).faults]
    assert found == expected


def test_a_line_is_kept_under_our_key_too():
    scan = SERVICE.scan(node("image: x\nmem_limit: 1g\nnetwork_mode: host\nport:\nrestart:\n"))
    assert scan.values == {"image": "x", "memory_limit_bytes": GIB, "network_mode": "host"}
    assert scan.lines == {
        "image": 1,
        "mem_limit": 2,
        "limits": 2,
        "network_mode": 3,
        "network": 3,
    }
    assert [fault.path for fault in scan.faults] == [".port"]


def test_keys_of_no_bearing_are_listed():
    assert SERVICE.scan(node("tty: true\ninit:\n")).ignored == [("tty", 1), ("init", 2)]

"""From objects to drafts: names, hosts, copies, pods, and whatever bytes."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.importers import podman
from analyzer.inventory import reading
from tests.importers.engine_reading import drafts, plain, remarks, sample, services
from tests.patience import patience


def container(name, number=1, labels=None, **keys):
    config = {"Image": "x", "Labels": labels or {}, **keys.pop("Config", {})}
    host = {"RestartPolicy": {"Name": "always"}, **keys.pop("HostConfig", {})}
    return {
        "Id": f"{number:012x}".ljust(64, "0"),
        "Name": name,
        "State": {"Running": True},
        "Config": config,
        "HostConfig": host,
        **keys,
    }


def compose(project, service, number="1"):
    return {
        "com.docker.compose.project": project,
        "com.docker.compose.service": service,
        "com.docker.compose.container-number": number,
    }


def info(name, arch="amd64"):
    return {"host": {"hostname": name, "arch": arch, "cpus": 4, "memTotal": 8 << 30}, "store": {}}


def test_copies_are_one_service():
    found = drafts(
        [container(f"web-{n}", n, compose("shop", "web", str(n))) for n in (1, 2, 3)],
        [{"name": f"web-{n}", "mem_usage": "100MB / 1GB", "id": "x"} for n in (1, 2)],
    )
    assert services(found)["web"]["scale"] == "3"
    assert services(found)["web"]["container_name"] == "web-1"
    assert services(found)["web"]["memory"] == "191MiB"


def test_the_same_service_of_two_stacks():
    found = drafts(
        [container("a_db", 1, compose("a", "db")), container("b_db", 2, compose("b", "db"))]
    )
    assert [(d.project, list(d.tree["services"])) for d in found] == [("a", ["db"]), ("b", ["db"])]


def test_what_is_needed_of_another_stack_is_kept():
    db = container("b_db", 2, compose("b", "db"))
    web = container("web", 1, compose("a", "web"), Dependencies=[db["Id"]])
    found = drafts([web, db])
    assert services(found)["web"]["x-podman"] == {"requires": ["b_db"]}
    assert "web.requires.b_db" in remarks(found, "kept")


def test_a_network_of_another_stack_is_named_by_container():
    vpn = container("vpn_1", 2, compose("vpn", "gluetun"))
    app = container("app", 1, HostConfig={"NetworkMode": f"container:{vpn['Id']}"})
    assert services(drafts([app, vpn]))["app"]["network"] == "container:vpn_1"


def test_a_network_of_a_container_that_is_not_there():
    found = drafts([container("app", HostConfig={"NetworkMode": "container:" + "f" * 64})])
    assert services(found)["app"]["network"] == "container:" + "f" * 12
    assert "app.HostConfig.NetworkMode" in remarks(found, "kept")


def test_errands_are_left_out():
    labels = {**compose("shop", "web"), "com.docker.compose.oneoff": "True"}
    assert services(drafts([container("shop-web-run-1", 1, labels), container("b", 2)])) == {
        "b": services(drafts([container("b", 2)]))["b"]
    }


def test_the_machine_that_info_names():
    found = drafts([container("web")], info("storage"))
    assert services(found)["web"]["host"] == "storage"
    assert plain(found[0].tree["hosts"])["storage"]["memory"] == "8GiB"


def test_what_the_user_says_goes_before():
    found = drafts([container("web")], info("vm-17"), host="storage")
    assert services(found)["web"]["host"] == "storage"
    assert list(found[0].tree["hosts"]) == ["storage"]


def test_two_machines_each_in_its_file():
    one = json.dumps([container("web", 1)]) + json.dumps(info("one"))
    two = json.dumps(info("two", "arm64")) + json.dumps([container("web", 2)])
    found = drafts(one, two)
    stated = [
        draft.tree["services"]["web"]["host"] for draft in found if draft.tree.get("services")
    ]
    assert stated == ["one", "two"]
    assert plain(found[0].tree["hosts"])["two"]["arch"] == "arm64"


def test_two_machines_and_containers_of_nobody_knows_which():
    found = drafts([container("web")], info("one"), info("two"))
    assert "host" not in services(found)["web"]


def test_another_machine_than_the_user_says():
    found = drafts([container("web")], info("one"), info("two"), host="two")
    assert list(found[0].tree["hosts"]) == ["two"]
    assert "info" in remarks(found, "broken")


def test_two_containers_of_one_name_are_of_two_machines():
    found = drafts([container("web", 1)], [container("web", 2)])
    assert [list(draft.tree["services"]) for draft in found] == [["web"], ["web"]]


def test_a_container_read_twice_is_one():
    assert len(services(drafts([container("web")], [container("web")]))) == 1


def test_nothing_is_no_estate():
    for nothing in ("[]", "", '{"kind": "Pod"}', "{"):
        with pytest.raises(InventoryError) as caught:
            drafts(nothing)
        assert "f0.json" in str(caught.value)


def test_a_broken_file_beside_a_good_one():
    found = drafts([container("web")], '[{"Config": {"Env": ["PASSWORD=hunter2')
    assert set(services(found)) == {"web"}
    (text,) = remarks(found, "broken").values()
    assert "hunter2" not in text


WORDS = st.sampled_from(
    ["", "web", "/web", "0", "1", "-1", "80/tcp", "99999/tcp", "host", "container:x", "ns:", "a=b"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 10**20) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def _mutate(value, path, junk):
    """Return a value in which what stands at a path is replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return junk
    if isinstance(value, list):
        at = path[0] % len(value)
        return [*value[:at], _mutate(value[at], path[1:], junk), *value[at + 1 :]]
    key = sorted(value)[path[0] % len(value)]
    return {**value, key: _mutate(value[key], path[1:], junk)}


RECORDED = [
    json.loads(part)
    for name in ("inspect", "pod", "volume", "info", "ps", "image", "network")
    for part in sample("podman-5.4.2", name)
]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.integers(0, 90), min_size=1, max_size=6), JUNK), max_size=4),
    st.sampled_from(range(len(RECORDED))),
)
def test_odd_values_never_stop_it(changes, which):
    """Whatever an object holds: there are drafts, and what they state has the readers' types."""
    value = RECORDED[which]
    for path, junk in changes:
        value = _mutate(value, path, junk)
    try:
        found = drafts(value, RECORDED[4])
    except InventoryError:
        return
    for draft in found:
        plain(draft.tree)
        reading.Reading("f").document(draft.tree)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80) | JUNK.map(json.dumps).map(str.encode))
def test_any_bytes(data):
    podman.recognises("x.json", data)
    with contextlib.suppress(InventoryError):
        drafts(data)


def test_two_thousand_containers_take_a_moment():
    many = [container(f"c{n}", n, compose(f"p{n % 300}", f"s{n}")) for n in range(2000)]
    data = json.dumps(many)
    with patience():
        assert len(services(drafts(data))) == 2000

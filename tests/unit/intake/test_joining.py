from analyzer.intake.dumping import GONE_NOTE, NOT_SEEN_NOTE
from analyzer.intake.joining import Change, join
from tests.unit.intake.test_dumping import as_tree

FILES = ("compose.yaml",)


def web(line=3, **keys):
    return {"from": f"compose.yaml:{line}", **keys}


def joined(mine, theirs, files=FILES, **options):
    return join(as_tree(mine), as_tree(theirs), files, **options)


def services(result):
    return result.tree["services"]


def test_each_keeps_what_is_theirs():
    mine = web(
        image="a",
        ports=["1:1"],
        host="nas",
        runtime="podman",
        backup="true",
        notes="mine",
        memory="1GiB",
        limits={"memory": "2GiB"},
        **{"x-mine": "1", "x-compose": {"a": "1"}, "user": None},
    )
    theirs = web(
        9,
        image="b",
        host="server",
        runtime="docker",
        backup="false",
        exposure="lan",
        environment=["A"],
    )
    result = joined({"services": {"web": mine}}, {"services": {"web": theirs}})
    assert services(result)["web"] == {
        "from": "compose.yaml:9",
        "image": "b",
        "host": "nas",
        "runtime": "podman",
        "backup": "true",
        "notes": "mine",
        "memory": "1GiB",
        "limits": {"memory": "2GiB"},
        "x-mine": "1",
        "user": None,
        "exposure": "lan",
        "environment": ["A"],
    }
    changed = [(change.key, change.after) for change in result.changes]
    assert changed == [
        ("environment", ["A"]),
        ("exposure", "lan"),
        ("from", "compose.yaml:9"),
        ("image", "b"),
        ("ports", None),
        ("x-compose", None),
    ]


def test_what_is_measured_is_the_latest():
    theirs = {"hosts": {"nas": {"memory_used": "2GiB", "disk": "ssd"}}, "services": {}}
    mine = {"hosts": {"nas": {"memory_used": "1GiB", "disk": "hdd", "site": "home"}}}
    result = joined(mine, theirs)
    assert result.tree["hosts"] == {"nas": {"memory_used": "2GiB", "disk": "hdd", "site": "home"}}


def test_a_host_and_a_volume_without_values_get_those_that_are_known():
    theirs = {"hosts": {"nas": {"arch": "arm64"}}, "volumes": {"v": {"driver": "local"}}}
    result = joined({"hosts": {"nas": None, "b": {}}, "volumes": {"v": None}}, theirs)
    assert result.tree["hosts"] == {"nas": {"arch": "arm64"}, "b": {}}
    assert result.tree["volumes"] == {"v": {"driver": "local"}}


def test_a_service_that_is_gone_is_kept_and_marked():
    mine = {"services": {"a": web(notes="mine"), "b": web(verified="true"), "c": {"image": "c"}}}
    result = joined(mine, {"services": {}})
    assert services(result) == {
        "a": web(notes="mine", verified="false"),
        "b": web(verified="true"),
        "c": {"image": "c"},
    }
    assert services(result)["a"]["verified"].note == GONE_NOTE
    gone = [Change("services", name, "gone", origin="compose.yaml") for name in "ab"]
    assert list(result.changes) == gone


def test_a_service_that_is_gone_is_removed_when_asked_for():
    mine = {"services": {"a": web(), "b": web(verified="false"), "c": {"image": "c"}}}
    result = joined(mine, {"services": {}}, prune=True)
    assert services(result) == {"c": {"image": "c"}}
    assert [change.name for change in result.changes] == ["a", "b"]


def test_a_service_is_not_gone_while_its_file_was_not_read():
    mine = {"services": {"a": web()}}
    result = joined(mine, {"services": {}}, files=("other.yaml",), prune=True)
    assert result.tree == as_tree(mine)


def test_a_service_that_is_back_loses_the_mark_of_the_import_only():
    mine = {"services": {"a": web(verified="false"), "b": web(verified="false")}}
    theirs = {"services": {"a": web(), "b": web()}}
    result = joined(mine, theirs, marked=("a",))
    assert services(result) == {"a": web(), "b": web(verified="false")}


def test_whether_a_service_runs_is_the_sources_word_unless_the_owner_has_said_so():
    mine = {"services": {"a": web(), "b": web(verified="true"), "c": web(verified="false")}}
    stopped = {"services": {name: web(verified="false") for name in "abc"}}
    result = joined(mine, stopped, marked=("c",))
    verified = {name: entry["verified"] for name, entry in services(result).items()}
    assert verified == {"a": "false", "b": "true", "c": "false"}
    assert verified["a"].note == NOT_SEEN_NOTE
    assert [change[1:4] for change in result.changes] == [("a", "changed", "verified")]


def test_what_the_owner_wrote_by_hand_is_left_alone():
    mine = {"services": {"a": {"image": "mine"}, "b": None}}
    result = joined(mine, {"services": {"a": web(image="x"), "b": web()}})
    assert result.tree == as_tree(mine)
    assert result.by_hand == ("a", "b")
    assert not result.changes


def test_another_source_adds_what_is_lacking_and_what_it_measured():
    mine = {"services": {"a": web(image="mine", memory="1GiB")}}
    theirs = {"from": "stdin:1", "image": "x", "memory": "2GiB", "runtime": "podman"}
    result = joined(mine, {"services": {"a": theirs}})
    assert services(result)["a"] == web(image="mine", memory="2GiB", runtime="podman")
    assert result.elsewhere == ("a",)


def test_new_entries_are_added_in_order_of_name_at_the_end():
    mine = {"name": "home", "services": {"m": {"image": "m"}}}
    theirs = {
        "schema": "1",
        "name": "other",
        "hosts": {"b": {}, "a": {}},
        "services": {"z": web(host="b"), "c": web(host="b")},
        "volumes": {"v": {"driver": "local"}},
    }
    result = joined(mine, theirs)
    assert list(result.tree) == ["name", "services", "hosts", "volumes"]
    assert result.tree["name"] == "home"
    assert list(services(result)) == ["m", "c", "z"]
    assert list(result.tree["hosts"]) == ["a", "b"]


def test_a_host_that_only_stands_in_for_one_is_added_when_it_is_needed():
    theirs = {"hosts": {"server": {}}, "services": {"a": web(host="server")}}
    mine = {"hosts": {"x": {}, "y": {}}, "services": {"a": web(host="x"), "b": web(host="y")}}
    assert list(joined(mine, theirs).tree["hosts"]) == ["x", "y"]
    theirs["services"]["c"] = web(host="server")
    mine["services"]["c2"] = web(host="y")
    result = joined({"hosts": {}, "services": {}}, theirs)
    assert list(result.tree["hosts"]) == ["server"]


def test_what_was_not_understood_is_that_of_the_files_read_now():
    mine = {"unread": ["my own", "compose.yaml:1: a: old", "other.yaml:1: b: stays"]}
    result = joined(mine, {"unread": ["compose.yaml:2: a: new"]})
    assert result.tree["unread"] == ["my own", "other.yaml:1: b: stays", "compose.yaml:2: a: new"]
    assert "unread" not in joined({"unread": ["compose.yaml:1: a: old"]}, {}).tree


def test_empty_sections_stay_as_they_are():
    mine = {"hosts": None, "services": None, "needs": {"operators": "1"}, "unread": []}
    assert joined(mine, {"schema": "1"}).tree == as_tree(mine)

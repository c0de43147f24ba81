import pytest

from analyzer.intake.matching import match, origin, same_source, section, text_of, within
from tests.unit.intake.test_dumping import as_tree


def estate(hosts=None, **services):
    tree = {"services": {name.replace("_", "-"): entry for name, entry in services.items()}}
    return as_tree(tree if hosts is None else {"hosts": hosts, **tree})


def db(stack="", host="", file="compose.yaml", **more):
    entry = {"from": f"{file}:3", "project": stack, "host": host, **more}
    return {key: value for key, value in entry.items() if value}


@pytest.mark.parametrize(
    ("mine", "theirs", "name", "same"),
    [
        pytest.param(db(), db(), "db", True, id="nothing-said"),
        pytest.param(db("a"), db("a"), "db", True, id="one-stack"),
        pytest.param(db("a"), db(), "db", True, id="stack-not-said"),
        pytest.param(db("a"), db("b"), "b-db", False, id="two-stacks"),
        pytest.param(db(host="x"), db(host="y"), "db-y", False, id="two-hosts"),
        pytest.param(db("a", "x"), db("a", "y"), "a-db", False, id="one-stack-on-two-hosts"),
        pytest.param(db(host="x"), db(host="server"), "db", True, id="host-not-known"),
        pytest.param({"image": "x"}, db("a", "y"), "db", True, id="by-hand"),
        pytest.param(None, db("a", "y"), "db", True, id="by-hand-and-empty"),
        pytest.param(
            db(file="old/compose.yaml"), db(file="new/compose.yaml"), "db", True, id="moved"
        ),
    ],
)
def test_services_of_one_name_are_the_same_unless_stack_or_host_differ(mine, theirs, name, same):
    found = match(estate(db=mine), estate(db=theirs, web=db(depends_on=["db"])))
    assert set(section(found.tree, "services")) == {name, "web"}
    assert ("db" in found.same) == same
    assert found.tree["services"]["web"]["depends_on"] == [name]


def test_a_service_keeps_its_name_when_another_stack_gets_one_of_that_name():
    found = match(
        estate(db=db("a", file="a/compose.yaml")),
        estate(
            a_db=db("a", file="a/compose.yaml"),
            b_db=db("b", file="b/compose.yaml"),
            web=db(network="service:a-db", inferred={"a-db": {}}, links=["a-db:db", "b-db"]),
        ),
    )
    assert found.same == {"db"}
    services = found.tree["services"]
    assert list(services) == ["db", "b-db", "web"]
    assert services["web"] == {
        "from": "compose.yaml:3",
        "network": "service:db",
        "inferred": {"db": {}},
        "links": ["db:db", "b-db"],
    }


def test_a_service_keeps_the_name_that_once_told_it_apart():
    mine = estate(db=db(host="x", file="stdin"), db_y=db(host="y", file="stdin"))
    found = match(mine, estate(db=db(host="y", file="stdin")))
    assert found.same == {"db-y"}


def test_a_name_that_is_free_is_found():
    mine = estate(db=db("a"), b_db={}, b_db_y={})
    found = match(mine, estate(db=db("b", "y")))
    assert list(found.tree["services"]) == ["b-db-2"]


def test_the_owners_name_of_the_only_host_stays():
    mine = estate({"nas": {}}, web=db(host="nas"))
    found = match(mine, estate({"server": {}}, web=db(host="server"), db=db(host="server")))
    assert found.hosts == {"server": "nas"}
    assert section(found.tree, "hosts") == {"nas": {}}
    assert {text_of(e, "host") for e in found.tree["services"].values()} == {"nas"}


@pytest.mark.parametrize("known", [{"a": {}, "b": {}}, {"server": {}, "a": {}}, {}])
def test_a_host_is_only_renamed_when_it_is_clear_which_one_it_is(known):
    mine = estate(known, web=db())
    assert match(mine, estate({"server": {}}, web=db(host="server"))).hosts == {}


def test_where_an_entry_is_from():
    assert origin(as_tree({"from": "a/b.yaml:12"})) == "a/b.yaml"
    assert origin(as_tree({"from": "a:b"})) == "a:b"
    assert origin(as_tree({"from": ["x"]})) == ""
    assert origin(None) == ""
    assert same_source("a/compose.yaml", "b/compose.yaml")
    assert not same_source("compose.yaml", "plex.container")


@pytest.mark.parametrize(
    ("file", "host", "hosts", "expected"),
    [
        ("compose.yaml", "x", {"x"}, True),
        ("compose.yaml", "x", {"y"}, False),
        ("compose.yaml", "x", {"server"}, True),
        ("compose.yaml", "", {"y"}, True),
        ("other.yaml", "x", {"x"}, False),
        ("stdin", "x", {"x"}, True),
        ("stdin", "x", {"server"}, False),
        ("stdin", "", {"x"}, False),
    ],
)
def test_an_import_speaks_of_its_files_on_its_hosts_only(file, host, hosts, expected):
    entry = as_tree(db(host=host, file=file))
    assert within(entry, frozenset({"compose.yaml", "stdin"}), frozenset(hosts)) == expected


def test_a_service_under_its_longer_name_still_answers_to_its_own():
    mine = estate(p_db=db("p"), q_db=db("q"))
    theirs = estate(db=db("p", networks={"n": {"aliases": ["x"]}}, network=["m"]))
    assert match(mine, theirs).tree["services"]["p-db"] == {
        "from": "compose.yaml:3",
        "project": "p",
        "networks": {"n": {"aliases": ["x", "db"]}},
        "network": {"m": {"aliases": ["db"]}},
    }


def test_a_section_that_is_no_mapping_is_empty():
    assert section(as_tree({"services": ["a"]}), "services") == {}

from analyzer.importers.compose.engine import engine, is_external, volumes
from tests.unit.inventory.nodes import node

TREE = """
networks:
  plain:
  named: {name: other}
  out: {external: true}
  out-named: {external: true, name: elsewhere}
  old: {external: {name: long-ago}}
  inner: {external: false}
volumes:
  plain:
  named: {name: my-data, driver: local}
  out: {external: true}
  nas: {driver_opts: {type: cifs, device: //nas/x, o: "username=me,password=hunter2,vers=3.0,rw"}}
secrets:
  own: {file: x}
  out: {external: true, name: shared}
"""


def test_names_are_those_of_the_engine():
    names = engine(node(TREE), "stack")
    assert names.networks == {
        "plain": "stack_plain",
        "named": "other",
        "out": "out",
        "out-named": "elsewhere",
        "old": "long-ago",
        "inner": "stack_inner",
    }
    assert names.network("default") == "stack_default"
    assert names.volume("named") == "my-data"
    assert names.volume("undeclared") == "stack_undeclared"
    assert names.secrets == {"own": "own", "out": "shared"}


def test_volumes_are_listed_without_secrets():
    tree = node(TREE)
    listed = volumes(tree, engine(tree, "stack"))
    assert listed["stack_plain"] == {}
    assert listed["my-data"] == {"driver": "local"}
    assert listed["out"] == {"external": "true"}
    options = listed["stack_nas"]["driver_opts"]
    assert options == {"type": "cifs", "device": "//nas/x", "o": "username,password,vers=3.0,rw"}
    assert listed.place("my-data") == (11, 3)


def test_nonsense_is_nothing():
    tree = node("{networks: [a], volumes: text, secrets: }")
    names = engine(tree, "p")
    assert (names.networks, names.volumes, names.secrets) == ({}, {}, {})
    assert volumes(tree, names) == {}
    assert not is_external(node("{external: maybe}"))

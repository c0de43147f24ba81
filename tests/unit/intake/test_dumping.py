from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.intake.dumping import dump, dump_new, entry, inline, ordered, scalar
from analyzer.inventory.hosts import HOST
from analyzer.inventory.wishes import NEEDS
from analyzer.tree import Map, Quoted, Seq
from analyzer.yamlfile import parse
from tests.benchmarks.installed import ROOT

FOLDERS = ("examples", "tests/scenarios", "tests/criteria", "tests/findings", "tests/gates")
INVENTORIES = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.yaml"))
LONG = "a" * 60


def as_tree(value):
    if isinstance(value, dict):
        tree = Map()
        for key, part in value.items():
            tree.put(key, as_tree(part), 0)
        return tree
    if isinstance(value, list):
        items = Seq()
        for part in value:
            items.add(as_tree(part), 0)
        return items
    return value


def read(text):
    tree, problems = parse(text.encode(), "dumped.yaml")
    assert not problems, text
    return tree


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text("0123456789:._-+eExoTyYnN~#,[]{} 'a\"\\\n\t", max_size=8),
    st.sampled_from(
        """22:22 yes No ON off y n 010 0o10 0x1F 1_000 1e3 .5 -1 +1 1.0 3.10 .inf -.INF .nan null
        NULL ~ true True FALSE 2024-01-01 2024-01-01T00:00:00Z << = - -x --- ... ? ?x : a: a:b
        #x a# @x `x %x !x &x *x | > 'x' "x" {x} [x] ,x x, 190:20:30 0b1 1:2 0.10 00""".split()
    ),
    st.sampled_from(
        [" ", " a", "a ", "a #b", "a: b", "- x", "a\tb", "a\nb", "\ufeff", "🐳 a", ""]
    ),
)
SCALARS = st.one_of(st.none(), TEXTS, TEXTS.map(Quoted))
TREES = st.recursive(
    SCALARS,
    lambda part: st.one_of(st.lists(part, max_size=5), st.dictionaries(TEXTS, part, max_size=5)),
    max_leaves=25,
).map(as_tree)


@given(TREES)
@settings(max_examples=100)
@example(as_tree({"a" * 2000: {"b": [["x", []], {"c" * 1500: ["d"]}, [{}]]}}))
@example(as_tree([[["a" * 90, "b" * 90]], [{"k": ["c" * 99, {"l": "m" * 99}]}]]))
@example(as_tree({"": {"<<": "x", "=": None, "null": "null"}}))
@example(as_tree({"services": {"a": "x" * 100_000, "b": {"command": ["\n" * 50_000]}}}))
@example(as_tree({"services": None, "name": ["x"], "hosts": "y"}))
def test_what_is_written_reads_back_as_the_same(tree):
    text = dump(tree)
    again = read(text)
    assert again == tree
    assert dump(again) == text


@given(TEXTS, st.booleans())
@settings(max_examples=100)
def test_a_reader_of_yaml_1_1_takes_it_for_the_same_text(text, flow):
    written = scalar(Quoted(text), flow=flow)
    for document in (f"[{written}]",) if flow else (f"- {written}", f"k: {written}"):
        found = yaml.safe_load(document)
        assert (found["k"] if isinstance(found, dict) else found[0]) == text


@given(TEXTS)
@settings(max_examples=100)
def test_a_key_is_the_same_text_for_a_reader_of_yaml_1_1(text):
    assert yaml.safe_load("\n".join(entry(text, "v", 0, 1))) == {text: "v"}
    assert yaml.safe_load(inline(as_tree({text: [text]}))) is not None


@pytest.mark.parametrize("file", INVENTORIES, ids=lambda file: str(Path(file).relative_to(ROOT)))
def test_every_inventory_of_the_project_is_written_as_it_was_read(file):
    tree = read(file.read_text())
    assert read(dump(tree)) == tree


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("4", "4"),
        ("0.5", "0.5"),
        ("true", "true"),
        (Quoted("4"), '"4"'),
        (Quoted("true"), '"true"'),
        ("True", '"True"'),
        ("yes", '"yes"'),
        ("010", '"010"'),
        ("3.10", '"3.10"'),
        ("22:22", '"22:22"'),
        ("8080:80", '"8080:80"'),
        ("2025-01-31", '"2025-01-31"'),
        ("16GiB", "16GiB"),
        ("4h", "4h"),
        ("/srv/db:/data:ro", "/srv/db:/data:ro"),
        ("docker.io/library/nginx:1.29", "docker.io/library/nginx:1.29"),
        ("café", "café"),
        ("a\tb\x07", '"a\\tb\\u0007"'),
        ("\U0001f433", '"\U0001f433"'),
        ("\ud800", '"\ufffd"'),
        (None, "null"),
    ],
)
def test_quotes_stand_where_they_are_needed(text, written):
    assert scalar(text) == written


def test_between_brackets_more_is_quoted():
    assert inline(as_tree({"a": ["x:y", "b"], "c": None})) == '{a: ["x:y", b], c: null}'


def test_an_inventory_reads_well():
    tree = as_tree(
        {
            "services": {
                "web": {
                    "x-compose": {"init": "true"},
                    "depends_on": {"db": {"condition": "service_healthy"}},
                    "inferred": {"mq": {"confidence": "95", "because": {"name": "is one"}}},
                    "ports": ["8080:80"],
                    "image": "nginx",
                    "host": "server",
                    "volumes": [f"/srv/{LONG}:/a", f"/srv/{LONG}:/b"],
                    "from": "compose.yaml:3",
                },
                "db": None,
            },
            "hosts": {"server": {"arch": "amd64"}},
            "name": "home",
            "schema": "1",
        }
    )
    assert dump(tree).partition("\nschema")[2] == (
        f""": 1
name: home

hosts:
  server:
    arch: amd64

services:
  web:
    from: compose.yaml:3
    host: server
    image: nginx
    ports: ["8080:80"]
    volumes:
      - /srv/{LONG}:/a
      - /srv/{LONG}:/b
    depends_on:
      db: {{condition: service_healthy}}
    inferred:
      mq: {{confidence: 95, because: {{name: is one}}}}
    x-compose: {{init: true}}

  db:
"""
    )


def test_a_new_inventory_asks_about_its_hosts_and_at_its_end_about_the_owners_wishes():
    hosts = {"server": None, "nas": {"memory": "8GiB"}, "x": "broken"}
    again = read(dump_new(as_tree({"schema": "1", "hosts": hosts})))
    asked = again["needs"]
    assert set(asked) <= {field.key for field in NEEDS.fields}
    assert set(asked.values()) == {None}
    assert len(asked) > 10
    nas, server = again["hosts"]["nas"], again["hosts"]["server"]
    assert set(server) == set(nas) <= {field.key for field in HOST.fields}
    assert set(server.values()) == {None}
    assert [key for key in nas if nas[key] is not None] == ["memory"]
    assert again["hosts"]["x"] == "broken"


def test_wishes_that_are_known_are_not_asked_for():
    tree = as_tree({"needs": {"operators": "1"}})
    assert read(dump_new(tree)) == tree


def test_own_keys_come_last():
    service = as_tree({"x-b": "1", "zzz": "1", "notes": "1", "x-a": "1", "image": "1"})
    assert ordered(service) == ["image", "notes", "zzz", "x-b", "x-a"]

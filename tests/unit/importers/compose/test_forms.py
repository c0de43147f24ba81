import pytest

from analyzer.importers.compose.forms import (
    as_build,
    as_hosts,
    as_named,
    as_pairs,
    as_seq,
    file_path,
    first_word,
    granted,
    mount_target,
    partition,
    port_key,
    str_key,
)
from analyzer.importers.compose.interpolation import Partial
from analyzer.tree import Map, Resolved
from tests.unit.inventory.nodes import node


def test_a_list_of_pairs_is_a_mapping_the_last_one_counts():
    pairs = as_pairs(node("[A=1, B, A=2, C=, 'D=x=y']"))
    assert pairs == {"A": "2", "B": None, "C": "", "D": "x=y"}
    assert len(pairs.marks) == len(pairs)
    assert as_pairs(node("{A: 1}")) == {"A": "1"}
    assert as_pairs("nonsense") == as_pairs(None) == {}


def test_a_pair_knows_what_its_value_was_made_from():
    name, _, value = partition(Resolved("A=secret", "A=${PW}"), "=")
    assert (name, value, value.written) == ("A", "secret", "${PW}")
    _, _, value = partition(Partial("A=${X}", "A=${X}", ("X",)), "=")
    assert value.missing == ("X",)


def test_lists_and_names():
    assert as_seq("x") == ["x"]
    assert as_seq(None) == []
    assert as_seq(node("[a, b]")) == ["a", "b"]
    assert as_named(node("[a, b, a]")) == {"a": None, "b": None}
    assert as_named(node("{a: {x: 1}}")) == {"a": {"x": "1"}}
    assert as_build("./x") == {"context": "./x"}
    assert as_hosts(node("{nas: 192.0.2.1, two: [192.0.2.2, 192.0.2.3]}")) == [
        "nas:192.0.2.1",
        "two:192.0.2.2",
        "two:192.0.2.3",
    ]


@pytest.mark.parametrize(
    ("mount", "target"),
    [
        ("./a:/b", "/b"),
        ("name:/b:ro", "/b"),
        ("/b", "/b"),
        ("C:\\data:/b:ro", "/b"),
        ("c:/data:/b", "/b"),
        ("{type: bind, source: ./a, target: /b}", "/b"),
    ],
)
def test_where_something_is_mounted(mount, target):
    assert mount_target(node(mount) if mount[0] == "{" else mount) == target


def test_what_tells_ports_and_files_apart():
    assert port_key("80:80") == "80:80"
    one, other = node("[{target: 80, published: 80}, {target: 80, published: 80, protocol: tcp}]")
    assert port_key(one) == port_key(other)
    assert port_key(node("{target: [1]}")) is None
    assert port_key(node("[1]")) is None
    assert file_path(node("{path: a.env, required: false}")) == file_path("a.env")
    assert first_word("/run:size=1m") == first_word("/run")
    assert str_key(Map()) is None


def test_a_secret_is_where_it_appears():
    target = granted("/run/secrets")
    assert target("a") == target(node("{source: a}")) == target(node("{source: b, target: a}"))
    assert target(node("{source: a, target: /elsewhere}")) == "/elsewhere"

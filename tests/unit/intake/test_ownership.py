import pytest

from analyzer.intake.ownership import (
    HOST_RULES,
    SERVICE_RULES,
    VOLUME_RULES,
    arranged,
    joined,
    service_rule,
)
from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.services import SERVICE
from tests.unit.intake.test_dumping import as_tree


@pytest.mark.parametrize(
    ("rules", "record"),
    [(SERVICE_RULES, SERVICE), (HOST_RULES, HOST), (VOLUME_RULES, VOLUME)],
    ids=["services", "hosts", "volumes"],
)
def test_every_rule_is_for_a_key_that_there_is(rules, record):
    assert set(rules) <= {field.key for field in record.fields} | record.ignored


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("image", "source"),
        ("working_dir", "source"),
        ("inferred", "source"),
        ("from", "source"),
        ("x-compose", "source"),
        ("x-mine", "owner"),
        ("no-key", "owner"),
        ("backup", "owner"),
        ("host", "first"),
        ("memory", "latest"),
        ("depends_on", "joined"),
    ],
)
def test_whose_word_counts(key, rule):
    assert service_rule(key) == rule


@pytest.mark.parametrize(
    ("key", "old", "new", "result"),
    [
        ("ports", ["b", "a"], ["a", "b"], ["b", "a"]),
        ("ports", ["b", "a"], ["a", "c", "c"], ["a", "c", "c"]),
        ("ports", ["a", "a"], ["a"], ["a"]),
        ("command", ["b", "a"], ["a", "b"], ["a", "b"]),
        ("healthcheck", {"test": ["CMD", "b", "a"]}, {"test": ["CMD", "a", "b"]}, None),
        ("entrypoint", ["b", "a"], ["a", "b"], ["a", "b"]),
        ("image", "a", "b", "b"),
        ("networks", ["a"], {"a": None}, {"a": None}),
        (
            "networks",
            {"b": {"aliases": ["y", "x"]}, "a": None},
            {"a": None, "b": {"aliases": ["x", "y"]}},
            {"b": {"aliases": ["y", "x"]}, "a": None},
        ),
        (
            "environment",
            {"B": "1", "A": "2", "C": "3"},
            ["A", "B", "D"],
            {"B": "1", "A": "2", "D": None},
        ),
        ("environment", ["B=1", "A"], ["A", "B", "C"], ["B=1", "A", "C"]),
        ("environment", "broken", ["A"], ["A"]),
    ],
)
def test_a_new_value_keeps_form_and_order_of_the_old_one(key, old, new, result):
    given = arranged(as_tree(old), as_tree(new), key)
    assert given == as_tree(new if result is None else result)
    assert repr(given) == repr(as_tree(new if result is None else result))


@pytest.mark.parametrize(
    ("old", "new", "result"),
    [
        (None, ["a"], ["a"]),
        (["a"], None, ["a"]),
        (["b"], ["a"], ["b", "a"]),
        (["b"], {"b": {"condition": "c"}, "a": None}, ["b", "a"]),
        (["b"], {"a": {"condition": "c"}}, {"b": None, "a": {"condition": "c"}}),
        ({"b": {"kind": "soft"}}, ["a"], {"b": {"kind": "soft"}, "a": None}),
        (
            {"b": {"why": "w", "kind": "soft", "condition": "x", "required": "false"}},
            {"b": {"condition": "y", "restart": "true", "kind": "hard"}},
            {"b": {"why": "w", "kind": "soft", "condition": "y", "restart": "true"}},
        ),
        ({"b": {"condition": "x"}}, ["b"], {"b": None}),
        ({"b": None}, {"b": {"condition": "x"}}, {"b": {"condition": "x"}}),
    ],
)
def test_dependencies_of_both_are_kept(old, new, result):
    given = joined(as_tree(old), as_tree(new))
    assert given == as_tree(result)
    assert joined(given, as_tree(new)) == given

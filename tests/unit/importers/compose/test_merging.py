import pytest

from analyzer import yamlfile
from analyzer.importers.compose.merging import TAGS, below, merge, plain
from tests.unit.inventory.nodes import node


def tagged(text):
    """Return a tree with Compose's tags."""
    (tree,), problems = yamlfile.parse_all(text.encode(), "test.yaml", tags=TAGS)
    assert not problems
    return tree


def merged(base, over, key=""):
    """Return two values of a service's key as one."""
    path = f"services.*.{key}" if key else "services.*"
    return merge(tagged(base), tagged(over), path)


@pytest.mark.parametrize(
    ("key", "base", "over", "expected"),
    [
        ("image", "a", "b", "b"),
        ("image", "a", "null", "a"),
        ("ports", "['1:1', '2:2']", "['2:2', '3:3']", ["1:1", "2:2", "3:3"]),
        ("ports", "[{target: 1}]", "[{target: 1, protocol: tcp}]", [{"target": "1", "protocol": "tcp"}]),
        ("volumes", "['./a:/x', 'n:/y']", "['./b:/x:ro']", ["./b:/x:ro", "n:/y"]),
        ("environment", "{A: 1, B: 2}", "[B=3, C]", {"A": "1", "B": "3", "C": None}),
        ("environment", "{A: 1}", "{A: }", {"A": None}),
        ("env_file", "[[]]", "[[]]", [[], []]),
        ("labels", "[a=1]", "{b: 2}", {"a": "1", "b": "2"}),
        ("command", "[a, b]", "[c]", ["c"]),
        ("command", "[a, b]", "null", None),
        ("entrypoint", "x", "[c]", ["c"]),
        ("healthcheck.test", "[CMD, a]", "[CMD, b]", ["CMD", "b"]),
        ("dns", "192.0.2.1", "[192.0.2.2, 192.0.2.1]", ["192.0.2.1", "192.0.2.2"]),
        ("tmpfs", "/run", "['/run:size=1m', /t]", ["/run:size=1m", "/t"]),
        ("env_file", "a.env", "[{path: a.env, required: false}, b.env]", [{"path": "a.env", "required": "false"}, "b.env"]),
        ("depends_on", "[a]", "{b: {condition: service_healthy}}", {"a": None, "b": {"condition": "service_healthy"}}),
        ("networks", "{a: {priority: 1}}", "[a, b]", {"a": {"priority": "1"}, "b": None}),
        ("extra_hosts", "{n: 192.0.2.1}", "['n:192.0.2.2']", ["n:192.0.2.1", "n:192.0.2.2"]),
        ("build", ".", "{target: x}", {"context": ".", "target": "x"}),
        ("ulimits", "{n: 1}", "{n: {soft: 1, hard: 2}, m: 3}", {"n": {"soft": "1", "hard": "2"}, "m": "3"}),
        ("logging", "{driver: a, options: {x: 1}}", "{options: {y: 2}}", {"driver": "a", "options": {"x": "1", "y": "2"}}),
        ("logging", "{driver: a, options: {x: 1}}", "{driver: b}", {"driver": "b"}),
        ("deploy", "{resources: {limits: {memory: 1g}}}", "{replicas: 2}", {"resources": {"limits": {"memory": "1g"}}, "replicas": "2"}),
        ("secrets", "[a, {source: b, target: x}]", "[{source: c, target: x}]", ["a", {"source": "c", "target": "x"}]),
        ("security_opt", "[a]", "[b]", ["a", "b"]),
        ("x-own", "{a: 1}", "{b: 2}", {"a": "1", "b": "2"}),
    ],
)  # fmt: skip
def test_two_values_of_a_key(key, base, over, expected):
    assert merged(base, over, key) == expected


def test_tags_remove_and_replace():
    base = (
        "{ports: ['1:1'], environment: {A: 1}, labels: {a: 1}, image: x, deploy: {mode: a, x: b}}"
    )
    over = (
        "{ports: !override ['2:2'], environment: !reset null, labels: {b: !reset null, c: 2},"
        " deploy: {mode: !reset null}}"
    )
    expected = {
        "ports": ["2:2"],
        "labels": {"a": "1", "c": "2"},
        "image": "x",
        "deploy": {"x": "b"},
    }
    assert merged(base, over) == expected
    assert plain(tagged(over)) == {"ports": ["2:2"], "labels": {"c": "2"}, "deploy": {}}


def test_neither_side_is_changed_and_every_key_has_its_place():
    base, over = tagged("{a: {x: 1}, b: 2}"), tagged("{a: {y: 1}, c: 3}")
    result = merge(base, over, "services.*")
    assert list(result) == ["a", "b", "c"]
    assert len(result.marks) == len(result)
    assert base == {"a": {"x": "1"}, "b": "2"}
    assert over == {"a": {"y": "1"}, "c": "3"}


def test_a_service_removed_is_gone_and_one_added_has_no_tags():
    base = tagged("{services: {a: {image: x}, b: {image: y}}}")
    over = tagged("{services: {a: !reset null, c: {image: z, ports: !override [1]}}}")
    assert merge(base, over) == {
        "services": {"b": {"image": "y"}, "c": {"image": "z", "ports": ["1"]}}
    }


def test_extensions_are_replaced_whole():
    assert merge(node("{x-a: {p: 1}}"), node("{x-a: {q: 2}}")) == {"x-a": {"q": "2"}}


def test_what_does_not_fit_is_replaced():
    assert merged("{a: 1}", "text", "deploy") == "text"
    assert merged("[a]", "{b: 1}", "devices") == ["a", {"b": "1"}]


def test_names_are_one_pattern():
    assert below("", "services") == "services"
    assert below("services", "web") == "services.*"
    assert below("services.*.networks", "front") == "services.*.networks.*"

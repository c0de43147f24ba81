import pytest

from analyzer.intake.drift import compare, lines
from tests.unit.intake.test_dumping import as_tree


def estate(**services):
    return as_tree({"services": services})


def web(line=3, **keys):
    return {"from": f"compose.yaml:{line}", **keys}


def drift(mine, theirs, **options):
    return lines(compare(mine, theirs, ("compose.yaml",), **options))


def test_an_estate_that_runs_as_listed_has_no_drift():
    mine = estate(
        web=web(9, ports=["b", "a"], memory="1GiB", notes="mine", environment={"A": "1"})
    )
    theirs = estate(web=web(1, ports=["a", "b"], memory="2GiB", environment=["A"]))
    assert drift(mine, theirs) == []


def test_what_is_gone_and_what_is_new():
    mine = estate(a=web(), b=web(verified="false"), c={"image": "by-hand"})
    assert drift(mine, estate(d=web(5))) == [
        "services.a: listed, but gone from its source (compose.yaml)",
        "services.d: found, but not listed (compose.yaml:5)",
    ]


def test_what_stopped_and_what_is_back():
    back, stopped = estate(a=web(verified="false")), estate(a=web())
    assert drift(back, stopped, marked={"a"}) == ["services.a: seen again (compose.yaml:3)"]
    assert drift(stopped, back) == ["services.a: not seen running (compose.yaml:3)"]
    assert drift(back, stopped) == []  # the owner's word


HIDDEN = "hunter2"


@pytest.mark.parametrize(
    ("mine", "theirs", "line"),
    [
        ({"image": "a"}, {"image": "b"}, "image changed: a -> b"),
        ({"image": "a"}, {}, "image changed: a -> nothing"),
        ({}, {"exposure": "lan"}, "exposure changed: nothing -> lan"),
        ({"image": "a" * 100}, {"image": "b"}, f"image changed: {'a' * 80}… -> b"),
        ({"image": "a\x1b[2J"}, {"image": "b"}, r"image changed: a\x1b[2J -> b"),
        ({"ports": ["1:1", "2:2"]}, {"ports": ["3:3", "1:1"]}, "ports changed: new 3:3; gone 2:2"),
        (
            {"volumes": [{"type": "bind", "source": "/a", "target": "/b"}]},
            {"volumes": ["/c:/d"]},
            "volumes changed: new /c:/d; gone /a//b",
        ),
        ({"networks": {"a": {"aliases": ["x"]}}}, {"networks": {"a": None}}, "networks changed"),
        ({"network": "host"}, {"network": {"a": None}}, "network changed: new a; gone host"),
        (
            {"environment": [f"A={HIDDEN}"]},
            {"environment": ["B"]},
            "environment changed: new B; gone A",
        ),
        ({"labels": {"a": HIDDEN}}, {"labels": {"a": "", "b": ""}}, "labels changed: new b"),
        ({"labels": {"a": HIDDEN}}, {"labels": {"a": ""}}, "labels changed"),
        ({"command": [HIDDEN]}, {"command": ["y"]}, "command changed"),
        ({"command": HIDDEN}, {"command": "y"}, "command changed"),
        ({"command": HIDDEN}, {}, "command is gone"),
        ({}, {"command": HIDDEN}, "command is new"),
        ({}, {"depends_on": ["db"]}, "depends_on changed: new db"),
        ({"x-compose": {"a": HIDDEN}}, {"x-compose": {"a": "y"}}, "x-compose changed"),
        (
            {"devices": []},
            {"devices": list("abcdefg")},
            "devices changed: new a, b, c, d, e and 2 more",
        ),
        (
            {"inferred": {"a": {"confidence": "90"}}},
            {"inferred": {"b": {"confidence": "90"}}},
            "inferred changed: new b; gone a",
        ),
    ],
)
def test_a_key_that_changed_is_named_and_no_secret_is(mine, theirs, line):
    assert drift(estate(web=web(1, **mine)), estate(web=web(12, **theirs))) == [
        f"services.web: {line} (compose.yaml:12)"
    ]


def test_how_sure_an_inference_is_does_not_count():
    mine = estate(web=web(inferred={"a": {"confidence": "90"}}))
    assert drift(mine, estate(web=web(inferred={"a": {"confidence": "60"}}))) == []


def test_hosts_and_volumes_count_too():
    mine = as_tree({"hosts": {"nas": {"os": "debian 12", "memory_used": "1GiB"}}})
    theirs = as_tree(
        {
            "hosts": {"nas": {"os": "debian 13", "memory_used": "2GiB"}},
            "volumes": {"v": {"driver": "x"}},
        }
    )
    assert drift(mine, theirs) == [
        "hosts.nas: os changed: debian 12 -> debian 13",
        "volumes.v: found, but not listed",
    ]

import pytest

from analyzer.importers.compose import mapping
from analyzer.importers.compose.engine import engine
from analyzer.importers.compose.interpolation import Interpolation, Variables
from analyzer.importers.compose.mapping import Scope
from analyzer.tree import Resolved
from tests.unit.inventory.nodes import node

PROJECT = "{volumes: {data: }, networks: {n: {name: real}}}"


def scope(services="{a: {}, b: {}, c: {}}"):
    """Return a scope and the list that faults go to."""
    faults = []
    tree = node(PROJECT)

    def broken(_mark, path, text):
        faults.append((path, text))

    return Scope("a", engine(tree, "p"), node(services), frozenset({"data"}), broken), faults


def value(text):
    """Return a node with variables put in: X is a value, nothing sets NO."""
    return Interpolation(Variables({"X": "8080", "E": ""})).tree(node(text))


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("['80', '${X}:80', 22:22]", ["80", "8080:80", "22:22"], 0),
        ("['${NO}:80/udp']", ["80/udp"], 1),
        ("['${NO}:8080:80']", ["8080:80"], 1),
        ("['80:${NO}']", [], 1),
        ("['${E}:8080:80']", ["8080:80"], 0),
        ("[{target: 80, published: '${NO}'}]", [{"target": "80"}], 1),
        ("[{target: '${NO}', published: 80}]", [], 1),
        ("'80:80'", ["80:80"], 0),
    ],
)
def test_ports(text, expected, faults):
    where, said = scope()
    assert mapping.ports(value(text), where, 1) == expected
    assert len(said) == faults
    assert all("hunter" not in words and "NO" in words for _, words in said)


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("['data:/d:ro']", ["p_data:/d:ro"], 0),
        ("['lost:/d']", ["p_lost:/d"], 1),
        ("['./x:/d', /anon, '/a:/b', '~/a:/b']", ["./x:/d", "/anon", "/a:/b", "~/a:/b"], 0),
        ("['${NO}/x:/d:ro']", [{"type": "bind", "source": "${NO}/x", "target": "/d", "read_only": "true"}], 1),
        ("['./x:${NO}']", [], 1),
        ("[{type: volume, source: data, target: /d}]", [{"type": "volume", "source": "p_data", "target": "/d"}], 0),
        ("[{type: bind, source: '${NO}', target: /d}]", [{"type": "bind", "source": "${NO}", "target": "/d"}], 1),
        ("[{type: bind, source: ./x, target: '${NO}'}]", [], 1),
        ("[{type: tmpfs, target: /t}]", [{"type": "tmpfs", "target": "/t"}], 0),
    ],
)  # fmt: skip
def test_mounts(text, expected, faults):
    where, said = scope()
    assert mapping.mounts(value(text), where, 1) == expected
    assert len(said) == faults


@pytest.mark.parametrize(
    ("text", "expected", "faults"),
    [
        ("nginx:1", "nginx:1", 0),
        ("nginx:${NO}", "nginx:${NO}", 0),
        ("${NO}/nginx:1", "${NO}/nginx:1", 0),
        ("${NO}", None, 1),
        ("registry.example.net/${NO}:1", None, 1),
        ("'${E}'", None, 0),
    ],
)
def test_an_image_is_known_or_unknown(text, expected, faults):
    where, said = scope()
    assert mapping.image(value(text), where, 1) == expected
    assert len(said) == faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", {"p_default": None}),
        ("{networks: [n, m]}", {"real": None, "p_m": None}),
        ("{networks: {n: {aliases: [x]}}}", {"real": {"aliases": ["x"]}}),
        ("{networks: {}}", None),
        ("{network_mode: host}", "host"),
        ("{network_mode: 'service:b'}", "service:b"),
        ("{network_mode: '${NO}'}", None),
    ],
)
def test_the_network(text, expected):
    assert mapping.network(value(text), scope()[0])[0] == expected


def test_dependencies_said_and_meant():
    where, said = scope("{a: , b: , c: , d: , e: , f: }")
    service = value("""
depends_on: {b: {condition: service_healthy, required: false}, gone: {}}
links: ["c:alias", "b", lost]
network_mode: service:d
ipc: service:e
volumes_from: ["f:ro", "container:x", a]
""")
    needed, _ = mapping.dependencies(service, where)
    assert needed == {
        "b": {"condition": "service_healthy", "required": "false"},
        "c": None,
        "d": None,
        "e": None,
        "f": None,
    }
    assert [path for path, _ in said] == ["services.a.depends_on.gone", "services.a.links"]
    assert mapping.foreign_volumes(service, 1) == ["container:x"]
    assert mapping.volume_sources(service) == {"f": True, "a": False}


def test_parts_without_a_value_are_left_out_and_free_text_stays():
    where, said = scope()
    tree = value("{a: '${NO}', b: ['${NO}', x], c: {d: '${X}'}, e: '${E}', f: }")
    assert mapping.settled(tree, where, "deploy", 1) == {"b": ["x"], "c": {"d": "8080"}, "f": None}
    assert [path for path, _ in said] == ["services.a.deploy.a", "services.a.deploy.b[0]"]
    shown = mapping.shown(tree)
    assert type(shown["a"]) is Resolved
    assert (shown["a"], shown["b"]) == ("${NO}", ["${NO}", "x"])


def test_secrets_and_pairs():
    where, _ = scope()
    assert mapping.secrets(value("[one, {source: two, target: x}, {target: y}]"), where, 1) == [
        "one",
        "two",
    ]
    assert mapping.pairs(value("['A=${NO}', B]")) == {"A": "${NO}", "B": None}
    assert mapping.taken_over("A", "v").written == "${A}"

import pytest

from analyzer.importers.compose.interpolation import Partial
from analyzer.importers.compose.paths import (
    is_path,
    label_files,
    move_mount,
    move_project,
    move_service,
    moved,
    relative,
)
from analyzer.tree import Resolved
from tests.unit.inventory.nodes import node


@pytest.mark.parametrize(
    ("path", "prefix", "expected"),
    [
        ("./data", "media", "./media/data"),
        ("data", "media", "./media/data"),
        (".", "media", "./media"),
        ("..", "media", "."),
        ("../x", "media", "./x"),
        ("../../x", "media", "../x"),
        ("./data", ".", "./data"),
        ("./a/../b", ".", "./b"),
        ("/srv/x", "media", "/srv/x"),
        ("~/x", "media", "~/x"),
        ("C:\\x", "media", "C:\\x"),
        ("${HOME}/x", "media", "~/x"),
        ("${PWD}/x", "media", "./media/x"),
        ("${HOMER}/x", "media", "${HOMER}/x"),
    ],
)
def test_a_path_of_a_folder_as_another_one_sees_it(path, prefix, expected):
    assert moved(path, prefix) == expected


def test_what_it_was_made_from_moves_too():
    path = moved(Resolved("./x", "./${X}"), "d")
    assert (path, path.written) == ("./d/x", "./d/${X}")
    home = moved(Partial("${HOME}/x", "${HOME}/x", ("HOME",)), "d")
    assert (type(home), home) == (Resolved, "~/x")
    both = moved(Partial("${PWD}/${X}", "${PWD}/${X}", ("PWD", "X")), "d")
    assert (both, both.missing) == ("./d/${X}", ("X",))


@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        ("./a:/b:ro", "./d/a:/b:ro"),
        ("name:/b", "name:/b"),
        ("/a:/b", "/a:/b"),
        ("/only", "/only"),
        ("./only", "./only"),
        ("${HOME}/a:/b", "~/a:/b"),
    ],
)
def test_a_mount_moves_with_its_source(mount, expected):
    assert move_mount(mount, "d") == expected


def test_a_service_moves_with_all_its_paths():
    service = node("""
image: x
build: {context: ../app}
env_file: [a.env, {path: b.env}]
label_file: l.env
extends: {file: c.yml, service: s}
volumes: [./a:/a, n:/n, {type: bind, source: ./l, target: /l}, {type: volume, source: n}]
""")
    expected = node("""
image: x
build: {context: ./app}
env_file: [./d/a.env, {path: ./d/b.env}]
label_file: ./d/l.env
extends: {file: ./d/c.yml, service: s}
volumes: [./d/a:/a, n:/n, {type: bind, source: ./d/l, target: /l}, {type: volume, source: n}]
""")
    result = move_service(service, "d")
    assert result == expected
    assert result.marks == service.marks
    assert service["label_file"] == "l.env"
    assert label_files(result) == ["./d/l.env"]
    assert move_service(node("build: https://x/y.git"), "d") == {"build": "https://x/y.git"}


def test_a_project_moves_with_its_secrets():
    tree = node("{secrets: {s: {file: s.txt}, t: {external: true}}, configs: {c: }, name: x}")
    assert move_project(tree, "d") == {
        "secrets": {"s": {"file": "./d/s.txt"}, "t": {"external": "true"}},
        "configs": {"c": None},
        "name": "x",
    }


def test_paths_and_names():
    assert is_path("./x")
    assert is_path("C:\\x")
    assert is_path("${X}/y")
    assert not is_path("data")
    assert relative("/a/b/c", "/a") == "b/c"

import io
import os
import sys
import threading
import time
import types
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analyzer import yamlfile
from analyzer.errors import InventoryError
from analyzer.inventory.loading import load_inventory

HOST = "hosts: {a: {}}\n"


def refusal(*paths: str) -> str:
    with pytest.raises(InventoryError) as caught:
        load_inventory(paths)
    return str(caught.value)


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "x.yaml: the file is empty; run 'k8sadvisor init'"),
        (b"# only a comment\n", "x.yaml: the file is empty; run 'k8sadvisor init'"),
        (b"\x7fELF\0\0", "x.yaml: binary, not text"),
        (b"name: ok\nhosts: \xff", "x.yaml:2:8: not UTF-8 text"),
        (b"- a\n", "x.yaml:1:1: a list where an inventory is expected"),
        (b"hosts:\n\ta: {}\n", "indent with spaces, not tabs"),
        (b"hosts: {a: {}, a: {}}\n", "the key 'a' is given twice (first on line 1)"),
        (b"hosts: " + b"[" * 10_000, "nested more than 60 deep"),
        (b"services: {}\n", "x.yaml: hosts: no hosts"),
        (b"hosts: {a: {}}\n---\nhosts: {}\n", "x.yaml:2:1: a second document in one file"),
    ],
)
def test_what_is_no_inventory_is_refused_with_its_place(content, expected):
    Path("x.yaml").write_bytes(content)
    assert expected in refusal("x.yaml")


def test_an_alias_bomb_is_refused_before_it_expands():
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for name, last in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]")
    Path("x.yaml").write_text("\n".join(lines))
    assert "aliases expand to too much" in refusal("x.yaml")


def test_a_folder_stands_for_its_inventory():
    Path("estate").mkdir()
    assert refusal("estate") == (
        "estate: a folder without inventory.yaml; give the file itself, "
        "or run 'k8sadvisor init estate/inventory.yaml'"
    )
    Path("estate/inventory.yaml").write_text(HOST)
    assert load_inventory(["estate"]).hosts["a"].source.file == "estate/inventory.yaml"


def test_missing_and_unreadable_paths_say_what_to_do():
    assert refusal("gone.yaml").startswith("gone.yaml: no such file; check the path")
    assert "no such file" in refusal("")
    Path("file").write_text(HOST)
    assert "cannot be read: not a directory" in refusal("file/x.yaml")
    assert "cannot be read" in refusal("x" * 5000)
    assert "cannot be read" in refusal("nul\0")


def test_a_file_above_the_limit_is_not_read(monkeypatch):
    Path("x.yaml").write_text("# " + "x" * 100)
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 50)
    monkeypatch.setattr(os, "read", None)
    assert "larger than 0 MB" in refusal("x.yaml")


def test_endless_files_are_refused_at_the_first_look():
    assert refusal("/dev/zero").startswith("zero: binary")


def test_a_pipe_nobody_writes_to_is_an_empty_file():
    os.mkfifo("pipe")
    assert refusal("pipe").startswith("pipe: the file is empty")


def test_a_pipe_that_is_written_slowly_is_read_to_its_end():
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as end:

        def write():
            end.write(HOST.encode())
            end.flush()
            time.sleep(0.05)
            end.write(b"name: late\n")
            end.close()

        thread = threading.Thread(target=write)
        thread.start()
        estate = load_inventory([f"/dev/fd/{reader}"])
        thread.join()
    os.close(reader)
    assert estate.name == "late"


def test_an_endless_stream_is_left_at_the_limit(monkeypatch):
    taken = []

    def endless(size):
        taken.append(size)
        assert sum(taken) < 2 * yamlfile.MAX_BYTES
        return b"a" * size

    stream = types.SimpleNamespace(buffer=types.SimpleNamespace(read=endless))
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 5_000_000)
    monkeypatch.setattr(sys, "stdin", stream)
    assert "stdin: larger than 5 MB" in refusal("-")


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOST.encode())))
    assert load_inventory(["-"]).files == ("stdin",)
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 5)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOST.encode())))
    assert "stdin: larger than" in refusal("-")
    monkeypatch.setattr(sys, "stdin", None)
    assert "stdin: closed" in refusal("-")


def test_an_absolute_path_never_shows(tmp_path, monkeypatch):
    path = tmp_path / "sub" / "x.yaml"
    path.parent.mkdir()
    path.write_text(HOST)
    assert load_inventory([str(path)]).files == ("sub/x.yaml",)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert load_inventory([str(path)]).files == ("x.yaml",)
    assert load_inventory(["../sub/x.yaml"]).files == ("../sub/x.yaml",)
    Path(tmp_path / "elsewhere").rmdir()
    assert load_inventory([str(path)]).files == ("x.yaml",)


def test_one_unreadable_file_does_not_blame_the_others():
    Path("a.yaml").write_text("services: {web: {host: storage, image: 3, imag: x}}\n")
    Path("b.yaml").write_text("hosts: {storage: {}\n")
    message = refusal("a.yaml", "b.yaml")
    assert "b.yaml:2:1: not valid YAML" in message
    assert "a.yaml:1:43: services.web.imag: unknown key" in message
    assert "there is no host" not in message


@pytest.mark.parametrize("other", ["x.yaml", "./x.yaml", "sub/../x.yaml"])
def test_the_same_path_twice_is_said_once(other):
    Path("x.yaml").write_text(HOST)
    Path("sub").mkdir()
    assert refusal("x.yaml", other) == "x.yaml: given twice; give each file once"


def test_a_file_has_one_name_however_its_path_is_written(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / "inventory.yaml").write_text(HOST)
    monkeypatch.chdir(home)
    for path in ("inventory.yaml", "./inventory.yaml", "../home/inventory.yaml", ".", str(home)):
        assert load_inventory([path]).files == ("inventory.yaml",)
    monkeypatch.chdir(tmp_path)
    assert load_inventory(["home"]).files == ("home/inventory.yaml",)


def test_files_of_one_name_are_told_apart(tmp_path, monkeypatch):
    paths = [tmp_path / folder / "inventory.yaml" for folder in ("a/x", "b/x", "c")]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_text(HOST)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    first = "hosts.a: declared twice, first at a/x/inventory.yaml:1; remove or rename one"
    message = refusal(*map(str, paths))
    assert [line.partition(" ")[::2] for line in message.splitlines()] == [
        ("b/x/inventory.yaml:1:9:", first),
        ("c/inventory.yaml:1:9:", first),
    ]


SCALARS = st.one_of(
    st.none(),
    st.sampled_from(["a", "web", "host", "8GiB", "true", "-1", "1e999", "service:web", "80:80"]),
    st.text(max_size=8),
)
KEYS = st.one_of(
    st.sampled_from(
        """hosts services volumes needs waivers name schema a web memory cpus ports depends_on
        network networks environment healthcheck deploy limits resources unmet_needs finding
        test x-note volumes migrate expires driver_opts failover arch gpus""".split()
    ),
    st.text(max_size=5),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


def outcome(data: bytes) -> None:
    Path("any.yaml").write_bytes(data)
    problems = ""
    try:
        assert load_inventory(["any.yaml"]).hosts
    except InventoryError as error:
        problems = str(error)
        assert problems
    for line in problems.split("\n") if problems else ():
        assert line.startswith("any.yaml")
        assert line.isprintable()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["hosts", "services", "needs", "volumes"]), TREES))
@example({"hosts": {"a": {"memory": {"b": []}}}, "services": {"web": {"depends_on": {"": None}}}})
def test_any_tree_gives_an_inventory_or_problems(tree):
    outcome(yaml.safe_dump(tree, allow_unicode=True).encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
@example(b"{a: *b}")
@example(b"? [a]\n: b")
@example(b"<<: 1")
@example(b"hosts: !!python/object:os.system {}")
def test_any_bytes_give_an_inventory_or_problems(data):
    outcome(data)

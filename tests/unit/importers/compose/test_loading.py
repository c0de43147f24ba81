import pytest

from analyzer.errors import InventoryError
from tests.unit.importers.compose.project import draft, remarks, write

BASE = "services:\n  base: {image: x, environment: {A: '1'}, volumes: ['./v:/v']}\n"


def test_extensions_of_extensions_of_another_file(tmp_path):
    files = {
        "compose.yaml": "services: {a: {extends: {file: d/mid.yml, service: mid}, user: '1'}}\n",
        "d/mid.yml": "services: {mid: {extends: {file: e/base.yml, service: base}, command: [m]}}\n",
        "d/e/base.yml": BASE,
    }
    a = draft(tmp_path, files, "compose.yaml").tree["services"]["a"]
    assert (a["image"], a["user"], a["command"], a["volumes"]) == ("x", "1", ["m"], ["./d/e/v:/v"])


@pytest.mark.parametrize(
    "extends",
    [
        "nobody",
        "a",
        "{file: gone.yml, service: x}",
        "{service: }",
        "[x]",
        "{file: b.yml, service: no}",
    ],
)
def test_an_extension_that_fails_leaves_the_service(tmp_path, extends):
    text = f"services:\n  a: {{image: x, extends: {extends}}}\n  b: {{image: y}}\n"
    read = draft(tmp_path, {"compose.yaml": text, "b.yml": "services: {}\n"}, "compose.yaml")
    assert read.tree["services"]["a"]["image"] == "x"
    assert remarks(read) == [("services.a.extends", "broken")]


def test_a_long_chain_of_extensions_ends(tmp_path):
    chain = "".join(f"  s{n}: {{extends: s{n + 1}}}\n" for n in range(500))
    read = draft(tmp_path, {"compose.yaml": f"services:\n{chain}  s500: {{image: x}}\n"})
    assert len(read.tree["services"]) == 501
    assert read.tree["services"]["s499"]["image"] == "x"


def test_files_outside_are_not_read(tmp_path):
    write(tmp_path, {"secret.yml": BASE, "secret.env": "A=hunter2\n"})
    text = """include: [../secret.yml]
services:
  a: {image: x, extends: {file: ../secret.yml, service: base}, env_file: ../secret.env}
"""
    write(tmp_path, {"in/compose.yaml": text})
    read = draft(tmp_path / "in", {"compose.yaml": text})
    assert list(read.tree["services"]) == ["a"]
    assert "volumes" not in read.tree["services"]["a"]
    assert not read.hints
    assert [path for path, _ in remarks(read)] == [
        "include[0]",
        "services.a.extends",
        "services.a.env_file[0]",
    ]
    assert all("lies outside" in remark.text for remark in read.remarks)


def test_an_include_that_fails_leaves_the_rest(tmp_path):
    text = "include: [gone.yaml, {path: []}, '${NO}/x.yaml']\n" + BASE
    read = draft(tmp_path, {"compose.yaml": text})
    assert list(read.tree["services"]) == ["base"]
    broken = [path for path, reach in remarks(read) if reach == "broken"]
    assert broken == ["include[0]", "include[1]", "include[2]"]


def test_one_broken_file_does_not_hide_the_other(tmp_path):
    files = {"compose.yaml": BASE, "compose.override.yaml": "services: {a: [}\n"}
    read = draft(tmp_path, files)
    assert list(read.tree["services"]) == ["base"]
    assert [reach for _, reach in remarks(read)] == ["broken"]


@pytest.mark.parametrize("text", ["", "[]", "services:", "services: []", "a: b: c", "just text"])
def test_nothing_at_all_is_an_error_with_its_place(tmp_path, text):
    with pytest.raises(InventoryError) as raised:
        draft(tmp_path, {"compose.yaml": text})
    assert raised.value.problems
    assert raised.value.problems[0].file.endswith("compose.yaml")


def test_a_key_given_twice_and_a_strange_tag_are_said(tmp_path):
    text = "services:\n  a:\n    image: x\n    image: y\n    user: !mine z\n"
    read = draft(tmp_path, {"compose.yaml": text})
    assert read.tree["services"]["a"]["image"] == "x"
    assert [(remark.mark >> 27, remark.reach) for remark in read.remarks] == [
        (4, "broken"),
        (5, "broken"),
    ]


def test_a_bad_line_of_the_env_file_and_a_bad_template_are_said_without_values(tmp_path):
    files = {
        "compose.yaml": "services: {a: {image: x, environment: {A: 'hunter2${'}}}\n",
        ".env": "hunter2 hunter3\nB=1\n",
    }
    read = draft(tmp_path, files)
    assert [remark.reach for remark in read.remarks] == ["broken", "broken"]
    assert not any("hunter" in remark.text for remark in read.remarks)
    assert read.tree["services"]["a"]["environment"] == {"A": "hunter2${"}


def test_a_variable_that_nothing_sets_is_said_once(tmp_path, monkeypatch):
    monkeypatch.setenv("PW", "from this process")
    text = "services: {a: {image: x, environment: {A: '${PW}', B: 'u:${PW}@db'}}}\n"
    read = draft(tmp_path, {"compose.yaml": text})
    assert read.tree["services"]["a"]["environment"] == {"A": "${PW}", "B": "u:${PW}@db"}
    assert remarks(read) == [("services.a.environment.A", "kept")]
    assert "nothing sets PW" in read.remarks[0].text


def test_a_service_described_twice_through_an_include_is_said(tmp_path):
    files = {
        "compose.yaml": "include: [s/compose.yaml]\nservices: {base: {user: '7'}}\n",
        "s/compose.yaml": BASE,
    }
    read = draft(tmp_path, files, "compose.yaml")
    assert read.tree["services"]["base"]["user"] == "7"
    assert read.tree["services"]["base"]["image"] == "x"
    assert remarks(read) == [("services.base", "broken")]


def test_includes_that_multiply_end(tmp_path):
    files = {
        f"c{n}.yaml": f"include: [c{n + 1}.yaml, c{n + 1}.yaml]\nservices: {{s{n}: {{image: x}}}}\n"
        for n in range(20)
    }
    files["c20.yaml"] = "services: {last: {image: x}}\n"
    read = draft(tmp_path, files, "c0.yaml")
    assert "s0" in read.tree["services"]
    assert any("too many includes" in remark.text for remark in read.remarks)

import pytest

from analyzer.importers.compose.drafting import section
from tests.unit.importers.compose.project import draft, remarks
from tests.unit.inventory.nodes import node

TEXT = """services:
  a: {image: x}
  b: {image: x, profiles: [debug]}
"""


@pytest.mark.parametrize(
    ("active", "verified"),
    [("", "false"), ("other", "false"), ("other, debug", None), ("*", None)],
)
def test_a_service_that_is_not_started_by_itself_is_not_verified(tmp_path, active, verified):
    read = draft(tmp_path, {"compose.yaml": TEXT, ".env": f"COMPOSE_PROFILES={active}\n"})
    services = read.tree["services"]
    assert services["b"].get("verified") == verified
    assert services["b"]["profiles"] == ["debug"]
    assert "verified" not in services["a"]
    assert remarks(read) == [("services.b.profiles", "kept")]


def test_the_host_is_what_the_user_said(tmp_path):
    assert "host" not in draft(tmp_path, {"compose.yaml": TEXT}).tree["services"]["a"]
    assert draft(tmp_path, {"compose.yaml": TEXT}, host="h").tree["services"]["a"]["host"] == "h"


def test_a_service_that_is_no_mapping_is_left_out(tmp_path):
    read = draft(tmp_path, {"compose.yaml": "services: {a: text, b: {image: x}, c: }\n"})
    assert list(read.tree["services"]) == ["b"]
    assert remarks(read) == [("services.a", "broken"), ("services.c", "broken")]


def test_marks_point_into_the_files(tmp_path):
    files = {"compose.yaml": TEXT, "compose.override.yaml": "services:\n  a:\n    user: '1'\n"}
    tree = draft(tmp_path, files).tree["services"]["a"]
    assert [tree.mark_of(key) >> 59 for key in ("image", "user")] == [1, 0]
    assert tree.place("user") == (3, 5)


def test_the_project_names_the_estate_when_it_is_written(tmp_path):
    assert draft(tmp_path, {"compose.yaml": "name: Mine\n" + TEXT}).tree["name"] == "mine"
    assert "name" not in draft(tmp_path, {"compose.yaml": TEXT}).tree


def test_a_section_that_is_none_is_empty():
    assert section(node("{services: [a]}"), "services") == {}
    assert section(node("{services: {a: }}"), "services") == {"a": None}


def test_a_variable_that_nothing_sets_is_told_once_for_all_its_places(tmp_path):
    text = "services:\n" + "".join(
        f"  {name}: {{image: x, volumes: ['${{DATA}}/{name}:/d'], ports: ['${{P_{name}}}:80']}}\n"
        for name in "ab"
    )
    read = draft(tmp_path, {"compose.yaml": text})
    broken = [(one.path, one.text) for one in read.remarks if one.reach == "broken"]
    end = "; give it a value in the project's .env"
    assert broken == [
        ("services.a.volumes[0]", f"nothing sets DATA{end} (in 2 places)"),
        ("services.a.ports[0]", f"nothing sets P_a{end}"),
        ("services.b.ports[0]", f"nothing sets P_b{end}"),
    ]
    assert read.tree["services"]["b"]["volumes"][0]["source"] == "${DATA}/b"

import pytest

from analyzer.importers.compose.projects import normal_name, recognises
from tests.unit.importers.compose.project import draft, drafts, remarks

ONE = "services: {a: {image: one}}\n"


@pytest.mark.parametrize(
    "name", ["compose.yaml", "x/compose.yml", "docker-compose.yml", "compose.override.yml"]
)
def test_a_standard_name_is_enough(name):
    assert recognises(name, b"")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("stack.yml", "services:\n  web:\n    image: nginx\n"),
        ("media.yaml", "# c\nname: x\nservices:\n  a: {build: .}\n"),
        ("docker-compose.prod.yml", "services:\n  a:\n    environment: [X]\n"),
        ("stdin", "services:\n  a:\n    image: x\n"),
    ],
)
def test_other_files_are_known_by_services_with_images(name, head):
    assert recognises(name, head.encode())


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("deploy.yaml", "apiVersion: v1\nkind: Service\nservices:\n  a: {image: b}\n"),
        ("inventory.yaml", "hosts:\n  h: {}\nservices:\n  a:\n    image: b\n"),
        ("notes.txt", "services:\n  a:\n    image: b\n"),
        ("config.yml", "services:\n  - name: x\n"),
        ("values.yaml", "image: x\nreplicas: 2\n"),
        ("empty.yml", ""),
    ],
)
def test_what_is_not_certain_is_not_recognised(name, head):
    assert not recognises(name, head.encode())


def test_each_folder_is_a_project_of_its_name(tmp_path):
    files = {"Media.Box/compose.yaml": ONE, "_web 2/docker-compose.yml": ONE}
    assert [one.project for one in drafts(tmp_path, files)] == ["mediabox", "web2"]


def test_an_override_comes_last_whatever_the_order(tmp_path):
    over = "services: {a: {image: two}}\n"
    files = {"compose.override.yaml": over, "compose.yaml": ONE}
    for given in (sorted(files), sorted(files, reverse=True)):
        assert draft(tmp_path, files, *given).tree["services"]["a"]["image"] == "two"


def test_files_that_follow_the_base_are_put_on_top_in_order(tmp_path):
    files = {
        "docker-compose.yml": ONE,
        "b.yml": "services: {a: {image: b}}\n",
        "a.yml": "services: {a: {image: a}, more: {image: m}}\n",
    }
    read = draft(tmp_path, files, "docker-compose.yml", "b.yml", "a.yml")
    assert read.tree["services"]["a"]["image"] == "a"
    assert "more" in read.tree["services"]


def test_what_compose_would_not_read_in_a_folder_is_left_out_and_said(tmp_path):
    files = {
        "docker-compose.dev.yml": "services: {a: {image: dev}}\n",
        "docker-compose.yml": ONE,
        "hwaccel.yml": "services:\n  cuda: {deploy: {}}\n  b: {image: x}\n",
    }
    read = draft(tmp_path, files)
    assert read.tree["services"]["a"]["image"] == "one"
    assert list(read.tree["services"]) == ["a"]
    assert [reach for path, reach in remarks(read) if not path] == ["no bearing", "no bearing"]


def test_without_a_standard_name_all_files_of_a_folder_are_one_project(tmp_path):
    files = {
        "s/web.yml": "services:\n  web:\n    image: w\n",
        "s/db.yml": "services:\n  db:\n    image: d\n",
    }
    assert sorted(draft(tmp_path, files).tree["services"]) == ["db", "web"]


def test_an_included_project_is_not_one_of_its_own(tmp_path):
    files = {
        "compose.yaml": "name: top\ninclude: [a/compose.yaml]\n" + ONE,
        "a/compose.yaml": "services: {inner: {image: x}}\n",
        "b/compose.yaml": "services: {other: {image: x}}\n",
    }
    read = drafts(tmp_path, files)
    assert [(one.project, sorted(one.tree["services"])) for one in read] == [
        ("top", ["a", "inner"]),
        ("b", ["other"]),
    ]


def test_two_projects_that_include_each_other_are_one(tmp_path):
    files = {
        "a/compose.yaml": "include: [../b/compose.yaml]\nservices: {a: {image: a}}\n",
        "b/compose.yaml": "include: [../a/compose.yaml]\nservices: {b: {image: b}}\n",
    }
    (read,) = drafts(tmp_path, files)
    assert sorted(read.tree["services"]) == ["a", "b"]
    assert ("include[0]", "broken") in remarks(read)


def test_a_file_of_bases_to_extend_is_no_project(tmp_path):
    files = {
        "app/compose.yaml": "services: {a: {extends: {file: ../common/base.yml, service: base}}}\n",
        "common/base.yml": "services:\n  base:\n    image: x\n",
    }
    assert draft(tmp_path, files).tree["services"]["a"]["image"] == "x"


@pytest.mark.parametrize(
    ("text", "env", "name"),
    [
        (ONE, "", "stack"),
        ("name: Written\n" + ONE, "", "written"),
        ("name: written\n" + ONE, "COMPOSE_PROJECT_NAME=outside\n", "outside"),
        ("name: ${WHO:-x}-y\n" + ONE, "WHO=me\n", "me-y"),
        ("name: ${\n" + ONE, "", "stack"),
    ],
)
def test_the_name_of_a_project(tmp_path, text, env, name):
    assert draft(tmp_path, {"stack/compose.yaml": text, "stack/.env": env}).project == name


def test_names_are_made_as_compose_makes_them():
    assert normal_name("My App_2.x") == "myapp_2x"
    assert normal_name("--Ünï") == "n"
    assert normal_name("...") == ""


def test_the_files_of_a_project_may_be_listed_in_its_env_file(tmp_path):
    files = {
        "docker-compose.yml": ONE,
        "docker-compose.dev.yml": "services: {a: {image: dev}}\n",
        "docker-compose.old.yml": "services: {old: {image: x}}\n",
        "db/compose.yaml": "services: {db: {image: d, volumes: ['./d:/d']}}\n",
        ".env": "COMPOSE_FILE=docker-compose.yml:docker-compose.dev.yml:db/compose.yaml\n",
    }
    read = draft(tmp_path, files)
    assert read.tree["services"]["a"]["image"] == "dev"
    assert read.tree["services"]["db"]["volumes"] == ["./d:/d"], "relative to the project's folder"
    assert remarks(read) == [("", "no bearing")]


@pytest.mark.parametrize("listed", ["gone.yml", "../x.yml", "", ":", "db/compose.yaml"])
def test_a_list_that_cannot_be_followed_is_not(tmp_path, listed):
    files = {"compose.yaml": ONE, ".env": f"COMPOSE_FILE={listed}\n"}
    assert draft(tmp_path, files).tree["services"]["a"]["image"] == "one"

"""What a path stands for: inventories, files of a format, folders of them."""

from pathlib import Path

import pytest

from analyzer import importers
from analyzer.errors import InventoryError
from analyzer.files import Files
from analyzer.intake.recognition import all_native, recognise


class Fake:
    def __init__(self, ending):
        self.ending = ending

    def recognises(self, name, head):
        return name.endswith(self.ending) or head.startswith(self.ending.encode())


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importers, "IMPORTERS", {"stack": Fake(".stack"), "unit": Fake(".unit")})


def write(*names, text="x: 1\n"):
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def found(*paths, form=None):
    result = recognise(paths, Files(), form)
    names = {form: [d.name for d in documents] for form, documents in result.by_format.items()}
    return names, [document.name for document in result.natives]


def test_a_folder_is_searched_for_what_is_certain():
    write("estate/a/x.stack", "estate/b/y.unit", "estate/b/README.md", "estate/z.stack")
    assert found("estate") == (
        {"stack": ["estate/z.stack", "estate/a/x.stack"], "unit": ["estate/b/y.unit"]},
        [],
    )
    assert found("estate", form="unit") == ({"unit": ["estate/b/y.unit"]}, [])


def test_a_folder_with_an_inventory_is_that_inventory():
    write("estate/inventory.yaml", text="hosts: {}\n")
    write("estate/x.stack")
    assert found("estate") == ({}, ["estate/inventory.yaml"])
    assert found("estate", form="stack") == ({"stack": ["estate/x.stack"]}, [])


def test_what_nothing_recognises_is_an_inventory_for_its_reader_to_refuse():
    write("odd.txt")
    assert found("odd.txt") == ({}, ["odd.txt"])


def test_a_format_that_is_named_is_believed():
    write("odd.txt")
    assert found("odd.txt", form="stack") == ({"stack": ["odd.txt"]}, [])


@pytest.mark.parametrize(
    "text",
    [
        "hosts: {a: {}}\n",
        "needs:\n  operators: 1\n",
        "services:\n  web:\n    host: nas\n",
        "services:\n  web:\n    criticality: high\n",
    ],
)
def test_an_inventory_is_known_by_its_own_keys_under_any_name(text):
    write("x.stack", text=text)
    assert found("x.stack") == ({}, ["x.stack"])
    assert all_native(["x.stack"])


def test_text_within_a_service_is_no_key_of_an_inventory():
    text = (
        "services:\n  web:\n    environment:\n      CONFIG: |\n        host: db\n      host: x\n"
    )
    write("x.stack", text=text)
    assert not all_native(["x.stack"])


def test_services_alone_are_what_runs():
    write("x.stack", text="services:\n  web:\n    image: nginx\n    hostname: host\n")
    assert not all_native(["x.stack"])


def test_a_file_is_read_once_however_often_it_is_given():
    write("a.stack")
    assert found("a.stack", "./a.stack", ".") == ({"stack": ["a.stack"]}, [])


def test_every_path_that_cannot_be_read_is_told():
    write("empty/README.md")
    with pytest.raises(InventoryError) as caught:
        found("gone.stack", "empty")
    assert [problem.file for problem in caught.value.problems] == ["empty", "gone.stack"]


def test_what_is_not_there_is_left_to_the_reader_of_inventories():
    assert all_native(["gone"])
    assert not all_native(["-"])

"""Folders of rules: which files are read, and every problem of all of them."""

import os

import pytest

from analyzer.errors import RulesError
from analyzer.rulebook.files import read_folder, shipped_trees
from tests.unit.rulebook.trees import folder_of


def problems_of(folder):
    with pytest.raises(RulesError) as caught:
        read_folder(str(folder), "own")
    return [(p.file, p.what) for p in caught.value.problems]


def test_every_yaml_file_below_a_folder_by_its_path(tmp_path):
    folder = folder_of(tmp_path, gates__b="id: b\n", gates__a="id: a\n", criteria__x__c="id: c\n")
    (tmp_path / "README.md").write_text("no rule\n")
    trees = read_folder(folder, "own")
    assert list(trees) == ["criteria/x/c.yaml", "gates/a.yaml", "gates/b.yaml"]
    assert trees["gates/a.yaml"] == {"id": "a"}


def test_the_short_ending_counts_as_well(tmp_path):
    folder_of(tmp_path, gates__a="id: a\n")
    (tmp_path / "gates" / "b.yml").write_text("id: b\n")
    assert list(read_folder(str(tmp_path), "own")) == ["gates/a.yaml", "gates/b.yml"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path, make):
    make(tmp_path / "a.yaml")
    assert problems_of(tmp_path) == [("own/a.yaml", "not a file")]


def test_a_file_too_large_is_not_read(tmp_path):
    with (tmp_path / "a.yaml").open("wb") as stream:
        stream.truncate(10**12)
    assert problems_of(tmp_path) == [("own/a.yaml", "larger than 100 MB")]


def test_an_empty_file_is_no_rule_and_no_problem(tmp_path):
    assert read_folder(folder_of(tmp_path, gates__a="# nothing yet\n"), "own") == {}


def test_what_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("id: x\n")
    assert problems_of(tmp_path / "file") == [("own", "not a folder")]
    assert problems_of(tmp_path / "none") == [("own", "not a folder")]


def test_every_problem_of_every_file_at_once(tmp_path):
    folder = folder_of(tmp_path, a="id: [\n", b="- x\n", c="id: x\nid: y\n", d="id: fine\n")
    (tmp_path / "e.yaml").mkdir()
    found = problems_of(folder)
    assert [file for file, _ in found] == [f"own/{name}.yaml" for name in "abce"]
    assert ("own/b.yaml", "not a mapping") in found


def test_the_shipped_rules_are_of_the_kinds_there_are():
    kinds = {path.split("/")[0].removesuffix(".yaml") for path in shipped_trees()}
    known = {"criteria", "gates", "findings", "profiles", "questions", "figures", "images"}
    assert kinds == known

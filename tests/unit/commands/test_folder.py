"""Files into a folder: all or none, nothing outside, nothing of others lost."""

import os
from pathlib import Path

import pytest

from analyzer.commands import folder
from analyzer.commands.folder import check_folder, write_files
from analyzer.errors import OutputError
from analyzer.kits.model import File

FILES = (
    File("a.txt", "a\n"),
    File("b/c.txt", "c\n"),
    File("b/run.sh", "#!/bin/sh\n", executable=True),
)


def content(root):
    return {
        str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()
    }


EXPECTED = {"a.txt": "a\n", "b/c.txt": "c\n", "b/run.sh": "#!/bin/sh\n"}


def test_a_new_folder_is_made(tmp_path):
    write_files(str(tmp_path / "kit"), FILES, force=False)
    assert content(tmp_path / "kit") == EXPECTED
    assert os.access(tmp_path / "kit" / "b" / "run.sh", os.X_OK)
    assert os.listdir(tmp_path) == ["kit"]  # noqa: PTH208


def test_files_of_others_stay(tmp_path):
    root = tmp_path / "kit"
    root.mkdir()
    (root / "mine.txt").write_text("mine")
    write_files(str(root), FILES, force=False)
    assert content(root) == {**EXPECTED, "mine.txt": "mine"}


def test_nothing_is_overwritten_unless_forced(tmp_path):
    root = tmp_path / "kit"
    (root / "b").mkdir(parents=True)
    (root / "b" / "c.txt").write_text("old")
    with pytest.raises(OutputError, match=r"b/c\.txt would be overwritten"):
        write_files(str(root), FILES, force=False)
    assert content(root) == {"b/c.txt": "old"}
    write_files(str(root), FILES, force=True)
    assert content(root) == EXPECTED


@pytest.mark.parametrize("link", ["a.txt", "b"])
def test_a_link_leads_nowhere(tmp_path, link):
    root, outside = tmp_path / "kit", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / link).symlink_to(outside)
    with pytest.raises(OutputError):
        write_files(str(root), FILES, force=True)
    assert content(outside) == {}


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "kit" / "a.txt").mkdir(parents=True)
    with pytest.raises(OutputError):
        write_files(str(tmp_path / "kit"), FILES, force=True)


@pytest.mark.parametrize("at", range(8))
def test_what_fails_in_the_middle_leaves_everything_as_it_was(tmp_path, monkeypatch, at):
    root = tmp_path / "kit"
    root.mkdir()
    (root / "a.txt").write_text("old")
    rename, calls = Path.rename, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == at:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(folder.Path, "rename", failing)
    try:
        write_files(str(root), FILES, force=True)
    except OutputError:
        monkeypatch.undo()
        assert content(root) == {"a.txt": "old"}
        assert sorted(os.listdir(root)) == ["a.txt"]  # noqa: PTH208
    else:
        assert content(root) == EXPECTED
    assert sorted(os.listdir(tmp_path)) == ["kit"]  # noqa: PTH208


def test_a_folder_that_cannot_be_one_is_refused_before_any_work(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link", "no/where"):
        with pytest.raises(OutputError):
            check_folder(str(tmp_path / name))
    with pytest.raises(OutputError, match="is read"):
        check_folder(str(tmp_path), [str(tmp_path)])

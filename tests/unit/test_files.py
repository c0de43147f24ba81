"""Only what was given is read, and what it names inside its folder."""

import os
from pathlib import Path

import pytest

from analyzer import files as door
from analyzer.files import FileError, Files, walk


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    home = tmp_path / "home"
    (home / "stacks" / "media").mkdir(parents=True)
    (home / "stacks" / "media" / "compose.yaml").write_text("services: {}\n")
    (home / "stacks" / "media" / ".env").write_text("A=1\n")
    (home / "stacks" / "common.yaml").write_text("x\n")
    (home / "secret").write_text("root\n")
    monkeypatch.chdir(home)


def media(files, root="stacks"):
    return files.given("stacks/media/compose.yaml", root)


def test_a_neighbour_is_read_and_numbered_and_named_from_the_current_folder():
    files = Files()
    document = media(files)
    assert files.beside(document, "./.env").data == b"A=1\n"
    assert files.beside(document, "../common.yaml").data == b"x\n"
    assert files.names == (
        "stacks/media/compose.yaml",
        "stacks/media/.env",
        "stacks/common.yaml",
    )
    assert files.beside(document, ".env").number == 1


@pytest.mark.parametrize("path", ["../../secret", "/etc/hostname", "../../../x", "link", "deep/x"])
def test_what_lies_outside_is_refused_unless_allowed(path):
    Path("stacks/media/link").symlink_to(Path("secret").resolve())
    Path("stacks/media/deep").symlink_to(Path.cwd())
    with pytest.raises(FileError, match="outside of the folder"):
        Files().beside(media(Files()), path)


def test_outside_is_read_when_the_user_says_so():
    files = Files(outside=True)
    assert files.beside(media(files), "../../secret").data == b"root\n"


def test_a_file_given_alone_has_its_own_folder_only():
    files = Files()
    with pytest.raises(FileError, match="outside"):
        files.beside(media(files, ""), "../common.yaml")


def test_a_link_inside_is_followed():
    Path("stacks/media/other.yaml").symlink_to("compose.yaml")
    files = Files()
    assert files.beside(media(files), "other.yaml").data == b"services: {}\n"


@pytest.mark.parametrize(
    ("path", "why"),
    [("gone", "no such file"), (".", "is a folder"), ("", "not a path"), ("a\0b", "not a path")],
)
def test_what_cannot_be_read_says_why(path, why):
    with pytest.raises(FileError, match=why):
        Files().beside(media(Files()), path)


def test_a_pipe_that_a_file_names_is_not_waited_for():
    os.mkfifo("stacks/media/pipe")
    with pytest.raises(FileError, match="no regular file"):
        Files().beside(media(Files()), "pipe")


def test_what_a_file_names_may_not_be_huge(monkeypatch):
    monkeypatch.setattr(door, "MAX_OPENED_BYTES", 2)
    with pytest.raises(FileError, match="larger than"):
        Files().beside(media(Files()), ".env")


def test_no_absolute_path_is_shown(tmp_path, monkeypatch):
    there = tmp_path / "home" / "stacks"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    files = Files()
    document = files.given(str(there / "media" / "compose.yaml"), str(there))
    assert document.name == "stacks/media/compose.yaml"
    assert document.folder == "stacks/media"
    assert Files().given(str(there / "common.yaml")).name == "common.yaml"
    with pytest.raises(FileError) as caught:
        files.given(str(there / "gone.yaml"))
    assert str(tmp_path) not in str(caught.value)


def test_files_of_one_name_are_told_apart(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "compose.yaml").write_text("")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    files = Files()
    for name in ("a", "b"):
        files.given(str(tmp_path / name / "compose.yaml"))
    assert files.names == ("compose.yaml", "b/compose.yaml")


def test_a_walk_is_in_order_and_passes_over_hidden_folders_and_links():
    Path("stacks/.git").mkdir()
    Path("stacks/.git/config").write_text("")
    Path("stacks/loop").symlink_to(Path.cwd())
    found = ["stacks/common.yaml", "stacks/media/.env", "stacks/media/compose.yaml"]
    assert sorted(walk("stacks")) == sorted(found)


def test_a_walk_through_too_much_is_given_up(monkeypatch):
    monkeypatch.setattr(door, "MAX_FILES", 3)
    with pytest.raises(FileError, match="holds more than 3 files"):
        list(walk("stacks"))


def test_a_walk_goes_only_so_deep(monkeypatch):
    monkeypatch.setattr(door, "MAX_DEPTH", 0)
    assert list(walk("stacks")) == ["stacks/common.yaml"]


def test_the_head_of_what_cannot_be_read_is_empty():
    os.mkfifo("pipe")
    assert [door.head(path) for path in ("pipe", "gone", "stacks", "a\0b")] == [b""] * 4
    assert door.head("secret", 2) == b"ro"

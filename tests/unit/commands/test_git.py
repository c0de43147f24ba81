"""Git as it is asked: what it says, what it lacks, and what it must not run."""

import os
import subprocess
from pathlib import Path

import pytest

from analyzer.commands import git as module
from analyzer.commands.git import Git
from analyzer.errors import InventoryError


def git(*arguments):
    argv = ("git", "-c", "user.name=o", "-c", "user.email=o@example.org", *arguments)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(argv, check=True, env=environment, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "--quiet", "--initial-branch=main", ".")
    for name, text in (("a", "first\n"), ("b", ""), ("ü x", "blob 3\n\0\n"), ("d/e", "deep")):
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    git("add", "-A")
    git("commit", "--quiet", "-m", "first")
    return Git(".", "inventory.yaml")


def test_objects_in_the_order_asked_for(repository):
    names = ["HEAD:a", "HEAD:b", "HEAD:none", "HEAD:ü x", "HEAD:d", "HEAD:d/e", "HEAD:a", "HEAD"]
    found = list(repository.objects(names))
    assert [each and each.data for each in found] == [
        *(b"first\n", b"", None, b"blob 3\n\0\n", None, b"deep", b"first\n", None)
    ]
    assert found[0].blob == git("rev-parse", "HEAD:a")


def test_what_is_missing_does_not_pass_for_an_object(repository):
    found = list(repository.objects(["HEAD:x blob 5", "0" * 40, "HEAD:a"]))
    assert [each and each.data for each in found] == [None, None, b"first\n"]


def test_none_are_asked_for(repository):
    assert list(repository.objects([])) == []


def test_not_all_are_taken(repository):
    found = repository.objects(["HEAD:a", "HEAD:b"])
    assert next(found).data == b"first\n"
    found.close()


def test_what_is_too_large_is_passed_over(repository, monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 5)
    found = list(repository.objects(["HEAD:a", "HEAD:d/e"]))
    assert [each and each.data for each in found] == [None, b"deep"]


def test_what_git_says_it_cannot(repository):
    with pytest.raises(InventoryError, match=r"inventory\.yaml: git: .*nothing-like-it"):
        repository.text("log", "nothing-like-it")


def test_a_partial_clone_fetches_nothing_and_says_so(tmp_path, monkeypatch):
    git("config", "uploadpack.allowFilter", "true")
    source, clone = f"file://{Path.cwd()}", tmp_path / "partial"
    git("clone", "--quiet", "--no-checkout", "--filter=blob:none", source, str(clone))
    monkeypatch.chdir(clone)
    before = sorted(clone.rglob("*"))
    asked = Git(".", "inventory.yaml")
    said = ""
    try:
        found = list(asked.objects(["HEAD:a"]))
    except InventoryError as error:
        found, said = [None], str(error)
    assert found == [None]  # newer versions of git name it as missing, older ones end
    assert "partial clone" in said or not said
    assert sorted(clone.rglob("*")) == before

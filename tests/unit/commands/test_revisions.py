"""Revisions of a real repository: read as they were, and nothing of it touched or run."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from analyzer.commands.revisions import Options, Repository, load
from analyzer.errors import InventoryError
from analyzer.rulebook.loading import load_rulebook

ESTATE = "hosts: {a: {}}\nservices: {x: {host: a, image: nginx}}\nneeds: {planned_hosts: %d}\n"
RULES = load_rulebook()


def git(*arguments, cwd="."):
    argv = ("git", "-c", "user.name=o", "-c", "user.email=o@example.org", *arguments)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(argv, check=True, cwd=cwd, env=environment, capture_output=True)
    return done.stdout.decode()


def commit(subject, **files):
    for name, text in files.items():
        path = Path(name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git("add", "-A")
    git("commit", "--quiet", "--allow-empty", "-m", subject)


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "--quiet", "--initial-branch=main", ".")
    commit("first", inventory=ESTATE % 2)
    return tmp_path / "repo"


def planned(revision, path="inventory.yaml"):
    found = Repository([path])
    return load(found, found.resolve(revision), Options(lambda: RULES)).needs.planned_hosts


def test_the_estate_as_it_was():
    commit("second", inventory=ESTATE % 3)
    Path("inventory.yaml").write_text(ESTATE % 4)
    assert (planned("HEAD~1"), planned("HEAD"), planned("main")) == (2, 3, 3)


def test_places_are_those_of_the_working_tree():
    found = Repository(["inventory.yaml"])
    inventory = load(found, found.resolve("HEAD"), Options(lambda: RULES))
    assert inventory.files == ("inventory.yaml",)


def test_from_a_folder_below_and_from_outside(monkeypatch, repository):
    commit("more", deep__er__inventory=ESTATE % 5)
    monkeypatch.chdir(repository / "deep")
    assert planned("HEAD", "er/inventory.yaml") == 5
    assert planned("HEAD", "../inventory.yaml") == 2
    monkeypatch.chdir(repository.parent)
    assert planned("HEAD", "repo/inventory.yaml") == 2
    assert planned("HEAD", str(repository / "inventory.yaml")) == 2


def test_a_folder_of_stacks_with_what_they_name():
    Path("stacks/web").mkdir(parents=True)
    Path("stacks/web/compose.yaml").write_text("services: {web: {image: nginx, env_file: .env}}\n")
    Path("stacks/web/.env").write_text("DB_HOST=db\n")
    commit("stacks")
    Path("stacks/web/compose.yaml").unlink()
    options = Options(lambda: RULES, host="nas")
    for path in ("stacks", "stacks/web/compose.yaml"):
        found = Repository([path])
        assert set(load(found, found.resolve("HEAD"), options).services) == {"web"}


def test_the_repository_as_a_whole(monkeypatch):
    Path("inventory.yaml").unlink()
    commit("gone", web__compose="services: {web: {image: nginx}}\n")
    options = Options(lambda: RULES, host="nas")
    for here, path in ((".", "."), ("web", ".."), ("web", ".")):
        with monkeypatch.context() as moved:
            moved.chdir(here)
            found = Repository([path])
            assert set(load(found, found.log()[-1], options).services) == {"web"}


def test_the_log_follows_renames_and_leaves_out_what_did_not_change_the_file():
    commit("elsewhere", other="x: 1\n")
    git("mv", "inventory.yaml", "estate.yaml")
    commit("renamed")
    commit("changed", estate=ESTATE % 6)
    log = Repository(["estate.yaml"]).log()
    assert [(item.subject, item.paths) for item in log] == [
        ("first", ("inventory.yaml",)),
        ("renamed", ("estate.yaml",)),
        ("changed", ("estate.yaml",)),
    ]


@pytest.mark.parametrize("subject", ["<b>x</b>", "a | b", "\x1b[31mred", "größer", "a\tb"])
def test_any_subject(subject):
    commit(subject, inventory=ESTATE % 7)
    assert Repository(["inventory.yaml"]).log()[-1].subject == subject


@pytest.mark.parametrize("revision", ["nope", "-x", "--output=/tmp/x", "", "HEAD^{tree}"])
def test_what_is_no_revision(revision):
    with pytest.raises(InventoryError, match="revision"):
        planned(revision)


def test_a_path_that_was_not_there_yet():
    commit("later", later=ESTATE % 2)
    with pytest.raises(InventoryError, match="no such file"):
        planned("HEAD~1", "later.yaml")


def test_no_repository_and_a_path_outside(tmp_path):
    (tmp_path / "plain").mkdir()
    with pytest.raises(InventoryError, match="git"):
        Repository([str(tmp_path / "plain" / "inventory.yaml")])
    with pytest.raises(InventoryError, match="outside"):
        Repository(["inventory.yaml", str(tmp_path / "plain" / "x.yaml")])


def test_no_git(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InventoryError, match="no git"):
        Repository(["inventory.yaml"])


def test_a_link_that_leads_out_is_not_followed(tmp_path):
    (tmp_path / "secret.yaml").write_text(ESTATE % 9)
    Path("inventory.yaml").unlink()
    Path("inventory.yaml").symlink_to("../secret.yaml")
    commit("link")
    with pytest.raises(InventoryError, match="no such file"):
        planned("HEAD")


def digest(folder):
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    parts = [f"{path}:{path.stat().st_mtime_ns}".encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def test_nothing_is_touched_and_nothing_configured_is_run(repository, tmp_path):
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "gpg.program"):
        git("config", key, str(trap))
    git("config", "log.showSignature", "true")
    git("config", "filter.trap.smudge", str(trap))
    git("config", "diff.trap.textconv", str(trap))
    Path(".gitattributes").write_text("*.yaml filter=trap diff=trap\n")
    before = digest(repository)
    found = Repository(["inventory.yaml"])
    for revision in found.log():
        load(found, revision, Options(lambda: RULES))
    assert planned("HEAD") == 2
    assert digest(repository) == before
    assert not (tmp_path / "sprung").exists()

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
            assert set(load(found, found.log(100)[-1], options).services) == {"web"}


def test_the_log_follows_renames_and_leaves_out_what_did_not_change_the_file():
    commit("elsewhere", other="x: 1\n")
    git("mv", "inventory.yaml", "estate.yaml")
    commit("renamed")
    commit("changed", estate=ESTATE % 6)
    log = Repository(["estate.yaml"]).log(100)
    assert [(item.subject, item.paths) for item in log] == [
        ("first", ("inventory.yaml",)),
        ("renamed", ("estate.yaml",)),
        ("changed", ("estate.yaml",)),
    ]


@pytest.mark.parametrize(
    "subject",
    ["<b>x</b>", "a | b", "\x1b[31mred", "größer", "a\tb", "\x01deadbeef\x1f", f"s{'0' * 40}"],
)
def test_any_subject(subject):
    commit(subject, inventory=ESTATE % 7)
    assert Repository(["inventory.yaml"]).log(100)[-1].subject == subject


@pytest.mark.parametrize("revision", ["nope", "-x", "--output=/tmp/x", "", "HEAD^{tree}"])
def test_what_is_no_revision(revision):
    with pytest.raises(InventoryError, match="revision"):
        planned(revision)


def test_a_message_without_a_subject():
    git("commit", "--quiet", "--allow-empty-message", "--allow-empty", "-m", "")
    Path("inventory.yaml").write_text(ESTATE % 3)
    git("commit", "--quiet", "--allow-empty-message", "-am", "")
    assert [item.subject for item in Repository(["inventory.yaml"]).log(9)] == ["first", ""]


def test_the_newest_of_the_log():
    for number in (3, 4, 5):
        commit(f"to {number}", inventory=ESTATE % number)
    log = Repository(["inventory.yaml"]).log(2)
    assert [item.subject for item in log] == ["to 4", "to 5"]


def test_a_merge_is_one_change_and_counts_as_it_was_resolved():
    git("switch", "--quiet", "-c", "branch")
    commit("branch 3", inventory=ESTATE % 3)
    commit("branch 4", inventory=ESTATE % 4)
    git("switch", "--quiet", "main")
    commit("main 5", inventory=ESTATE % 5)
    git("merge", "--quiet", "--strategy", "ours", "--no-commit", "branch")
    commit("merged as 6", inventory=ESTATE % 6)
    found = Repository(["inventory.yaml"])
    log = found.log(9)
    assert [item.subject for item in log] == ["first", "main 5", "merged as 6"]
    planned = [load(found, item, Options(lambda: RULES)).needs.planned_hosts for item in log]
    assert planned == [2, 5, 6]


def test_a_rename_that_a_merge_brought():
    git("switch", "--quiet", "-c", "branch")
    git("mv", "inventory.yaml", "größer.yaml")
    commit("renamed")
    git("switch", "--quiet", "main")
    commit("elsewhere", other="x: 1\n")
    git("merge", "--quiet", "--no-ff", "-m", "merged", "branch")
    log = Repository(["größer.yaml"]).log(9)
    assert [item.paths for item in log] == [("inventory.yaml",), ("größer.yaml",)]


def test_a_folder_of_stacks_as_it_went():
    commit("web", s__compose="services: {web: {image: nginx}}\n")
    commit("more", s__more__compose="services: {db: {image: postgres}}\n")
    found = Repository(["s"])
    options = Options(lambda: RULES, host="nas")
    services = [set(load(found, item, options).services) for item in found.log(9)]
    assert services == [{"web"}, {"web", "db"}]


def test_a_project_at_the_root_is_named_as_in_the_working_tree():
    Path("compose.yaml").write_text(
        "services: {web: {image: nginx, volumes: ['data:/d']}}\nvolumes: {data: {}}\n"
    )
    commit("project")
    options = Options(lambda: RULES, host="nas")
    found = Repository(["compose.yaml"])
    assert set(load(found, found.resolve("HEAD"), options).volumes) == {"repo_data"}


def test_a_shallow_clone(tmp_path, monkeypatch):
    for number in (3, 4):
        commit(f"to {number}", inventory=ESTATE % number)
    git("clone", "--quiet", "--depth", "2", f"file://{Path.cwd()}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    found = Repository(["inventory.yaml"])
    with pytest.raises(InventoryError, match=r"shallow.*unshallow.*--last 2"):
        found.log(3)
    assert [item.subject for item in found.log(2)] == ["to 3", "to 4"]
    with pytest.raises(InventoryError, match="shallow"):
        found.resolve("HEAD~2")


def test_a_path_that_no_commit_has():
    assert Repository(["never.yaml"]).log(9) == ()


def test_a_repository_without_a_commit(tmp_path):
    git("init", "--quiet", str(tmp_path / "empty"))
    with pytest.raises(InventoryError, match="no commit yet"):
        Repository([str(tmp_path / "empty" / "inventory.yaml")]).log(9)


def test_a_submodule_is_another_repository(tmp_path):
    git("clone", "--quiet", ".", str(tmp_path / "other"))
    allowed = ("-c", "protocol.file.allow=always")
    git(*allowed, "submodule", "--quiet", "add", str(tmp_path / "other"), "sub")
    commit("with a submodule", s__compose="services: {web: {image: nginx}}\n")
    assert [item.subject for item in Repository(["sub/inventory.yaml"]).log(9)] == ["first"]
    found = Repository(["."])
    assert {entry.path for entry in found.entries(found.resolve("HEAD"), [""])} == {
        ".gitmodules",
        "inventory.yaml",
        "s/compose.yaml",
    }


def test_the_paths_choose_the_repository_not_what_a_hook_inherits(tmp_path, monkeypatch):
    git("init", "--quiet", str(tmp_path / "hook"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "hook" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert planned("HEAD") == 2


def tree(*lines):
    argv = ("git", "mktree")
    done = subprocess.run(argv, check=True, input="".join(lines).encode(), capture_output=True)
    return done.stdout.decode().strip()


def test_a_forged_commit_writes_nothing_outside():
    commit("web", s__compose="services: {web: {image: nginx}}\n")
    blob = git("rev-parse", "HEAD:s/compose.yaml").strip()
    evil = tree(f"100644 blob {blob}\tescaped.yaml\n")
    for _ in range(6):
        evil = tree(f"040000 tree {evil}\t..\n")
    inner = tree(f"040000 tree {evil}\t..\n", f"100644 blob {blob}\tcompose.yaml\n")
    forged = git("commit-tree", "-m", "x", tree(f"040000 tree {inner}\ts\n")).strip()
    found = Repository(["s"])
    listed = found.entries(found.resolve(forged), ["s"])
    assert [entry.path for entry in listed] == ["s/compose.yaml"]
    options = Options(lambda: RULES, host="nas")
    assert set(load(found, found.resolve(forged), options).services) == {"web"}


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
    assert [load(found, each, Options(lambda: RULES)) for each in found.log(100)]
    assert planned("HEAD") == 2
    assert digest(repository) == before
    assert not (tmp_path / "sprung").exists()


def test_standard_input_has_no_history():
    with pytest.raises(InventoryError, match="standard input has no history"):
        Repository(["inventory.yaml", "-"])

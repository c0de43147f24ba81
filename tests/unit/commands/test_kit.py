"""The command: what it takes, what it says, and what it refuses."""

import subprocess
import sys

import pytest

from tests.kits.making import HOSTS, ROOT

HOME = "examples/home/inventory.yaml"


def run(*words, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "analyzer", "kit", *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_recommended_option_is_written_without_asking(tmp_path):
    done = run(HOME, "-d", str(tmp_path / "kit"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "for enhanced-podman" in done.stderr
    assert (tmp_path / "kit" / "quadlet" / "storage" / "grocy.container").exists()
    again = run(HOME, "-d", str(tmp_path / "kit"))
    assert again.returncode == 5
    assert "--force" in again.stderr
    assert run(HOME, "-d", str(tmp_path / "kit"), "--force").returncode == 0


def test_another_option_says_that_it_is_not_the_advice(tmp_path):
    done = run(HOME, "-d", str(tmp_path / "kit"), "--option", "incremental")
    assert "note: the recommended way is enhanced-podman" in done.stderr
    assert "not the files of the recommended way" in (tmp_path / "kit" / "README.md").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--wave", "99"], 2, "the plan has"),
        (["--wave", "0"], 2, "--wave"),
        (["--service", "plx"], 2, "plex"),
        (["--service", "plex", "--wave", "1"], 2, "do not go together"),
        (["--option", "helm"], 2, "--option"),
        (["--base", "relative"], 2, "whole path"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, words, code, said):
    done = run(HOME, "-d", str(tmp_path / "kit"), *words)
    assert done.returncode == code
    assert said in done.stderr
    assert not (tmp_path / "kit").exists()


def test_an_empty_estate_makes_an_empty_kit_and_no_fault(tmp_path):
    for option in ("incremental", "test-cluster", "enhanced-podman"):
        done = run("-", "-d", str(tmp_path / option), "--option", option, stdin=HOSTS)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / option / "LEDGER.md").exists()


def test_a_broken_inventory_is_told_and_nothing_written(tmp_path):
    done = run("-", "-d", str(tmp_path / "kit"), stdin="hosts: [\n")
    assert done.returncode == 3
    assert not (tmp_path / "kit").exists()


def test_paths_of_compose_files_begin_at_the_base(tmp_path):
    words = ["examples/stacks", "--host", "nas", "--option", "incremental"]
    run(*words, "-d", str(tmp_path / "with"), "--base", "/srv/stacks")
    run(*words, "-d", str(tmp_path / "without"))
    texts = [
        "".join(
            path.read_text() for path in sorted((tmp_path / name / "kubernetes").glob("*.yaml"))
        )
        for name in ("with", "without")
    ]
    assert "/srv/stacks/photos/postgres" in texts[0]
    assert "REPLACE-ME" not in texts[0]
    assert "/REPLACE-ME/photos/postgres" in texts[1]

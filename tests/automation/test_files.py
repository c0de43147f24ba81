"""The files for CI: valid by other people's schemas, and their shell does what they say."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.benchmarks.installed import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
SCHEMAS = {
    "action.yml": "vendor.github-actions",
    "examples/ci/github.yaml": "vendor.github-workflows",
    "examples/ci/gitlab.yaml": "vendor.gitlab-ci",
}
HOSTILE = 'a"; touch sprung; echo "$(touch sprung)`touch sprung`'


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schemas(name):
    argv = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name], name)
    subprocess.run(argv, check=True, cwd=ROOT)


def test_no_input_is_pasted_into_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


@pytest.fixture
def runner(tmp_path, monkeypatch):
    """Return a function that runs the action's last step as GitHub would."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples/home/inventory.yaml", "inventory.yaml")
    command = tmp_path / "temp/k8sadvisor/bin/k8sadvisor"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m analyzer "$@"\n')
    command.chmod(0o755)
    step = ACTION["runs"]["steps"][-1]
    defaults = {name: item["default"] for name, item in ACTION["inputs"].items()}

    def run(**inputs):
        given = {**defaults, **{name.replace("_", "-"): text for name, text in inputs.items()}}
        values = {
            name: given[text.partition("inputs.")[2].rstrip(" }")]
            for name, text in step["env"].items()
        }
        for name in ("output", "summary"):
            Path(name).write_text("")
        environment = {
            **os.environ, **values, "RUNNER_TEMP": str(tmp_path / "temp"),
            "GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary",
        }  # fmt: skip
        argv = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)

    return run


def test_the_action_assesses_and_tells(runner):
    done = runner(sarif="findings.sarif")
    assert done.returncode == 0, done.stderr
    assert "recommendation=enhanced-podman\nverdict=clear\n" in Path("output").read_text()
    assert "k8sadvisor.json" in Path("output").read_text()
    assert Path("summary").read_text().startswith("# home: stay on Podman")
    assert done.stdout.count("::error ") == 10
    assert json.loads(Path("findings.sarif").read_text())["version"] == "2.1.0"


def test_the_action_fails_on_a_condition_and_reports_all_the_same(runner):
    assert runner().returncode == 0
    Path("k8sadvisor.json").rename("before.json")
    text = Path("inventory.yaml").read_text()
    Path("inventory.yaml").write_text(
        text.replace("learning_kubernetes: low", "learning_kubernetes: high")
    )
    done = runner(baseline="before.json", fail_on="gate-tripped\nrecommendation-changed\n")
    assert done.returncode == 10
    assert "## Since before.json" in Path("summary").read_text()
    assert "recommendation=test-cluster" in Path("output").read_text()


def test_the_report_may_be_its_own_baseline(runner):
    assert runner().returncode == 0
    text = Path("inventory.yaml").read_text()
    Path("inventory.yaml").write_text(
        text.replace("learning_kubernetes: low", "learning_kubernetes: high")
    )
    done = runner(baseline="k8sadvisor.json", fail_on="recommendation-changed")
    assert done.returncode == 10
    assert "Nothing changed." not in Path("summary").read_text()


def test_a_broken_inventory_fails_the_action(runner):
    Path("inventory.yaml").write_text("hosts: [")
    done = runner()
    assert done.returncode == 3
    assert Path("output").read_text() == ""


@pytest.mark.parametrize("name", ["paths", "report", "baseline", "fail_on", "sarif"])
def test_hostile_inputs_are_only_texts(runner, name):
    runner(**{name: HOSTILE})
    assert not Path("sprung").exists()


def test_hooks_are_valid():
    argv = (sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    subprocess.run(argv, check=True, cwd=ROOT)


def test_the_hook_refuses_a_stale_report(tmp_path):
    hooks = {
        hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    }
    shutil.copy(ROOT / "examples/home/inventory.yaml", tmp_path / "inventory.yaml")
    hook = hooks["k8sadvisor-report"]
    words = [*hook["entry"].split()[1:], *hook["args"]]

    def run(*words):
        argv = (sys.executable, "-m", "analyzer", *words)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            argv, cwd=tmp_path, env=environment, check=False, capture_output=True
        ).returncode

    assert run(*words) == 10
    assert run(*(word for word in words if word != "--check")) == 0
    assert run(*words) == 0
    assert run(*hooks["k8sadvisor-validate"]["entry"].split()[1:], "inventory.yaml") == 0

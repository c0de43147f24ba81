"""The loop of a rerun, from outside: diff, baseline, conditions, what-if, history, check, watch."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import program
from tests.benchmarks.installed import ROOT
from tests.history import build, steps

HOME = ROOT / "examples/home/inventory.yaml"
EXAMPLES = sorted(ROOT.glob("examples/*/inventory.yaml"))
PATIENCE_SECONDS = 120


@pytest.fixture(autouse=True)
def estate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = HOME.read_text()
    Path("old.yaml").write_text(text)
    Path("new.yaml").write_text(
        text.replace("learning_kubernetes: low", "learning_kubernetes: high")
    )


def run(*arguments, code=0):
    result = CliRunner().invoke(program, list(map(str, arguments)))
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("form", ["md", "text"])
def test_an_estate_does_not_differ_from_itself(path, form):
    result = run("diff", path, path, "--format", form)
    assert result.stdout == ""
    assert "nothing changed" in result.stderr


def test_a_report_does_not_differ_from_its_inventory():
    run("analyse", "old.yaml", "-o", "old.json")
    assert run("diff", "old.json", "old.yaml").stdout == ""
    assert json.loads(run("diff", "old.json", "old.yaml", "--format", "json").stdout)["empty"]


def test_a_diff_says_what_turned_it():
    text = run("diff", "old.yaml", "new.yaml").stdout
    assert text.startswith("# home: enhanced-podman → test-cluster\n")
    assert "needs.learning\\_kubernetes low → high" in text.replace("_", "\\_").replace(
        "\\\\", "\\"
    )
    assert "this alone turns the recommendation" in text
    assert len(text.splitlines()) < 60


@pytest.mark.parametrize("form", ["md", "json", "text"])
def test_reports_explain_themselves(form):
    for name in ("old", "new"):
        run("analyse", f"{name}.yaml", "-o", f"{name}.json")
    text = run("diff", "old.json", "new.json", "--format", form).stdout
    assert "learning_kubernetes" in text.replace("\\_", "_")


def test_conditions_end_the_run_after_the_report_was_written():
    run("analyse", "old.yaml", "-o", "old.json")
    conditions = ("--fail-on", "recommendation-changed", "--fail-on", "evidence-below:2")
    result = run(
        "analyse", "new.yaml", "--baseline", "old.json", *conditions, "-o", "r.md", code=10
    )
    assert "Failed: recommendation-changed: was enhanced-podman, is test-cluster" in result.stderr
    assert "## Since old.json" in Path("r.md").read_text()
    assert "evidence-below" not in result.stderr
    run("analyse", "old.yaml", "--baseline", "old.json", *conditions)


@pytest.mark.parametrize(
    "arguments",
    [
        ("analyse", "old.yaml", "--fail-on", "recommendation-changed"),
        ("analyse", "old.yaml", "--fail-on", "nope"),
        ("analyse", "old.yaml", "--check"),
        ("analyse", "-", "--watch"),
        ("diff", "old.yaml"),
        ("what-if", "old.yaml"),
        ("what-if", "old.yaml", "--set", "needs.planned_hosts=1..2000"),
        ("what-if", "old.yaml", "--remove-host", "storge"),
        ("what-if", "old.yaml", "--add-host", ":a"),
        ("what-if", "old.yaml", "--set", "needs.planned_hosts=2..3", "--format", "svg"),
        ("what-if", "old.yaml", "--remove-host", "storage", "--remove-host", "cloud"),
    ],
)
def test_wrong_usage(arguments):
    assert "Error" in run(*arguments, code=2).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", "nope", "old.yaml"),
        ("diff", "old.yaml", "gone.yaml"),
        ("history", "old.yaml"),
        ("analyse", "old.yaml", "--baseline", "new.yaml"),
        ("what-if", "old.yaml", "--move", "plex=nowhere"),
        ("what-if", "old.yaml", "--set", "needs.failover=none,nope"),
    ],
)
def test_bad_input(arguments):
    result = run(*arguments, code=3)
    assert result.stderr.startswith("Error: ")


def test_a_report_is_current_until_the_inventory_changes():
    run("analyse", "old.yaml", "-o", "r.md")
    run("analyse", "old.yaml", "-o", "r.md", "--check")
    Path("old.yaml").write_text(Path("new.yaml").read_text())
    before = Path("r.md").read_bytes()
    assert "Stale: r.md" in run("analyse", "old.yaml", "-o", "r.md", "--check", code=10).stderr
    assert Path("r.md").read_bytes() == before
    run("analyse", "old.yaml", "-o", "none.md", "--check", code=10)


def test_a_grid_says_what_analyse_says():
    values = ("--set", "needs.failover=,wanted,required")
    cells = json.loads(run("what-if", "old.yaml", *values, "--format", "json").stdout)["cells"]
    for cell, value in zip(cells, ("", "wanted", "required"), strict=True):
        setting = ("--set", f"needs.failover={value}")
        report = json.loads(run("analyse", "old.yaml", *setting, "--format", "json").stdout)
        assert cell["recommended"] == report["decision"]["recommended"]
        exact = {item["id"]: item["exact"]["score"] for item in report["decision"]["options"]}
        assert cell["scores"] == exact


def test_the_loss_of_a_host_says_what_is_gone_first():
    text = run("what-if", "old.yaml", "--remove-host", "storage").stdout
    assert "data without a backup: filebrowser, nextcloud, qdrant" in text
    report = json.loads(
        run("what-if", "old.yaml", "--remove-host", "storage", "--format", "json").stdout
    )
    assert report["losses"][0]["lost"] == ["filebrowser", "nextcloud", "qdrant"]


def test_what_is_set_once_is_a_part_of_the_estate_that_is_lost():
    setting = ("--set", "needs.failover=required")
    text = run("what-if", "old.yaml", "--remove-host", "storage", *setting).stdout
    assert text.startswith("what if storage is lost")
    assert "needs.failover wanted → required" in text


def test_a_host_that_comes_and_goes_changes_nothing():
    added = run("what-if", "old.yaml", "--add-host", "nuc:memory=16GiB").stdout
    assert "host nuc new" in added
    back = run(
        "what-if",
        "old.yaml",
        "--add-host",
        "nuc:memory=16GiB",
        "--remove-host",
        "nuc",
        "--format",
        "json",
    )
    assert json.loads(back.stdout)["comparison"]["empty"]


def test_the_history_has_every_step_and_touches_nothing():
    Path("repository").mkdir()
    build(Path("repository"))
    found = json.loads(run("history", "repository/inventory.yaml", "--format", "json").stdout)
    assert [commit["date"] for commit in found["commits"]] == [step["date"] for step in steps()]
    assert len(found["commits"]) >= 8
    assert found["commits"][-1]["recommended"] == "enhanced-podman"
    last = json.loads(
        run("history", "repository/inventory.yaml", "--last", "2", "--format", "json").stdout
    )
    assert last["commits"] == found["commits"][-2:]


def test_a_revision_is_compared_with_another_and_with_the_file():
    Path("repository").mkdir()
    build(Path("repository"))
    os.chdir("repository")
    assert run("diff", "HEAD", "inventory.yaml").stdout == ""
    text = run("diff", "HEAD~9..HEAD~8", "inventory.yaml").stdout
    assert "enhanced-podman → test-cluster" in text
    assert (
        run("diff", "HEAD~9:inventory.yaml", "HEAD~8:inventory.yaml").stdout.splitlines()[0]
        == text.splitlines()[0]
    )


def test_watching_writes_the_report_anew_and_ends_with_an_interrupt():
    argv = (sys.executable, "-m", "analyzer", "analyse", "old.yaml", "-o", "r.md", "--watch")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(argv, env=environment, stderr=subprocess.PIPE)
    try:
        wait_for("# home: stay on Podman", process)
        Path("old.yaml").write_text(Path("new.yaml").read_text())
        wait_for("# home: too close to call; slightly ahead: build a test cluster", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130


def wait_for(title, process):
    """Return when the report begins so; the deadline is a guard, not a measurement."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (Path("r.md").exists() and Path("r.md").read_text().startswith(title)):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


WORD = "hunter2"
TRIED = (
    *("--set", f"services.planted.environment={{A: {WORD}}},{{}}"),
    *("--set", "needs.planned_hosts=2,3"),
)
PLANTED = f"""
  planted:
    host: storage
    runtime: podman
    image: nginx:1.27
    environment: {{PASSWORD: {WORD}NUMBER, URL: "http://u:{WORD}NUMBER@plex:80/"}}
    command: [run, --password={WORD}NUMBER]
    labels: {{key: {WORD}NUMBER}}
    extra_hosts: ["x:{WORD}NUMBER"]
    healthcheck: {{test: [CMD, probe, {WORD}NUMBER]}}
"""


@pytest.mark.parametrize(
    "arguments",
    [
        *(("diff", "old.yaml", "new.yaml", "--format", form) for form in ("md", "text", "json")),
        *(
            ("analyse", "new.yaml", "--baseline", "old.json", "--format", form)
            for form in ("md", "text", "json", "adr", "sarif", "github")
        ),
        *(
            ("what-if", "old.yaml", *TRIED, "--format", form)
            for form in ("text", "md", "json", "html", "svg")
        ),
        *(
            ("what-if", "old.yaml", "--remove-host", "storage", "--format", form)
            for form in ("text", "md", "json")
        ),
        *(
            ("history", "estate/inventory.yaml", "--format", form)
            for form in ("text", "md", "json", "html", "svg")
        ),
    ],
    ids=lambda arguments: f"{arguments[0]}-{arguments[-1]}",
)
def test_no_value_comes_out(arguments):
    Path("estate").mkdir()
    git = ("git", "-c", "user.name=o", "-c", "user.email=o@example.org")
    subprocess.run((*git, "init", "--quiet", "."), check=True, cwd="estate")
    for number, name in enumerate(("old", "new")):
        text = Path(f"{name}.yaml").read_text() + PLANTED.replace("NUMBER", str(number))
        for path in (f"{name}.yaml", "estate/inventory.yaml"):
            Path(path).write_text(text)
        subprocess.run((*git, "add", "."), check=True, cwd="estate")
        subprocess.run((*git, "commit", "--quiet", "-m", name), check=True, cwd="estate")
    run("analyse", "old.yaml", "-o", "old.json")
    result = run(*arguments)
    assert WORD not in result.output
    assert result.stdout

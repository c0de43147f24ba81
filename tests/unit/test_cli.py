import errno
import json
import os

import jsonschema
import pytest
from click.testing import CliRunner

from analyzer import __version__
from analyzer.cli import COMMANDS, program
from analyzer.reporting.schema import json_report_schema

ESTATE = """
name: tiny
hosts: {box: {memory: 8GiB, memory_used: 2GiB}}
services:
  web: {host: box, runtime: podman, image: nginx, depends_on: [db], environment: {TOKEN: canary-7f3}}
  db: {host: box, runtime: podman, image: postgres:16, volumes: ["/srv/db:/var/lib/postgresql"]}
"""


@pytest.fixture(autouse=True)
def estate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inventory.yaml").write_text(ESTATE)
    return tmp_path


def run(*arguments, **extra):
    return CliRunner().invoke(program, arguments, **extra)


def test_the_report_goes_to_stdout_and_nothing_to_stderr():
    result = run("analyse", "inventory.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("# tiny: ")
    assert result.stderr == ""


def test_the_american_spelling_is_the_same_command():
    assert run("analyze", "inventory.yaml").stdout == run("analyse", "inventory.yaml").stdout


def test_the_json_report_keeps_its_schema():
    report = json.loads(run("analyse", "inventory.yaml", "--format", "json").stdout)
    jsonschema.validate(report, json_report_schema())
    assert report["estate"] == {
        "name": "tiny",
        "files": ["inventory.yaml"],
        "hosts": 1,
        "services": 2,
        "unread": [],
    }


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.md", "# tiny"), ("r.json", '{\n "format"'), ("r.txt", "tiny: "), ("r", "# ")],
)
def test_the_ending_of_the_file_picks_the_format(estate, name, start):
    result = run("analyse", "inventory.yaml", "-o", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (estate / name).read_text().startswith(start)


def test_a_format_that_is_named_wins_over_the_ending(estate):
    run("analyse", "inventory.yaml", "-o", "r.json", "--format", "md")
    assert (estate / "r.json").read_text().startswith("# tiny")


def test_standard_input_is_read():
    assert run("analyse", "-", input=ESTATE).stdout.startswith("# tiny: ")


def test_a_what_if_changes_the_answer_and_is_named_in_the_report(estate):
    result = run("analyse", "inventory.yaml", "--set", "needs.planned_hosts=3")
    assert "what if `needs.planned_hosts=3`" in result.stdout
    assert (estate / "inventory.yaml").read_text() == ESTATE


def test_profile_and_weights_are_used():
    arguments = ("analyse", "inventory.yaml", "--profile", "learning", "--weight", "simplicity=20")
    report = json.loads(run(*arguments, "--format", "json").stdout)
    assert report["settings"]["profile"] == "learning"
    weights = {item["criterion"]: item["weight"] for item in report["decision"]["contributions"]}
    assert weights["simplicity"] == 20


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("analyse",),
        ("analyse", "inventory.yaml", "--format", "docx"),
        ("analyse", "inventory.yaml", "--profile", "homelap"),
        ("analyse", "inventory.yaml", "--weight", "learning"),
        ("analyse", "inventory.yaml", "--weight", "learning=21"),
        ("analyse", "inventory.yaml", "--weight", "lerning=2"),
        ("analyse", "inventory.yaml", "--set", "needs.planned_hosts"),
        ("analyse", "inventory.yaml", "--date", "yesterday"),
        ("analyse", "inventory.yaml", "--date", ""),
        ("analyse", "inventory.yaml", "--effort", "heroic"),
        ("analise", "inventory.yaml"),
        ("rules", "show", "no-such-rule"),
        ("graph", "inventory.yaml", "--format", "png"),
    ],
)
def test_wrong_usage_is_2_and_prints_nothing_on_stdout(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: " in result.stderr


def test_a_misspelling_is_answered_with_what_was_meant():
    assert "Did you mean 'analyse'?" in run("analise").stderr
    assert (
        "did you mean 'homelab'?"
        in run("analyse", "inventory.yaml", "--profile", "homelap").stderr
    )
    assert "Did you mean 'scale-out'?" in run("rules", "show", "scale-ot").stderr


def test_every_problem_of_an_inventory_is_a_line_and_the_exit_code_3(estate):
    (estate / "bad.yaml").write_text("hosts: {box: {memory: -1}}\nservices: {web: {hots: box}}\n")
    for command in ("analyse", "validate", "graph"):
        result = run(command, "bad.yaml")
        assert result.exit_code == 3
        assert result.stdout == ""
        assert [line.split(":")[:2] for line in result.stderr.splitlines()] == [
            ["Error", " bad.yaml"],
            ["Error", " bad.yaml"],
        ]


def test_a_failed_run_leaves_the_output_as_it_was(estate):
    (estate / "r.md").write_text("old")
    assert run("analyse", "missing.yaml", "-o", "r.md").exit_code == 3
    assert (estate / "r.md").read_text() == "old"
    assert sorted(path.name for path in estate.iterdir()) == ["inventory.yaml", "r.md"]


def test_bad_rules_are_4(estate):
    folder = estate / "own" / "gates"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "id: mine\ntitle: t\nrules_out: [incremental]\nwhen: {hosts.cuont: {equals: 1}}\n"
        "says: s\nlifted_by: l\nreason: r\nsources: [{guide: x}]\n"
    )
    for arguments in (("rules", "check", "own"), ("analyse", "inventory.yaml", "--rules", "own")):
        result = run(*arguments)
        assert result.exit_code == 4
        assert "own/gates/mine.yaml:1:1: when: there is no fact 'hosts.cuont'" in result.stderr
        assert "did you mean 'hosts.count'?" in result.stderr
    assert run("rules", "check", "nowhere").exit_code == 4


def test_own_rules_add_and_replace(estate):
    folder = estate / "own" / "profiles"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\ntext: Ours.\nweights: {learning: 3}\n"
    )
    assert run("rules", "check", "own").stdout.startswith("ok: ")
    arguments = ("analyse", "inventory.yaml", "--rules", "own", "--profile", "mine")
    assert "profile `mine`" in run(*arguments).stdout


@pytest.mark.parametrize("target", [".", "no/such/folder/r.md", "inventory.yaml"])
def test_a_target_that_cannot_be_is_refused_before_work(estate, target):
    result = run("analyse", "inventory.yaml", "-o", target)
    assert result.exit_code == 5
    assert result.stderr.startswith(f"Error: {target}: ")
    assert (estate / "inventory.yaml").read_text() == ESTATE


def test_validate_says_what_it_found():
    result = run("validate", "inventory.yaml")
    assert result.exit_code == 0
    assert result.stdout == "ok: 1 host, 2 services, 0 volumes, 0 needs stated, 0 waivers\n"


def test_init_writes_a_file_that_can_be_analysed_and_never_overwrites(estate):
    assert run("init", "new.yaml").exit_code == 0
    assert run("analyse", "new.yaml").exit_code == 0
    (estate / "new.yaml").write_text("mine")
    assert run("init", "new.yaml").exit_code == 5
    assert (estate / "new.yaml").read_text() == "mine"
    assert run("init", "new.yaml", "--force").exit_code == 0
    assert run("init", "-").stdout == (estate / "new.yaml").read_text()


def test_both_schemas_are_sound():
    for arguments in (("schema",), ("schema", "--report")):
        jsonschema.Draft202012Validator.check_schema(json.loads(run(*arguments).stdout))


@pytest.mark.parametrize("form", ["mermaid", "dot", "graphml", "json"])
def test_the_graph_is_exported(form):
    result = run("graph", "inventory.yaml", "--format", form)
    assert result.exit_code == 0
    assert "web" in result.stdout
    assert "db" in result.stdout


def test_no_output_shows_the_value_of_a_variable():
    for form in ("md", "json", "text"):
        assert "canary" not in run("analyse", "inventory.yaml", "--format", form).output
    for form in ("mermaid", "dot", "graphml", "json"):
        assert "canary" not in run("graph", "inventory.yaml", "--format", form).output


def test_an_unexpected_error_is_a_bug_and_quotes_nothing(monkeypatch):
    value = "canary-7f3"

    def fail(*_):
        raise RuntimeError(value)

    monkeypatch.setattr("analyzer.inventory.loading.load_inventory", fail)
    result = run("validate", "inventory.yaml")
    assert result.exit_code == 1
    assert "this is a bug" in result.stderr
    assert "test_cli.py" in result.stderr
    assert value not in result.stderr


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_interrupts_and_closed_pipes_end_quietly(monkeypatch, error, code):
    def fail(*_):
        raise error

    monkeypatch.setattr("analyzer.inventory.loading.load_inventory", fail)
    result = run("validate", "inventory.yaml")
    assert (result.exit_code, result.output) == (code, "")


def test_a_message_cannot_command_the_terminal(estate):
    (estate / "bad.yaml").write_text(
        'hosts: {box: {arch: "\\e[2J"}}\nservices: {"\\e[31mx": {hots: 1}}\n'
    )
    assert "\x1b" not in run("analyse", "bad.yaml").stderr


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_teaches_by_example(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "k8sadvisor" in result.stdout


def test_the_version_is_printed():
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("k8sadvisor an", "analyse"),
        ("k8sadvisor analyse --prof", "--profile"),
        ("k8sadvisor analyse --profile l", "learning"),
        ("k8sadvisor analyse --weight lea", "learning="),
        ("k8sadvisor analyse --set needs.pl", "needs.planned_hosts="),
        ("k8sadvisor rules show scale", "scale-out"),
        ("k8sadvisor graph --format gr", "graphml"),
    ],
)
def test_the_shell_completes(words, expected):
    environment = {
        "_K8SADVISOR_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    result = run(env=environment, prog_name="k8sadvisor")
    assert f",{expected}\n" in result.output


def test_a_file_of_the_estate_is_never_the_target(estate):
    assert run("analyse", ".", "-o", "inventory.yaml").exit_code == 5
    assert (estate / "inventory.yaml").read_text() == ESTATE


def test_a_name_of_any_length_makes_a_short_message(estate):
    (estate / "inventory.yaml").write_text(f"hosts: {{}}\n? {'k' * 100_000}\n: 1\n")
    result = run("validate", "inventory.yaml")
    assert result.exit_code == 3
    assert len(result.stderr) < 1_000


def test_a_file_that_may_not_be_read_is_a_bad_inventory(monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "open", refuse)
    result = run("validate", "inventory.yaml")
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: inventory.yaml: cannot be read: permission denied")

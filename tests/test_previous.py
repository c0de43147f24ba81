"""A migration under way keeps its waves: ``analyse --previous`` on the small company's estate."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from analyzer.cli import program
from analyzer.reporting.schema import json_report_schema

EXAMPLE = Path(__file__).parent.parent / "examples" / "small-company" / "inventory.yaml"
NEW = {"host": "birch", "runtime": "podman", "image": "nginx:1.27", "mem_limit": "64MiB"}


@pytest.fixture(autouse=True)
def estate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return yaml.safe_load(EXAMPLE.read_text())


def analyse(estate, *arguments, form="json"):
    Path("inventory.yaml").write_text(yaml.safe_dump(estate))
    result = CliRunner().invoke(
        program, ["analyse", "inventory.yaml", "--format", form, *arguments]
    )
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout) if form == "json" else result.stdout


@pytest.fixture
def before(estate):
    report = analyse(estate)
    Path("report.json").write_text(json.dumps(report))
    return report


def waves(report):
    return {name: wave["number"] for wave in report["plan"]["waves"] for name in wave["services"]}


def test_the_same_estate_has_the_same_waves(estate, before):
    again = analyse(estate, "--previous", "report.json")
    assert again["plan"]["waves"] == before["plan"]["waves"]
    moving = len(waves(before))
    assert again["plan"]["earlier"] == {"kept": moving, "services": moving}
    assert before["plan"]["earlier"] is None
    jsonschema.validate(again, json_report_schema())


@pytest.mark.parametrize("name", ["aaa", "mmm", "zzz"])
def test_one_more_stateless_service_changes_no_wave_but_its_own(estate, before, name):
    estate["services"][name] = NEW
    after = waves(analyse(estate, "--previous", "report.json"))
    assert after.pop(name) >= 1
    assert after == waves(before)


def test_what_has_moved_goes_and_the_other_waves_close_up(estate, before):
    done = 2
    for name, wave in waves(before).items():
        if wave <= done:
            estate["services"][name]["runtime"] = "kubernetes"
    left = {name: wave - done for name, wave in waves(before).items() if wave > done}
    after = analyse(estate, "--previous", "report.json")
    assert waves(after) == left
    assert after["plan"]["earlier"] == {"kept": len(left), "services": len(left)}


def test_services_that_are_gone_are_ignored(estate, before):
    before["plan"]["waves"][0]["services"].append("long-gone")
    Path("report.json").write_text(json.dumps(before))
    assert waves(analyse(estate, "--previous", "report.json")) == {
        name: wave for name, wave in waves(before).items() if name != "long-gone"
    }


def test_an_order_unlike_the_best_one_is_kept_too(estate, before):
    """The two stateful waves change places: no plan made anew would look like this."""
    third, fourth = before["plan"]["waves"][2:4]
    assert third["class"] == fourth["class"] == "stateful"
    third["services"], fourth["services"] = fourth["services"], third["services"]
    Path("report.json").write_text(json.dumps(before))
    assert waves(analyse(estate, "--previous", "report.json")) == waves(before)


def test_the_report_says_how_much_was_kept(estate, before):
    moving = len(waves(before))
    text = analyse(estate, "--previous", "report.json", form="md")
    assert f"Waves kept from an earlier plan: {moving} of {moving} services." in text
    assert "earlier plan" not in analyse(estate, form="md")


def test_a_report_may_be_replaced_by_the_next_one(before):
    moving = len(waves(before))
    assert (
        not CliRunner()
        .invoke(
            program,
            ["analyse", "inventory.yaml", "--previous", "report.json", "-o", "report.json"],
        )
        .exit_code
    )
    assert json.loads(Path("report.json").read_text())["plan"]["earlier"]["kept"] == moving


@pytest.mark.parametrize("content", [None, "# markdown\n", "{}"])
def test_what_is_no_report_ends_with_exit_code_3_and_leaves_the_result_alone(estate, content):
    Path("inventory.yaml").write_text(yaml.safe_dump(estate))
    Path("out.md").write_text("old")
    if content is not None:
        Path("report.json").write_text(content)
    result = CliRunner().invoke(
        program, ["analyse", "inventory.yaml", "--previous", "report.json", "-o", "out.md"]
    )
    assert result.exit_code == 3
    assert result.stderr.startswith("Error: report.json")
    assert result.stderr.count("\n") == 1
    assert Path("out.md").read_text() == "old"

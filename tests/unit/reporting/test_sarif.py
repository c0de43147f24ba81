"""The log has every finding once, at its place, and the keys that the specification asks for."""

import json

import pytest

from analyzer.assessment import Settings, assess
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import render, sarif
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HOME = ROOT / "examples/home/inventory.yaml"
WAIVER = (
    "waivers: [{finding: no-health-check, subject: x, reason: 'a test', expires: 2099-01-01}]\n"
)


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.chdir(ROOT)


def assessed(*settings, path="examples/home/inventory.yaml"):
    return assess(load_inventory([str(path)], settings), RULES, Settings())


def run(found):
    (only,) = json.loads(render(found, "sarif"))["runs"]
    return only


def test_every_finding_has_a_result_at_its_line():
    found = assessed()
    results = run(found)["results"]
    assert len(results) == len(found.facts.findings)
    text = HOME.read_text().splitlines()
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "examples/home/inventory.yaml"
        assert 1 <= place.get("region", {"startLine": 1})["startLine"] <= len(text)
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]


def test_results_point_to_their_rules():
    only = run(assessed())
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        assert rule.get("helpUri", "https://").startswith("http")


def test_fingerprints_are_of_rule_and_subject_and_do_not_repeat():
    marks = [
        tuple(result["partialFingerprints"].values()) for result in run(assessed())["results"]
    ]
    assert len(set(marks)) == len(marks)


def test_gates_are_notes_on_what_is_wanted():
    results = run(assessed(("needs.failover", "required")))["results"]
    tripped = [result for result in results if result["ruleId"] == "failover-needs-quorum"]
    assert [result["level"] for result in tripped] == ["note"]


def test_a_waived_finding_is_suppressed_with_its_reason(tmp_path):
    text = "hosts: {a: {}}\nservices: {x: {host: a, image: 'n:1', runtime: podman}}\n" + WAIVER
    (tmp_path / "an inventory.yaml").write_text(text)
    found = assessed(path=tmp_path / "an inventory.yaml")
    results = run(found)["results"]
    waived = [result for result in results if "suppressions" in result]
    assert [r["suppressions"][0]["justification"] for r in waived] == ["a test"]
    place = waived[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "an%20inventory.yaml"


def test_a_huge_log_is_cut_and_keeps_the_worst(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    results = run(assessed())["results"]
    assert [result["level"] for result in results] == ["error"] * 3

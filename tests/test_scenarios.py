"""Canonical estates: the answer any practitioner would give, and the sentence that explains it.

A scenario is an inventory with ``x-expect``, or a variant of another one (``x-variant``):

- ``recommended``, ``verdict``: what is right, or a list of what is;
- ``because``: a pattern of the sentence that the report must hold, in whatever case;
- ``why``: the practitioner's reasoning;
- ``feasible``, ``opening``: whether any option is left, and what would open one;
- ``ruled_out``: an option and the gate that rules it out;
- ``asks``: a pattern of the first questions.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from analyzer import yamlfile
from analyzer.assessment import Assessment, Settings, assess
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import render
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import OPTIONS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "scenarios"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FIRST_QUESTIONS = 5


@cache
def rulebook():
    return load_rulebook()


def tree_of(name):
    tree, problems = yamlfile.parse((FOLDER / f"{name}.yaml").read_bytes(), name)
    assert not problems
    return tree


@cache
def expectation(name):
    return tree_of(name)["x-expect"]


scenario = pytest.mark.parametrize("name", NAMES)
with_questions = pytest.mark.parametrize("name", [n for n in NAMES if "asks" in expectation(n)])
with_own_file = pytest.mark.parametrize(
    "name", [n for n in NAMES if "x-variant" not in tree_of(n)]
)


@cache
def assessment_of(name) -> Assessment:
    variant = tree_of(name).get("x-variant")
    file = ROOT / variant["of"] if variant else FOLDER / f"{name}.yaml"
    settings = tuple((variant or {}).get("set", {}).items())
    return assess(load_inventory([str(file)], settings), rulebook(), Settings())


@cache
def report(name, form="md"):
    return render(assessment_of(name), form)


def any_of(value):
    return value if isinstance(value, list) else [value]


def test_there_are_enough_and_each_says_why():
    assert len(NAMES) >= 24
    for name in NAMES:
        assert {"recommended", "verdict", "because", "why"} <= set(expectation(name)), name


def test_every_option_and_verdict_is_expected_somewhere():
    assert {o for n in NAMES for o in any_of(expectation(n)["recommended"])} == set(OPTIONS)
    verdicts = {v for n in NAMES for v in any_of(expectation(n)["verdict"])}
    assert verdicts == {"clear", "leaning", "too-close-to-call"}


@scenario
def test_recommendation_and_verdict(name):
    decision = assessment_of(name).decision
    wanted = expectation(name)
    assert decision.recommended in any_of(wanted["recommended"])
    assert decision.verdict in any_of(wanted["verdict"])
    assert decision.feasible == (wanted.get("feasible", "true") == "true")


@scenario
def test_the_report_says_why(name):
    text = " ".join(report(name).split())
    assert re.search(expectation(name)["because"], text, re.IGNORECASE)


@scenario
def test_what_is_ruled_out_and_what_would_open_it(name):
    decision = assessment_of(name).decision
    wanted = expectation(name)
    gates = {option.id: option.ruled_out_by for option in decision.options}
    for option, gate in wanted.get("ruled_out", {}).items():
        assert gate in gates[option]
    if decision.feasible:
        assert not gates[decision.recommended]
    else:
        assert re.search(wanted["opening"], decision.opening, re.IGNORECASE)


@with_questions
def test_the_first_questions(name):
    wanted = expectation(name)["asks"]
    first = [unknown.key for unknown in assessment_of(name).decision.unknowns[:FIRST_QUESTIONS]]
    assert any(re.search(wanted, key) for key in first), first


@scenario
def test_json_agrees_and_moves_nothing_twice_or_that_stays(name):
    document = json.loads(report(name, "json"))
    assert document["decision"]["recommended"] == assessment_of(name).decision.recommended
    waves = document["plan"]["waves"]
    moved = [service for wave in waves for service in wave["services"]]
    names = [s["name"] if isinstance(s, dict) else s for s in moved]
    assert len(names) == len(set(names))
    assert not set(names) & {never["service"] for never in document["plan"]["never"]}


@with_own_file
def test_the_order_of_the_file_changes_nothing(name, tmp_path):
    shuffled = {key: _reversed(value) for key, value in reversed(tree_of(name).items())}
    file = tmp_path / f"{name}.json"
    file.write_text(json.dumps(shuffled), encoding="utf-8")
    turned = assess(load_inventory([str(file)]), rulebook(), Settings()).decision
    kept = assessment_of(name).decision
    assert turned.recommended == kept.recommended
    assert turned.verdict == kept.verdict
    assert [(o.id, o.score, o.share) for o in turned.options] == [
        (o.id, o.score, o.share) for o in kept.options
    ]


def _reversed(value):
    if isinstance(value, dict):
        return dict(reversed(value.items()))
    return value

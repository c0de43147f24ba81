"""What is read back from a report is what its assessment gives; anything else is refused."""

import json
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Settings, assess
from analyzer.comparison.snapshot import take
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import render
from analyzer.reporting.recorded import NotAReport, snapshot
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.generate import inventory as generated
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
EXAMPLES = sorted(ROOT.glob("examples/*/inventory.yaml"))
JUNK = st.sampled_from([None, True, -1, 1.5, "x", "1e9", [], {}, [1], {"a": 1}, float("nan")])


def bare(found):
    """Return a snapshot without what a report never holds."""
    services = {name: each._replace(hidden={}) for name, each in found.services.items()}
    return found._replace(assessment=None, services=services)


def assessed(path, **settings):
    return assess(load_inventory([str(path)]), RULES, Settings(**settings))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_come_back(path):
    found = assessed(path, weights=(("learning", 3),), today="2026-11-24", what_if=("a=b",))
    assert snapshot(json.loads(render(found, "json")), "x") == bare(take(found, "x"))


@pytest.mark.parametrize("size", [1, 30, 300])
def test_generated_estates_come_back(size, tmp_path):
    (tmp_path / "inventory.yaml").write_text(generated(size))
    found = assessed(tmp_path / "inventory.yaml")
    assert snapshot(json.loads(render(found, "json")), "x") == bare(take(found, "x"))


@cache
def report():
    return render(assessed(EXAMPLES[0]), "json")


def places(value, path=()):
    """Yield the path of every value in a tree, the first two of each list."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for at, part in enumerate(value[:2]):
            yield from places(part, (*path, at))


@given(st.data())
def test_a_damaged_report_is_read_or_refused(data):
    tree = json.loads(report())
    *path, last = data.draw(st.sampled_from([p for p in places(tree) if p]))
    place = tree
    for key in path:
        place = place[key]
    place[last] = data.draw(JUNK)
    with suppress(NotAReport):
        snapshot(tree, "x")


def test_no_value_of_a_variable_is_in_a_report(tmp_path):
    text = "hosts: {a: {}}\nservices: {x: {host: a, environment: {PASSWORD: hunter2}, command: [run, hunter2], labels: {k: hunter2}}}\n"
    (tmp_path / "inventory.yaml").write_text(text)
    found = render(assessed(tmp_path / "inventory.yaml"), "json")
    assert "hunter2" not in found
    assert '"environment": ["PASSWORD"]' in found

"""A decision record has the headings of MADR 4.0 (https://adr.github.io/madr/), and is short."""

import pytest

from analyzer.assessment import Settings, assess
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import render
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HEADINGS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## Pros and Cons of the Options",
    "## More Information",
]


def record(*settings, today="", name="home"):
    path = str(ROOT / f"examples/{name}/inventory.yaml")
    return render(assess(load_inventory([path], settings), RULES, Settings(today=today)), "adr")


@pytest.mark.parametrize("name", ["home", "small-company", "boards"])
def test_headings_in_order_and_short(name):
    text = record(name=name)
    lines = [line for line in text.splitlines() if line.startswith("##")]
    assert [line for line in lines if line in HEADINGS] == HEADINGS
    assert len(text.splitlines()) < 130
    assert "\n\n\n" not in text


def test_a_date_only_where_one_was_given():
    assert "\ndate:" not in record()
    assert record(today="2026-11-24").startswith("---\nstatus: proposed\ndate: 2026-11-24\n---\n")


def test_all_three_options_are_weighed_and_one_is_chosen():
    text = record()
    for option in ("enhanced-podman", "test-cluster", "incremental"):
        assert f"\n- {option}: " in text
        assert f"\n### {option}: " in text
    assert "Chosen option: **enhanced-podman: " in text


def test_it_says_when_to_reconsider():
    assert "needs.learning_kubernetes goes from low to high: then test-cluster" in record()


def test_where_nothing_meets_the_requirements_nothing_is_chosen():
    text = record(("needs.failover", "required"))
    assert "No option was chosen." in text
    assert "Ruled out: " in text


def test_a_what_if_is_recorded_as_one():
    path = str(ROOT / "examples/home/inventory.yaml")
    wanted = (("needs.failover", "required"),)
    settings = Settings(weights=(("learning", 9),), what_if=("needs.failover=required",))
    text = render(assess(load_inventory([path], wanted), RULES, settings), "adr")
    assert "what if `needs.failover=required`" in text
    assert "--weight learning=9 --set needs.failover=required --baseline" in text
    assert ".." not in text.partition("What would: ")[2].partition("\n")[0]

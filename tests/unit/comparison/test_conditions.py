"""Every condition of --fail-on: when it holds, when it does not, and when nobody can tell."""

from fractions import Fraction

import pytest
from click.testing import CliRunner

from analyzer.assessment import Settings, assess
from analyzer.cli import program
from analyzer.comparison.comparing import compare
from analyzer.comparison.conditions import CONDITIONS, Run, distance, met, parse
from analyzer.comparison.model import FlipState
from analyzer.comparison.snapshot import take
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HOME = str(ROOT / "examples/home/inventory.yaml")


def snapshot(*settings):
    return take(assess(load_inventory([HOME], settings), RULES, Settings()))


NOW = snapshot()
LEARNING = snapshot(("needs.learning_kubernetes", "high"))
REQUIRED = snapshot(("needs.failover", "required"))
UNBACKED = snapshot(("services.grocy.backup", "false"))


def reasons(text, now, before=None):
    comparison = None if before is None else compare(before, now, RULES)
    return met((parse(text),), Run(now, comparison))


@pytest.mark.parametrize(
    ("text", "now", "before", "holds"),
    [
        ("recommendation-changed", LEARNING, NOW, True),
        ("recommendation-changed", NOW, NOW, False),
        ("recommendation-changed", REQUIRED, NOW, True),
        ("verdict-weaker", LEARNING, NOW, True),
        ("verdict-weaker", NOW, LEARNING, False),
        ("verdict-weaker", REQUIRED, NOW, True),
        ("gate-tripped", REQUIRED, NOW, True),
        ("gate-tripped", REQUIRED, REQUIRED, False),
        ("gate-tripped", REQUIRED, None, True),
        ("gate-tripped", NOW, None, False),
        ("new-finding:high", UNBACKED, NOW, True),
        ("new-finding:high", NOW, UNBACKED, False),
        ("new-finding:info", NOW, NOW, False),
        ("evidence-below:5", NOW, None, False),
        ("evidence-below:5", LEARNING, None, True),
        ("flip-within:1", NOW, None, False),
        ("flip-within:3", NOW, None, True),
    ],
)
def test_conditions(text, now, before, holds):
    assert bool(reasons(text, now, before)) == holds


@pytest.mark.parametrize("text", ["recommendation-changed", "verdict-weaker", "gate-tripped"])
def test_what_cannot_be_compared_counts_as_met(text):
    other = NOW._replace(scope=NOW.scope._replace(rules="other"))
    (reason,) = reasons(text, NOW, other)
    assert "cannot be told" in reason


def test_other_weights_leave_the_answer_incomparable_but_not_the_findings():
    other = NOW._replace(scope=NOW.scope._replace(profile="small-team"))
    assert reasons("recommendation-changed", NOW, other)
    assert not reasons("new-finding:high", NOW, other)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope", "is no condition"),
        ("new-finding", "write new-finding:SEVERITY"),
        ("gate-tripped:x", "write gate-tripped"),
        ("new-finding:bad", "a severity is one of"),
        ("evidence-below:0", "stars are from"),
        ("flip-within:x", "write steps"),
        ("", "is no condition"),
    ],
)
def test_misspelt_conditions(text, message):
    with pytest.raises(ValueError, match=message):
        parse(text)


def test_distances():
    def far(name, before, after):
        return distance(FlipState(name, before, after, "incremental"), NOW)

    assert far("needs.planned_hosts", 2, 4) == (2, False)
    assert far("needs.failover", "none", "required") == (2, False)
    assert far("needs.failover", None, "required") is None
    assert far("needs.hours_per_week", 5, Fraction(11, 2)) == (10, True)


def test_every_condition_is_told_apart():
    meanings = [kind.meaning for kind in CONDITIONS.values()]
    assert len(set(meanings)) == len(meanings)


def test_the_readme_and_the_help_have_every_condition():
    readme = (ROOT / "README.md").read_text()
    help_text = CliRunner().invoke(program, ["analyse", "--help"]).output
    for name, kind in CONDITIONS.items():
        written = f"{name}:{kind.argument}" if kind.argument else name
        assert f"| `{written}` | {kind.meaning} |" in readme
        assert written in "".join(help_text.split())  # it is wrapped at hyphens

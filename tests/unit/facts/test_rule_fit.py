"""Rules of one's own that would not fit their facts are refused before anything is analysed."""

from fractions import Fraction

import pytest

from analyzer.facts import gathering  # noqa: F401 - fills the catalogue
from analyzer.facts.rule_fit import criterion_misfits, gate_misfits, question_misfits
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import Comparison, Condition
from tests.unit.decision.small import criterion, gate, levels, line, question

RULEBOOK = load_rulebook()
ASKED = RULEBOOK.questions


def of_scale(scale):
    return [(path, what) for path, what, _ in criterion_misfits(criterion("c", scale), ASKED)]


def of_gate(when):
    return [what for _, what, _ in gate_misfits(gate("g", ["incremental"], when), ASKED)]


def test_the_shipped_rules_fit():
    for one in RULEBOOK.criteria.values():
        assert list(criterion_misfits(one, ASKED)) == []
    for one in RULEBOOK.gates.values():
        assert list(gate_misfits(one, ASKED)) == []
    for one in ASKED.values():
        assert list(question_misfits(one)) == []


@pytest.mark.parametrize(
    "scale",
    [
        line("hosts.count", (1, 0), (3, 1)),
        line("failover.effective", (0, 0), (1, 1)),
        levels("needs.failover", none=0, wanted=0, required=1),
        levels("needs.simplicity", none=0, low=0, medium=0, high=1),
        levels("failover.required", no=0, yes=1),
        line("no.such.fact", (0, 0)),  # reported elsewhere
    ],
)
def test_a_scale_that_fits(scale):
    assert of_scale(scale) == []


@pytest.mark.parametrize(
    ("scale", "what"),
    [
        (line("needs.failover", (0, 0), (1, 1)), "not told like that"),
        (levels("hosts.count", few=1), "not told like that"),
        (levels("needs.failover", wanted=1), "no evidence for none, required"),
        # what a person may state counts, not only what the question lists
        (levels("needs.simplicity", low=0, high=1), "no evidence for none, medium"),
        (levels("needs.unmet.podman_names", none=1), "it has no levels"),
    ],
)
def test_a_scale_that_does_not_fit(scale, what):
    (path, found), *_ = of_scale(scale)
    assert path == "for_kubernetes"
    assert what in found


def test_a_fact_that_may_be_unknown_needs_a_question():
    found = of_scale(levels("hosts.busiest", a=1))
    assert any("no question says what it may be" in what for _, what in found)
    without = {name: one for name, one in ASKED.items() if name != "needs.planned_hosts"}
    far = criterion("c", line("failover.deliverable", (0, 0), (1, 1)))
    assert [what for _, what, _ in criterion_misfits(far, without)] == [
        "'needs.planned_hosts' may be unknown, and no question says what it may be"
    ]


@pytest.mark.parametrize(
    ("comparison", "fits"),
    [
        (("hosts.count", "at_least", Fraction(2)), True),
        (("hosts.count", "one_of", (Fraction(2), Fraction(3))), True),
        (("hosts.count", "one_of", Fraction(2)), False),
        (("hosts.count", "at_least", (Fraction(2),)), False),
        (("hosts.count", "equals", "many"), False),
        (("needs.failover", "equals", "required"), True),
        (("needs.failover", "one_of", ("wanted", "required")), True),
        (("needs.failover", "equals", "always"), False),
        (("needs.failover", "at_least", Fraction(1)), False),
        (("needs.failover", "above", "none"), False),
        (("test.room", "equals", "no"), True),
    ],
)
def test_comparisons(comparison, fits):
    nested = Condition("all", (Condition("not", (Comparison(*comparison),)),))
    assert (of_gate(nested) == []) is fits


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (question("needs.operators", {1: 1, "many": 1}), "takes numbers"),
        (question("needs.operators", {1: 1}, "many"), "takes numbers"),
        (question("needs.failover", {"none": 1, 3: 1}), "takes levels"),
        (question("needs.operators", {1: 0, 2: 0}), "no answer has any weight"),
        (question("needs.operators", {}), "no answer has any weight"),
    ],
)
def test_answers_that_are_none(asked, what):
    (found,) = question_misfits(asked)
    assert what in found[1]

"""Rules against the catalogue: what a rule names has to exist."""

import pytest

from analyzer.facts.catalogue import BASE, DERIVED
from analyzer.facts.rule_check import estate_facts, rule_problems
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import Profile
from tests.unit.decision.small import HERE, at_least, criterion, gate, line, question, rulebook

LINE = line("hosts.count", (1, 0), (3, 1))
NINE = at_least("hosts.count", 9)


def problems(*rules):
    return [(p.path, p.what, p.remedy) for p in rule_problems(rulebook(*rules))]


def test_the_shipped_rules_have_none():
    assert rule_problems(load_rulebook()) == ()


def test_every_estate_fact_has_a_unit_and_a_meaning():
    found = estate_facts()
    assert list(found) == sorted({*BASE, *DERIVED})
    assert found["hosts.count"][0] == "hosts"
    assert all(meaning for _, meaning in found.values())


@pytest.mark.parametrize(
    ("rule", "path", "what"),
    [
        (criterion("c", line("hosts.cout", (0, 0))), "for_kubernetes", "no fact 'hosts.cout'"),
        (criterion("c", None, line("hosts.cout", (0, 0))), "for_testing_first", "'hosts.cout'"),
        (criterion("c", LINE, speaks_for="{hosts.cout}"), "speaks_for", "'hosts.cout'"),
        (criterion("c", LINE, speaks_against="{hosts.cout}"), "speaks_against", "'hosts.cout'"),
        (gate("g", [], at_least("hosts.cout", 1)), "when", "no fact 'hosts.cout'"),
        (gate("g", [], NINE, says="{hosts.cout}"), "says", "'hosts.cout'"),
        (gate("g", [], NINE, lifted_by="{hosts.cout}"), "lifted_by", "'hosts.cout'"),
        (question("hosts.cout", {1: 1}), "hosts.cout", "that an inventory can tell"),
    ],
)
def test_a_fact_that_does_not_exist_is_named_with_the_nearest(rule, path, what):
    ((found, said, remedy),) = problems(rule)
    assert found == path
    assert what in said
    assert "hosts.count" in remedy


def test_a_derived_fact_cannot_be_asked_for():
    ((path, what, _),) = problems(question("hosts.planned", {1: 1}))
    assert (path, what) == (
        "hosts.planned",
        "'hosts.planned' is no fact that an inventory can tell",
    )


def test_a_rule_that_does_not_fit_its_fact_is_reported_too():
    found = problems(
        criterion("c", line("failover.required", (0, 0))),
        gate("g", [], at_least("failover.required", 1)),
        question("hosts.count", {"many": 1}),
    )
    assert {"for_kubernetes", "when", "answers"} <= {path for path, _, _ in found}


def test_a_weight_of_no_criterion():
    rules = rulebook(criterion("growth", LINE))
    profile = Profile("own", "Own", "", {"growth": 1, "grwoth": 2}, HERE)
    (problem,) = rule_problems(rules._replace(profiles={"own": profile}))
    assert (problem.path, problem.what) == ("weights.grwoth", "there is no criterion 'grwoth'")
    assert "growth" in problem.remedy

from fractions import Fraction

import pytest

from analyzer.inventory.fields import Refused
from analyzer.inventory.model import Budget, Needs
from analyzer.inventory.wishes import NEEDS, budget, effort, unmet_needs
from analyzer.units import GIB
from tests.unit.inventory.nodes import faults, node, read


def test_budgets():
    assert read(budget, "1GiB") == Budget(GIB, None)
    assert read(budget, "10%") == Budget(None, Fraction(1, 10))
    for bad in ("110%", "x%", "-5%"):
        assert "not a share of the memory; write it as 10%" in faults(budget, bad)[0]


@pytest.mark.parametrize(
    ("written", "key", "amount"),
    [
        ("6w", "effort_budget_weeks", Fraction(6)),
        ("2 weeks", "effort_budget_weeks", Fraction(2)),
        ("14d", "effort_budget_weeks", Fraction(2)),
        ("40h", "effort_budget_hours", Fraction(40)),
        ("1.5 hours", "effort_budget_hours", Fraction(3, 2)),
    ],
)
def test_efforts(written, key, amount):
    assert read(effort, written) == {key: amount}


@pytest.mark.parametrize("written", ["6", "3 months", "40m", "6w 2d", "-1w", "[6w]"])
def test_efforts_need_a_unit_that_is_clear(written):
    assert "in weeks or in hours of work, as in 6w or 40h" in faults(effort, written)[0]
    assert "more than 20 years" in faults(effort, "2000w")[0]


def test_unmet_needs_are_canonical_sorted_and_without_repeats():
    written = "[HA, rolling_updates, Zero Downtime, healthchecks, gpu sharing]"
    expected = ("failover", "gpu-sharing", "health-checks", "rolling-updates")
    assert read(unmet_needs, written) == expected
    assert read(unmet_needs, "[]") == ()


def test_a_misspelt_need_is_refused():
    assert faults(unmet_needs, "[rolling-udpates]") == [
        "[0]: 'rolling-udpates' is no known need; did you mean 'rolling-updates'?"
    ]
    assert "did you mean 'failover'?" in faults(unmet_needs, "[high-availibility]")[0]


def test_booleans_stand_for_words():
    values = NEEDS.read(
        node(
            "{failover: true, outages: false, kubernetes_experience: no, simplicity: yes,"
            " shared_storage: true, multi_tenant: false, evaluate_first: yes}"
        )
    )
    assert values == {
        "failover": "wanted",
        "outages": "none",
        "kubernetes_experience": "none",
        "simplicity": "high",
        "shared_storage": "shared",
        "multi_tenant": "none",
        "evaluate_first": True,
    }


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("{planned_hosts: 0}", "give 1 to 1,000"),
        ("{planned_hosts: 2.5}", "write it in digits"),
        ("{hours_per_week: 169}", "at most 168"),
        ("{operators: -1}", "write it in digits"),
        ("{failover: maybe}", "use one"),
        ("{learning: high}", "did you mean 'learning_kubernetes'?"),
    ],
)
def test_bad_wishes(written, remedy):
    with pytest.raises(Refused) as caught:
        NEEDS.read(node(written))
    assert remedy in caught.value.faults[0].remedy


def test_every_key_sets_a_need_and_every_need_has_its_key():
    attributes = {field.attribute for field in NEEDS.fields} - {None}
    attributes |= {"effort_budget_weeks", "effort_budget_hours"}
    assert attributes == set(Needs._fields) - {"lines"}

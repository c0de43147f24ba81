"""What speaks for Kubernetes never lowers its lead, and the other way round.

For every fact the differences between two options' scores that only rise, or only fall, as the
fact rises; all other facts at random, the unknown among them. Where the model differs from "more
is better" it does so on purpose:

- A requirement for failover is a gate as well: it rules staying out, which no score does.
- An overhead budget weighs nothing; it only rules moving out where it is exceeded.
- One host more helps if it is known to stand with the others. A planned host is taken to stand
  there; a listed one whose site is open may not.
"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.decision.judging import Judge
from analyzer.decision.problem import BITS, EVERY_OPTION
from analyzer.rulebook.model import OPTIONS
from tests.properties.estates import PROFILES, VALUES, base_facts, judge_of, problem_of

PODMAN, TEST, MOVE = OPTIONS
FEWER = settings(max_examples=15)
LEADS = {"I-P": (MOVE, PODMAN), "T-P": (TEST, PODMAN), "I-T": (MOVE, TEST), "T-I": (TEST, MOVE)}

RISING = {
    "needs.planned_hosts": "I-P T-P I-T",
    "needs.failover": "I-P T-P I-T",
    "needs.outages": "I-P T-P",
    "needs.learning_kubernetes": "I-P T-P",
    "needs.standardisation": "I-P",
    "needs.zero_downtime_updates": "I-P",
    "needs.multi_tenant": "I-P",
    "needs.kubernetes_experience": "I-P T-P",
    "needs.hours_per_week": "I-P T-P",
    "needs.operators": "I-P",
    "needs.shared_storage": "I-P T-P I-T",
    "needs.disruption_tolerance": "I-P",
    "needs.unmet.orchestrator": "I-P T-P I-T",
    "needs.evaluate_first": "T-I T-P",
    "hosts.together": "I-P T-P I-T",
    "services.free_share": "I-P T-P I-T",
    "services.data_only_share": "I-P T-P I-T",
    "memory.spread": "I-P",
    "edges.cross_host_share": "I-P",
    "test.place": "T-P T-I",
}
FALLING = {
    "needs.simplicity": "I-P T-P",
    "needs.satisfied": "I-P T-P",
    "needs.leaving_kubernetes": "I-P T-P",
    "needs.unmet.podman": "I-P T-P",
    "overhead.share_of_free": "I-P T-P",  # more memory on the fullest host makes it fall
    "effort.hours": "I-P T-P",  # more services make it rise
    "services.stateful_share": "I-P T-P",
    "services.busiest_share": "I-P T-P",
    "services.native_share": "I-P T-P",
    "hosts.sites": "I-P T-P",
}


def leads(judge, problem, names):
    scores = judge.outlook(problem).scores
    return [scores[ahead] - scores[behind] for ahead, behind in (LEADS[n] for n in names.split())]


@pytest.mark.parametrize("fact", sorted(RISING | FALLING))
@FEWER
@given(values=base_facts(), profile=st.sampled_from(PROFILES))
def test_a_fact_that_rises_moves_the_lead_one_way(fact, values, profile):
    judge = judge_of({**values, fact: None}, profile)
    names = (RISING | FALLING)[fact]
    series = [leads(judge, judge.problem.with_value(fact, value), names) for value in VALUES[fact]]
    if fact in FALLING:
        series.reverse()
    for lower, higher in pairwise(series):
        assert all(a <= b for a, b in zip(lower, higher, strict=True)), fact


@pytest.mark.parametrize("fact", sorted(RISING | FALLING))
def test_each_of_them_can_move_a_lead_at_all(fact):
    """Else the property above would hold of a fact that no rule reads."""
    ready = {
        **dict.fromkeys(VALUES),
        "hosts.count": 2,
        "hosts.listed": 2,
        "hosts.servers": 2,
        "bootstrap.cycles": 0,
        "needs.effort_budget_weeks": 0,
        "needs.effort_budget_hours": 0,
        "recovery.required": "no",
        fact: None,
    }
    judge = judge_of(ready)
    ends = [judge.problem.with_value(fact, VALUES[fact][at]) for at in (0, -1)]
    first, last = (leads(judge, end, (RISING | FALLING)[fact]) for end in ends)
    assert first != last


@given(base_facts(), st.sampled_from(PROFILES))
def test_one_host_more_where_the_others_stand_never_lowers_the_lead_of_moving(values, profile):
    values = {**values, "hosts.together": "yes"}
    more = {name: values[name] + 1 for name in ("hosts.count", "hosts.listed", "hosts.servers")}
    before = judge_of(values, profile)
    after = judge_of(values | more, profile)
    names = "I-P T-P I-T"
    pairs = zip(
        leads(before, before.problem, names), leads(after, after.problem, names), strict=True
    )
    assert all(a <= b for a, b in pairs)


@FEWER
@given(base_facts(), st.sampled_from(PROFILES))
def test_a_larger_overhead_budget_only_ever_lifts_a_gate(values, profile):
    problem = problem_of({**values, "overhead.budget_ratio": None}, profile)
    found = [
        Judge(problem.with_value("overhead.budget_ratio", ratio)).judge()
        for ratio in VALUES["overhead.budget_ratio"]
    ]
    assert all(one.scores == found[0].scores for one in found)
    for larger, smaller in pairwise(found):  # a smaller budget: a higher ratio
        assert not larger.always_out & ~smaller.always_out
        if smaller.always_out != EVERY_OPTION:  # else the scores alone decide
            assert larger.shares[MOVE] >= smaller.shares[MOVE]


@given(base_facts(), st.sampled_from(PROFILES))
def test_requiring_failover_rules_out_what_cannot_give_it(values, profile):
    judge = judge_of({**values, "needs.failover": "required"}, profile)
    assert judge.judge().always_out & BITS[PODMAN]
    assert judge.judge().always_out & BITS[TEST]


@FEWER
@given(base_facts(), st.sampled_from(PROFILES))
def test_more_time_never_rules_moving_out(values, profile):
    problem = problem_of({**values, "needs.hours_per_week": None}, profile)
    masks = [
        Judge(problem.with_value("needs.hours_per_week", hours)).judge().always_out
        for hours in VALUES["needs.hours_per_week"]
    ]
    assert all(not more & ~less for less, more in pairwise(masks))

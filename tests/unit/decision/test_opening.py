"""What would open an option where every one is ruled out."""

from analyzer.rulebook.model import OPTIONS, Condition
from tests.unit.decision.small import (
    CURIOUS,
    GROWTH,
    at_least,
    decided,
    equals,
    facts,
    gate,
    question,
    rulebook,
)

PODMAN, TEST, MOVE = OPTIONS
CLUSTER = gate("cluster", [PODMAN, TEST], equals("needs.failover", "required"))
ASKED = question("needs.failover", {"none": 1, "required": 1})
HOSTS = question("needs.hosts", {2: 1, 3: 1}, 5)
REQUIRED = {"needs.failover": "required"}


def few(fact, number, **texts):
    """Return a gate against moving that holds while a number is below another."""
    return gate(f"few {fact}", [MOVE], at_most(fact, number - 1), **texts)


def at_most(fact, number):
    return at_least(fact, number)._replace(operator="at_most")


def opening(*rules, x=0, **known):
    decision = decided(
        rulebook(GROWTH, CURIOUS, CLUSTER, ASKED, *rules), facts(x=x, y="no", **REQUIRED, **known)
    )
    assert not decision.feasible
    return decision.opening


def test_one_change_that_opens_an_option_and_keeps_the_requirement():
    said = opening(few("needs.hosts", 3), HOSTS, **{"needs.hosts": 2})
    assert said.startswith("hosts: 2 → 3")
    assert said.endswith("then incremental")


def test_what_the_owner_states_before_what_is_measured():
    """Either more memory or more hosts opens the way; the plan is easier to change."""
    both = gate(
        "both", [MOVE], Condition("all", (at_most("memory", 2), at_most("needs.hosts", 2)))
    )
    asked = (question("memory", {2: 1, 3: 1}), question("needs.hosts", {2: 1, 9: 1}))
    said = opening(both, *asked, memory=2, **{"needs.hosts": 2})
    assert said.startswith("hosts: 2 → 3")
    assert opening(both, asked[0], memory=2, **{"needs.hosts": 2}).startswith("memory: 2 → 3")


def test_where_the_scores_agree_already_the_gate_says_what_lifts_it():
    rules = rulebook(GROWTH, CURIOUS, CLUSTER, ASKED, few("needs.hosts", 3), HOSTS)
    decision = decided(rules, facts(x=4, y="no", **REQUIRED, **{"needs.hosts": 2}))
    assert decision.recommended == MOVE
    assert decision.opening.startswith("lift few needs.hosts")


def test_the_only_gate_in_the_way_says_what_lifts_it():
    said = opening(few("cycles", 1, lifted_by="Cut the circle."), cycles=0)
    assert said.startswith("Cut the circle.")
    assert MOVE in said


def test_giving_up_the_requirement_comes_last():
    said = opening(few("p", 1), few("q", 1), x=4, p=0, q=0)
    assert "required → none" in said

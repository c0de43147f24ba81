"""What must hold of every decision, whatever the estate: shipped rules, every profile."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.decision.deciding import decide
from analyzer.decision.judging import Judge, necessary
from analyzer.decision.problem import BITS, EVERY_OPTION
from analyzer.rulebook.model import OPTIONS
from tests.properties.estates import (
    PROFILES,
    VALUES,
    base_facts,
    facts_of,
    judge_of,
    problem_of,
    rulebook,
    weights,
)

PODMAN, TEST, MOVE = OPTIONS
profiles = st.sampled_from(PROFILES)
FEWER = settings(max_examples=15)


@FEWER
@given(base_facts(), profiles)
def test_contributions_add_up_to_the_scores_exactly(values, profile):
    decision = decide(facts_of(values), rulebook(), weights(profile), profile)
    scores = {option.id: option.score for option in decision.options}
    for option in OPTIONS:
        assert sum(c.scores[option] for c in decision.contributions) == scores[option]
    assert scores[MOVE] == -scores[PODMAN]
    assert all(isinstance(score, Fraction) for score in scores.values())
    assert {c.criterion.id for c in decision.contributions} == set(weights(profile))


@given(base_facts(), profiles)
def test_shares_scores_and_intervals_fit_together(values, profile):
    found = judge_of(values, profile).judge()
    assert 0 <= sum(found.shares.values()) <= 1
    if not found.feasible or not found.sometimes_out:
        assert sum(found.shares.values()) == 1
    for option in OPTIONS:
        assert found.low[option] <= found.scores[option] <= found.high[option]
        assert Fraction(-3, 2) <= found.low[option]
        assert found.high[option] <= Fraction(3, 2)
        if found.always_out & BITS[option] and found.feasible:
            assert found.shares[option] == 0
            assert found.winner != option


def between(random, name, answers):
    """Return an answer, or a value that lies between the first and last of them."""
    listed = [answer for answer, _ in answers]
    if isinstance(listed[0], str):
        return random.choice([v for v in VALUES[name] if v in listed] + listed)
    middle = [v for v in VALUES[name] if min(listed) <= v <= max(listed)]
    return random.choice([min(listed), max(listed), *listed, *middle])


@given(base_facts(), profiles, st.integers(0, 2**32))
def test_learning_an_answer_never_leaves_the_interval(values, profile, seed):
    problem, random = problem_of(values, profile), Random(seed)  # noqa: S311 - drawn
    before = Judge(problem).judge()
    for name in random.sample(sorted(problem.open), min(1, len(problem.open))):
        for value, _ in problem.open[name]:
            after = Judge(problem.with_value(name, value)).judge()
            for option in OPTIONS:
                assert before.low[option] <= after.low[option], (name, value)
                assert after.high[option] <= before.high[option], (name, value)


@given(base_facts(), profiles, st.integers(0, 2**32))
def test_every_completion_lies_in_the_interval(values, profile, seed):
    problem, random = problem_of(values, profile), Random(seed)  # noqa: S311 - drawn by hypothesis
    before = Judge(problem).judge()
    for _ in range(5):
        complete = problem
        for name, answers in problem.open.items():
            complete = complete.with_value(name, between(random, name, answers))
        after = Judge(complete).judge()
        for option in OPTIONS:
            assert before.low[option] <= after.scores[option] <= before.high[option]
        assert not after.always_out & ~before.sometimes_out
        assert not before.always_out & ~after.always_out


@pytest.mark.parametrize("profile", PROFILES)
def test_a_winner_that_no_answer_can_turn_survives_every_completion(profile):
    """30 completions each, of answers that weigh nothing and of values between them as well."""
    random = Random(5)  # noqa: S311 - the same estates every time
    sure = 0
    for _ in range(150):
        values = drawn(random)
        judge = judge_of(values, profile)
        found = judge.judge()
        if not (judge.problem.open and necessary(found)):
            continue
        sure += 1
        for _ in range(30):
            complete = judge.problem
            for name, answers in judge.problem.open.items():
                complete = complete.with_value(name, between(random, name, answers))
            assert judge.winner(complete) == found.winner, complete.known
    assert sure >= 20


def drawn(random):
    """Return base facts of which about a tenth is unknown."""
    values = {
        name: None if random.random() < 0.1 else random.choice(listed)
        for name, listed in VALUES.items()
    }
    values["hosts.count"] = count = values["hosts.count"] or 2
    values |= {"recovery.required": values["recovery.required"] or "no"}
    for budget in ("needs.effort_budget_weeks", "needs.effort_budget_hours"):
        values[budget] = values[budget] or 0
    return values | {"hosts.listed": count, "hosts.servers": count, "bootstrap.cycles": 0}


@FEWER
@given(base_facts(unknown=2), profiles)
def test_a_clear_verdict_is_certain_and_has_room(values, profile):
    decision = decide(facts_of(values), rulebook(), weights(profile), profile)
    sure = necessary(judge_of(values, profile).judge())
    if decision.verdict == "clear":
        assert sure
        assert decision.feasible
        assert decision.recommended == decision.unconstrained
        assert decision.robustness.weight_radius >= Fraction(3, 10)
        assert not any(flip.before is None for flip in decision.flips)
    if decision.confidence.stars == 5:
        assert sure
    assert (decision.opening != "") == (not decision.feasible)


@given(base_facts(unknown=0), profiles)
def test_the_best_score_that_no_gate_rules_out_wins_where_nothing_is_open(values, profile):
    judge = judge_of(values, profile)
    found = judge.judge()
    left = [o for o in OPTIONS if not found.always_out & BITS[o]]
    if left:
        assert found.winner == max(left, key=lambda o: (found.scores[o], -OPTIONS.index(o)))
        assert found.shares[found.winner] == 1
    best = max(OPTIONS, key=lambda o: (found.scores[o], -OPTIONS.index(o)))
    assert found.unconstrained == best
    assert necessary(found) or found.always_out == EVERY_OPTION

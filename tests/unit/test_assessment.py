"""The stages composed, and which weights they are given."""

import pytest

from analyzer.assessment import Settings, assess, weights_of
from analyzer.errors import RulesError
from analyzer.rulebook.loading import load_rulebook
from tests import build

RULEBOOK = load_rulebook()
ESTATE = build.inventory(
    build.host("a", memory="8GiB", used="2GiB"),
    build.service("web", host="a", runtime="podman", needs=["db"], lines={"volumes": 1}),
    build.service("db", host="a", runtime="podman", stateful=True, env={"DB_PASSWORD": "canary"}),
    needs=build.wishes(failover="none", hours_per_week=5),
)


def test_every_stage_is_there_and_of_the_same_estate():
    settings = Settings(profile="learning", what_if=("needs.failover=none",))
    found = assess(ESTATE, RULEBOOK, settings)
    assert (found.inventory, found.rulebook, found.settings) == (ESTATE, RULEBOOK, settings)
    assert [edge.dependency for edge in found.topology.edges] == ["db"]
    assert found.facts.values["needs.failover"].value == "none"
    assert found.decision.profile == "learning"
    assert {wave_service for wave in found.plan.waves for wave_service in wave.services} == {
        "web",
        "db",
    }


def test_it_is_repeatable():
    once, again = (assess(ESTATE, RULEBOOK, Settings()) for _ in range(2))
    assert (once.facts, once.decision, once.plan) == (again.facts, again.decision, again.plan)
    assert once.topology.edges == again.topology.edges


def test_a_secret_stays_a_secret():
    assert "canary" not in repr(assess(ESTATE, RULEBOOK, Settings()))


def test_single_weights_over_those_of_the_profile():
    own = weights_of(RULEBOOK, Settings("small-team", (("learning", 0), ("time", 9))))
    profile = RULEBOOK.profiles["small-team"].weights
    assert own == {**profile, "learning": 0, "time": 9}
    decision = assess(ESTATE, RULEBOOK, Settings(weights=(("learning", 0),))).decision
    assert "learning" not in {c.criterion.id for c in decision.contributions}


def test_an_unknown_profile_is_refused_with_those_there_are():
    with pytest.raises(
        RulesError, match="there is no profile 'office'; one of homelab, learning, s"
    ):
        weights_of(RULEBOOK, Settings("office"))


def test_every_unknown_criterion_is_refused_at_once():
    with pytest.raises(RulesError) as caught:
        assess(ESTATE, RULEBOOK, Settings(weights=(("cost", 1), ("time", 2), ("fun", 3))))
    assert [problem.what for problem in caught.value.problems] == [
        "there is no criterion 'cost'",
        "there is no criterion 'fun'",
    ]

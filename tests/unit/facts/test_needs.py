"""What only the owner can state; nothing is assumed where nothing is stated."""

from fractions import Fraction

import pytest

from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.inventory.model import Needs
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from tests import build

RULEBOOK = load_rulebook()
KEYS = sorted(set(Needs._fields) - {"lines", "unmet_needs", "overhead_budget"})


def facts(*records, **stated):
    estate = build.inventory(build.host("h"), *records, needs=build.wishes(**stated))
    return gather(estate, build_topology(estate, RuleImages(RULEBOOK)), RULEBOOK).values


@pytest.mark.parametrize("key", KEYS)
def test_every_need_is_a_fact_and_unknown_unless_stated(key):
    found = facts()[f"needs.{key}"]
    assert found.value == (0 if key.startswith("effort_budget") else None)
    assert found.sources == ()


@pytest.mark.parametrize(
    ("key", "stated", "value"),
    [
        ("failover", "wanted", "wanted"),
        ("operators", 2, 2),
        ("hours_per_week", Fraction(5, 2), Fraction(5, 2)),
        ("evaluate_first", True, "yes"),
        ("leaving_kubernetes", False, "no"),
        ("effort_budget_weeks", Fraction(6), 6),
        ("effort_budget_hours", Fraction(40), 40),
    ],
)
def test_a_stated_need_is_taken_as_it_stands(key, stated, value):
    found = facts(**{key: stated})[f"needs.{key}"]
    assert (found.value, found.text) == (value, "stated by the owner")


def test_a_need_names_the_line_that_states_it():
    assert facts(failover="wanted")["needs.failover"].sources == (build.SOURCE,)


class TestUnmetNeeds:
    @pytest.mark.parametrize(
        ("stated", "orchestrator", "podman", "satisfied"),
        [
            (None, None, None, None),
            ((), 0, 0, "yes"),
            (("backups",), 0, 0, "no"),
            (("limits", "failover", "scheduling"), 2, 1, "no"),
        ],
    )
    def test_counted_by_who_can_meet_them(self, stated, orchestrator, podman, satisfied):
        found = facts(unmet_needs=stated)
        assert found["needs.unmet.orchestrator"].value == orchestrator
        assert found["needs.unmet.podman"].value == podman
        assert found["needs.satisfied"].value == satisfied

    @pytest.mark.parametrize(
        ("stated", "orchestrator", "podman"),
        [
            (None, "not stated", "not stated"),
            ((), "none", "none"),
            (("scheduling", "failover", "limits"), "failover, scheduling", "limits"),
        ],
    )
    def test_named_in_words_for_the_report(self, stated, orchestrator, podman):
        found = facts(unmet_needs=stated)
        assert found["needs.unmet.orchestrator_names"].value == orchestrator
        assert found["needs.unmet.podman_names"].value == podman


class TestRecovery:
    """A restore by hand takes a quarter of an hour at the very least."""

    def app(self, name, seconds):
        time = None if seconds is None else Fraction(seconds)
        return build.service(name, host="h", recovery_seconds=time, lines={"recovery_time": 7})

    @pytest.mark.parametrize(
        ("seconds", "required"), [(None, "no"), (900, "no"), (899, "yes"), (60, "yes")]
    )
    def test_shorter_than_a_restore_by_hand_is_a_requirement(self, seconds, required):
        assert facts(self.app("app", seconds))["recovery.required"].value == required

    def test_it_names_at_most_three_services_and_their_lines(self):
        found = facts(*(self.app(name, 60) for name in "abcde"))["recovery.required"]
        assert found.text.startswith("a, b, c and 2 more must be back")
        assert [source.line for source in found.sources] == [7, 7, 7]
        assert (
            "more" not in facts(*(self.app(name, 60) for name in "abc"))["recovery.required"].text
        )

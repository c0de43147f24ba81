"""The decision as a whole: a worked example, ties, gates, doubt, words."""

from fractions import Fraction

import pytest

from analyzer.rulebook.model import OPTIONS
from tests.unit.decision.small import (
    ASK_X,
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    at_least,
    criterion,
    decided,
    equals,
    facts,
    gate,
    levels,
    line,
    question,
    rulebook,
    scores_of,
)

PODMAN, TEST, MOVE = OPTIONS


def test_a_decision_worked_out_by_hand():
    """Two criteria, weights 3 and 2, x = 3 on a line from (0, -1) to (4, 1), y = yes.

    growth:  b = 1/2,  t = 0: to move +3/10, to stay -3/10, to test -3/20
    curious: b = -1/2, t = 1: to move -2/10, to stay +2/10, to test (2 + 1/2)/5 = 1/2
    sum:     B = 1/10, t = 2/5, hence S_I = 1/10, S_P = -1/10, S_T = -1/20 + 2/5 = 7/20.

    By S_I = B, S_P = -B, S_T = -B/2 + t the test cluster is best exactly when -2t < B < 2t/3;
    here -4/5 < 1/10 < 4/15. Source: with evidence b, a test cluster that leaves production where
    it is takes e = (2 tau - 1) b + t with tau = 1/4.
    """
    decision = decided(EXAMPLE, facts(x=3, y="yes"))
    assert decision.recommended == TEST
    assert scores_of(decision) == {
        TEST: Fraction(7, 20),
        MOVE: Fraction(1, 10),
        PODMAN: Fraction(-1, 10),
    }
    assert [option.id for option in decision.options] == [TEST, MOVE, PODMAN]
    curious, growth = decision.contributions
    assert curious.scores == {
        PODMAN: Fraction(1, 5),
        TEST: Fraction(1, 2),
        MOVE: Fraction(-1, 5),
    }
    assert growth.scores == {
        PODMAN: Fraction(-3, 10),
        TEST: Fraction(-3, 20),
        MOVE: Fraction(3, 10),
    }
    assert (curious.evidence, curious.testing_first) == (Fraction(-1, 2), 1)
    assert (growth.weight, growth.evidence, growth.testing_first) == (3, Fraction(1, 2), 0)
    # 5/23 is below 0.3: no answer is open, but weights could turn it
    assert (decision.verdict, decision.robustness.weight_radius) == ("leaning", Fraction(5, 23))
    assert "21 %" in decision.verdict_reason
    assert (decision.confidence.stars, decision.confidence.known_weight) == (5, 1)
    assert decision.profile == "test"


@pytest.mark.parametrize(("x", "winner"), [(0, PODMAN), (Fraction(1, 100), TEST)])
def test_a_tie_goes_to_the_status_quo(x, winner):
    """x = 0, y = yes gives B = -4/5 and t = 2/5: B = -2t, staying and testing are level."""
    decision = decided(EXAMPLE, facts(x=x, y="yes"))
    assert decision.recommended == winner
    if winner == PODMAN:
        assert scores_of(decision)[PODMAN] == scores_of(decision)[TEST] == Fraction(4, 5)
        assert decision.robustness.weight_radius == 0
        assert decision.verdict == "too-close-to-call"


def test_testing_wins_a_tie_with_moving():
    """x = 32/9 makes B = 2t/3 = 4/15 exactly."""
    decision = decided(EXAMPLE, facts(x=Fraction(32, 9), y="yes"))
    assert scores_of(decision)[TEST] == scores_of(decision)[MOVE] == Fraction(4, 15)
    assert decision.recommended == TEST


class TestVerdicts:
    def test_clear_takes_certainty_and_room_for_wrong_weights(self):
        decision = decided(EXAMPLE, facts(x=4, y="no"))
        assert (decision.recommended, decision.verdict) == (MOVE, "clear")
        assert decision.robustness.weight_radius == 1

    def test_an_open_answer_that_turns_it_makes_it_leaning(self):
        decision = decided(EXAMPLE, facts(x=3, y=None))
        assert (decision.recommended, decision.verdict) == (MOVE, "leaning")
        assert "75 %" in decision.verdict_reason
        assert (decision.confidence.stars, decision.confidence.share) == (2, Fraction(3, 4))

    def test_a_coin_is_too_close_to_call(self):
        decision = decided(EXAMPLE, facts(x=None, y="no"))
        assert decision.verdict == "too-close-to-call"
        assert "50 %" in decision.verdict_reason
        assert decision.confidence.stars == 1

    def test_a_requirement_that_overrules_the_scores_is_never_clear(self):
        rules = rulebook(GROWTH, CURIOUS, gate("forced", [PODMAN, TEST], equals("z", "yes")))
        decision = decided(rules, facts(x=0, y="no", z="yes"))
        assert (decision.recommended, decision.verdict) == (MOVE, "leaning")
        assert decision.unconstrained == PODMAN
        assert decision.robustness.against is None

    def test_little_coverage_caps_the_stars(self):
        """Only 1 of 7 parts of the weight is known, though the open ones cannot turn it."""
        idle = criterion("idle", line("n", (0, "1/10"), (1, "1/5")))
        rules = rulebook(idle, GROWTH, question("n", {0: 1, 1: 1}))
        decision = decided(rules, facts(x=4, n=None), {"idle": 6, "growth": 1})
        assert decision.confidence.known_weight == Fraction(1, 7)
        assert (decision.verdict, decision.confidence.stars) == ("clear", 2)


class TestEverythingRuledOut:
    RULES = rulebook(
        GROWTH,
        CURIOUS,
        ASK_Y,
        question("z", {"none": 1, "wanted": 1, "required": 1}),
        question("hosts", {2: 1, 3: 1}, 5),
        gate("cluster", [PODMAN, TEST], equals("z", "required"), lifted_by="Ask less: {z}."),
        gate("few", [MOVE], at_least("missing", 1), lifted_by="Add hosts, {hosts} are too few."),
    )

    def test_the_scores_speak_and_what_lifts_the_gates_is_said(self):
        known = facts({"hosts": "hosts"}, x=4, y="no", z="required", hosts=2, missing=1)
        decision = decided(self.RULES, known)
        assert not decision.feasible
        assert (decision.recommended, decision.unconstrained) == (MOVE, MOVE)
        assert decision.verdict == "leaning"
        assert "meets what is required" in decision.verdict_reason
        assert [option.ruled_out_by for option in decision.options] == [
            ("few",),
            ("cluster",),
            ("cluster",),
        ]
        assert [(g.gate.id, g.status) for g in decision.gates] == [
            ("cluster", "tripped"),
            ("few", "tripped"),
        ]
        assert [g.lifted_by for g in decision.gates] == [
            "Ask less: required.",
            "Add hosts, 2 hosts are too few.",
        ]
        assert decision.opening

    def test_a_flip_that_opens_an_option_is_the_opening(self):
        rules = self.RULES._replace(
            gates={
                "cluster": self.RULES.gates["cluster"],
                "few": self.RULES.gates["few"]._replace(when=at_least("x", 4)),
            }
        )
        decision = decided(rules, facts(x=4, y="no", z="required"))
        assert "z: required" in decision.opening
        assert "then" in decision.opening

    def test_feasible_needs_no_opening(self):
        decision = decided(self.RULES, facts(x=4, y="no", z="none", hosts=2, missing=0))
        assert (decision.feasible, decision.opening) == (True, "")


class TestGates:
    BARRED = gate("barred", [MOVE], equals("z", "yes"), says="z is {z}")
    OTHER = gate("other", [TEST], equals("w", "yes"))
    RULES = rulebook(GROWTH, CURIOUS, BARRED, OTHER, question("z", {"no": 3, "yes": 1}))

    def test_tripped_then_unknown_then_open(self):
        found = decided(self.RULES, facts(x=4, y="no", z=None, w="yes")).gates
        assert [(g.gate.id, g.status) for g in found] == [
            ("other", "tripped"),
            ("barred", "unknown"),
        ]
        assert found[1].says == "z is not known"

    def test_unknown_is_conditional_and_never_rules_out(self):
        decision = decided(self.RULES, facts(x=4, y="no", z=None, w="no"))
        move = decision.options[0]
        assert (move.id, move.ruled_out_by, move.conditional_on) == (MOVE, (), ("barred",))
        assert [g.status for g in decision.gates] == ["unknown", "open"]


class TestContributions:
    def test_they_add_up_also_where_answers_are_open(self):
        decision = decided(EXAMPLE, facts(x=None, y=None))
        for option in decision.options:
            assert sum(c.scores[option.id] for c in decision.contributions) == option.score
        assert [(c.criterion.id, c.known) for c in decision.contributions] == [
            ("growth", False),
            ("curious", False),
        ]
        assert {c.text for c in decision.contributions} == {"Open: growth?", "Open: curious?"}

    @pytest.mark.parametrize(
        ("x", "y", "said"),
        [
            (4, "no", ["growth for", "curious for"]),
            (0, "yes", ["growth against", "curious against"]),
        ],
    )
    def test_the_sentence_is_the_one_for_the_side_it_speaks_on(self, x, y, said):
        """Where a criterion can only cost and costs nothing, the sentence of its cost is untrue."""
        assert [c.text for c in decided(EXAMPLE, facts(x=x, y=y)).contributions] == said

    def test_testing_alone_speaks_for(self):
        only = criterion("only", None, levels("y", no=0, yes=1), speaks_for="y is {y}")
        (found,) = decided(rulebook(only), facts(y="yes"), {"only": 1}).contributions
        assert found.text == "y is yes"
        assert found.scores == {PODMAN: 0, TEST: 1, MOVE: 0}


class TestUnknowns:
    def test_what_can_turn_it_comes_first_then_by_swing(self):
        """y turns it and moves the lead over testing by 7/4 x 2/5; n only by little."""
        small = criterion("small", line("n", (0, 0), (1, "1/10")))
        rules = rulebook(GROWTH, CURIOUS, small, ASK_X, ASK_Y, question("n", {0: 1, 1: 1}))
        weights = {"growth": 3, "curious": 2, "small": 1}
        decision = decided(rules, facts(x=3, y=None, n=None), weights)
        assert [(u.fact, u.could_flip) for u in decision.unknowns] == [("y", True), ("n", False)]
        # moving leads testing by 3B/2 - t: y moves 3/2 x -1 - 2 of 6; n moves staying by 2/10 of 6
        assert [u.swing for u in decision.unknowns] == [Fraction(7, 12), Fraction(1, 30)]
        assert decision.unknowns[0].ask == "y?"

    def test_nothing_open_nothing_asked(self):
        assert decided(EXAMPLE, facts(x=3, y="yes")).unknowns == ()

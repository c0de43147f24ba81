"""The judgement of a problem and of its variations, against every completion written out."""

from fractions import Fraction
from itertools import product

import pytest

from analyzer.decision.judging import Judge, necessary
from analyzer.decision.problem import score
from analyzer.decision.robustness import rivals
from analyzer.rulebook.model import OPTIONS, Condition
from tests.unit.decision.small import (
    ASK_X,
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    at_least,
    criterion,
    equals,
    facts,
    gate,
    line,
    problem,
    question,
    rulebook,
)

PODMAN, TEST, MOVE = OPTIONS


def judged(rules, known, weights=None):
    made = problem(rules, known, weights) if weights else problem(rules, known)
    return Judge(made).judge()


def test_an_open_answer_by_hand():
    """growth: 3 x 1/2; curious is open: no (3 of 4) adds nothing, yes adds b = -1 and t = 2.

    no: B = 3/10, t = 0: move. yes: B = 1/10, t = 2/5: -4/5 < 1/10 < 4/15: test. Expected
    B = (3/2 - 1/4) / 5 = 1/4 and t = (2/4) / 5 = 1/10, so the test's score is 1/10 - 1/8.
    """
    found = judged(EXAMPLE, facts(x=3, y=None))
    assert found.winner == MOVE
    assert found.shares == {PODMAN: 0, TEST: Fraction(1, 4), MOVE: Fraction(3, 4)}
    assert found.scores == {
        PODMAN: Fraction(-1, 4),
        TEST: Fraction(-1, 40),
        MOVE: Fraction(1, 4),
    }
    assert found.low == {PODMAN: Fraction(-3, 10), TEST: Fraction(-3, 20), MOVE: Fraction(1, 10)}
    assert found.high == {PODMAN: Fraction(-1, 10), TEST: Fraction(7, 20), MOVE: Fraction(3, 10)}
    assert found.worst_margin[MOVE, TEST] == Fraction(1, 10) - Fraction(7, 20)
    assert found.worst_margin[MOVE, PODMAN] == Fraction(1, 5)
    assert found.expected == {
        "curious": (Fraction(-1, 4), Fraction(1, 2)),
        "growth": (Fraction(3, 2), Fraction(0)),
    }
    assert not necessary(found)


def test_answers_of_weight_0_widen_the_interval_and_win_no_share():
    """x = 4 is a what-if: moving reaches (3 - 1) / 5 or 3 / 5 there, and wins nothing for it."""
    found = judged(EXAMPLE, facts(x=None, y="no"))
    assert found.high[MOVE] == Fraction(3, 5)
    assert found.low[MOVE] == Fraction(-3, 5)
    assert found.shares == {PODMAN: Fraction(1, 2), TEST: 0, MOVE: Fraction(1, 2)}
    assert found.winner == PODMAN  # a tie of shares: the status quo


@pytest.mark.parametrize(
    ("x", "y", "winner", "sure"),
    [
        (4, "no", MOVE, True),
        (0, "no", PODMAN, True),
        (2, "no", PODMAN, True),
        (3, "yes", TEST, True),
    ],
)
def test_what_is_known_wins_surely(x, y, winner, sure):
    """x = 2 is the middle of the scale: every score is 0, and the status quo wins the tie."""
    found = judged(EXAMPLE, facts(x=x, y=y))
    assert (found.winner, necessary(found)) == (winner, sure)
    assert found.low == found.high == found.scores


class TestGates:
    BARRED = gate("barred", [MOVE], equals("z", "yes"))
    FORCED = gate("forced", [PODMAN, TEST], equals("w", "yes"))
    ASKED = question("z", {"no": 3, "yes": 1})
    RULES = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, BARRED, FORCED, ASKED)

    def test_a_gate_that_holds_takes_the_winner_out_and_nothing_else(self):
        found = judged(self.RULES, facts(x=4, y="no", z="yes", w="no"))
        free = judged(self.RULES, facts(x=4, y="no", z="no", w="no"))
        assert (free.winner, found.winner, found.unconstrained) == (MOVE, TEST, MOVE)
        assert found.scores == free.scores
        assert (found.always_out, found.sometimes_out) == (4, 4)
        assert necessary(found)

    def test_a_gate_on_an_unknown_is_conditional(self):
        found = judged(self.RULES, facts(x=4, y="no", z=None, w="no"))
        assert found.shares == {PODMAN: 0, TEST: Fraction(1, 4), MOVE: Fraction(3, 4)}
        assert (found.always_out, found.sometimes_out) == (0, 4)
        assert found.unconstrained == MOVE
        assert not necessary(found)

    def test_all_ruled_out_leaves_the_scores(self):
        found = judged(self.RULES, facts(x=4, y="no", z="yes", w="yes"))
        assert found.always_out == 7
        assert (found.winner, found.shares[MOVE]) == (MOVE, 1)
        assert necessary(found)

    @pytest.mark.parametrize(("physical", "winner"), [(False, MOVE), (True, TEST)])
    def test_all_ruled_out_leaves_what_the_machines_can_do(self, physical, winner):
        """x = 4: moving is best, then testing; a limit of the machines is no matter of scores."""
        barred = self.BARRED._replace(physical=physical)
        rules = rulebook(GROWTH, CURIOUS, barred, self.FORCED)
        found = judged(rules, facts(x=4, y="no", z="yes", w="yes"))
        assert (found.always_out, found.winner, found.shares[winner]) == (7, winner, 1)
        assert necessary(found)
        # what the machines cannot do is no rival either
        assert rivals(found) == [
            o for o in OPTIONS if o != winner and not (physical and o == MOVE)
        ]

    def test_a_limit_of_the_machines_that_is_open_makes_nothing_certain(self):
        """Everything is ruled out; moving is best by score unless the limit holds."""
        limit = gate("limit", [MOVE], equals("v", "yes"), physical=True)
        rules = rulebook(
            GROWTH, CURIOUS, self.BARRED, self.FORCED, limit, question("v", {"no": 3, "yes": 1})
        )
        found = judged(rules, facts(x=4, y="no", z="yes", w="yes", v=None))
        assert (found.always_out, found.winner) == (7, MOVE)
        assert not necessary(found)

    def test_where_nothing_is_left_nobody_wins_that_share(self):
        found = judged(self.RULES, facts(x=4, y="no", z=None, w="yes"))
        assert found.shares == {PODMAN: 0, TEST: 0, MOVE: Fraction(3, 4)}

    def test_the_last_one_left_wins_whatever_its_score(self):
        found = judged(self.RULES, facts(x=0, y="no", z="no", w="yes"))
        assert (found.winner, found.unconstrained) == (MOVE, PODMAN)
        assert found.scores[MOVE] == Fraction(-3, 5)
        assert necessary(found)

    def test_one_answer_that_rules_everything_out_makes_nothing_certain(self):
        found = judged(self.RULES, facts(x=4, y="no", z=None, w="yes"))
        assert (found.winner, found.always_out, found.sometimes_out) == (MOVE, 3, 7)
        assert not necessary(found)


def test_a_variation_is_judged_like_a_problem_of_its_own():
    """Whatever was remembered before: every fact of a tied block set to each of its answers."""
    tie = gate("tie", [MOVE], Condition("all", (at_least("x", 3), equals("y", "yes"))))
    rules = rulebook(GROWTH, CURIOUS, ASK_X, ASK_Y, tie)
    start = Judge(problem(rules, facts(x=None, y=None)))
    for x, y in product((None, 0, 3, 4), (None, "no", "yes")):
        changed = start.problem
        changed = changed if x is None else changed.with_value("x", x)
        changed = changed if y is None else changed.with_value("y", y)
        fresh = Judge(problem(rules, facts(x=x, y=y)))
        assert start.winner(changed) == fresh.judge().winner
        assert start.outlook(changed) == fresh.outlook(fresh.problem)


def test_shares_and_intervals_equal_every_completion_written_out():
    """Two blocks, one of two facts: 2 x 2 x 3 completions with their weights."""
    wide = criterion("wide", line("n", (0, "1/3"), (9, "-1/3")), line("n", (0, 0), (9, "1/2")))
    tie = gate("tie", [TEST], Condition("all", (at_least("x", 3), equals("y", "yes"))))
    asked = question("n", {0: 1, 3: 2, 9: 2})
    rules = rulebook(GROWTH, CURIOUS, wide, ASK_X, ASK_Y, tie, asked)
    weights = {"growth": 3, "curious": 2, "wide": 4}
    found = judged(rules, facts(x=None, y=None, n=None), weights)
    total, seen = dict.fromkeys(OPTIONS, 0), []
    for x, (y, fy), (n, fn) in product((0, 3), (("no", 3), ("yes", 1)), ((0, 1), (3, 2), (9, 2))):
        one = judged(rules, facts(x=x, y=y, n=n), weights)
        total[one.winner] += fy * fn
        seen.append((one.scores, fy * fn))
    assert found.shares == {o: Fraction(part, sum(total.values())) for o, part in total.items()}
    for option in OPTIONS:
        mean = sum(scores[option] * weight for scores, weight in seen) / sum(total.values())
        assert found.scores[option] == mean
        assert found.low[option] <= min(scores[option] for scores, _ in seen)
        assert found.high[option] >= max(scores[option] for scores, _ in seen)


def test_the_scores_of_the_two_ends_are_opposite():
    found = judged(EXAMPLE, facts(x=None, y=None))
    assert found.scores[MOVE] == -found.scores[PODMAN]
    assert found.low[MOVE] == -found.high[PODMAN]
    assert found.scores[TEST] == score(TEST, found.scores[MOVE], Fraction(1, 10))


def test_too_many_unknowns_are_sampled_and_come_near():
    """Six unknowns of five answers: 15,625 sums are too many; a sixth of them is exact."""
    names = [f"n{index}" for index in range(6)]
    rules = [criterion(name, line(name, (0, -1), (1000, 1))) for name in names]
    asked = [
        question(name, {137**k % (1000 - index): 1 + (k + index) % 3 for k in range(5)})
        for index, name in enumerate(names)
    ]
    book = rulebook(*rules, *asked)
    weights = dict(zip(names, (2, 3, 5, 7, 11, 13), strict=True))
    known = facts(**dict.fromkeys(names))
    found = judged(book, known, weights)
    exact = dict.fromkeys(OPTIONS, 0)
    choices = [problem(book, known, weights).open[name] for name in names]
    for combination in product(*choices):
        b = sum(
            weights[name] * (Fraction(value, 500) - 1)
            for name, (value, _) in zip(names, combination, strict=True)
        )
        share = 1
        for _, weight in combination:
            share *= weight
        exact[MOVE if b > 0 else PODMAN] += share
    total = sum(exact.values())
    assert sum(found.shares.values()) == 1
    assert all(found.shares[o].denominator <= 1000 for o in OPTIONS)
    for option in OPTIONS:
        assert abs(found.shares[option] - Fraction(exact[option], total)) < Fraction(4, 100)

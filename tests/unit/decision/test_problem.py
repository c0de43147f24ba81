"""The problem: which rules weigh, what is known, what is open and with which answers."""

from fractions import Fraction

import pytest

from analyzer.decision.problem import (
    Evaluator,
    answers_of,
    gate_holds,
    make_problem,
    possible_answers,
    score,
)
from analyzer.rulebook.model import OPTIONS
from tests.unit.decision.small import (
    ASK_X,
    ASK_Y,
    CURIOUS,
    EXAMPLE,
    GROWTH,
    WEIGHTS,
    at_least,
    criterion,
    facts,
    gate,
    line,
    problem,
    question,
    rulebook,
)


@pytest.mark.parametrize(
    ("b", "t", "best"),
    [
        (Fraction(0), Fraction(0), "enhanced-podman"),  # all three are 0: the status quo
        (Fraction(1, 100), Fraction(0), "incremental"),
        (Fraction(-1, 100), Fraction(0), "enhanced-podman"),
        (Fraction(0), Fraction(1, 100), "test-cluster"),
        (Fraction(-2, 5), Fraction(1, 5), "enhanced-podman"),  # B = -2t: a tie, the status quo
        (Fraction(-39, 100), Fraction(1, 5), "test-cluster"),
        (
            Fraction(2, 15),
            Fraction(1, 5),
            "test-cluster",
        ),  # B = 2t/3: a tie, the test cluster before moving
        (Fraction(14, 100), Fraction(1, 5), "incremental"),
    ],
)
def test_the_test_cluster_is_best_exactly_between_minus_2t_and_two_thirds_t(b, t, best):
    """With S_I = B, S_P = -B and S_T = -B/2 + t it is best exactly when -2t < B < 2t/3.

    S_T > S_P is -B/2 + t > -B, hence B > -2t; S_T > S_I is t > 3B/2, hence B < 2t/3. Ties go to
    the earlier one of staying, testing, moving.
    """
    scores = {option: score(option, b, t) for option in OPTIONS}
    assert max(OPTIONS, key=lambda o: (scores[o], -OPTIONS.index(o))) == best
    assert (best == "test-cluster") == (-2 * t < b < 2 * t / 3 or (t > 0 and b == 2 * t / 3))
    assert scores["incremental"] == -scores["enhanced-podman"]


def test_known_and_open_facts_of_weighed_rules_only():
    made = problem(EXAMPLE, facts(x=3, y=None, z=5))
    assert made.known == {"x": 3}
    assert made.open == {"y": (("no", 3), ("yes", 1))}
    assert made.total_weight == 5
    assert [weighed.base for weighed in made.criteria] == [("y",), ("x",)]


def test_a_criterion_of_weight_0_takes_no_part_nor_do_its_facts():
    made = problem(EXAMPLE, facts(x=3, y=None), {"growth": 3, "curious": 0})
    assert [weighed.criterion.id for weighed in made.criteria] == ["growth"]
    assert made.open == {}
    assert made.total_weight == 3


def test_without_any_weight_there_is_no_division_by_zero():
    assert problem(EXAMPLE, facts(x=3, y=None), {}).total_weight == 1


def test_gates_count_whatever_the_weights():
    rules = rulebook(GROWTH, gate("big", ["incremental", "test-cluster"], at_least("z", 1)))
    made = problem(rules, facts(x=1, z=2), {})
    assert [(barrier.base, barrier.mask) for barrier in made.barriers] == [(("z",), 6)]
    assert made.known == {"z": 2}


def test_what_if_answers_stay_only_beyond_the_weighed_ones():
    rules = rulebook(question("n", {3: 1, 8: 5}, 1, 5, 40))
    assert answers_of("n", facts(n=None), rules) == ((3, 1), (8, 5), (1, 0), (40, 0))


def test_bounds_replace_the_answers():
    rules = rulebook(question("n", {3: 1, 8: 5}))
    assert answers_of("n", facts(n=(Fraction(1, 3), Fraction(2, 3))), rules) == (
        (Fraction(1, 3), 1),
        (Fraction(1, 2), 2),
        (Fraction(2, 3), 1),
    )


@pytest.mark.parametrize(
    ("count", "expected"), [(2, {2: 16, 4: 1, 3: 0}), (None, {0: 16, 2: 1, 3: 0})]
)
def test_relative_answers_are_added_to_what_they_are_relative_to(count, expected):
    asked = question("planned", {0: 16, 2: 1}, 3, relative_to="count")
    # what-ifs are absolute: three hosts, not three more
    assert possible_answers(asked, facts(planned=None, count=count)) == expected


def test_levels_are_never_added_to():
    asked = question("level", {"none": 1}, relative_to="count")
    assert possible_answers(asked, facts(level=None, count=2)) == {"none": 1}


def test_with_value_closes_a_question_and_leaves_the_original_alone():
    made = problem(EXAMPLE, facts(x=3, y=None))
    closed = made.with_value("y", "yes")
    assert (closed.known, closed.open) == ({"x": 3, "y": "yes"}, {})
    assert made.known == {"x": 3}


def test_evidence_is_weight_times_both_axes_and_remembered():
    weighed = problem(EXAMPLE, facts(x=3, y="yes")).criteria
    evaluator = Evaluator({})
    values = {"x": Fraction(3), "y": "yes"}
    assert evaluator.evidence(weighed[0], values, {"y"}) == (Fraction(-1), Fraction(2))
    assert evaluator.evidence(weighed[1], values, {"x"}) == (Fraction(3, 2), Fraction(0))
    assert evaluator.evidence(weighed[1], {"x": Fraction(0)}, {"x"}) == (Fraction(-3), Fraction(0))
    # a fact that does not change between calls is not looked at again
    assert evaluator.evidence(weighed[1], {"x": Fraction(4)}, ()) == (Fraction(3), Fraction(0))
    assert evaluator.evidence(weighed[1], {"x": Fraction(0)}, ()) == (Fraction(3), Fraction(0))


def test_a_gate_never_holds_on_an_unknown():
    assert gate_holds(at_least("z", 1), {"z": 1}, {})
    assert not gate_holds(at_least("z", 1), {"z": 0}, {})
    assert not gate_holds(at_least("z", 1), {}, {})


def test_a_figure_is_no_fact_that_could_be_open():
    rules = rulebook(
        criterion("sized", line("figure.size", (0, -1), (4, 1))), ASK_X, ASK_Y, CURIOUS
    )
    made = make_problem(facts(y="no"), rules, {"sized": 1, **WEIGHTS})
    assert [weighed.base for weighed in made.criteria] == [("y",), ()]

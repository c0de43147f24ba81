"""Conditions in three-valued logic: unknown only where the unknown could decide."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.rulebook.conditions import OPERATORS, facts_of, holds
from analyzer.rulebook.model import Comparison, Condition

AND = {(True, True): True, (True, None): None, (None, None): None}
OR = {(False, False): False, (False, None): None, (None, None): None}


def told(truth):
    """Return a comparison that is true, false or unknown."""
    return Comparison(str(truth), "equals", "yes")


def lookup(name):
    return {"True": "yes", "False": "no"}.get(name)


@pytest.mark.parametrize("pair", list(product((True, False, None), repeat=2)))
def test_the_tables_of_kleene(pair):
    parts = tuple(map(told, pair))
    ordered = tuple(sorted(pair, key=(True, False, None).index))
    both = False if False in pair else AND[ordered]
    either = True if True in pair else OR[ordered]
    assert holds(Condition("all", parts), lookup) is both
    assert holds(Condition("any", parts), lookup) is either


@pytest.mark.parametrize(("truth", "negated"), [(True, False), (False, True), (None, None)])
def test_not(truth, negated):
    assert holds(Condition("not", (told(truth),)), lookup) is negated


def test_of_nothing_all_hold_and_none_does():
    assert holds(Condition("all", ()), lookup) is True
    assert holds(Condition("any", ()), lookup) is False


@pytest.mark.parametrize(
    ("operator", "operand", "below", "at", "above"),
    [
        ("equals", 3, False, True, False),
        ("at_least", 3, False, True, True),
        ("at_most", 3, True, True, False),
        ("above", 3, False, False, True),
        ("below", 3, True, False, False),
        ("one_of", (2, 4), True, False, True),
    ],
)
def test_operators_on_either_side_of_their_operand(operator, operand, below, at, above):
    for value, expected in ((2, below), (3, at), (4, above), (None, None)):
        found = holds(Comparison("n", operator, operand), {"n": value}.get)
        assert found is expected


def test_every_operator_is_tested_above():
    assert set(OPERATORS) == {"equals", "at_least", "at_most", "above", "below", "one_of"}


def test_exact_numbers_compare_exactly():
    third = Comparison("n", "at_least", Fraction(1, 3))
    assert holds(third, {"n": Fraction(1, 3)}.get) is True
    assert holds(third, {"n": Fraction(333_333, 1_000_000)}.get) is False


CONDITIONS = st.recursive(
    st.sampled_from("abc").map(lambda name: Comparison(name, "equals", "yes")),
    lambda parts: (
        st.builds(
            Condition, st.sampled_from(("all", "any")), st.lists(parts, max_size=3).map(tuple)
        )
        | parts.map(lambda part: Condition("not", (part,)))
    ),
    max_leaves=6,
)


@given(
    CONDITIONS,
    st.fixed_dictionaries({name: st.sampled_from(("yes", "no", None)) for name in "abc"}),
)
def test_an_answer_is_kept_whatever_the_unknown_turns_out_to_be(condition, values):
    found = holds(condition, values.get)
    unknown = [name for name, value in values.items() if value is None]
    for answers in product(("yes", "no"), repeat=len(unknown)):
        complete = {**values, **dict(zip(unknown, answers, strict=True))}
        assert found in (None, holds(condition, complete.get))


def test_the_facts_of_a_condition_in_order_with_repeats():
    inner = Condition("not", (Condition("any", (told("b"), told("a"))),))
    assert list(facts_of(Condition("all", (told("a"), inner)))) == ["a", "b", "a"]

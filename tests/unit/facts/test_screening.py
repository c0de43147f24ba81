"""Screening many subjects says the same as asking the three-valued logic of each."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.screening import FEW, Screen
from analyzer.facts.subjects import SubjectFact
from analyzer.rulebook.conditions import holds
from analyzer.rulebook.model import Comparison, Condition

FACTS = {
    name: SubjectFact(name, "service", "number", "", (), (), "", lambda s, _, n=name: s.get(n))
    for name in ("a", "b", "word")
}
SUBJECTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "a": st.integers(0, 3),
            "b": st.fractions(0, 3, max_denominator=2),
            "word": st.sampled_from(["yes", "no", "maybe"]),
        },
    ),
    max_size=3 * FEW,
)
NUMBERS = st.fractions(0, 3, max_denominator=2)
COMPARISONS = st.one_of(
    st.builds(
        Comparison,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["equals", "at_least", "at_most", "above", "below"]),
        NUMBERS,
    ),
    st.builds(Comparison, st.just("a"), st.just("one_of"), st.lists(NUMBERS).map(tuple)),
    st.builds(Comparison, st.just("word"), st.just("equals"), st.sampled_from(["yes", "no"])),
    st.builds(Comparison, st.just("word"), st.just("one_of"), st.just(("no", "maybe"))),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds(
            Condition,
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(Condition, st.just("not"), st.tuples(inner)),
    ),
    max_leaves=6,
)


@given(SUBJECTS, st.lists(CONDITIONS, min_size=1, max_size=3))
def test_rows_are_those_for_which_the_condition_holds(subjects, conditions):
    screen = Screen(subjects, FACTS, None)
    for condition in conditions:  # one screen: what was read before must not change an answer
        expected = [row for row, subject in enumerate(subjects) if holds(condition, subject.get)]
        assert list(screen.holding(condition)) == expected


def test_a_fact_is_read_for_those_only_that_are_still_undecided():
    read = []

    def costly(subject, _):
        read.append(subject["a"])
        return 1

    facts = {**FACTS, "costly": FACTS["a"]._replace(read=costly)}
    screen = Screen([{"a": number} for number in range(20)], facts, None)
    first = Comparison("a", "at_most", Fraction(1))
    rows = screen.holding(Condition("all", (first, Comparison("costly", "equals", Fraction(1)))))
    assert list(rows) == read == [0, 1]

"""The smallest set that passes: exhaustive where that is cheap, else what cannot be left out."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from analyzer.comparison.searching import Search

NAMES = tuple("abcdefg")
SETS = st.lists(
    st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=4), min_size=1, max_size=3
)


def alone(changes):
    return changes


def search(causes, trials=10_000, close=alone):
    """Return a search in which any of the causes, as a whole, makes the difference."""
    return Search(lambda changes: any(cause <= changes for cause in causes), close, trials)


@given(SETS)
def test_nothing_smaller_passes(causes):
    found = search(causes).smallest(NAMES)
    assert found is not None
    assert found.smallest
    assert any(cause <= found.changes for cause in causes)
    assert len(found.changes) == min(map(len, causes))


@given(SETS, st.integers(20, 60))
def test_with_few_trials_nothing_can_be_left_out(causes, trials):
    found = search(causes, trials).smallest(NAMES)
    assert found is not None
    assert any(cause <= found.changes for cause in causes)


def test_either_of_two_is_enough_and_the_first_is_taken():
    found = search([frozenset("c"), frozenset("b")]).smallest(NAMES)
    assert found == (frozenset("b"), True)


def test_two_that_only_together_make_the_difference():
    assert search([frozenset("ag")]).smallest(NAMES) == (frozenset("ag"), True)


def test_what_belongs_together_stays_together():
    def close(changes):
        return changes | {"b"} if "a" in changes else changes

    found = search([frozenset("a")], close=close).smallest(NAMES)
    assert found == (frozenset("ab"), True)


def test_nothing_explains_what_all_changes_do_not():
    assert Search(lambda _: False, alone, 100).smallest(NAMES) is None


def test_many_changes_are_halved():
    many = tuple(range(5000))
    asked = []

    def passes(changes):
        asked.append(len(changes))
        return {17, 4711} <= changes

    found = Search(passes, alone, 400).smallest(many)
    assert found is not None
    assert found.changes == {17, 4711}
    assert not found.smallest
    assert len(asked) <= 400


def test_trials_are_bounded():
    asked = []

    def passes(changes):
        asked.append(changes)
        return len(changes) >= 3

    found = Search(passes, alone, 12).smallest(NAMES)
    assert found is not None
    assert len(found.changes) >= 3
    assert len(asked) <= 12
    assert any(set(found.changes) >= set(some) for some in combinations(NAMES, 3))

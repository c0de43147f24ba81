"""Every flip is decided again from nothing: at its end, one step before, and nearer to today."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.decision.deciding import decide
from analyzer.decision.flip_sets import flip_sets
from analyzer.decision.flips import SHARE_QUANTUM, WHOLE_UNITS, Search, single_flips
from analyzer.decision.problem import possible_answers
from analyzer.facts.catalogue import BASE
from tests.properties.estates import PROFILES, base_facts, facts_of, judge_of, rulebook, weights

profiles = st.sampled_from(PROFILES)
SOME = settings(max_examples=25)


def searched(values, profile):
    """Return the search, and every flip of a single input."""
    judge = judge_of(values, profile)
    winner = judge.judge().winner
    search = Search(judge.problem, judge, facts_of(values), rulebook(), winner)
    return search, single_flips(search)


def decided(values, profile, changes):
    """Return the winner of an estate with some facts changed, by a judge that knows nothing."""
    return judge_of({**values, **dict(changes)}, profile).judge().winner


def is_number(value):
    return value is not None and not isinstance(value, str)


def step_before(flip):
    """Return the last value that keeps the answer: one unit nearer, but not beyond today's."""
    unit = BASE[flip.input].unit
    step = Fraction(1) if unit in WHOLE_UNITS else SHARE_QUANTUM
    up = flip.after > flip.before
    near = flip.after - step if up else flip.after + step
    # the last point of the grid before it, where it is not on the grid itself
    grid = flip.after // step * step if up else -(-flip.after // step) * step
    near = near if grid == flip.after else grid
    return max(near, flip.before) if up else min(near, flip.before)


@SOME
@given(base_facts(unknown=1), profiles)
def test_every_flip_gives_what_it_says_and_a_step_less_does_not(values, profile):
    search, flips = searched(values, profile)
    for flip in flips:
        assert flip.becomes != search.current
        assert decided(values, profile, [(flip.input, flip.after)]) == flip.becomes, flip
        if is_number(flip.before):
            before = step_before(flip)
            assert decided(values, profile, [(flip.input, before)]) == search.current, flip


@settings(max_examples=10)
@given(base_facts(unknown=1), profiles)
def test_no_flip_is_missed_and_none_nearer_on_the_list(values, profile):
    search, flips = searched(values, profile)
    for name, question in search.rulebook.questions.items():
        if name not in search.problem.known and name not in search.problem.open:
            continue
        own = [flip for flip in flips if flip.input == name]
        today = search.problem.known.get(name)
        turning = {
            value: becomes
            for value in possible_answers(question, search.facts)
            if value != today
            and (becomes := decided(values, profile, [(name, value)])) != search.current
        }
        assert bool(own) == bool(turning), (name, turning)
        if is_number(today):
            for value in turning:
                same_side = [f for f in own if (f.after > today) == (value > today)]
                assert any(abs(f.after - today) <= abs(value - today) for f in same_side), name
        elif is_number(next(iter(turning), None)):
            assert own[0].after == min(turning), name
        else:
            assert {flip.becomes for flip in own} == set(turning.values()), name


@settings(max_examples=15)
@given(base_facts(unknown=1), profiles)
def test_every_set_of_changes_works_as_a_whole_and_no_part_of_it_alone(values, profile):
    search, flips = searched(values, profile)
    reached = {flip.becomes for flip in flips}
    for found in flip_sets(search, reached):
        changes = [(flip.input, flip.after) for flip in found.changes]
        assert found.becomes not in {search.current, *reached}
        assert decided(values, profile, changes) == found.becomes
        for left_out in changes:
            rest = [change for change in changes if change != left_out]
            assert decided(values, profile, rest) != found.becomes, (found, left_out)


@settings(max_examples=15)
@given(base_facts(unknown=1), profiles)
def test_what_the_decision_prints_are_flips_of_this_kind(values, profile):
    decision = decide(facts_of(values), rulebook(), weights(profile), profile)
    _, flips = searched(values, profile)
    kept = [
        flip
        for flip in flips
        if judge_of({**values, flip.input: flip.after}, profile).judge().feasible
    ]
    assert list(decision.flips) == kept


@settings(max_examples=6)
@given(base_facts(unknown=8), profiles)
def test_flips_hold_where_most_is_unknown_and_shares_are_drawn(values, profile):
    search, flips = searched(values, profile)
    for flip in flips[:6]:
        assert decided(values, profile, [(flip.input, flip.after)]) == flip.becomes, flip
    assert search.current not in {flip.becomes for flip in flips}

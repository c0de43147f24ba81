"""Who moves in other company; numbers alone say nothing."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.comparison.changes import WaveMove
from analyzer.comparison.waves import wave_moves

WAVES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 4))


def test_a_wave_that_comes_in_between_moves_nobody_else():
    before = {"a": 1, "b": 2, "c": 2, "d": 3}
    after = {"a": 1, "new": 2, "b": 3, "c": 3, "d": 4}
    assert wave_moves(before, after) == (WaveMove("new", None, 2),)


def test_who_changes_company_has_moved():
    before = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
    after = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2}
    assert wave_moves(before, after) == (WaveMove("c", 1, 2),)


def test_who_stays_from_now_on_is_told():
    assert wave_moves({"a": 1}, {}) == (WaveMove("a", 1, None),)


@given(WAVES)
def test_nothing_moves_where_nothing_changed(waves):
    assert wave_moves(waves, waves) == ()


@given(WAVES, WAVES)
def test_the_other_direction_is_the_mirror(before, after):
    there = wave_moves(before, after)
    back = wave_moves(after, before)
    assert back == tuple(WaveMove(m.service, m.after, m.before) for m in there)

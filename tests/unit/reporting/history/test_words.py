"""Sparklines and sentences of a history."""

from fractions import Fraction

from analyzer.reporting.history.words import sparkline


def test_sparklines_go_from_the_smallest_to_the_largest():
    assert sparkline([0, 7]) == "▁█"
    assert sparkline([Fraction(-1), Fraction(0), Fraction(1)]) == "▁▄█"


def test_what_never_changes_is_flat():
    assert sparkline([5, 5, 5]) == "▁▁▁"
    assert sparkline([]) == ""

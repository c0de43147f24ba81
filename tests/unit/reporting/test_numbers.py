from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reporting import numbers

GIB = 2**30


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(41, 100), "+0.41"),
        (Fraction(-12, 100), "−0.12"),
        (Fraction(0), "0.00"),
        (Fraction(1, 1000), "0.00"),
        (Fraction(-1, 250), "0.00"),
        (Fraction(1, 200), "+0.01"),
        (Fraction(-3, 2), "−1.50"),
        (Fraction(2, 3), "+0.67"),
    ],
)
def test_a_score_has_a_sign_and_two_decimals(value, text):
    assert numbers.score(value) == text


@given(st.fractions(min_value=-2, max_value=2, max_denominator=10**6))
def test_a_score_is_within_half_a_hundredth(value):
    shown = Fraction(numbers.score(value).replace("−", "-"))
    assert abs(shown - value) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 10**6), "< 1 %"),
        (1 - Fraction(1, 10**6), "> 99 %"),
        (Fraction(92, 100), "92 %"),
        (Fraction(1, 2), "50 %"),
    ],
)
def test_percent_never_claims_all_or_nothing(share, text):
    assert numbers.percent(share) == text


def test_a_promised_limit_is_rounded_down():
    assert numbers.percent_down(Fraction(599, 1000)) == "59 %"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (Fraction(1, 2), "0.5 h"),
        (Fraction(9, 4), "2.3 h"),
        (Fraction(2), "2 h"),
        (Fraction(2125, 10), "213 h"),
        (Fraction(12345), "12,345 h"),
    ],
)
def test_hours(hours, text):
    assert numbers.hours(hours) == text


@pytest.mark.parametrize(
    ("weeks", "text"),
    [
        (None, "weeks unknown"),
        (Fraction(1), "1 week"),
        (Fraction(24, 25), "1 week"),
        (Fraction(3, 2), "1.5 weeks"),
        (Fraction(26), "26 weeks (6 months)"),
        (Fraction(156), "156 weeks (3 years)"),
    ],
)
def test_weeks_say_months_and_years_when_they_are_many(weeks, text):
    assert numbers.weeks(weeks) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (2 * GIB, 3 * GIB, "2 to 3 GiB"),
        (GIB // 2, 2 * GIB, "512 MiB to 2 GiB"),
        (GIB, GIB, "1 GiB"),
    ],
)
def test_a_range_names_its_unit_once(low, high, text):
    assert numbers.size_range(low, high) == text


def test_counts():
    assert numbers.count(1, "service") == "1 service"
    assert numbers.count(1200, "service") == "1,200 services"
    assert numbers.count(0, "dependency", "dependencies") == "0 dependencies"
    assert numbers.size(None) == "unknown"

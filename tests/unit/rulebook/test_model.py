"""Scales: evidence at a value."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.rulebook.model import OPTIONS, Scale

HOSTS = Scale(
    "hosts",
    tuple((Fraction(x), Fraction(y)) for x, y in ((1, "-1/2"), (2, 0), (3, "1/2"), (5, 1))),
    {},
)


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        (0, "-1/2"),  # clamped below the first point
        (1, "-1/2"),
        (Fraction(3, 2), "-1/4"),
        (2, 0),
        (3, "1/2"),
        (4, "3/4"),
        (5, 1),
        (100, 1),  # and beyond the last
    ],
)
def test_evidence_is_linear_between_points_and_clamped_beyond(value, evidence):
    assert HOSTS.at(value) == Fraction(evidence)


def test_levels_are_named():
    scale = Scale("level", (), {"none": Fraction(0), "high": Fraction(1)})
    assert scale.at("high") == 1


def test_one_point_is_a_constant():
    assert Scale("x", ((Fraction(1), Fraction(1, 4)),), {}).at(7) == Fraction(1, 4)


@given(st.fractions(0, 7), st.fractions(0, 7))
def test_a_rising_line_rises_and_stays_within_its_ends(first, second):
    low, high = sorted((first, second))
    assert Fraction(-1, 2) <= HOSTS.at(low) <= HOSTS.at(high) <= 1


def test_ties_are_settled_for_the_status_quo():
    assert OPTIONS == ("enhanced-podman", "test-cluster", "incremental")

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.inventory import scalars
from analyzer.units import GIB, KIB, MIB, TIB
from tests.unit.inventory.nodes import faults, read


@pytest.mark.parametrize(
    ("written", "expected"),
    [("32GiB", 32 * GIB), ("512m", 512 * MIB), ("'1.5g'", GIB * 3 // 2), ("65536", 64 * KIB)],
)
def test_sizes(written, expected):
    assert read(scalars.size(), written) == expected


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("-1GiB", "'-1GiB' is negative"),
        ("1e999", "'1e999' is not a size"),
        (".nan", "'.nan' is not a size"),
        ("65TiB", "'65TiB' is more than 64 TiB"),
        ("32", "'32' is only 32 bytes; add the unit"),
        ("0", "'0' is only 0 bytes"),
        ("${MEMORY}", "'${MEMORY}' is a variable"),
        ("[1]", "a list where a size is expected"),
        ("{a: 1}", "a mapping where a size is expected"),
        ("''", "'' is not a size"),
    ],
)
def test_bad_sizes(written, what):
    assert what in faults(scalars.size(), written)[0]


def test_zero_is_a_size_only_where_it_means_something():
    assert read(scalars.size(zero=True), "0") == 0
    assert read(scalars.size(), "64TiB") == 64 * TIB


@pytest.mark.parametrize("written", ["true", "True", "yes", "'on'", "TRUE"])
def test_spellings_of_true(written):
    assert read(scalars.boolean, written) is True


@pytest.mark.parametrize("written", ["false", "no", "'off'", "FALSE"])
def test_spellings_of_false(written):
    assert read(scalars.boolean, written) is False


def test_no_boolean():
    assert faults(scalars.boolean, "1") == [": '1' is neither true nor false; write true or false"]
    assert faults(scalars.boolean, "[]")[0].startswith(": a list where true or false")


def test_levels_take_words_and_booleans():
    words = ("none", "low", "medium", "high", "true", "no", "High")
    assert [read(scalars.level, word) for word in words] == [
        *("none", "low", "medium", "high"),
        *("high", "none", "high"),
    ]
    expected = ": 'hihg' is not one of none, low, medium, high; did you mean 'high'?"
    assert faults(scalars.level, "hihg") == [expected]
    assert "a mapping where one word" in faults(scalars.level, "{a: b}")[0]


def test_numbers_are_exact_and_bounded():
    assert read(scalars.number(0, 10), "0.1") == Fraction(1, 10)
    assert read(scalars.number(0, 10), "0") == 0
    assert "more than 0" in faults(scalars.number(0, 10, above=True), "0")[0]
    assert "at most 10" in faults(scalars.number(0, 10), "10.5")[0]
    assert "'-1' is negative" in faults(scalars.number(0, 10), "-1")[0]
    assert "not a number" in faults(scalars.number(0, 10), "1e1")[0]


def test_counts_are_whole():
    assert read(scalars.count(1, 1000), "3") == 3
    assert read(scalars.count(1, 1000), "3.0") == 3
    assert "not a whole number" in faults(scalars.count(1, 1000), "3.5")[0]
    assert faults(scalars.count(1, 1000), "0") == [": '0' is out of range; give 1 to 1,000"]


def test_durations_need_a_unit():
    assert read(scalars.duration(10**6), "1h30m") == 5400
    assert "with its unit" in faults(scalars.duration(10**6), "30")[0]
    assert "longer than 2 h" in faults(scalars.duration(7200), "3h")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("x86_64", "amd64"),
        ("aarch64", "arm64"),
        ("armv7l", "arm"),
        ("ARM64", "arm64"),
        ("386", "386"),
    ],
)
def test_architectures_have_one_spelling(written, expected):
    assert read(scalars.architecture, written) == expected


def test_unknown_architecture():
    assert "did you mean 'amd64'?" in faults(scalars.architecture, "amd46")[0]
    assert read(scalars.platform, "linux/arm/v7") == {"architectures": ("arm",)}


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "2025-02-29"])
def test_days_must_exist(day):
    assert "not in the calendar" in faults(scalars.iso_date, day)[0]


def test_days_have_one_form():
    assert read(scalars.iso_date, "2024-02-29") == "2024-02-29"
    for written in ("20261123", "2026-W01-1", "1.2.2026", "2026-1-1"):
        assert "YYYY-MM-DD" in faults(scalars.iso_date, written)[0]


@pytest.mark.parametrize(
    "bad", ["\n", "\t", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f", "\u2028"]
)
def test_names_hold_no_control_or_direction_character(bad):
    fault = scalars.name_fault(f"we{bad}b")
    assert fault is not None
    assert f"U+{ord(bad):04X}" in fault[0]


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_other_text_is_a_name(text):
    assert scalars.name_fault(text) is None


def test_names_have_a_length():
    assert scalars.name_fault("a" * 200) is None
    assert scalars.name_fault("a" * 201) == ("a name longer than 200 characters", "shorten it")
    assert scalars.name_fault("") == ("an empty name", "give it a name")


def test_text_is_plain_text_whatever_was_quoted():
    for written in ("22:22", "3.10", "'3.10'", "no"):
        value = read(scalars.text, written)
        assert type(value) is str
        assert value == written.strip("'")
    assert faults(scalars.text, "''") == [": is empty; give a value, or remove the key"]
    assert read(scalars.any_text, "''") == ""

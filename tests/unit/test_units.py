"""Texts with units, by hand and there and back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.units import (
    DAY_SECONDS,
    GIB,
    HOUR_SECONDS,
    KIB,
    MIB,
    TIB,
    WEEK_SECONDS,
    decimal,
    format_duration,
    format_size,
    measured_size,
    parse_duration,
    parse_number,
    parse_percent,
    parse_size,
    written_size,
)

MINUTE = 60
SIZES = {"": 1, "k": KIB, "m": MIB, "g": GIB, "t": TIB}
DURATIONS = {
    "s": 1,
    "min": MINUTE,
    "h": HOUR_SECONDS,
    "d": DAY_SECONDS,
    "w": WEEK_SECONDS,
}


@pytest.mark.parametrize(
    ("text", "size_bytes"),
    [
        ("0", 0),
        ("4096", 4096),
        ("512m", 512 * 2**20),
        ("512MB", 512 * 2**20),
        ("512 MiB", 512 * 2**20),
        ("64Mi", 64 * 2**20),
        ("1.5Gi", 3 * 2**29),
        ("1.5GiB", 3 * 2**29),
        ("32GB", 32 * 2**30),
        ("2T", 2**41),
        ("100b", 100),
        ("1.5", 1),
        ("  8g ", 2**33),
        ("007k", 7 * 1024),
    ],
)
def test_sizes(text, size_bytes):
    assert parse_size(text) == size_bytes


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "m",
        "-1",
        "-512m",
        "+1",
        "1e9",
        "1_000",
        "1,5g",
        ".5g",
        "5.g",
        "1.2.3",
        "8 gigs",
        "1g1m",
        "1 024",
        "0x10",
        "inf",
        "nan",
        "8g\n8g",
        "5i",
        "5ib",
        "9" * 19,
        "٣g",
        "５m",
        "1\u212a",
    ],
)
def test_what_is_no_size(text):
    assert parse_size(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("1m30s", 90),
        ("1m 30s", 90),
        ("10min", 600),
        ("4h", 14_400),
        ("1.5 hours", 5_400),
        ("1d12h", 129_600),
        ("6w", 6 * 604_800),
        ("2 Days", 172_800),
        ("0s", 0),
        ("250ms", Fraction(1, 4)),
        ("5us", Fraction(1, 200_000)),
        ("5µs", Fraction(1, 200_000)),
        (" 1h ", 3600),
    ],
)
def test_durations(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "90",
        "s",
        "-5m",
        "1h-5m",
        "1h,30m",
        "1h and 30m",
        "5 m 3",
        "1y",
        "1mon",
        "1e3s",
        "1:30",
        "1.5.2h",
        "h1",
        "1h!",
        "1" * 13 + "s",
        "٣h",
    ],
)
def test_what_is_no_duration(text):
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("0.25", Fraction(1, 4)), ("3.10", Fraction(31, 10)), ("007", 7)],
)
def test_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1e999",
        "1/3",
        " 1",
        "1 ",
        "1_0",
        ".5",
        "5.",
        "nan",
        "inf",
        "0x1",
        "٣",
        "1" * 13,
        "1." + "0" * 7,
        "22:22",
    ],
)
def test_what_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("10%", Fraction(1, 10)),
        ("0.5 %", Fraction(1, 200)),
        ("150%", Fraction(3, 2)),
        ("10", None),
        ("%", None),
        ("10%%", None),
        ("-10%", None),
        ("10% ", None),
    ],
)
def test_percentages(text, share):
    assert parse_percent(text) == share


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 MiB"),
        (MIB // 2 - 1, "0 MiB"),
        (MIB // 2, "1 MiB"),
        (512 * MIB, "512 MiB"),
        (1023 * MIB, "1023 MiB"),
        (GIB - 1, "1 GiB"),
        (GIB, "1 GiB"),
        (1_700_000_000, "1.6 GiB"),
        (2 * TIB, "2048 GiB"),
        (-512 * MIB, "−512 MiB"),
        (-1, "0 MiB"),
    ],
)
def test_sizes_as_a_person_writes_them(size_bytes, text):
    assert format_size(size_bytes) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (Fraction(1, 4), "0.3 s"),
        (60, "1 min"),
        (90, "90 s"),
        (600, "10 min"),
        (3600, "1 h"),
        (5400, "90 min"),
        (14_400, "4 h"),
        (86_400, "1 d"),
        (129_600, "36 h"),
        (216_000, "2.5 d"),
    ],
)
def test_durations_as_a_person_writes_them(seconds, text):
    assert format_duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "−1"),
        (Fraction(5, 4), 1, "1.3"),
        (Fraction(249, 200), 2, "1.25"),
        (Fraction(21, 20), 2, "1.05"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(-1, 300), 2, "0"),
        (Fraction(999, 1000), 2, "1"),
        (1200, 2, "1200"),
        (-3, 1, "−3"),
    ],
)
def test_rounding_is_half_up_without_idle_zeros(value, places, text):
    assert decimal(value, places) == text


amounts = st.decimals(0, 10**9, places=6, allow_nan=False, allow_infinity=False)


@given(amounts, st.sampled_from(sorted(SIZES)), st.sampled_from(["", "b", "i", "ib"]))
def test_a_size_is_its_number_times_its_unit_in_whole_bytes(number, unit, tail):
    tail = tail if unit else tail.removeprefix("i")
    expected = int(Fraction(number) * SIZES[unit])
    for text in (f"{number}{unit}{tail}", f"{number} {unit}{tail}".upper()):
        assert parse_size(text) == expected


@given(st.integers(0, 2**50))
def test_a_size_survives_being_written_to_half_a_unit(size_bytes):
    text = format_size(size_bytes)
    back = parse_size(text)
    assert abs(back - size_bytes) <= (GIB // 20 + 1 if text.endswith("GiB") else MIB // 2)
    assert text != "1024 MiB"
    assert format_size(-size_bytes) == (text if text == "0 MiB" else f"−{text}")


@given(st.dictionaries(st.sampled_from(sorted(DURATIONS)), amounts, min_size=1), st.data())
def test_a_duration_is_the_sum_of_its_parts_in_any_order(parts, data):
    units = data.draw(st.permutations(sorted(parts)))
    gap = data.draw(st.sampled_from(["", " "]))
    text = gap.join(f"{parts[unit]}{unit}" for unit in units)
    assert parse_duration(text) == sum(Fraction(parts[u]) * DURATIONS[u] for u in units)


@given(st.fractions(0, 10**8))
def test_a_duration_survives_being_written_to_half_a_tenth(seconds):
    text = format_duration(seconds)
    unit = DURATIONS[text.rpartition(" ")[2]]
    assert abs(parse_duration(text) - seconds) <= Fraction(unit, 20)


@given(st.fractions(), st.integers(0, 6))
def test_a_rounded_number_is_at_most_half_a_step_away(value, places):
    text = decimal(value, places)
    back = Fraction(text.replace("−", "-"))
    assert abs(back - value) <= Fraction(1, 2 * 10**places)
    assert text == text.rstrip("0") or "." not in text
    assert text != "−0"


@given(st.text(max_size=12))
def test_no_text_breaks_a_parser(text):
    for parse in (parse_size, parse_number, parse_percent, parse_duration):
        found = parse(text)
        assert found is None or found >= 0


@pytest.mark.parametrize(
    ("size", "exact", "rounded"),
    [
        (2 * GIB, "2GiB", "2GiB"),
        (1536 * MIB, "1536MiB", "1536MiB"),
        (25276518400, "25276518400", "24106MiB"),
        (1_000_000, "1000000", "1MiB"),
        (12 * KIB, "12288", "12288"),
        (0, "0", "0"),
    ],
)
def test_sizes_as_an_inventory_has_them(size, exact, rounded):
    assert written_size(size) == exact
    assert measured_size(size) == rounded


@given(st.integers(0, 2**50))
def test_an_exact_size_is_read_back(size):
    assert parse_size(written_size(size)) == size
    assert abs(parse_size(measured_size(size)) - size) <= MIB // 2

"""Quantities, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.importers.kubernetes.quantities import cpus, memory, parse_quantity
from analyzer.units import parse_number, parse_size


@pytest.mark.parametrize(
    ("text", "native"),
    [
        ("512Mi", "512Mi"),
        ("1.5Gi", "1536MiB"),
        ("128M", "128000000"),
        ("1G", "1000000000"),
        ("129e6", "129000000"),
        ("129E6", "129000000"),
        ("1E", "1000000000000000000"),
        ("128974848", "123MiB"),
        ("128974848000m", "123MiB"),
        ("0", "0"),
        ("five", None),
        ("1 Gi", None),
        ("-1", None),
        ("", None),
    ],
)
def test_memory(text, native):
    assert memory(text) == native


@pytest.mark.parametrize(
    ("text", "native"),
    [("500m", "0.5"), ("2", "2"), ("0.25", "0.25"), ("1k", "1000"), ("1e-1", "0.1"), ("x", None)],
)
def test_cpus(text, native):
    assert cpus(text) == native


def test_native_readers_agree():
    assert parse_size(memory("512Mi")) == parse_quantity("512Mi") == 512 * 2**20
    assert parse_number(cpus("250m")) == parse_quantity("250m")


@given(st.text(max_size=12))
def test_any_text_is_a_quantity_or_none(text):
    found = parse_quantity(text)
    assert found is None or found >= 0

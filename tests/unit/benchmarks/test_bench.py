"""The bars: a miss is a miss, and the table says so."""

import math

import pytest

from tests.benchmarks.bench import Row, _gap_row, growth


def exposure(value: int, lower_bound: int, *, proven: bool = False) -> dict[str, object]:
    return {
        "plan": {
            "exposure": {"value": value, "lower_bound": lower_bound, "proven_optimal": proven}
        }
    }


def test_a_row_above_its_bar_is_missed_and_marked() -> None:
    missed, held = Row("x", "3 s", "2 s", 1.5, 1.4), Row("x", "3 s", "2 s", 1.4, 1.4)
    assert (missed.held, held.held) == (False, True)
    assert str(missed) == "| x | 3 s | 2 s | 1.50 | 1.40 | **no** |"


@pytest.mark.parametrize(
    ("assessment", "gap"),
    [
        (exposure(110, 100), 0.1),
        (exposure(110, 100, proven=True), 0.0),
        (exposure(0, 0), 0.0),
        (exposure(5, 0), math.inf),
    ],
)
def test_gap_is_what_the_bound_does_not_certify(assessment: dict[str, object], gap: float) -> None:
    assert _gap_row("x", assessment, 0.1).value == pytest.approx(gap)


def test_growth_of_n_log_n_is_on_the_bar_and_quadratic_growth_above_it() -> None:
    def n_log_n(n: int) -> float:
        return n * math.log(n)

    on_the_bar = growth((10_000, 100_000), (n_log_n(10_000), n_log_n(100_000)))
    assert on_the_bar.value == pytest.approx(on_the_bar.bar, abs=0.01)
    assert not growth((10_000, 100_000), (1.0, 100.0)).held

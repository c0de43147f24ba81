"""Measured figures are those of the child, and a failing command is an error, never a time."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import Comparison, Run, compare, run

MIB = 2**20


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_run_reports_the_childs_own_time_and_memory(tmp_path: Path) -> None:
    code = f"import time; held = b'x' * {300 * MIB}; time.sleep(0.3)"
    large = run(python(code), tmp_path)
    assert large.seconds >= 0.3
    assert large.peak_bytes > 300 * MIB


def test_a_failing_command_raises_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ended with 3: out of luck"):
        run(python("import sys; sys.stderr.write('out of luck'); sys.exit(3)"), tmp_path)


def test_compare_takes_medians_of_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pairs: 2/1, 9/3, 4/4 -> ratios 2, 3, 1 -> median 2; ours 2, 9, 4 -> 4; theirs 1, 3, 4 -> 3
    seconds = iter([2.0, 1.0, 9.0, 3.0, 4.0, 4.0])
    monkeypatch.setattr("tests.benchmarks.measure.run", lambda *_: Run(next(seconds), 10.0))
    result = compare((), (), tmp_path, pairs=3)
    assert result == Comparison(Run(4.0, 10.0), Run(3.0, 10.0), 2.0, 1.0)

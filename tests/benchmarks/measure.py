"""Whole processes -> wall time and peak memory, ours and a yardstick in turns.

Only ratios within one run are worth comparing: absolute times drift with the machine and with
whatever else it does, and both sides of an interleaved pair see the same drift.
"""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

KIB = 1024
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "PYTHONUNBUFFERED")


class Run(NamedTuple):
    """One process: wall time, and the most memory it held."""

    seconds: float
    peak_bytes: float


class Comparison(NamedTuple):
    """Medians of both sides, and the medians of the pairs' ratios."""

    ours: Run
    yardstick: Run
    time_ratio: float
    memory_ratio: float


def clean_environment() -> Mapping[str, str]:
    """Return the environment without what would keep Python from caching its bytecode."""
    return {name: value for name, value in os.environ.items() if name not in UNWANTED}


def run(argv: Sequence[str], folder: Path) -> Run:
    """Run a command to its end in a folder.

    ``wait4`` reports at least the memory that the parent held when it started the child, so the
    parent has to stay small: it must never load an estate itself.

    Raises:
        RuntimeError: the command failed; carries the end of what it said.
    """
    complaint = folder / "stderr.txt"
    with complaint.open("wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            argv, cwd=folder, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = complaint.read_text(encoding="utf-8", errors="replace")[-1000:]
        msg = f"{' '.join(argv[:3])} ... ended with {process.returncode}: {said}"
        raise RuntimeError(msg)
    return Run(seconds, usage.ru_maxrss * KIB)


def compare(
    ours: Sequence[str], yardstick: Sequence[str], folder: Path, *, pairs: int, warm_ups: int = 0
) -> Comparison:
    """Return how one command does beside another, over several pairs run in turns."""
    for _ in range(warm_ups):
        run(ours, folder)
        run(yardstick, folder)
    first: list[Run] = []
    second: list[Run] = []
    for _ in range(pairs):
        first.append(run(ours, folder))
        second.append(run(yardstick, folder))
    return Comparison(
        _median(first),
        _median(second),
        median(a.seconds / b.seconds for a, b in zip(first, second, strict=True)),
        median(a.peak_bytes / b.peak_bytes for a, b in zip(first, second, strict=True)),
    )


def _median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure on its own."""
    return Run(median(run.seconds for run in runs), median(run.peak_bytes for run in runs))

"""``make bench``: an installed wheel against its bars, as a Markdown table; exit 1 for a miss.

Every figure is taken in one run on one machine, ours and its yardstick in turns.
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.benchmarks.installed import ROOT, Installed, install
from tests.benchmarks.measure import Comparison, clean_environment, compare, run
from tests.benchmarks.project import project
from tests.history import build, commit, steps

MIB = 2**20
EXAMPLE = ROOT / "examples" / "home" / "inventory.yaml"
IMPORTS = "import click, yaml, jinja2, networkx"
LOAD = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), yaml.CSafeLoader)"

EXAMPLE_RATIO = 1.4
LARGE_RATIO = 1.0
BASELINE_RATIO = 1.25
"""An old report of 27 MB is read as well, where the yardstick reads the inventory only."""
IMPORT_RATIO = 1.0
KIT_RATIO = 5.0
STABLE_SHARE = 0.01
EXAMPLE_GAP = 0.02
LARGE_GAP = 0.10


class Row(NamedTuple):
    """One line of the table; ``value`` must not exceed ``bar``."""

    what: str
    ours: str
    yardstick: str
    value: float
    bar: float

    @property
    def held(self) -> bool:
        """Return whether the bar is held."""
        return self.value <= self.bar

    def __str__(self) -> str:
        """Return the line as Markdown."""
        verdict = "yes" if self.held else "**no**"
        cells = (self.what, self.ours, self.yardstick, f"{self.value:.2f}", f"{self.bar:.2f}")
        return f"| {' | '.join(cells)} | {verdict} |"


class Bench:
    """The installed command and a scratch folder for what it reads and writes."""

    def __init__(self, installed: Installed, folder: Path) -> None:
        """Keep both."""
        self.installed = installed
        self.folder = folder

    def example(self, pairs: int) -> Iterator[Row]:
        """Yield the example estate against the imports alone, and its plan's gap."""
        ours = self._analyse(EXAMPLE, "example.md")
        imports = (self.installed.python, "-c", IMPORTS)
        result = compare(ours, imports, self.folder, pairs=pairs, warm_ups=2)
        yield _time_row("example estate: time / imports alone", result, EXAMPLE_RATIO)
        yield _gap_row("example estate", self.assessment(EXAMPLE), EXAMPLE_GAP)

    def large(self, size: int, pairs: int) -> tuple[tuple[Row, ...], float]:
        """Return a generated estate against ``yaml.load``, its plan's gap, and our seconds."""
        estate = self.generate(size)
        ours = self._analyse(estate, "large.md")
        load = (self.installed.python, "-c", LOAD, str(estate))
        result = compare(ours, load, self.folder, pairs=pairs)
        name = f"{size:,} services"
        rows = (
            _time_row(f"{name}: time / yaml.load alone", result, LARGE_RATIO),
            _memory_row(f"{name}: peak memory / yaml.load alone", result, LARGE_RATIO),
            _gap_row(name, self.assessment(estate), LARGE_GAP),
        )
        return rows, result.ours.seconds

    def imported(self, size: int, pairs: int) -> Iterator[Row]:
        """Yield the import of a Compose project against the real Compose, where there is one."""
        compose = os.environ.get("K8SADVISOR_DOCKER_COMPOSE")
        if not compose:
            return
        path = self.folder / f"project-{size}" / "compose.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(project(size))
        ours = (self.installed.command, "import", "compose", str(path))
        theirs = (compose, "-f", str(path), "config", "--format", "json")
        result = compare(ours, theirs, self.folder, pairs=pairs)
        name = f"import of {size:,} Compose services: time / docker-compose config"
        yield _time_row(name, result, IMPORT_RATIO)

    def changed(self, size: int, pairs: int) -> Row:
        """Return an estate with one line changed, compared with its last report."""
        estate = self.generate(size)
        run(self._analyse(estate, "before.json", "--format", "json"), self.folder)
        text = estate.read_text()
        changed = self.folder / f"changed-{size}.yaml"
        changed.write_text(text.replace("operators: 2", "operators: 3", 1))
        ours = self._analyse(changed, "changed.md", "--baseline", "before.json")
        load = (self.installed.python, "-c", LOAD, str(changed))
        result = compare(ours, load, self.folder, pairs=pairs)
        name = f"{size:,} services with --baseline: time / yaml.load alone"
        return _time_row(name, result, BASELINE_RATIO)

    def history(self, commits: int, runs: int) -> Row:
        """Return the history of the example estate against as many analyses, start-ups apart."""
        repository = self.folder / "history"
        repository.mkdir()
        build(repository)
        for number in range(commits - len(steps())):
            path = repository / "inventory.yaml"
            path.write_text(f"# {number}\n" + path.read_text())
            commit(repository, f"change {number}", "2026-09-01")
        ours = (self.installed.command, "history", str(repository / "inventory.yaml"))
        one = self._analyse(repository / "inventory.yaml", "one.md")
        imports = (self.installed.python, "-c", IMPORTS)
        medians = [
            median(run(argv, self.folder).seconds for _ in range(runs))
            for argv in (ours, one, imports)
        ]
        history, analysis, start = medians
        allowed = commits * analysis - (commits - 1) * start
        name = f"history of {commits} commits: time / {commits} analyses less start-ups"
        return Row(name, f"{history:.3f} s", f"{allowed:.3f} s", history / allowed, 1.0)

    def kit(self, size: int, pairs: int) -> Row:
        """Return a complete kit of a generated estate against the analysis of the same.

        Its thousands of files go to memory where that can be had, a new folder each time: what a
        disk takes to make them differs by a factor of ten from one minute to the next.
        """
        estate = self.generate(size)
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
        line = 'exec "$0" kit "$1" --option incremental -d "$2/kit-$$"'
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            ours = ("sh", "-c", line, self.installed.command, str(estate), folder)
            result = compare(ours, self._analyse(estate, "kit.md"), self.folder, pairs=pairs)
        name = f"{size:,} services to a complete kit: time / the analysis alone"
        return _time_row(name, result, KIT_RATIO)

    def additions(self) -> Row:
        """Return how many other services move when one is added; counted in a process apart."""
        argv = (sys.executable, "-m", "tests.benchmarks.stability")
        said = subprocess.check_output(argv, cwd=ROOT, env=clean_environment(), text=True)
        share = float(said.partition("(")[2].partition(" %")[0]) / 100
        what, _, rest = said.strip().partition(": ")
        name = f"stability, {what}: share of other services that move"
        return Row(name, rest.split(",")[0], "none", share, STABLE_SHARE)

    def stability(self, size: int) -> Row:
        """Return whether the same estate written in reverse order gives the same plan."""
        plain = self.assessment(self.generate(size))
        reverse = self.assessment(self.generate(size, "--reverse"))
        waves = [assessment["plan"]["waves"] for assessment in (plain, reverse)]
        services = [[wave["services"] for wave in each] for each in waves]
        moved = 0 if services[0] == services[1] else 1
        name = f"{size:,} services: plans that differ when written in reverse"
        return Row(name, f"{len(waves[0])} waves", f"{len(waves[1])} waves", moved, 0)

    def generate(self, size: int, *more: str) -> Path:
        """Return a generated inventory's path; made in a process of its own, see `run`."""
        path = self.folder / f"estate-{size}{''.join(more)}.yaml"
        argv = (sys.executable, "-m", "tests.benchmarks.generate", str(size), *more)
        with path.open("wb") as stream:
            subprocess.run(argv, check=True, cwd=ROOT, env=clean_environment(), stdout=stream)
        return path

    def assessment(self, estate: Path) -> dict[str, Any]:
        """Return the plan and the decision of an estate, from the JSON report.

        A child picks the two out of it, so that this process stays small.
        """
        run(self._analyse(estate, "report.json", "--format", "json"), self.folder)
        pick = (
            "import json, sys; report = json.load(open('report.json'));"
            "json.dump({'plan': report['plan'], 'decision': report['decision']}, sys.stdout)"
        )
        argv = (self.installed.python, "-c", pick)
        chosen: dict[str, Any] = json.loads(subprocess.check_output(argv, cwd=self.folder))
        return chosen

    def _analyse(self, estate: Path, output: str, *more: str) -> tuple[str, ...]:
        return (self.installed.command, "analyse", str(estate), "-o", output, *more)


def growth(sizes: tuple[int, int], seconds: tuple[float, float]) -> Row:
    """Return the exponent of growth between two sizes; its bar is that of n log n."""
    (small, large), (fast, slow) = sizes, seconds
    exponent = math.log(slow / fast) / math.log(large / small)
    n_log_n = 1 + math.log(math.log(large) / math.log(small)) / math.log(large / small)
    name = f"growth exponent {small:,} → {large:,}"
    return Row(name, f"{slow:.2f} s", f"{fast:.2f} s", exponent, round(n_log_n, 2))


def _time_row(what: str, result: Comparison, bar: float) -> Row:
    ours, yardstick = (f"{run.seconds:.3f} s" for run in (result.ours, result.yardstick))
    return Row(what, ours, yardstick, result.time_ratio, bar)


def _memory_row(what: str, result: Comparison, bar: float) -> Row:
    ours, yardstick = (
        f"{run.peak_bytes / MIB:.0f} MiB" for run in (result.ours, result.yardstick)
    )
    return Row(what, ours, yardstick, result.memory_ratio, bar)


def _gap_row(name: str, assessment: dict[str, Any], bar: float) -> Row:
    exposure = assessment["plan"]["exposure"]
    value, bound = exposure["value"], exposure["lower_bound"]
    gap = 0.0 if exposure["proven_optimal"] or value == bound else _share(value - bound, bound)
    return Row(f"{name}: certified gap of the plan", f"J = {value}", f"≥ {bound}", gap, bar)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.inf


def rows(bench: Bench, *, quick: bool) -> Iterator[Row]:
    """Yield every row, as it is measured."""
    yield from bench.example(pairs=7 if quick else 25)
    measured, seconds = bench.large(10_000, pairs=3 if quick else 7)
    yield from measured
    if not quick:
        measured, more_seconds = bench.large(100_000, pairs=3)
        yield from measured
        yield growth((10_000, 100_000), (seconds, more_seconds))
    yield from bench.imported(2_000, pairs=3 if quick else 7)
    yield bench.changed(10_000, pairs=3 if quick else 7)
    yield bench.history(20, runs=3 if quick else 9)
    yield bench.kit(1_000, pairs=3 if quick else 7)
    yield bench.additions()
    yield bench.stability(1_000 if quick else 10_000)


def main() -> int:
    """Print the table; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench")
    parser.add_argument("--quick", action="store_true", help="fewer runs, nothing above 10,000")
    arguments = parser.parse_args()
    print(f"CPython {platform.python_version()}, {os.cpu_count()} cores, an installed wheel\n")
    print("| what | ours | yardstick | measured | bar | held |")
    print("|---|--:|--:|--:|--:|---|")
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(install(Path(scratch)), Path(scratch))
        for row in rows(bench, quick=arguments.quick):
            print(row, flush=True)
            missed += not row.held
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

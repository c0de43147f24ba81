"""``python -m tests.benchmarks.stability``: what one more stateless service changes in a report.

Every estate is assessed as it is and with one small stateless service more on each of its hosts in
turn. It may have its own wave, its own findings and dependencies, and change counts; what else
changes is counted: other services in another wave, another answer, findings of others.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from analyzer.assessment import Settings, assess
from analyzer.comparison.comparing import compare
from analyzer.comparison.snapshot import take
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.generate import inventory as generated
from tests.benchmarks.installed import ROOT

SIZES = (20, 50, 100, 200)
SEEDS = (1, 2, 3)
ADDED = "zz-added"


class Change(NamedTuple):
    """What one more service changed for the others."""

    estate: str
    host: str
    services: int
    moved: int
    findings: int
    answer: bool


def changes(name: str, path: Path) -> Iterator[Change]:
    """Yield what a service more changes, for each host of an estate."""
    rulebook = load_rulebook()
    estate = load_inventory([str(path)])
    before = take(assess(estate, rulebook, Settings()))
    for host in estate.hosts:
        record = f"{{host: {host}, image: 'traefik/whoami:v1.10', runtime: podman, memory: 16MiB, stateful: false}}"
        more = load_inventory([str(path)], [(f"services.{ADDED}", record)])
        found = compare(before, take(assess(more, rulebook, Settings())))
        yield Change(
            name,
            host,
            len(estate.services),
            sum(move.service != ADDED for move in found.waves),
            sum(move.subject not in (ADDED, "", host) for move in found.findings),
            found.answer_changed,
        )


def all_changes(sizes: tuple[int, ...] = SIZES) -> list[Change]:
    """Return what a service more changes, over the examples and generated estates."""
    found: list[Change] = []
    for path in sorted(ROOT.glob("examples/*/inventory.yaml")):
        found += changes(path.parent.name, path)
    with TemporaryDirectory() as folder:
        for size in sizes:
            for seed in SEEDS:
                path = Path(folder) / f"{size}-{seed}.yaml"
                path.write_text(generated(size, seed))
                found += changes(path.stem, path)
    return found


def summary(found: list[Change]) -> str:
    """Return the share of services that moved in other company, and how often anything else."""
    services = sum(change.services for change in found)
    moved = sum(change.moved for change in found)
    quiet = sum(not change.moved for change in found)
    return (
        f"{len(found)} additions: {quiet} moved no other service, {moved} of {services:,} services"
        f" moved ({100 * moved / services:.2f} %), {sum(c.findings for c in found)} findings of"
        f" others changed, {sum(c.answer for c in found)} answers changed"
    )


if __name__ == "__main__":
    sys.stdout.write(summary(all_changes()) + "\n")

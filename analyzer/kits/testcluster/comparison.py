"""Measurements of two sides -> what they show, and whether it is more than chance.

Medians are compared, for one slow call tells nothing; a difference counts when it is larger than the
figures of either side scatter around their median (the median absolute deviation, which one outlier
does not move). Arithmetic is exact, so that the same lines give the same text everywhere.

Source: https://en.wikipedia.org/wiki/Median_absolute_deviation
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from analyzer.kits.testcluster.measuring import METRICS, Side

ENOUGH = 3
"""Samples of a side below which nothing is said."""
Finding = Literal["podman", "kubernetes", "no difference", "too few samples", "one side only"]


class Sample(NamedTuple):
    """One measured figure, in the metric's own unit; ``service`` is empty for the whole machine."""

    metric: str
    service: str
    side: Side
    value: Fraction


class Summary(NamedTuple):
    """The figures of one side: how many, their median, and how far they scatter around it."""

    samples: int
    median: Fraction | None
    spread: Fraction | None


class Compared(NamedTuple):
    """One metric of one service on both sides; ``better`` says what may be said of it."""

    metric: str
    service: str
    podman: Summary
    kubernetes: Summary
    better: Finding

    @property
    def difference(self) -> Fraction | None:
        """Return what Kubernetes has more than Podman, None where a side is missing."""
        if self.podman.median is None or self.kubernetes.median is None:
            return None
        return self.kubernetes.median - self.podman.median


def compare(samples: Iterable[Sample]) -> tuple[Compared, ...]:
    """Return each metric of each service, in the order of metrics and then of names."""
    by: dict[tuple[str, str], dict[str, list[Fraction]]] = {}
    for one in samples:
        by.setdefault((one.metric, one.service), {}).setdefault(one.side, []).append(one.value)
    ranks = {metric: at for at, metric in enumerate(METRICS)}
    found = []
    for metric, service in sorted(by, key=lambda key: (ranks[key[0]], key[1])):
        sides = by[metric, service]
        podman, kubernetes = (_summary(sides.get(side, ())) for side in ("podman", "kubernetes"))
        better = _better(metric, podman, kubernetes)
        found.append(Compared(metric, service, podman, kubernetes, better))
    return tuple(found)


def _summary(values: Sequence[Fraction]) -> Summary:
    if not values:
        return Summary(0, None, None)
    middle = median(values)
    return Summary(len(values), middle, median([abs(value - middle) for value in values]))


def median(values: Sequence[Fraction]) -> Fraction:
    """Return the middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _better(metric: str, podman: Summary, kubernetes: Summary) -> Finding:
    if podman.median is None or kubernetes.median is None:
        return "one side only"
    if min(podman.samples, kubernetes.samples) < ENOUGH:
        return "too few samples"
    difference = kubernetes.median - podman.median
    if abs(difference) <= max(podman.spread or 0, kubernetes.spread or 0):
        return "no difference"
    lower = "kubernetes" if difference < 0 else "podman"
    if METRICS[metric].lower_is_better:
        return "kubernetes" if lower == "kubernetes" else "podman"
    return "podman" if lower == "kubernetes" else "kubernetes"

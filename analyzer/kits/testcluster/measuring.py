"""What a test measures: each metric with its unit, which way is better, and how it is taken."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Side = Literal["podman", "kubernetes"]
SIDES: tuple[Side, Side] = ("podman", "kubernetes")


class Metric(NamedTuple):
    """One figure. ``per_service`` is false for what the whole machine or its owner spends."""

    title: str
    unit: str
    lower_is_better: bool
    per_service: bool
    how: str
    bears_on: str


METRICS: Mapping[str, Metric] = {
    "memory": Metric(
        "memory of a service in use",
        "MiB",
        lower_is_better=True,
        per_service=True,
        how="`podman stats --no-stream`; `kubectl top pod`",
        bears_on="overhead",
    ),
    "start": Metric(
        "from the start to the first good answer",
        "s",
        lower_is_better=True,
        per_service=True,
        how="restart it, and call it every second",
        bears_on="outages",
    ),
    "latency": Metric(
        "answer time, 95th percentile of 100 calls",
        "ms",
        lower_is_better=True,
        per_service=True,
        how="`curl -w '%{time_total}'` in a loop",
        bears_on="what users notice",
    ),
    "recovery": Metric(
        "gone after its process is killed",
        "s",
        lower_is_better=True,
        per_service=True,
        how="kill it, and call it every second",
        bears_on="outages",
    ),
    "update": Metric(
        "gone while it is updated",
        "s",
        lower_is_better=True,
        per_service=True,
        how="name another tag, and call it every second",
        bears_on="zero-downtime updates",
    ),
    "overhead": Metric(
        "memory of the engine or of K3s, without services",
        "MiB",
        lower_is_better=True,
        per_service=False,
        how="`systemd-cgtop`, `system.slice` and conmon or k3s",
        bears_on="overhead",
    ),
    "hours": Metric(
        "hours that a person spent, set-up and each change",
        "h",
        lower_is_better=True,
        per_service=False,
        how="a note after each piece of work",
        bears_on="effort and skills",
    ),
}
UNITS: Mapping[str, Mapping[str, int]] = {
    "MiB": {"MiB": 1, "GiB": 1024},
    "s": {"s": 1, "min": 60},
    "ms": {"ms": 1, "s": 1000},
    "h": {"h": 1},
}
"""For each unit of a metric, the units that are taken and what one of them is worth."""

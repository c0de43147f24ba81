"""A comparison -> a section of the report, or JSON."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from analyzer.assessment import Assessment
from analyzer.kits.printers.markdown import bullets, document, escape, heading, table
from analyzer.kits.testcluster.comparison import ENOUGH, Compared, Summary
from analyzer.kits.testcluster.measuring import METRICS
from analyzer.reporting.numbers import count, size
from analyzer.units import MIB, decimal

BEGIN = "<!-- k8sadvisor:test-comparison -->"
END = "<!-- /k8sadvisor:test-comparison -->"
_WORDS: Mapping[str, str] = {
    "podman": "**Podman**",
    "kubernetes": "**Kubernetes**",
    "no difference": "no difference beyond the scatter",
    "too few samples": f"too few samples: fewer than {ENOUGH} on a side",
    "one side only": "measured on one side only",
}


def section(assessment: Assessment, compared: Sequence[Compared], empty: int) -> str:
    """Return the section as Markdown, between the marks by which it is found again."""
    rows = [_row(one) for one in compared]
    blocks = [
        heading(2, "What the test cluster showed"),
        _first(compared, empty),
        table(("metric", "service", "Podman", "Kubernetes", "difference", "better"), rows),
        (
            "Medians, with the median distance from it behind ±. A side is better only where the difference"
            " is larger than that on either side."
        ),
        bullets(_estimates(assessment, compared)),
        bullets(_criteria(compared)),
    ]
    return f"{BEGIN}\n{document(blocks)}{END}\n"


def _first(compared: Sequence[Compared], empty: int) -> str:
    told = [one for one in compared if one.better in ("podman", "kubernetes")]
    wins = sum(one.better == "kubernetes" for one in told)
    text = (
        f"Of {count(len(compared), 'comparison')}, {len(told)} show a difference: Kubernetes is better"
        f" in {wins}, Podman in {len(told) - wins}."
    )
    if not compared:
        text = "Nothing is measured yet."
    return (
        f"{text} {count(empty, 'line')} of the table {'is' if empty == 1 else 'are'} still empty."
        if empty
        else text
    )


def _row(one: Compared) -> tuple[str, ...]:
    metric = METRICS[one.metric]
    return (
        escape(metric.title),
        escape(one.service) or "the machine",
        _figure(one.podman, metric.unit),
        _figure(one.kubernetes, metric.unit),
        _difference(one, metric.unit),
        _WORDS[one.better],
    )


def _figure(summary: Summary, unit: str) -> str:
    if summary.median is None or summary.spread is None:
        return "–"
    spread = f" ± {_number(summary.spread)}" if summary.samples > 1 else ""
    return f"{_number(summary.median)}{spread} {unit} ({summary.samples})"


def _difference(one: Compared, unit: str) -> str:
    difference = one.difference
    if difference is None:
        return "–"
    sign = "−" if difference < 0 else "+"
    share = ""
    if one.podman.median:
        percent = abs(difference) * 100 / one.podman.median
        share = f", {sign}{_number(percent.limit_denominator(10**6), 0)} %"
    return f"{sign}{_number(abs(difference))} {unit}{share}"


def _number(value: Fraction, places: int = 1) -> str:
    text = decimal(value, places)
    return text.removesuffix(".0")


def _estimates(assessment: Assessment, compared: Sequence[Compared]) -> list[str]:
    """Return how the report's own estimate of the overhead compares with what was measured."""
    found = []
    for one in compared:
        measured = one.kubernetes.median
        if one.metric == "overhead" and measured is not None:
            servers = [item for item in assessment.facts.footprint if item.role == "server"]
            if not servers:
                continue
            low, _, high = servers[0].k3s_bytes
            inside = low <= measured * MIB <= high
            verdict = "as estimated" if inside else "not what was estimated"
            found.append(
                f"K3s took {size(int(measured * MIB))} here; the report reckons with {size(low)} to"
                f" {size(high)} for a server: {verdict}."
            )
    return found


def _criteria(compared: Sequence[Compared]) -> list[str]:
    """Return what the figures speak to, in the words of the decision."""
    found = []
    for metric, one in METRICS.items():
        told = {item.better for item in compared if item.metric == metric} & {
            "podman",
            "kubernetes",
        }
        if told:
            sides = " and ".join(
                sorted({"podman": "Podman", "kubernetes": "Kubernetes"}[side] for side in told)
            )
            mixed = ", depending on the service" if len(told) > 1 else ""
            found.append(f"{one.bears_on}: speaks for {sides}{mixed} ({one.title}).")
    return found


def inserted(report: str, text: str) -> str:
    """Return a report with the section in it: in the place of an earlier one, else at its end."""
    start, end = report.find(BEGIN), report.find(END)
    if 0 <= start < end:
        return report[:start] + text.rstrip("\n") + report[end + len(END) :]
    return report.rstrip("\n") + "\n\n" + text


def as_json(compared: Sequence[Compared], empty: int) -> str:
    """Return the comparison for programs; figures are exact decimals or ratios, as text."""
    tree = {
        "test_comparison": 1,
        "empty_lines": empty,
        "comparisons": [
            {
                "metric": one.metric,
                "unit": METRICS[one.metric].unit,
                "service": one.service or None,
                "podman": _side(one.podman),
                "kubernetes": _side(one.kubernetes),
                "better": one.better,
            }
            for one in compared
        ],
    }
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def _side(summary: Summary) -> dict[str, object]:
    return {
        "samples": summary.samples,
        "median": None if summary.median is None else str(summary.median),
        "spread": None if summary.spread is None else str(summary.spread),
    }

"""CSV or JSON -> samples, and every line that is none.

A line without a value is one that nobody has filled in yet; it is counted, not refused.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from analyzer import jsonfile
from analyzer.errors import Problem
from analyzer.inventory.suggestion import did_you_mean
from analyzer.kits.testcluster.comparison import Sample
from analyzer.kits.testcluster.measuring import METRICS, SIDES, UNITS
from analyzer.tree import Map, Seq, unpack

COLUMNS = ("side", "service", "metric", "unit", "value")
_VALUE = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)
_MOST_ROWS = 100_000


class Read(NamedTuple):
    """What a file holds: samples, problems, and how many lines have no value yet."""

    samples: list[Sample]
    problems: list[Problem]
    empty: int


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]


def read(data: bytes, name: str, services: Collection[str]) -> Read:
    """Return what the content of a file says; ``services`` are the names that it may use."""
    text = data.decode("utf-8-sig", "replace")
    if name.endswith(".json") or text.lstrip()[:1] in ("[", "{"):
        rows, problems = _json(data, name)
    else:
        rows, problems = _csv(text, name)
    samples, empty = [], 0
    for row in rows:
        sample, faults = _sample(row, services)
        problems += [
            Problem(name, row.line, 1, path, what, remedy) for path, what, remedy in faults
        ]
        if sample is not None:
            samples.append(sample)
        elif not faults:
            empty += 1
    return Read(samples, problems, empty)


def _csv(text: str, name: str) -> tuple[list[_Row], list[Problem]]:
    reader = csv.reader(io.StringIO(text))
    rows: list[_Row] = []
    problems: list[Problem] = []
    head: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if head is None:
                head = [cell.strip().lower() for cell in cells]
                problems += _head_problems(head, name, reader.line_num)
            elif len(rows) < _MOST_ROWS:
                found = dict(zip(head, (cell.strip() for cell in cells), strict=False))
                rows.append(_Row(reader.line_num, found))
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, 1, "", f"no CSV: {error}", "mend the line"))
    if head is None:
        problems.append(
            Problem(name, 0, 0, "", "the file is empty", f"begin with {','.join(COLUMNS)}")
        )
    return ([], problems) if problems else (rows, problems)


def _head_problems(head: list[str], name: str, line: int) -> list[Problem]:
    missing = [column for column in COLUMNS if column not in head]
    if not missing:
        return []
    what = f"no column {', '.join(missing)}"
    return [Problem(name, line, 1, "", what, f"begin with {','.join(COLUMNS)}")]


def _json(data: bytes, name: str) -> tuple[list[_Row], list[Problem]]:
    """Return the rows of a list of mappings, or of one below the key ``measurements``."""
    try:
        tree = jsonfile.parse(data, name)
    except jsonfile.JsonError as error:
        return [], [error.problem]
    listed: Any = tree.get("measurements") if type(tree) is Map else tree
    if type(listed) is not Seq:
        what = "no list of measurements"
        return [], [Problem(name, 1, 1, "", what, 'write [{"side": "podman", ...}]')]
    return list(_rows(listed)), []


def _rows(listed: Seq) -> Iterator[_Row]:
    for item, mark in zip(listed, listed.marks, strict=False):
        cells = {}
        if type(item) is Map:
            cells = {str(key): str(value) for key, value in item.items() if isinstance(value, str)}
        yield _Row(unpack(mark)[0], cells)


_Fault = tuple[str, str, str]


def _sample(row: _Row, services: Collection[str]) -> tuple[Sample | None, list[_Fault]]:
    cells = row.cells
    faults: list[_Fault] = []
    side, metric = cells.get("side", "").lower(), cells.get("metric", "").lower()
    if side not in SIDES:
        remedy = did_you_mean(side, SIDES, "write podman or kubernetes")
        faults.append(("side", f"'{side}' is no side", remedy))
    if metric not in METRICS:
        remedy = did_you_mean(metric, METRICS, f"one of {', '.join(METRICS)}")
        faults.append(("metric", f"'{metric}' is not measured", remedy))
    service = cells.get("service", "")
    if metric in METRICS:
        faults += _service_faults(metric, service, services)
    value = cells.get("value", "")
    if faults or not value:
        return None, faults
    exact, fault = _value(metric, cells.get("unit", "") or METRICS[metric].unit, value)
    if exact is None:
        return None, [fault]
    return Sample(metric, service, "podman" if side == "podman" else "kubernetes", exact), []


def _service_faults(metric: str, service: str, services: Collection[str]) -> list[_Fault]:
    if METRICS[metric].per_service and service not in services:
        shown = f"'{service}' is not described" if service else "no service"
        return [("service", shown, did_you_mean(service, services, "name one of the inventory's"))]
    if not METRICS[metric].per_service and service:
        return [("service", f"{metric} is of the whole machine", "leave service empty")]
    return []


def _value(metric: str, unit: str, value: str) -> tuple[Fraction | None, _Fault]:
    factors = UNITS[METRICS[metric].unit]
    if unit not in factors:
        what = f"'{unit}' is no unit of {metric}"
        return None, ("unit", what, f"one of {', '.join(factors)}")
    if not _VALUE.fullmatch(value):
        what = "no plain number that is not negative"
        return None, ("value", what, "write it as 12.5, without its unit")
    return Fraction(value) * factors[unit], ("", "", "")

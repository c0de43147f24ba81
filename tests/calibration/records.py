"""A file of records -> what each states; tolerant of what is missing or of another shape."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from analyzer import yamlfile

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TIMES = re.compile(r"\bx\s?(\d{1,2})\b", re.IGNORECASE)
_SILENCE = frozenset({"", "unknown", "none", "unstated", "n/a", "?"})
MOST_HOSTS = 200
MOST_SERVICES = 2000


class Machine(NamedTuple):
    """One machine as described; None is not stated."""

    text: str
    memory_gb: str | None
    arch: str | None


class Record(NamedTuple):
    """What a record states before the decision, and ``decision`` to compare with.

    No notes, reasons or outcomes: whoever reads a record must not know how it ended.
    """

    id: str
    setting: str
    baseline: str
    needs: tuple[str, ...]
    constraints: tuple[str, ...]
    hosts: int | None
    sites: int | None
    machines: tuple[Machine, ...]
    services: int | None
    decision: str


def read_records(path: str) -> tuple[Record, ...]:
    """Return the records of a file: a list, or a mapping whose ``cases`` is one.

    Raises:
        ValueError: the file is no such list.
        OSError: the file cannot be read.
        YamlError: the file is no YAML.
    """
    tree, _ = yamlfile.parse(Path(path).read_bytes(), path)
    cases = tree.get("cases") if isinstance(tree, dict) else tree
    if not isinstance(cases, list):
        message = f"{path}: no list of cases"
        raise ValueError(message)  # noqa: TRY004 - the content is wrong, not an argument's type
    return tuple(record_of(case) for case in cases if isinstance(case, dict))


def record_of(case: Mapping[str, object]) -> Record:
    """Return what one entry states."""
    hosts = _mapping(case.get("hosts"))
    services = _mapping(case.get("services"))
    machines = _machines(hosts.get("nodes"))
    count = _count(hosts.get("count"), MOST_HOSTS)
    return Record(
        id=str(case.get("id") or "unnamed"),
        setting=str(case.get("setting") or "").lower(),
        baseline=str(case.get("baseline") or "").lower(),
        needs=_tags(case.get("needs")),
        constraints=_tags(case.get("constraints")),
        hosts=count or len(machines) or None,
        sites=_count(hosts.get("sites"), MOST_HOSTS),
        machines=machines,
        services=_count(services.get("count"), MOST_SERVICES),
        decision=str(case.get("decision") or "unknown"),
    )


def _mapping(value: object) -> Mapping[str, object]:
    """Return a mapping; a bare value is a count."""
    return value if isinstance(value, dict) else {"count": value}


def _count(value: object, most: int) -> int | None:
    """Return the first whole number of at least 1 in a count such as ``30``, ``about 12``, ``40+``."""
    found = _NUMBER.search(str(value or ""))
    number = int(float(found.group())) if found else 0
    return min(number, most) if number >= 1 else None


def _tags(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    tags = [str(item).strip() for item in items if item is not None]
    return tuple(tag for tag in tags if tag.lower() not in _SILENCE)


def _machines(nodes: object) -> tuple[Machine, ...]:
    """Return the machines, one for each of ``x3``."""
    found: list[Machine] = []
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict):
            continue
        text = f"{node.get('role') or ''} {node.get('cpu') or ''}"
        memory = _NUMBER.search(str(node.get("ram_gb") or ""))
        arch = str(node.get("arch") or "").lower()
        machine = Machine(
            text=text.lower(),
            memory_gb=memory.group() if memory else None,
            arch=None if arch in _SILENCE else arch,
        )
        times = _TIMES.search(text)
        found.extend([machine] * (int(times.group(1)) if times else 1))
    return tuple(found[:MOST_HOSTS])

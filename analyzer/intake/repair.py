"""Leaves out of a draft what the inventory's own readers refuse, and says so; the rest stays."""

import re
from collections.abc import Iterable, Iterator

from analyzer.inventory.draft import Remark
from analyzer.inventory.fields import Fault, Record, kind
from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.scalars import name_fault
from analyzer.inventory.services import SERVICE
from analyzer.tree import Map, Seq

_RECORDS = {"hosts": HOST, "services": SERVICE, "volumes": VOLUME}
_STEP = re.compile(r"\.([^.\[]+)(?:\[(\d+)\]|\.(.*))?")
_FALSE_NAME = re.compile(r"[\s=:\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^$")
_MOST_ROUNDS = 50


def repair(tree: Map) -> list[Remark]:
    """Return what was left out of a tree's records, which are changed in place."""
    remarks: list[Remark] = []
    for section, record in _RECORDS.items():
        entries = tree.get(section)
        if type(entries) is not Map:
            tree.take(section)
            continue
        for name, entry, mark in entries.marked():
            path = f"{section}.{name}"
            fault = name_fault(name)
            if fault is not None or type(entry) is not Map:
                what = fault[0] if fault else f"{kind(entry)} where a mapping is expected"
                entries.take(name)
                remarks.append(Remark(mark, path, "broken", what))
            else:
                remarks.extend(_repaired(record, entry, path, mark))
    return remarks


def _repaired(record: Record, entry: Map, path: str, mark: int) -> Iterator[Remark]:
    """Yield a remark for each thing taken out of an entry until its record reads it."""
    yield from _without_false_names(entry, path)
    for _ in range(_MOST_ROUNDS):
        faults = record.scan(entry).faults
        if not faults:
            return
        chosen = _outermost(faults)
        _leave_out(entry, [fault.path for fault in chosen])
        for fault in chosen:
            at = mark if fault.mark is None else fault.mark
            yield Remark(at, path + fault.path, "broken", f"{fault.what}; {fault.remedy}")
    for key in list(entry):
        entry.take(key)
    yield Remark(mark, path, "broken", "too much in it is wrong; correct the file")


def _without_false_names(entry: Map, path: str) -> Iterator[Remark]:
    """Yield a remark for each variable whose name can be none; it is taken out, and not shown.

    ``- "PASSWORD: x"`` in a list is a name with a value in it. Where a colon does belong to a
    name, two underscores mean the same.
    Source: https://learn.microsoft.com/aspnet/core/fundamentals/configuration/
    """
    variables = entry.get("environment")
    if type(variables) is not Map or not any(map(_FALSE_NAME.search, variables)):
        return
    kept = Map(variables.mark)
    for name, value, mark in variables.marked():
        meant = name.replace(":", "__") if value is not None else name
        if _FALSE_NAME.search(meant):
            what = "a name that no variable has; write it as NAME=value"
            yield Remark(mark, f"{path}.environment", "broken", what)
        else:
            kept.marks += [] if meant in kept else [mark]
            kept[meant] = value
    entry.put("environment", kept, entry.mark_of("environment"))


def _outermost(faults: list[Fault]) -> list[Fault]:
    """Return one fault for each thing to take out, items of a list from its end."""
    chosen: dict[tuple[str, int, str], Fault] = {}
    for fault in faults:
        match = _STEP.match(fault.path)
        if match:
            place = (match[1], -int(match[2] or 0), match[3] or "")
            chosen.setdefault(place, fault)
    return [chosen[place] for place in sorted(chosen)]


def _leave_out(entry: Map, paths: Iterable[str]) -> None:
    """Take out the items and the keys that paths below an entry begin with."""
    parts: dict[str, set[int | str]] = {}
    for path in paths:
        match = _STEP.match(path)
        if match is None:
            continue
        key, value = match[1], entry.get(match[1])
        part: int | str = int(match[2]) if match[2] else match[3] or ""
        known = range(len(value)) if isinstance(value, Seq) else value
        if isinstance(known, range | Map) and part in known:
            parts.setdefault(key, set()).add(part)
        else:
            entry.take(key)
    for key, left_out in parts.items():
        if key in entry:
            entry.put(key, _without(entry[key], left_out), entry.mark_of(key))


def _without(value: Map | Seq, parts: set[int | str]) -> Map | Seq:
    """Return a list without the items of these numbers, or a mapping without these keys."""
    if isinstance(value, Seq):
        items = Seq(value.mark)
        for position, (item, mark) in enumerate(zip(value, value.marks, strict=False)):
            if position not in parts:
                items.add(item, mark)
        return items
    trimmed = Map(value.mark)
    for name, item, mark in value.marked():
        if name not in parts:
            trimmed.put(name, item, mark)
    return trimmed

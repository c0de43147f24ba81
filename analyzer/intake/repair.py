"""Leaves out of a draft what the inventory's own readers refuse, and says so; the rest stays."""

import re
from collections.abc import Iterator

from analyzer.inventory.draft import Remark
from analyzer.inventory.fields import Fault, Record, kind
from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.scalars import name_fault
from analyzer.inventory.services import SERVICE
from analyzer.tree import Map, Seq

_RECORDS = {"hosts": HOST, "services": SERVICE, "volumes": VOLUME}
_STEP = re.compile(r"\.([^.\[]+)(?:\[(\d+)\]|\.(.*))?")
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
    for _ in range(_MOST_ROUNDS):
        faults = record.scan(entry).faults
        if not faults:
            return
        for fault in _outermost(faults):
            at = mark if fault.mark is None else fault.mark
            _leave_out(entry, fault.path)
            yield Remark(at, path + fault.path, "broken", f"{fault.what}; {fault.remedy}")
    for key in list(entry):
        entry.take(key)
    yield Remark(mark, path, "broken", "too much in it is wrong; correct the file")


def _outermost(faults: list[Fault]) -> list[Fault]:
    """Return one fault for each thing to take out, items of a list from its end."""
    chosen: dict[tuple[str, int, str], Fault] = {}
    for fault in faults:
        match = _STEP.match(fault.path)
        if match:
            place = (match[1], -int(match[2] or 0), match[3] or "")
            chosen.setdefault(place, fault)
    return [chosen[place] for place in sorted(chosen)]


def _leave_out(entry: Map, path: str) -> None:
    """Take out the item or the key that a path below an entry begins with."""
    match = _STEP.match(path)
    if match is None:
        return
    key, index, below = match[1], match[2], match[3]
    value = entry.get(key)
    if index is not None and isinstance(value, Seq) and int(index) < len(value):
        trimmed = Seq(value.mark)
        for position, (item, mark) in enumerate(zip(value, value.marks, strict=False)):
            if position != int(index):
                trimmed.add(item, mark)
        entry.put(key, trimmed, entry.mark_of(key))
    elif below and type(value) is Map and below in value:
        trimmed_map = Map(value.mark)
        for name, item in value.items():
            if name != below:
                trimmed_map.put(name, item, value.mark_of(name))
        entry.put(key, trimmed_map, entry.mark_of(key))
    else:
        entry.take(key)

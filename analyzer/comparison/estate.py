"""Two snapshots -> what changed of what is listed and wanted, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from analyzer.comparison import stated
from analyzer.comparison.changes import EstateChange
from analyzer.comparison.model import Fields, Part, Snapshot, Stated
from analyzer.inventory.model import Host, Inventory, Service

PARTS: tuple[Part, ...] = ("need", "host", "service", "volume", "setting", "estate")
"""In the order in which changes of the same effect are told."""

_NOTHING = Stated({}, "")
_IN_SHORT: Mapping[Part, tuple[str, ...]] = {
    "host": ("arch", "memory", "site"),
    "service": ("host", "image", "runtime"),
    "volume": ("host", "reach"),
}
_Record = Host | Service | None


class _Listed(NamedTuple):
    """What is listed and wanted: of an inventory, or of a report without one."""

    hosts: Mapping[str, Stated] | None
    services: Mapping[str, Stated] | None
    volumes: Mapping[str, Stated] | None
    needs: Stated | None
    inventory: Inventory | None


def estate_changes(before: Snapshot, after: Snapshot) -> tuple[EstateChange, ...]:
    """Return every change in the order of `PARTS`, names and fields; effects are not known yet.

    What one of two reports does not state is passed over; `comparing` says so.
    """
    changes = (*_changes(_of_snapshot(before), _of_snapshot(after)), *_settings(before, after))
    return _in_order(changes)


def inventory_changes(before: Inventory, after: Inventory) -> tuple[EstateChange, ...]:
    """Return every change between two inventories, as `estate_changes` does."""
    return _in_order(_changes(_of_inventory(before), _of_inventory(after)))


def _in_order(changes: Iterable[EstateChange]) -> tuple[EstateChange, ...]:
    return tuple(
        sorted(
            changes, key=lambda change: (PARTS.index(change.part), change.subject, change.field)
        )
    )


def _of_snapshot(found: Snapshot) -> _Listed:
    inventory = found.assessment.inventory if found.assessment else None
    return _Listed(found.hosts, found.services, found.volumes, found.needs, inventory)


def _of_inventory(inventory: Inventory) -> _Listed:
    return _Listed(
        {name: stated.host(host) for name, host in inventory.hosts.items()},
        {name: stated.service(each) for name, each in inventory.services.items()},
        {name: stated.volume(volume) for name, volume in inventory.volumes.items()},
        stated.needs(inventory.needs),
        inventory,
    )


def _changes(before: _Listed, after: _Listed) -> Iterator[EstateChange]:
    if before.needs is not None and after.needs is not None:
        yield from _needs(before, after)
    yield from _records("host", before, after, before.hosts, after.hosts)
    yield from _records("service", before, after, before.services, after.services)
    yield from _records("volume", before, after, before.volumes, after.volumes)


def _needs(before: _Listed, after: _Listed) -> Iterator[EstateChange]:
    old = before.needs.fields if before.needs else {}
    new = after.needs.fields if after.needs else {}
    for key in _differing(old, new):
        places = (_need_place(before, key), _need_place(after, key))
        yield EstateChange("need", key, "", old.get(key, ()), new.get(key, ()), *places)


def _need_place(listed: _Listed, key: str) -> str:
    if listed.inventory is None:
        return ""
    source = listed.inventory.needs.lines.get(key)
    return str(source) if source else ""


def _records(
    part: Part,
    before: _Listed,
    after: _Listed,
    olds: Mapping[str, Stated] | None,
    news: Mapping[str, Stated] | None,
) -> Iterator[EstateChange]:
    """Yield the changes of the hosts, services or volumes of two sides."""
    if olds is None or news is None:
        return
    for name in sorted({*olds, *news}):
        old, new = olds.get(name), news.get(name)
        if old is not None and new is not None:
            if old.fields != new.fields or old.hidden != new.hidden:
                records = (_record(before, part, name), _record(after, part, name))
                yield from _fields(part, name, (old, new), records)
            continue
        yield EstateChange(
            part,
            name,
            "",
            _in_short(part, old),
            _in_short(part, new),
            (old or _NOTHING).place,
            (new or _NOTHING).place,
        )


def _in_short(part: Part, record: Stated | None) -> tuple[str, ...]:
    """Return what a record is in a few words; never empty for one that is there."""
    if record is None:
        return ()
    texts = [text for field in _IN_SHORT[part] for text in record.fields.get(field, ())]
    return tuple(texts) or ("nothing said of it",)


def _record(listed: _Listed, part: Part, name: str) -> _Record:
    if listed.inventory is None:
        return None
    if part == "host":
        return listed.inventory.hosts[name]
    return listed.inventory.services[name] if part == "service" else None


def _fields(
    part: Part, name: str, pair: tuple[Stated, Stated], records: tuple[_Record, _Record]
) -> Iterator[EstateChange]:
    """Yield the fields that differ, then those of which only that they differ may be told."""
    old, new = pair
    told = set()
    for field in _differing(old.fields, new.fields):
        told.add(field)
        places = (_place(records[0], field, old), _place(records[1], field, new))
        values = (old.fields.get(field, ()), new.fields.get(field, ()))
        yield EstateChange(part, name, field, *values, *places)
    if None in records:
        return
    for field in sorted({*old.hidden, *new.hidden} - told):
        if old.hidden.get(field) != new.hidden.get(field):
            places = (_place(records[0], field, old), _place(records[1], field, new))
            yield EstateChange(part, name, field, (), (), *places, private=True)


def _place(record: _Record, field: str, at: Stated) -> str:
    return at.place if record is None else stated.place(record, field)


def _differing(old: Fields, new: Fields) -> list[str]:
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def _settings(before: Snapshot, after: Snapshot) -> Iterator[EstateChange]:
    """Yield what the two were assessed with, where it differs."""
    old, new = before.scope, after.scope
    pairs: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "what-if": (old.what_if, new.what_if),
        "date": (_word(old.today), _word(new.today)),
        "profile": (_word(old.profile), _word(new.profile)),
        "weights": (_weights(old.weights), _weights(new.weights)),
    }
    for name, (was, now) in pairs.items():
        if was != now:
            yield EstateChange("setting", name, "", was, now, "", "")
    if old.name != new.name:
        yield EstateChange("estate", "name", "", _word(old.name), _word(new.name), "", "")


def _word(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _weights(weights: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(f"{name}={weight}" for name, weight in weights)

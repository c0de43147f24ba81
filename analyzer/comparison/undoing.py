"""Two inventories -> the changes between them, and what lies in between: some of them undone.

A change is one a person would make or undo: a need, a field, or a host, service or volume as a
whole. Some only make sense together: undoing "host nuc is new" takes the services with it that
came onto it. `close` adds what belongs to a set of changes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from analyzer.comparison import stated
from analyzer.comparison.estate import PARTS
from analyzer.inventory.model import Host, Inventory, Needs, Service, Volume

Key = tuple[str, str, str]
"""Part, subject and field of a change, as in `EstateChange`."""
Undone = frozenset[Key]

_Record = TypeVar("_Record", Host, Service, Volume)
_PARTS = (("host", "hosts"), ("service", "services"), ("volume", "volumes"))
_TOGETHER: Mapping[str, str] = {
    "networks": "network_mode",
    "aliases": "network_mode",
    "migrate_with": "migrate",
    "effort_budget_hours": "effort_budget",
    "effort_budget_weeks": "effort_budget",
}
"""Attribute, or the field that tells of it -> the field that stands for all of which one key of the
inventory fills several: they change as one."""
_NEVER = frozenset({"name", "source", "lines", "files", "origin", "other", "migrate_why"})
_STATED = frozenset({"restart", "volumes"})
"""Keys of a service that say something by being there, even when they are empty."""


class Reference(NamedTuple):
    """A use of a name: whose, in which attribute, of which part and name."""

    part: str
    owner: str
    attribute: str
    target_part: str
    target: str


class Pair:
    """An inventory before and after, and every inventory in between."""

    def __init__(self, old: Inventory, new: Inventory) -> None:
        """List the changes between two inventories."""
        self.old, self.new = old, new
        self._attributes: dict[Key, list[str]] = {}
        for key, attribute in _changes(old, new):
            self._attributes.setdefault(key, []).append(attribute)
        self.changes: tuple[Key, ...] = tuple(sorted(self._attributes, key=_order))

    def key_of(self, part: str, subject: str, field: str) -> Key:
        """Return the change that a field of an `EstateChange` belongs to."""
        return part, subject, _TOGETHER.get(field, field)

    def between(self, undone: Undone) -> Inventory:
        """Return the inventory after, with a closed set of changes undone."""
        sections: dict[str, Any] = {
            section: self._records(part, section, undone) for part, section in _PARTS
        }
        needs = self._fields(self.new.needs, self.old.needs, "need", "", undone)
        return self.new._replace(**sections, needs=needs)

    def close(self, undone: Undone) -> Undone | None:
        """Return the changes with those that belong to them; None where no inventory is left."""
        while True:
            added = set()
            for reference in _dangling(self.between(undone)):
                fitting = self._belonging(reference, undone)
                if fitting is None:
                    return None
                added.add(fitting)
            if not added:
                return undone
            undone = undone | added

    def _belonging(self, reference: Reference, undone: Undone) -> Key | None:
        """Return the change to undo as well, so that a name leads somewhere."""
        target: Key = (reference.target_part, reference.target, "")
        if target in self._attributes and target not in undone:
            return target
        owner: Key = (reference.part, reference.owner, "")
        if owner in self._attributes:
            return None if owner in undone else owner
        for key, attributes in self._attributes.items():
            if key[:2] == owner[:2] and reference.attribute in attributes:
                return None if key in undone else key
        return None

    def _records(self, part: str, section: str, undone: Undone) -> dict[str, Any]:
        olds, news = getattr(self.old, section), getattr(self.new, section)
        found = {}
        for name in sorted({*olds, *news}):
            whole = (part, name, "") in undone
            if name in olds and name in news:
                found[name] = self._fields(news[name], olds[name], part, name, undone)
            elif (name in news) != whole:
                found[name] = news[name] if name in news else olds[name]
        return found

    def _fields(self, new: Any, old: Any, part: str, name: str, undone: Undone) -> Any:
        """Return a record after, with its fields among the undone as they were."""
        if part == "need":
            keys = [key for key in self.changes if key[0] == part and key in undone]
        else:
            keys = [key for key in undone if key[:2] == (part, name)]
        if not keys:
            return new
        attributes = [attribute for key in keys for attribute in self._attributes[key]]
        record = new._replace(**{name: getattr(old, name) for name in attributes if name})
        if isinstance(new, Needs | Volume):
            return record
        lines = dict(new.lines)
        for _, _, field in keys:
            lines.pop(field, None)
            if field in old.lines:
                lines[field] = old.lines[field]
        return record._replace(lines=lines)


def _order(key: Key) -> tuple[int, str, str]:
    parts: tuple[str, ...] = PARTS
    return parts.index(key[0]), key[1], key[2]


def _changes(old: Inventory, new: Inventory) -> Iterator[tuple[Key, str]]:
    """Yield every change with an attribute that it fills; none for a whole record."""
    for part, section in _PARTS:
        olds, news = getattr(old, section), getattr(new, section)
        for name in {*olds, *news}:
            if name not in olds or name not in news:
                yield (part, name, ""), ""
            elif olds[name] != news[name]:
                yield from _differing(part, name, olds[name], news[name])
    for attribute in _attributes(old.needs, new.needs):
        yield ("need", _TOGETHER.get(attribute, attribute), ""), attribute


def _differing(part: str, name: str, old: Any, new: Any) -> Iterator[tuple[Key, str]]:
    fields = stated.FIELD_OF[part]
    for attribute in _attributes(old, new):
        first = _TOGETHER.get(attribute, attribute)
        yield (part, name, fields.get(first, first)), attribute
    if isinstance(new, Service):
        for field in _STATED:
            if (field in old.lines) != (field in new.lines):
                yield (part, name, field), ""


def _attributes(old: Any, new: Any) -> Iterator[str]:
    """Yield the attributes that say something else, wherever they stand."""
    for attribute in old._fields:
        if attribute not in _NEVER:
            was, now = getattr(old, attribute), getattr(new, attribute)
            if was != now and _placeless(was) != _placeless(now):
                yield attribute


def _placeless(value: Any) -> Any:
    """Return a value without the lines that its parts stand on."""
    if isinstance(value, tuple):
        if hasattr(value, "line"):
            return value._replace(line=0)  # type: ignore[attr-defined]
        return tuple(map(_placeless, value)) if type(value) is tuple else value
    return value


def _dangling(inventory: Inventory) -> Iterator[Reference]:
    """Yield every use of a name that the inventory does not have."""
    for reference in _references(inventory):
        names = inventory.hosts if reference.target_part == "host" else inventory.services
        if reference.target not in names:
            yield reference


def _references(inventory: Inventory) -> Iterator[Reference]:
    for host in inventory.hosts.values():
        for need in host.depends_on:
            yield Reference("host", host.name, "depends_on", "service", need.service)
    for volume in inventory.volumes.values():
        if volume.host is not None:
            yield Reference("volume", volume.name, "host", "host", volume.host)
    for service in inventory.services.values():
        if service.host is not None:
            yield Reference("service", service.name, "host", "host", service.host)
        for attribute, name in _uses(service):
            yield Reference("service", service.name, attribute, "service", name)


def _uses(service: Service) -> Iterator[tuple[str, str]]:
    """Yield every service that a service names, with the attribute that names it."""
    for need in service.depends_on:
        yield "depends_on", need.service
    for edge in service.inferred:
        yield "inferred", edge.service
    for name in service.not_depends_on:
        yield "not_depends_on", name
    if service.network_mode is not None and service.network_mode.startswith("service:"):
        yield "network_mode", service.network_mode.partition(":")[2]
    if service.migrate_with is not None:
        yield "migrate_with", service.migrate_with

"""Whose word counts, key by key, when an inventory is imported again.

Everything about a service with ``from`` that no row names is the source's: it is replaced by what
the source says and goes when the source no longer says it. A service without ``from`` is the
owner's as a whole.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from analyzer.inventory.services import SERVICE
from analyzer.tree import Map, Seq

Rule = Literal["source", "latest", "first", "joined", "owner"]
"""source: as the source says, or not at all. latest: as the source says; what it is silent about
stays. first: the source's where the inventory has none. joined: what the source says is added.
owner: never touched.
"""

SERVICE_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "architectures": "first",
        "exposure": "first",
        "host": "first",
        "limits": "first",
        "runtime": "first",
        "stateful": "first",
        "memory": "latest",
        "depends_on": "joined",
        "backup": "owner",
        "criticality": "owner",
        "migrate": "owner",
        "migrate_why": "owner",
        "not_depends_on": "owner",
        "notes": "owner",
        "recovery_time": "owner",
        "verified": "owner",
    }
)
HOST_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "arch": "latest",
        "cpus": "latest",
        "memory": "latest",
        "memory_used": "latest",
        "os": "latest",
        "runtime": "latest",
        "addresses": "first",
        "disk": "first",
        "site": "first",
    }
)
"""What is not named here is the owner's."""
VOLUME_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "driver": "latest",
        "driver_opts": "latest",
        "external": "latest",
        "labels": "latest",
        "name": "latest",
        "host": "first",
        "storage": "first",
    }
)
"""Likewise."""

KEPT_BY_IMPORTERS = frozenset({"x-compose", "x-quadlet", "x-podman", "x-nixos", "x-kubernetes"})
_OF_SERVICES = frozenset({field.key for field in SERVICE.fields} | SERVICE.ignored)
_IN_ORDER = frozenset({"command", "entrypoint", "test", "post_start", "pre_start", "pre_stop"})
"""Lists whose order means something."""
_BY_NAME = frozenset({"environment"})
"""Lists of names, or mappings from them to what is the owner's."""
_OF_THE_SOURCE = ("condition", "required", "restart")
"""What a source says about a dependency; ``kind`` and ``why`` are the owner's."""


def service_rule(key: str) -> Rule:
    """Return whose word counts for a key of a service."""
    if key in SERVICE_RULES:
        return SERVICE_RULES[key]
    return "source" if key in _OF_SERVICES or key in KEPT_BY_IMPORTERS else "owner"


def arranged(old: Any, new: Any, key: str = "") -> Any:
    """Return the new value in the form and the order that the old one has, as far as it goes.

    It equals the old one when both say the same.
    """
    if key in _BY_NAME and isinstance(old, Map | Seq) and isinstance(new, Map | Seq):
        return _by_name(old, new)
    if type(old) is Map and type(new) is Map:
        result = Map(old.mark)
        for part in (*(k for k in old if k in new), *(k for k in new if k not in old)):
            result.put(part, arranged(old.get(part), new[part], part), 0)
        return result
    if type(old) is Seq and type(new) is Seq and key not in _IN_ORDER and not _is_command(new):
        return _in_old_order(old, new)
    return new


def _is_command(value: Seq) -> bool:
    """Return whether a list is a health check's command under any other key."""
    return bool(value) and value[0] in ("CMD", "CMD-SHELL")


def _in_old_order(old: Seq, new: Seq) -> Seq:
    """Return the new items, those that were there first and in their order."""
    waiting: dict[str, list[Any]] = {}
    for part in new:
        waiting.setdefault(repr(part), []).append(part)
    result = Seq(old.mark)
    for part in old:
        if waiting.get(repr(part)):
            waiting[repr(part)].pop()
            result.add(part, 0)
    for part in new:
        if waiting[repr(part)]:
            waiting[repr(part)].pop()
            result.add(part, 0)
    return result


def _by_name(old: Map | Seq, new: Map | Seq) -> Map | Seq:
    """Return the new names in the old form, each with what the old one says behind it."""
    names = [str(part).partition("=")[0] for part in new]
    result: Map | Seq = type(old)(old.mark)
    known = set()
    for part in old:
        name = str(part).partition("=")[0] if isinstance(old, Seq) else part
        if name in names and name not in known:
            known.add(name)
            _add(result, part, old[part] if isinstance(old, Map) else None)
    for name in dict.fromkeys(names):
        if name not in known:
            _add(result, name, None)
    return result


def _add(into: Map | Seq, name: str, value: Any) -> None:
    if isinstance(into, Map):
        into.put(name, value, 0)
    else:
        into.add(name, 0)


def joined(old: Any, new: Any) -> Any:
    """Return the dependencies of both; the source says what is waited for, the owner the rest."""
    if not isinstance(old, Map | Seq) or not isinstance(new, Map | Seq):
        return new if old is None else old
    if isinstance(old, Seq) and (
        isinstance(new, Seq) or not any(value for name, value in new.items() if name not in old)
    ):
        result = Seq(old.mark)
        for name in dict.fromkeys((*old, *new)):
            result.add(name, 0)
        return result
    both = Map(old.mark)
    for name in dict.fromkeys((*old, *new)):
        mine = old[name] if isinstance(old, Map) and name in old else None
        told = new[name] if isinstance(new, Map) and name in new else None
        both.put(name, _dependency(mine, told) if name in new else mine, 0)
    return both


def _dependency(mine: Any, told: Any) -> Any:
    """Return what both say about one dependency."""
    if not isinstance(mine, Map):
        return told
    result = Map(mine.mark)
    given = told if isinstance(told, Map) else Map()
    for key, value in mine.items():
        if key not in _OF_THE_SOURCE or key in given:
            result.put(key, given[key] if key in _OF_THE_SOURCE else value, 0)
    for key, value in given.items():
        if key not in result:
            result.put(key, value, 0)
    return result or None

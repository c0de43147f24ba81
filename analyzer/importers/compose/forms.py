"""Short and long forms of one thing -> one form, and what tells one item of a list from another.

Source: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md#unique-resources
"""

from collections.abc import Callable
from typing import Any

from analyzer.importers.compose.interpolation import like
from analyzer.tree import Map, Seq


def as_seq(value: Any) -> Seq:
    """Return a list; a single value is a list of one, null an empty one."""
    if type(value) is Seq:
        return value
    single = Seq(getattr(value, "mark", 0))
    if value is not None:
        single.add(value, getattr(value, "mark", 0))
    return single


def as_pairs(value: Any) -> Map:
    """Return a mapping; a list of ``NAME=value`` as one, a name alone without a value."""
    if type(value) is Map:
        return value
    pairs = Map(getattr(value, "mark", 0))
    marks: dict[str, int] = {}
    listed = value if type(value) is Seq else Seq()
    for item, mark in zip(listed, listed.marks, strict=False):
        if isinstance(item, str):
            name, equals, rest = partition(item, "=")
            pairs[name] = rest if equals else None
            marks[name] = mark
    pairs.marks = [marks[name] for name in pairs]
    return pairs


def partition(text: str, separator: str) -> tuple[str, str, str]:
    """Return as ``str.partition``; the last part remembers what the text was made from."""
    name, found, rest = text.partition(separator)
    written = getattr(text, "written", text)
    return name, found, like(text, rest, written.partition(separator)[2])


def as_named(value: Any) -> Map:
    """Return a mapping; a list of names as one without values."""
    if type(value) is Map:
        return value
    named = Map(getattr(value, "mark", 0))
    listed = value if type(value) is Seq else Seq()
    for item, mark in zip(listed, listed.marks, strict=False):
        if isinstance(item, str) and item not in named:
            named.put(str(item), None, mark)
    return named


def as_build(value: Any) -> Any:
    """Return the long form of ``build``."""
    if isinstance(value, str):
        long = Map()
        long.put("context", value, 0)
        return long
    return value


def as_hosts(value: Any) -> Seq:
    """Return ``host:address`` for each address, also of a mapping."""
    if type(value) is not Map:
        return as_seq(value)
    entries = Seq(value.mark)
    for (host, address), mark in zip(value.items(), value.marks, strict=False):
        for one in as_seq(address):
            if isinstance(one, str):
                entries.add(f"{host}:{one}", mark)
    return entries


def mount_target(item: Any) -> Any:
    """Return where in the container something is mounted, which only one thing can be."""
    if type(item) is Map:
        return item.get("target")
    if not isinstance(item, str):
        return None
    parts = item.split(":")
    if len(parts) > 1 and len(parts[0]) == 1 and parts[1][:1] in "\\/":
        parts = parts[1:]  # the colon of a Windows drive
    return parts[1] if len(parts) > 1 else parts[0]


def port_key(item: Any) -> Any:
    """Return what tells one port from another."""
    if type(item) is not Map:
        return item if isinstance(item, str) else None
    parts = [item.get(key) for key in ("host_ip", "published", "target")]
    if not all(part is None or isinstance(part, str) for part in parts):
        return None
    return (*parts, item.get("protocol") or "tcp")


def file_path(item: Any) -> Any:
    """Return the path of a file of variables."""
    return item.get("path") if type(item) is Map else item


def granted(folder: str) -> Callable[[Any], Any]:
    """Return what gives the path at which a secret or config appears."""

    def target(item: Any) -> Any:
        if type(item) is not Map:
            return f"{folder}/{item}" if isinstance(item, str) else None
        found = item.get("target") or item.get("source")
        return found if not isinstance(found, str) or found[:1] == "/" else f"{folder}/{found}"

    return target


def first_word(item: Any) -> Any:
    """Return the name of ``name:rest`` or ``name=rest``."""
    return item.partition(":")[0].partition("=")[0] if isinstance(item, str) else None


def str_key(item: Any) -> Any:
    """Return a text itself; anything else is like nothing else."""
    return item if isinstance(item, str) else None

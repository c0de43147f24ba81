"""Compose's ``environment``, ``labels`` and their kin: mappings, or lists of ``NAME=value``.

A value of ``environment`` never appears in a message: what cannot be read is named by its place.
"""

import re
from typing import Any

from analyzer.inventory.fields import Fault, Field, Reader, Record, Refused, refuse
from analyzer.inventory.fields import one_or_more as _one_or_more
from analyzer.inventory.model import Environment
from analyzer.inventory.scalars import any_text, boolean, text
from analyzer.tree import COLUMN_BITS, Map, Quoted, Resolved, Seq

_BAD_NAME = re.compile(r"[\s=\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|^$")
_SEPARATED = re.compile(r"[^\S\0]|[=\x01-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PLAIN = frozenset({str, Quoted, Resolved, type(None)})
_PAIRS = {
    "anyOf": [
        {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        },
        {"type": "array", "items": {"type": "string"}},
    ]
}


def _pairs(value: Any, what: str) -> Map:
    """Return a mapping as it is, and a list of ``NAME=value`` as a mapping; None: only a name."""
    if type(value) is Map:
        return value
    if type(value) is not Seq:
        refuse(f"neither a mapping nor a list of {what}", f"write one '{what}' a line")
    pairs = Map(value.mark)
    faults = []
    for index, (part, mark) in enumerate(zip(value, value.marks, strict=False)):
        name, equals, rest = part.partition("=") if isinstance(part, str) else ("", "", "")
        if not name or (not equals and ":" in name):
            faults.append(Fault(f"[{index}]", mark, f"not {what}", f"write it as {what}"))
            continue
        if name not in pairs:
            pairs.marks.append(mark)
        pairs[name] = rest if equals else None
    if faults:
        raise Refused(*faults)
    return pairs


def _check_pairs(pairs: Map) -> None:
    """Refuse names with blanks and values that are lists or mappings, showing no value."""
    values_are_plain = _PLAIN.issuperset(map(type, pairs.values()))
    if values_are_plain and "" not in pairs and _SEPARATED.search("\0".join(pairs)) is None:
        return
    faults = []
    for (name, value), mark in zip(pairs.items(), pairs.marks, strict=False):
        if _BAD_NAME.search(name):
            what, remedy = (
                "an empty name, or one with a blank or a control character",
                "write NAME: value",
            )
            faults.append(Fault("", mark, what, remedy))
        elif type(value) not in _PLAIN:
            faults.append(Fault("." + name, mark, "not one value", "write one text as its value"))
    if faults:
        raise Refused(*faults)


def _in_order(pairs: Map) -> dict[str, Any]:
    names = list(pairs)
    ordered = sorted(names)
    return pairs if names == ordered else {name: pairs[name] for name in ordered}


def _read_environment(value: Any) -> Environment:
    pairs = _pairs(value, "NAME=value")
    _check_pairs(pairs)
    lines = {name: mark >> COLUMN_BITS for name, mark in zip(pairs, pairs.marks, strict=False)}
    return Environment(_in_order(pairs), lines)


environment = Reader(_read_environment, _PAIRS)
"""Variables by name, sorted; a name without a value is taken over from outside."""


def _read_labels(value: Any) -> dict[str, str]:
    pairs = _pairs(value, "name=value")
    faults = [
        Fault("." + key, mark, "not one value", "write one text as its value")
        for (key, part), mark in zip(pairs.items(), pairs.marks, strict=False)
        if type(part) not in _PLAIN
    ]
    if faults:
        raise Refused(*faults)
    return {key: str(pairs[key] or "") for key in sorted(pairs)}


labels = Reader(_read_labels, _PAIRS)
"""Labels by name, sorted."""


def _read_extra_hosts(value: Any) -> tuple[str, ...]:
    """Return ``name:address`` for each extra host, sorted."""
    if type(value) is Map:
        found_hosts = []
        for host, address in value.items():
            addresses = address if type(address) is Seq else [address]
            found_hosts += [f"{host}:{any_text.read(one)}" for one in addresses]
        return tuple(sorted(found_hosts))
    entries = _one_or_more(text).read(value)
    for entry in entries:
        if ":" not in entry and "=" not in entry:
            refuse("an entry that is not NAME:ADDRESS", "write it as db:10.0.0.5")
    return tuple(
        sorted(
            entry if ":" in entry.partition("=")[0] else entry.replace("=", ":", 1)
            for entry in entries
        )
    )


extra_hosts = Reader(
    _read_extra_hosts,
    {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "string"}}]},
)
"""Names that the engine adds to ``/etc/hosts``, as ``name:address``."""

_FILE = Record(
    "an environment file",
    (
        Field("path", "path", text, "The file."),
        Field("required", "required", boolean, "Whether it must exist."),
    ),
    frozenset({"format"}),
)


def _read_file(value: Any) -> str:
    if isinstance(value, str):
        return text.read(value)
    return str(_FILE.read(value).get("path") or refuse("a file without 'path'", "add its path"))


env_files = _one_or_more(Reader(_read_file, {"anyOf": [{"type": "string"}, _FILE.schema()]}))
"""Paths of files with variables; they are never opened."""

env_file = Reader(lambda value: {"env_files": env_files.read(value)}, env_files.schema)
"""Compose's spelling of `env_files`."""

"""Compose's ``volumes``, ``tmpfs`` and ``devices`` of a service -> mounts and device names.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#volumes
"""

import re
from typing import Any, Literal

from analyzer.inventory.fields import (
    Field,
    Reader,
    Record,
    Refused,
    every_fault,
    found,
    list_of,
    one_or_more,
    refuse,
)
from analyzer.inventory.model import Mount
from analyzer.inventory.scalars import boolean, choice, text
from analyzer.tree import COLUMN_BITS, Map, Seq

_EXAMPLE = "write it as /path/on/host:/path/in/container or name:/path/in/container"
_DRIVE = re.compile(r"[A-Za-z]:\\")
_KINDS = {"cluster": "volume", "npipe": "bind", "image": "anonymous"}

Kind = Literal["bind", "volume", "tmpfs", "anonymous"]


def _is_path(source: str) -> bool:
    """Return whether a source is a path of the host and not the name of a volume."""
    return source[:1] in "/.~" or _DRIVE.match(source) is not None


def _split(written: str) -> list[str]:
    """Return the parts between colons; the colon of a Windows drive separates nothing."""
    drive = _DRIVE.match(written)
    parts = written[2:].split(":") if drive else written.split(":")
    if drive:
        parts[0] = written[:2] + parts[0]
    return parts


def _read_short(written: str, line: int) -> Mount:
    parts = _split(written)
    if len(parts) == 1:
        kind: Kind = "anonymous"
        source, target, options = "", parts[0], ""
    else:
        source, target, options = (*parts, "")[:3]
        kind = "bind" if _is_path(source) else "volume"
    if "${" in written:
        refuse(f"{found(written)} holds a variable", "write its value")
    if len(parts) > 3 or "/" in options:  # noqa: PLR2004 - source, target, options
        refuse(f"{found(written)} has too many parts", "use the long form with source and target")
    if (not source and kind != "anonymous") or not target:
        refuse(f"{found(written)} has an empty part", _EXAMPLE)
    if target[0] != "/" and not _DRIVE.match(target):
        refuse(f"{found(written)} has no absolute path in the container", _EXAMPLE)
    return Mount(kind, source, target, bool(options) and "ro" in options.split(","), line)


_LONG = Record(
    "a mount",
    (
        Field(
            "type",
            "type",
            choice("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
            "What is mounted.",
        ),
        Field("source", "source", text, "A path of the host or the name of a volume."),
        Field("target", "target", text, "The path in the container."),
        Field("read_only", "read_only", boolean, "Whether the service only reads."),
    ),
    frozenset({"bind", "consistency", "image", "tmpfs", "volume"}),
)


def _read_long(value: Map) -> Mount:
    long = _LONG.read(value)
    if "type" not in long or "target" not in long:
        refuse("a mount without 'type' or 'target'", "add type, source and target")
    kind, source = _KINDS.get(long["type"], long["type"]), long.get("source", "")
    if kind == "bind" and not source:
        refuse("a bind mount without 'source'", "add the path on the host")
    if kind == "volume" and not source:
        kind = "anonymous"
    if kind in ("tmpfs", "anonymous"):
        source = ""
    read_only = long.get("read_only", long["type"] == "image")
    return Mount(kind, source, long["target"], read_only, value.mark >> COLUMN_BITS)


def _read_mount(value: Any, line: int = 0) -> Mount:
    if isinstance(value, str):
        return _read_short(value, line)
    if type(value) is not Map:
        refuse(f"{found(value)} where a mount is expected", _EXAMPLE)
    return _read_long(value)


def _read_mounts(value: Any) -> tuple[Mount, ...]:
    if type(value) is not Seq:
        refuse(f"{found(value)} where a list of mounts is expected", "write it as [SOURCE:TARGET]")
    try:
        return tuple(
            [
                _read_mount(part, mark >> COLUMN_BITS)
                for part, mark in zip(value, value.marks, strict=False)
            ]
        )
    except Refused:
        raise every_fault(value, _read_mount) from None


mounts = Reader(
    _read_mounts,
    {
        "type": "array",
        "items": {
            "anyOf": [{"type": "string"}, {**_LONG.schema(), "required": ["type", "target"]}]
        },
    },
)
"""``SOURCE:TARGET[:OPTIONS]``, ``TARGET`` alone, or a mapping."""

_paths = one_or_more(text)


def _read_tmpfs(value: Any) -> dict[str, tuple[Mount, ...]]:
    targets = [path.partition(":")[0] for path in _paths.read(value)]
    return {
        "mounts": tuple(Mount("tmpfs", "", target, read_only=False, line=0) for target in targets)
    }


tmpfs = Reader(_read_tmpfs, _paths.schema)
"""Paths in the container that live in memory."""

_DEVICE = Record(
    "a device",
    (Field("source", "source", text, "The device on the host."),),
    frozenset({"permissions", "target"}),
)


def _read_device(value: Any) -> str:
    if isinstance(value, str):
        device = text.read(value)
        return device.partition(":")[0] if device.startswith("/") else device
    long = _DEVICE.read(value)
    if "source" not in long:
        refuse("a device without 'source'", "add the device on the host")
    return str(long["source"])


devices = list_of(Reader(_read_device, {"anyOf": [{"type": "string"}, _DEVICE.schema()]}))
"""Devices of the host, such as ``/dev/dri``, or CDI names such as ``nvidia.com/gpu=all``."""

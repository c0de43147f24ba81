"""The order of systemd units -> dependencies between the services that are listed.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
"""

import re
from collections.abc import Mapping
from typing import Any

from analyzer.inventory.sheet import Sheet, entries, texts
from analyzer.tree import Map

HARD = ("requires", "bindsTo", "requisite")
"""What a unit does not run without."""
_SOFT = ("wants", "after")
_SUFFIXES = (".service", ".target", ".socket")
_SOCKET = re.compile(r"/(?:var/)?run/(postgresql|mysqld|redis-[\w-]+)(?:/|$)")
_SOCKET_OWNERS = {"mysqld": "mysql"}


def unit_name(name: str) -> str:
    """Return a unit's name without its kind: ``postgresql.target`` -> postgresql."""
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def add_order(output: Map, sheets: Mapping[str, Sheet]) -> None:
    """Turn the order of units into dependencies between what is listed."""
    by_unit = {name: name for name in sheets}
    containers = output.get("containers")
    for name, options, _ in entries(containers):
        stated = options.get("serviceName") if type(options) is Map else None
        backend = output.get("backend") or "podman"
        if name in sheets:
            by_unit[str(stated) if isinstance(stated, str) else f"{backend}-{name}"] = name
    owners = [*entries(output.get("services")), *entries(output.get("units"))]
    for unit, order, _ in owners:
        service = by_unit.get(unit)
        if service is not None and type(order) is Map:
            _order(sheets[service], order, by_unit)
            _sockets(sheets[service], order.get("database"), by_unit)


def _order(sheet: Sheet, order: Map, by_unit: Mapping[str, str]) -> None:
    for keys, kind in ((HARD, "hard"), (_SOFT, "soft")):
        for key in keys:
            for word, mark in texts(order.get(key)):
                needed = by_unit.get(unit_name(word))
                if needed is not None:
                    sheet.need(needed, kind, f"{key} {word}", mark)


def _sockets(sheet: Sheet, database: Any, by_unit: Mapping[str, str]) -> None:
    """Add the database whose socket a module is set to."""
    for key, path, mark in entries(database):
        match = _SOCKET.match(path) if isinstance(path, str) else None
        unit = _SOCKET_OWNERS.get(match[1], match[1]) if match else ""
        if unit in by_unit:
            sheet.need(by_unit[unit], "hard", f"its {key} is the socket of {unit}", mark)

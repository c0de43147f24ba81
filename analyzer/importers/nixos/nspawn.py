"""Containers of systemd-nspawn (``containers.NAME``) -> native services.

Source: https://nixos.org/manual/nixos/stable/#sec-declarative-containers
"""

from collections.abc import Mapping
from typing import Any

from analyzer.importers.nixos.containers import EXTENSION
from analyzer.inventory.sheet import Sheet, entries
from analyzer.tree import Map, Seq


def nspawn_services(machines: Any, taken: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return a sheet for each container of systemd-nspawn (``containers.NAME``)."""
    sheets = {}
    for name, machine, mark in entries(machines):
        unit = f"container@{name}" if name in taken else name
        if type(machine) is not Map:
            continue
        sheet = sheets[unit] = Sheet(unit, f"nspawn.{name}", mark, EXTENSION)
        sheet.put("runtime", "systemd", mark)
        sheet.keep("nspawn", "true", mark, "a container of systemd-nspawn, a small system")
        _nspawn_binds(sheet, machine.get("binds"))
        _nspawn_ports(sheet, machine.get("ports"))
    return sheets


def _nspawn_binds(sheet: Sheet, binds: Any) -> None:
    for bind in binds if type(binds) is Seq else ():
        if type(bind) is Map and isinstance(bind.get("mountPoint"), str):
            mount = Map(bind.mark)
            mount.put("type", "bind", bind.mark)
            mount.put("source", bind.get("hostPath") or bind["mountPoint"], bind.mark)
            mount.put("target", bind["mountPoint"], bind.mark)
            mount.put("read_only", bind.get("isReadOnly") or "true", bind.mark)
            sheet.add("volumes", mount, bind.mark)


def _nspawn_ports(sheet: Sheet, ports: Any) -> None:
    for port in ports if type(ports) is Seq else ():
        if type(port) is Map and isinstance(port.get("hostPort"), str):
            outside = port["hostPort"]
            inside = port.get("containerPort") or outside
            protocol = port.get("protocol") or "tcp"
            sheet.add("ports", f"{outside}:{inside}/{protocol}", port.mark)

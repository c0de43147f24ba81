"""Port bindings of containers, in the shapes of ``inspect`` and ``ps`` -> native ``ports``.

Source: https://docs.docker.com/reference/api/engine/ (``PortMap``: ``8080/tcp`` -> bindings)
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.objects import entries, maps, text, whole
from analyzer.tree import Map, Quoted, Seq

_LAST_PORT = 65_535
_LONGEST_RUN = 1000
_PORT = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?", re.ASCII)
_LISTED = re.compile(
    r"(?:(?P<ip>\[[0-9a-fA-F:.]*\]|[0-9.]+|:::?):?)?(?P<host>[0-9]{1,5})(?:-[0-9]{1,5})?"
    r"->(?P<port>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?/(?P<protocol>tcp|udp|sctp)",
    re.ASCII,
)
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - read, not bound


class Binding(NamedTuple):
    """A port, or ``run`` ports in a row; ``host`` is None when it is exposed only."""

    protocol: str
    address: str
    port: int
    host: int | None
    run: int
    mark: int


def bindings(table: Map, path: str, ledger: Ledger) -> list[Binding]:
    """Return the bindings of ``{"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}``."""
    found = []
    for key, value, mark in entries(table):
        match = _PORT.fullmatch(key)
        if match is None or not 1 <= int(match[1]) <= _LAST_PORT:
            ledger.say(mark, path, "broken", "not a port; left out")
            continue
        port, protocol = int(match[1]), match[3] or "tcp"
        hosts = maps(table, key) if value else []
        for one in hosts:
            host = whole(one, "HostPort")
            if 0 <= host <= _LAST_PORT:
                found.append(Binding(protocol, _address(text(one, "HostIp")), port, host, 1, mark))
            else:
                ledger.say(mark, path, "broken", "not a port of the host; left out")
        if not hosts:
            count = int(match[2] or port) - port + 1
            found.append(Binding(protocol, "", port, None, max(1, count), mark))
    return found


def listed(rows: Iterable[Map]) -> list[Binding]:
    """Return the bindings of Podman's ``ps``: ``[{"host_port": 80, "container_port": 80 ...}]``."""
    found = []
    for row in rows:
        port, count = whole(row, "container_port"), max(1, whole(row, "range"))
        host = whole(row, "host_port")
        protocol, address = text(row, "protocol") or "tcp", _address(text(row, "host_ip"))
        found.append(Binding(protocol, address, port, host or None, count, row.mark))
    return [one for one in found if one.port > 0 and one.port + one.run - 1 <= _LAST_PORT]


def written(ports: str, mark: int) -> list[Binding]:
    """Return the bindings of Docker's ``ps``: ``0.0.0.0:8080->80/tcp, :::8080->80/tcp``."""
    found = []
    for part in ports.split(", "):
        match = _LISTED.fullmatch(part)
        if match is not None:
            port, address = int(match["port"]), _address((match["ip"] or "").strip("[]"))
            count = int(match["last"] or port) - port + 1
            host = int(match["host"])
            found.append(Binding(match["protocol"], address, port, host, max(1, count), mark))
            continue
        only = _PORT.fullmatch(part)
        if only is not None:
            count = int(only[2] or only[1]) - int(only[1]) + 1
            found.append(Binding(only[3] or "tcp", "", int(only[1]), None, max(1, count), mark))
    return [one for one in found if one.port > 0 and one.port + one.run - 1 <= _LAST_PORT]


def _address(address: str) -> str:
    return "" if address in _EVERYWHERE or not address.strip(":") else address


def published(found: Iterable[Binding]) -> Seq:
    """Return what is published, in native form; ports in a row as ranges."""
    ports = Seq()
    for one in _rows(one for one in found if one.host is not None):
        address = f"[{one.address}]:" if ":" in one.address else one.address and one.address + ":"
        host = _range(one.host, one.run) if one.host else ""
        target = f"{_range(one.port, one.run)}/{one.protocol}".removesuffix("/tcp")
        ports.add(Quoted(f"{address}{host}:{target}" if host or address else target), one.mark)
    return ports


def exposed(found: Iterable[Binding]) -> Seq:
    """Return what is open to other containers only, in native form."""
    bound = list(found)
    taken = {
        (one.protocol, one.port + step)
        for one in bound
        if one.host is not None
        for step in range(min(one.run, _LONGEST_RUN))
    }
    ports = Seq()
    for one in _rows(one for one in bound if one.host is None):
        if (one.protocol, one.port) not in taken:
            target = f"{_range(one.port, one.run)}/{one.protocol}".removesuffix("/tcp")
            ports.add(Quoted(target), one.mark)
    return ports


def _rows(found: Iterable[Binding]) -> list[Binding]:
    """Return bindings in order, without repetitions, those in a row put together."""
    rows: list[Binding] = []
    seen = set()
    for one in sorted(found, key=lambda one: (*one[:3], one.host or 0, one.run)):
        if one[:5] in seen:
            continue
        seen.add(one[:5])
        if rows and _follows(rows[-1], one):
            rows[-1] = rows[-1]._replace(run=rows[-1].run + one.run)
        else:
            rows.append(one)
    return rows


def _follows(row: Binding, one: Binding) -> bool:
    """Return whether a binding goes on where a row of published ones ends."""
    if row[:2] != one[:2] or not row.host or not one.host:
        return False
    return (row.port + row.run, row.host + row.run) == (one.port, one.host)


def _range(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first}-{first + count - 1}"

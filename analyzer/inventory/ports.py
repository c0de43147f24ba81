"""Compose's ``ports`` and ``expose``, short and long -> `Port` values.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
"""

from typing import Any

from analyzer.inventory.fields import Field, Reader, Record, expect_map, list_of, refuse
from analyzer.inventory.fields import found as shown
from analyzer.inventory.model import Port
from analyzer.inventory.scalars import any_text, choice, text
from analyzer.tree import Map

LAST_PORT = 65_535
PROTOCOLS = ("tcp", "udp", "sctp")
_EXAMPLE = "write it as 8080:80, 127.0.0.1:8080:80 or 8080:80/udp"


def _run(written: str, *, zero: bool) -> tuple[int, int]:
    """Return first and number of a port or a range of ports; refuse what is neither."""
    first, dash, last = written.partition("-")
    if not (first.isdecimal() and (last.isdecimal() if dash else True)):
        if "$" in written:
            refuse(f"{shown(written)} is a variable, not a port", "write its value")
        refuse(f"{shown(written)} is not a port", _EXAMPLE)
    low, high = (int(part[:9]) for part in (first, last or first))
    if not (0 if zero else 1) <= low <= LAST_PORT or high > LAST_PORT:
        refuse(f"{shown(written)} is no port number", f"give 1 to {LAST_PORT}")
    if high < low:
        refuse(f"{shown(written)} is a range that ends before it starts", "swap the two numbers")
    return low, high - low + 1


def _make(target: str, published: str, protocol: str, host_ip: str | None) -> Port:
    """Return the port of its written parts; no ``published`` lets the engine pick."""
    low, count = _run(target, zero=False)
    if not published:
        return Port(low, 0, count, protocol, host_ip)
    first, many = _run(published, zero=True)
    if many == count:
        return Port(low, first, count, protocol, host_ip)
    if count > 1:
        refuse(f"{many} host ports for {count} container ports", "make both ranges equally long")
    return Port(low, 0, 1, protocol, host_ip)  # the engine picks one of the host's range


def _read_short(written: str) -> Port:
    rest, slash, protocol = written.strip().partition("/")
    protocol = protocol.lower() if slash else "tcp"
    if protocol not in PROTOCOLS:
        refuse(f"{shown(protocol)} is no protocol", "use tcp, udp or sctp")
    if "${" in rest:
        refuse(f"{shown(written)} holds a variable", "write its value")
    rest, colon, target = rest.rpartition(":")
    if not colon:
        return _make(target, "", protocol, None)
    if rest.isdecimal():
        return _make(target, rest, protocol, None)
    address, colon, published = rest.rpartition(":")
    if not colon:
        return _make(target, published, protocol, None)
    address = address.removeprefix("[").removesuffix("]")
    if not address:
        refuse(f"{shown(written)} has an empty address", _EXAMPLE)
    return _make(target, published, protocol, address)


_LONG = Record(
    "a port",
    (
        Field("target", "target", any_text, "The port in the container."),
        Field("published", "published", any_text, "The port on the host, or a range."),
        Field("protocol", "protocol", choice(*PROTOCOLS), "tcp (default), udp or sctp."),
        Field("host_ip", "host_ip", text, "The host's address to listen on."),
    ),
    frozenset({"app_protocol", "mode", "name"}),
)


def _read_port(value: Any) -> Port:
    if isinstance(value, str):
        return _read_short(value)
    if type(value) is not Map:
        refuse(f"{shown(value)} where a port is expected", _EXAMPLE)
    long = _LONG.read(expect_map(value, "{target: 80, published: 8080}"))
    if "target" not in long:
        refuse("a port without 'target'", "add the port in the container")
    published = long.get("published", "")
    return _make(long["target"], published, long.get("protocol", "tcp"), long.get("host_ip"))


def _read_exposed(value: Any) -> Port:
    port = _read_port(value)
    if type(value) is Map or port.published or port.host_ip:
        refuse(f"{shown(value)} is no port of the container", "write expose: [80], or use ports")
    return port._replace(published=None)


_PORT = Reader(
    _read_port,
    {"anyOf": [{"type": ["string", "integer"]}, {**_LONG.schema(), "required": ["target"]}]},
)
ports = list_of(_PORT)
"""``[HOST:]CONTAINER[/PROTOCOL]`` or a mapping; HOST is ``[ADDRESS:]PORT``, ranges allowed."""

_exposed = list_of(Reader(_read_exposed, {"type": ["string", "integer"]}))
expose = Reader(lambda value: {"ports": _exposed.read(value)}, _exposed.schema)
"""Ports that are open to other containers only: `Port` with ``published`` None."""

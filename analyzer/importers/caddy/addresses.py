"""Addresses of sites and upstreams: how they are written here, and who reaches a site.

Source: https://caddyserver.com/docs/caddyfile/concepts#addresses,
https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#upstream-addresses,
https://www.rfc-editor.org/rfc/rfc6761, https://www.rfc-editor.org/rfc/rfc8375 (home.arpa),
https://tailscale.com/kb/1217/tailnet-name (ts.net)
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, ip_address, ip_network
from typing import Literal, NamedTuple

Exposure = Literal["public", "lan"] | None

_LAN_SUFFIXES = (
    ".local", ".lan", ".home", ".home.arpa", ".internal", ".ts.net", ".localhost", ".localdomain",
    ".intranet", ".private", ".corp", ".test",
)  # fmt: skip
_SHARED = IPv4Network("100.64.0.0/10")
"""Addresses of carriers and of Tailscale: nobody reaches them from outside."""
_PRIVATE = "private_ranges"
_LABEL = re.compile(r"[a-z0-9*_]([a-z0-9_-]*[a-z0-9])?", re.IGNORECASE)
_SCHEMES = {"http": "80", "https": "443", "h2c": "80"}
_NETWORK = re.compile(r"^(?:tcp|udp)[46]?/")
_LABELS = 2


class Address(NamedTuple):
    """A site's address; ``host`` is empty for every host, ``port`` where none is written."""

    scheme: str
    host: str
    port: str


def address(written: str) -> Address:
    """Return the parts of a site's address."""
    scheme, separator, rest = written.rpartition("://")
    rest = rest.partition("/")[0]
    host, colon, port = rest.rpartition(":")
    if not colon or (rest.startswith("[") and rest.endswith("]")):
        host, port = rest, ""
    host = host.removeprefix("[").removesuffix("]")
    host = host if "{" in host else host.lower()
    return Address(scheme.lower() if separator else "", host, port)


def site(host: str, port: str, usual: Iterable[str]) -> str:
    """Return how a site is written: with its port only where it is none of the usual ones."""
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port and port not in usual else shown


def upstream(written: str, *, usual: str = "80") -> str:
    """Return an upstream as ``host:port``; a socket or a placeholder stays as it is."""
    if written.startswith("unix/") or "{" in written.partition(":")[0]:
        return written
    scheme, separator, rest = written.partition("://")
    if not separator:
        scheme, rest = "", written
    usual = _SCHEMES.get(scheme, usual)
    rest = _NETWORK.sub("", rest.partition("/")[0] if separator else rest)
    host, colon, port = rest.rpartition(":")
    if not colon or rest.endswith("]"):
        return f"{rest}:{usual}"
    return rest if port else f"{host}:{usual}"


def upstreams(written: str) -> list[str]:
    """Return the upstreams that one word stands for: more than one for a range of ports."""
    one = upstream(written)
    host, _, ports = one.rpartition(":")
    first, dash, last = ports.partition("-")
    if not dash or not (first.isdecimal() and last.isdecimal()) or len(first + last) > 10:  # noqa: PLR2004
        return [one]
    return [f"{host}:{port}" for port in range(int(first), min(int(last), int(first) + 99) + 1)]


def private(ranges: Iterable[str]) -> bool:
    """Return whether all ranges of addresses are private; False when there are none."""
    found = [part for part in ranges if part != "forwarded"]
    return bool(found) and all(map(_private_range, found))


def _private_range(written: str) -> bool:
    if written == _PRIVATE:
        return True
    try:
        network = ip_network(written.partition("%")[0], strict=False)
    except ValueError:
        return False
    shared = isinstance(network, IPv4Network) and network.subnet_of(_SHARED)
    return shared or (network.is_private and not network.network_address.is_unspecified)


def exposure(host: str, *, restricted: bool, bound: Iterable[str] = ()) -> Exposure:
    """Return who reaches a site, None when its address does not tell.

    Args:
        host: the site's host, possibly with a leading ``*``.
        restricted: only private addresses are let in, or the certificate is the proxy's own.
        bound: the addresses that the proxy listens on, where it does not on all.
    """
    if restricted or private(bound):
        return "lan"
    try:
        parsed = ip_address(host)
    except ValueError:
        return _by_name(host)
    shared = isinstance(parsed, IPv4Address) and parsed in _SHARED
    if parsed.is_unspecified:
        return None
    return "lan" if parsed.is_private or shared else "public"


def _by_name(host: str) -> Exposure:
    labels = host.split(".")
    if not host or not all(map(_LABEL.fullmatch, labels)):
        return None
    if host.endswith(_LAN_SUFFIXES) or (len(labels) < _LABELS and host != "*"):
        return "lan"
    return "public" if len(labels) >= _LABELS and labels[-1] != "*" else None

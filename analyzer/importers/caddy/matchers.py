"""Matchers: which hosts a route is for, and whether it lets in private addresses only.

Both forms of a configuration are brought to a `Match` here, so that they cannot differ later.

Source: https://caddyserver.com/docs/caddyfile/matchers, https://caddyserver.com/docs/json/apps/http/servers/routes/match/
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analyzer.importers.caddy.addresses import private
from analyzer.importers.caddy.blocks import Line
from analyzer.tree import Map, Seq

_ADDRESSES = ("remote_ip", "client_ip")


class Match(NamedTuple):
    """``hosts`` are those a route is for, empty for no restriction.

    ``inside`` says that only private addresses match, ``outside`` that exactly the others do: what
    such a route refuses, the routes after it are not asked. One that also looks at the path, say,
    refuses only a part.
    """

    hosts: tuple[str, ...] = ()
    inside: bool = False
    outside: bool = False


ALL = Match()


def of_lines(lines: Sequence[Line]) -> Match:
    """Return what the matchers of a set in a Caddyfile say together."""
    hosts: tuple[str, ...] = ()
    inside = outside = False
    for line in lines:
        name, rest = line.name, line.rest()
        if name == "host":
            hosts += tuple(host.lower() for host in rest)
        elif name in _ADDRESSES:
            inside = inside or private(rest)
        elif name == "not":
            inner = line.block if line.block is not None else (Line(line.words[1:], None),)
            outside = outside or _only_addresses(inner)
    return Match(hosts, inside, outside and all(line.name == "not" for line in lines))


def _only_addresses(lines: Iterable[Line]) -> bool:
    """Return whether a set matches exactly private addresses."""
    found = list(lines)
    return bool(found) and all(line.name in _ADDRESSES and private(line.rest()) for line in found)


def of_tree(sets: object) -> Match:
    """Return what ``match`` of a JSON route says: any of its sets."""
    if not isinstance(sets, Seq):
        return ALL
    found = [_of_set(one) for one in sets if isinstance(one, Map)]
    if not found:
        return ALL
    hosts: tuple[str, ...] = ()
    if all(one.hosts for one in found):
        hosts = tuple(dict.fromkeys(host for one in found for host in one.hosts))
    inside = all(one.inside for one in found)
    return Match(hosts, inside, all(one.outside for one in found))


def _of_set(one: Map) -> Match:
    hosts = tuple(host.lower() for host in _texts(one.get("host")))
    inside = any(private(_ranges(one.get(name))) for name in _ADDRESSES)
    inner = one.get("not")
    sets = [each for each in inner if isinstance(each, Map)] if isinstance(inner, Seq) else []
    outside = (
        set(one) == {"not"}
        and bool(sets)
        and all(
            bool(each)
            and all(name in _ADDRESSES and private(_ranges(each[name])) for name in each)
            for each in sets
        )
    )
    return Match(hosts, inside, outside)


def _ranges(value: object) -> list[str]:
    return _texts(value.get("ranges")) if isinstance(value, Map) else []


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, Seq) else []

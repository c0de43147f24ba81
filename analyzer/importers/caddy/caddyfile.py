"""The sites of a Caddyfile -> routes.

Source: https://caddyserver.com/docs/caddyfile/directives (their order and meaning)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from analyzer.importers.caddy.addresses import (
    Address,
    address,
    exposure,
    site,
    upstream,
    upstreams,
)
from analyzer.importers.caddy.blocks import MAX_DEPTH, MAX_LINES, Caddyfile, Line
from analyzer.importers.caddy.matchers import ALL, Match, of_lines
from analyzer.inventory.draft import Remark, Route

_ORDER = (
    "forward_auth", "intercept", "invoke", "handle", "route", "abort", "error",
    "respond", "reverse_proxy", "php_fastcgi",
)  # fmt: skip
_NESTED = frozenset({"handle", "handle_path", "route", "handle_errors", "intercept"})
_INSIDE_NESTED = frozenset({"handle_response"})
_PROXIES = frozenset({"reverse_proxy", "php_fastcgi", "forward_auth"})
_REFUSALS = frozenset({"abort", "error", "respond"})
_NO_ROUTE = frozenset(
    "acme_server basic_auth basicauth bind copy_response copy_response_headers encode file_server"
    " fs header import invoke log log_append log_name log_skip map method metrics push redir"
    " replace request_body request_header rewrite root skip_log templates tls tracing try_files"
    " uri vars".split()
)
MAX_ROUTES = 50_000
"""Each address of a site has a route to each of its upstreams."""
_PROXY_SETTINGS = frozenset({"to", "dynamic"})


class _Scope(NamedTuple):
    """Where directives stand: the site's addresses narrowed by matchers, and who is let in."""

    addresses: tuple[Address, ...]
    restricted: bool
    matchers: Mapping[str, Match]


class Reading:
    """Gathers the routes of a file."""

    def __init__(self, file: Caddyfile, host: str | None) -> None:
        """Read the options of the server."""
        self._file, self._host = file, host
        self.routes: list[Route] = []
        self._added = 0
        self._left = MAX_LINES  # named routes may invoke each other without end
        self.remarks: list[Remark] = file.remarks
        options = file.expand(file.options)
        self._internal = any(line.name == "local_certs" for line in options)
        ports = {line.name: line.rest()[:1] for line in options}
        self._http = (ports.get("http_port") or ["80"])[0]
        self._https = (ports.get("https_port") or ["443"])[0]
        self._bound: tuple[str, ...] = ()
        for line in file.sites:
            self._site(line)
        for line in options:
            if line.name == "layer4":
                self._layer4(line.block or ())

    def _site(self, line: Line) -> None:
        """Read one site."""
        words = [part for word in line.words for part in word.text.split(",") if part]
        if line.block is None or not words:
            self.remarks.append(
                Remark(line.mark, "", "not understood", "a site without a block; it is not read")
            )
            return
        block = self._file.expand(line.block)
        internal = self._internal or any(_internal(each) for each in block if each.name == "tls")
        self._bound = tuple(part for each in block if each.name == "bind" for part in each.rest())
        scope = _Scope(tuple(map(address, words)), internal, {})
        self._block(block, scope, ordered=True, depth=0)

    def _block(self, lines: Sequence[Line], scope: _Scope, *, ordered: bool, depth: int) -> None:
        """Read directives; ``ordered``: in Caddy's order, which is not that of the file."""
        self._left -= 1
        if depth > MAX_DEPTH or self._left < 0:
            return
        expanded = self._file.expand(lines)
        matchers = dict(scope.matchers)
        for line in expanded:
            if line.name.startswith("@"):
                inner = (
                    line.block
                    if line.block is not None
                    else (line._replace(words=line.words[1:]),)
                )
                matchers[line.name] = of_lines(self._file.expand(inner))
        scope = scope._replace(matchers=matchers)
        directives = [line for line in expanded if not line.name.startswith("@")]
        for line in _sorted(directives) if ordered else directives:
            match = _match(line, matchers)
            self._directive(line, _narrowed(scope, match), depth)
            if match.outside and self._refuses(line):
                scope = scope._replace(restricted=True)

    def _refuses(self, line: Line) -> bool:
        """Return whether a directive only turns requests away."""
        if line.name in ("abort", "error"):
            return True
        if line.name == "respond":
            return any(word.isdecimal() and int(word[:4]) >= 400 for word in line.rest()) or any(  # noqa: PLR2004
                each.name == "close" for each in line.block or ()
            )
        if line.name not in ("handle", "handle_path", "route") or line.block is None:
            return False
        inner = self._file.expand(line.block)
        harmless = all(each.name in _REFUSALS | _NO_ROUTE for each in inner)
        return harmless and any(self._refuses(each) for each in inner)

    def _directive(self, line: Line, scope: _Scope, depth: int) -> None:
        """Read one directive."""
        name, block = line.name, line.block or ()
        if name in _PROXIES:
            self._proxy(line, scope)
            self._responses(self._file.expand(block), scope, depth)
        elif name in _NESTED:
            inner = [each for each in block if each.name not in _INSIDE_NESTED]
            self._block(inner, scope, ordered=name != "route", depth=depth + 1)
            self._responses(block, scope, depth)
        elif name == "invoke" and line.rest():
            named = self._file.named_routes.get(line.rest()[-1], ())
            self._block(named, scope, ordered=True, depth=depth + 1)
        elif name not in _NO_ROUTE and name not in _REFUSALS:
            what = "no directive of Caddy's own; a route in it would not be seen"
            self.remarks.append(Remark(line.mark, name[:80], "not understood", what))

    def _responses(self, lines: Iterable[Line], scope: _Scope, depth: int) -> None:
        """Read what is done with the responses of an upstream."""
        for line in lines:
            if line.name in _INSIDE_NESTED:
                self._block(line.block or (), scope, ordered=True, depth=depth + 1)

    def _proxy(self, line: Line, scope: _Scope) -> None:
        """Add the routes of a reverse proxy."""
        words = line.rest()
        if words and words[0].startswith(("@", "/", "*")):
            words = words[1:]
        found = [one for word in words for one in upstreams(word)]
        for each in self._file.expand(line.block or ()):
            if each.name in _PROXY_SETTINGS:
                found += _more(each)
        for one in dict.fromkeys(found):
            self._add(scope, one, line.mark)

    def _add(self, scope: _Scope, target: str, mark: int) -> None:
        self._added += len(scope.addresses)
        if self._added > MAX_ROUTES:
            if self._added - len(scope.addresses) <= MAX_ROUTES:
                what = f"more than {MAX_ROUTES:,} routes; what follows is not read"
                self.remarks.append(Remark(mark, "", "broken", what))
            return
        for scheme, host, port in scope.addresses:
            usual = {"http": (self._http,), "https": (self._https,)}.get(
                scheme, (self._http, self._https)
            )
            shown = site(host, port, usual)
            who = exposure(host, restricted=scope.restricted, bound=self._bound)
            self.routes.append(Route("caddy", self._host, shown, target, who, mark))

    def _layer4(self, lines: Sequence[Line]) -> None:
        """Add the routes of the layer 4 app: ``proxy`` below an address that it listens on."""
        for server in self._file.expand(lines):
            where = tuple(
                address(word.text.partition("/")[2] or word.text) for word in server.words
            )
            scope = _Scope(where, restricted=False, matchers={})
            for line in _deep(self._file, server.block or (), 0):
                if line.name == "proxy":
                    targets = [word for word in line.rest() if not word.startswith("@")]
                    for each in self._file.expand(line.block or ()):
                        targets += each.rest() if each.name == "upstream" else []
                    for target in dict.fromkeys(targets):
                        self._add(scope, upstream(target), line.mark)


def _deep(file: Caddyfile, lines: Sequence[Line], depth: int) -> Iterator[Line]:
    for line in file.expand(lines):
        yield line
        if line.block and line.name != "proxy" and depth < MAX_DEPTH:
            yield from _deep(file, line.block, depth + 1)


def _internal(line: Line) -> bool:
    """Return whether ``tls`` makes a certificate of Caddy's own."""
    issuers = [each.rest()[:1] for each in line.block or () if each.name == "issuer"]
    return line.rest() == ["internal"] or ["internal"] in issuers


def _match(line: Line, matchers: Mapping[str, Match]) -> Match:
    words = line.rest()[:1]
    return matchers.get(words[0], ALL) if words else ALL


def _narrowed(scope: _Scope, match: Match) -> _Scope:
    """Return the scope of a directive with its matcher."""
    addresses = scope.addresses
    if match.hosts:
        first = addresses[0]
        addresses = tuple(first._replace(host=host) for host in match.hosts)
    return scope._replace(addresses=addresses, restricted=scope.restricted or match.inside)


def _sorted(lines: Iterable[Line]) -> list[Line]:
    """Return directives in the order in which Caddy takes them.

    Of one directive, longer paths come first and what has no matcher comes last. ``handle`` and
    ``handle_path`` stand in one place and are not compared with each other.
    """
    return sorted(lines, key=cmp_to_key(_before))


def _before(one: Line, other: Line) -> int:
    """Return a negative number when a directive comes before another, and 0 for either order."""
    first, second = _rank(one), _rank(other)
    if first[0] == second[0] and one.name != other.name:
        return 0
    return (first > second) - (first < second)


def _rank(line: Line) -> tuple[int, int, bool]:
    name = "handle" if line.name == "handle_path" else line.name
    matcher = (line.rest() or [""])[0]
    path = len(matcher.rstrip("*")) if matcher.startswith("/") else 0
    place = _ORDER.index(name) if name in _ORDER else -1
    return place, -path, not matcher.startswith(("@", "/"))


def _more(line: Line) -> list[str]:
    """Return the upstreams of ``to`` and of ``dynamic``."""
    words = line.rest()
    if line.name == "to":
        return [one for word in words for one in upstreams(word)]
    if not words:
        return []
    said = {each.name: each.rest()[:1] for each in line.block or ()}
    if words[0] == "a":
        name = (words[1:2] or said.get("name") or [""])[0]
        port = (words[2:3] or said.get("port") or ["80"])[0]
        return [f"{name}:{port}"] if name else []
    if words[0] == "srv":
        if len(words) > 1:
            return [words[1]]
        parts = [said.get(key, [""]) for key in ("service", "proto", "name")]
        service, protocol, name = ((part or [""])[0] for part in parts)
        return [f"_{service}._{protocol}.{name}" if service else name] if name else []
    return []

"""Caddy's JSON, as ``caddy adapt`` and the admin interface give it -> routes.

Source: https://caddyserver.com/docs/json/, https://github.com/mholt/caddy-l4 (``apps.layer4``)
"""

from collections.abc import Iterator
from typing import NamedTuple

from analyzer.importers.caddy.addresses import exposure, site, upstreams
from analyzer.importers.caddy.matchers import of_tree
from analyzer.inventory.draft import Route
from analyzer.tree import Map, Seq

_DEPTH = 60
_MOST = 200_000
"""Routes and handlers that are looked at: named routes may invoke each other without end."""
_MOST_FOUND = 50_000
"""Each name of a site has a route to each of its upstreams."""
_ERROR = 400
_PROXIES = frozenset({"reverse_proxy", "proxy"})


class _Scope(NamedTuple):
    """Where a route stands: its hosts, the server's ports and addresses, and who is let in."""

    hosts: tuple[str, ...]
    ports: tuple[str, ...]
    bound: tuple[str, ...]
    restricted: bool


class Reading:
    """Gathers the routes of a configuration."""

    def __init__(self, tree: Map, host: str | None) -> None:
        """Read the apps of a configuration."""
        self._host = host
        self.routes: list[Route] = []
        self._left = _MOST
        apps = _map(tree, "apps")
        http = _map(apps, "http")
        self._usual = (_text(http, "http_port") or "80", _text(http, "https_port") or "443")
        self._everywhere, self._internal = _internal(_map(apps, "tls"))
        for _, server in _maps(_map(http, "servers")):
            self._named = _map(server, "named_routes")
            scope = _scope(server, self._everywhere)
            self._routes(server.get("routes"), scope, 0)
            self._routes(_map(server, "errors").get("routes"), scope, 0)
        for _, server in _maps(_map(_map(apps, "layer4"), "servers")):
            self._named = Map()
            self._routes(server.get("routes"), _scope(server, everywhere=False), 0)

    def _routes(self, routes: object, scope: _Scope, depth: int) -> None:
        """Read routes in their order; one that turns others away restricts what follows."""
        if depth > _DEPTH:
            return
        for route in _items(routes):
            self._left -= 1
            if self._left < 0:
                return
            match = of_tree(route.get("match"))
            inner = scope._replace(
                hosts=match.hosts or _sni(route) or scope.hosts,
                restricted=scope.restricted or match.inside,
            )
            for handler in _items(route.get("handle")):
                self._handler(handler, inner, depth)
                if match.outside and _turns_away(handler, 0):
                    inner, scope = (each._replace(restricted=True) for each in (inner, scope))

    def _handler(self, handler: Map, scope: _Scope, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            return
        kind = _text(handler, "handler")
        if kind in _PROXIES:
            for target in dict.fromkeys(_targets(handler)):
                self._add(scope, target, handler.mark)
            for response in _items(handler.get("handle_response")):
                self._routes(response.get("routes"), scope, depth + 1)
        elif kind == "invoke":
            named = self._named.get(_text(handler, "name"))
            if isinstance(named, Map):
                routes = Seq(named.mark)
                routes.add(named, named.mark)
                self._routes(routes, scope, depth + 1)
        else:
            self._routes(handler.get("routes"), scope, depth + 1)
            for response in _items(handler.get("handle_response")):
                self._routes(response.get("routes"), scope, depth + 1)

    def _add(self, scope: _Scope, target: str, mark: int) -> None:
        for host in scope.hosts or ("",):
            if len(self.routes) > _MOST_FOUND:
                return
            for port in scope.ports:
                shown = site(host, port, self._usual)
                internal = scope.restricted or host in self._internal
                who = exposure(host, restricted=internal, bound=scope.bound)
                self.routes.append(Route("caddy", self._host, shown, target, who, mark))


def _scope(server: Map, everywhere: bool) -> _Scope:  # noqa: FBT001 - whether certificates are own
    """Return what the addresses say that a server listens on."""
    listened = [each for each in _texts(server.get("listen")) if not each.startswith("unix")]
    split = [each.rpartition("/")[2].rpartition(":") for each in listened] or [("", "", "")]
    bound = tuple(host.strip("[]") for host, _, _ in split if host)
    ports = tuple(dict.fromkeys(port for _, _, port in split))
    return _Scope((), ports, bound if len(bound) == len(split) else (), everywhere)


def _internal(tls: Map) -> tuple[bool, frozenset[str]]:
    """Return whether all certificates are Caddy's own, or else the hosts that have one."""
    everywhere, hosts = False, set()
    for policy in _items(_map(tls, "automation").get("policies")):
        issuers = [_text(issuer, "module") for issuer in _items(policy.get("issuers"))]
        if issuers == ["internal"]:
            subjects = _texts(policy.get("subjects"))
            everywhere = everywhere or not subjects
            hosts |= set(subjects)
    return everywhere, frozenset(hosts)


def _refuses(handlers: list[Map], depth: int) -> bool:
    """Return whether handlers turn requests away and do nothing else that matters here."""
    kinds = {_text(handler, "handler") for handler in handlers}
    return any(_turns_away(handler, depth) for handler in handlers) and not kinds & _PROXIES


def _turns_away(handler: Map, depth: int) -> bool:
    kind = _text(handler, "handler")
    if kind == "error":
        return True
    if kind == "static_response":
        status = _text(handler, "status_code")
        refused = status.isdecimal() and int(status[:4]) >= _ERROR
        return refused or "true" in (_text(handler, "abort"), _text(handler, "close"))
    routes = _items(handler.get("routes")) if kind == "subroute" and depth < _DEPTH else []
    return bool(routes) and all(_refuses(_items(each.get("handle")), depth + 1) for each in routes)


def _targets(handler: Map) -> Iterator[str]:
    """Yield the upstreams of a proxy."""
    for each in _items(handler.get("upstreams")):
        dial = each.get("dial")
        for one in [dial] if isinstance(dial, str) else _texts(dial):
            yield from upstreams(one)
    dynamic = _map(handler, "dynamic_upstreams")
    name = _text(dynamic, "name")
    if _text(dynamic, "source") == "a" and name:
        yield f"{name}:{_text(dynamic, 'port') or '80'}"
    elif name:
        service, protocol = _text(dynamic, "service"), _text(dynamic, "proto")
        yield f"_{service}._{protocol}.{name}" if service else name


def _sni(route: Map) -> tuple[str, ...]:
    """Return the names that a layer 4 route is for."""
    found = [_map(_map(each, "tls"), "") or each.get("tls") for each in _items(route.get("match"))]
    return tuple(
        name for each in found if isinstance(each, Map) for name in _texts(each.get("sni"))
    )


def _map(tree: Map, key: str) -> Map:
    found = tree.get(key)
    return found if isinstance(found, Map) else Map(tree.mark)


def _maps(tree: Map) -> list[tuple[str, Map]]:
    return [(name, each) for name, each in tree.items() if isinstance(each, Map)]


def _items(value: object) -> list[Map]:
    return [each for each in value if isinstance(each, Map)] if isinstance(value, Seq) else []


def _texts(value: object) -> list[str]:
    return [str(each) for each in value if isinstance(each, str)] if isinstance(value, Seq) else []


def _text(tree: Map, key: str) -> str:
    found = tree.get(key)
    return str(found) if isinstance(found, str) else ""

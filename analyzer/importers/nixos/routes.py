"""Sites of nginx and Caddy as NixOS configures them -> routes to services.

Source: https://search.nixos.org/options?query=services.nginx.virtualHosts (proxyPass) and
https://caddyserver.com/docs/caddyfile/directives/reverse_proxy
"""

import re
from collections.abc import Collection
from typing import Any

from analyzer.inventory.draft import Hint, Route
from analyzer.inventory.sheet import entries
from analyzer.inventory.sites import reach_of
from analyzer.tree import Map

_REVERSE_PROXY = re.compile(r"^[ \t]*reverse_proxy[ \t]+([^\n{]{1,2000})", re.MULTILINE)
_UPSTREAM = re.compile(r"(?:[a-z0-9+]+://)?(?:[\w.-]+|\[[0-9a-f:]+\]):\d{1,5}|https?://[\w.-]+")


def routes_of(
    routes: Any, host: str | None, services: Collection[str]
) -> tuple[tuple[Route, ...], tuple[Hint, ...]]:
    """Return the routes of both proxies, and their configuration as a hint where they are listed."""
    found: list[Route] = []
    hints: list[Hint] = []
    if type(routes) is not Map:
        return (), ()
    for site, locations, _ in entries(routes.get("nginx")):
        for _, upstream, mark in entries(locations):
            if isinstance(upstream, str) and upstream:
                found.append(Route("nginx", host, site, upstream, reach_of(site), mark))
    for site, text, mark in entries(routes.get("caddy")):
        if not isinstance(text, str):
            continue
        found += [Route("caddy", host, site, to, reach_of(site), mark) for to in _upstreams(text)]
        if "caddy" in services:
            hints.append(Hint("caddy", "text", "Caddyfile", text, mark))
    return tuple(found), tuple(hints)


def _upstreams(text: str) -> list[str]:
    """Return the upstreams of ``reverse_proxy`` lines, without matchers."""
    found = []
    for match in _REVERSE_PROXY.finditer(text):
        words = match[1].split()
        found += [word for word in words if _UPSTREAM.fullmatch(word)]
    return found

"""Routes of reverse proxies -> who reaches a service, and a proxy that no file describes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.graph.clues import Clue
from analyzer.graph.images import base_name
from analyzer.inventory.draft import Remark, Route
from analyzer.inventory.sites import reach_of
from analyzer.tree import COLUMN_BITS, Map, Seq, split_line

_NATIVE_PROXIES = frozenset({"caddy", "nginx", "traefik", "haproxy"})
"""Proxies that often run as a unit of the host; an ingress controller comes with its cluster."""
_RULE_LABEL = re.compile(r"traefik\.(?:http|tcp)\.routers\.[^.]+\.rule|caddy(?:_\d+)?")
_RULE_SITE = re.compile(r"Host(?:SNI)?\(([^)]*)\)")
_SITE_VARIABLES = ("VIRTUAL_HOST", "LETSENCRYPT_HOST")


def with_proxies(tree: Map, routes: Sequence[Route]) -> list[Remark]:
    """Return a remark for each proxy added: one that has routes and that no file describes."""
    remarks = []
    services = tree.get("services")
    if not isinstance(services, Map):
        services = Map()
    for route in routes:
        family = route.proxy
        known = any(_is_proxy(name, entry, family) for name, entry in services.items())
        if known or family not in _NATIVE_PROXIES:
            continue
        entry = Map(route.mark)
        entry.put("runtime", "systemd", route.mark)
        host = route.host or _only_host(tree)
        if host:
            entry.put("host", host, route.mark)
        services.put(family, entry, route.mark)
        tree.put("services", services, tree.mark_of("services"))
        text = "no container is this proxy: taken for a unit of the host"
        remarks.append(Remark(route.mark, f"services.{family}", "kept", text))
    return remarks


def expose(
    tree: Map, routes: Sequence[Route], clues: Iterable[Clue], files: Sequence[str]
) -> None:
    """Say of each service that a route leads to who reaches it, unless it says so itself."""
    services = tree.get("services")
    if not isinstance(services, Map):
        return
    by_place: dict[tuple[str, int], list[Route]] = {}
    for route in routes:
        number, line = split_line(route.mark >> COLUMN_BITS)
        by_place.setdefault((files[number], line), []).append(route)
    found: dict[str, list[str]] = {}
    for clue in clues:
        if clue.evidence.kind == "proxy":
            place = (clue.evidence.source.file, clue.evidence.source.line)
            reached = [route.exposure for route in by_place.get(place, ()) if route.exposure]
            found.setdefault(clue.dependency, []).extend(reached)
    for name, entry, mark in services.marked():
        reaches = [
            *found.get(name, ()),
            *(reach for reach in map(reach_of, _sites(entry)) if reach),
        ]
        if reaches and entry.get("exposure") is None:
            widest = "public" if "public" in reaches else "lan"
            entry.put("exposure", widest, mark)


def _is_proxy(name: str, entry: Mapping[str, object], family: str) -> bool:
    image = entry.get("image")
    return family in name.lower().split("-") or (
        isinstance(image, str) and base_name(image).startswith(family)
    )


def _only_host(tree: Map) -> str | None:
    hosts = tree.get("hosts")
    return next(iter(hosts)) if isinstance(hosts, Map) and len(hosts) == 1 else None


def _sites(entry: Map) -> Iterator[str]:
    """Yield the addresses under which a service asks a proxy to be reached."""
    for key, value in _pairs(entry.get("labels")):
        if _RULE_LABEL.fullmatch(key):
            if key.startswith("caddy"):
                yield from re.split(r"[\s,]+", value)
            for listed in _RULE_SITE.findall(value):
                yield from re.findall(r"[`'\"]([^`'\"]+)[`'\"]", listed)
    for key, value in _pairs(entry.get("environment")):
        if key in _SITE_VARIABLES:
            yield from value.split(",")


def _pairs(node: object) -> Iterator[tuple[str, str]]:
    """Yield name and text of a mapping or of a list of ``name=text``."""
    if isinstance(node, Map):
        yield from ((key, value) for key, value in node.items() if isinstance(value, str))
    elif isinstance(node, Seq):
        for item in node:
            if isinstance(item, str):
                name, _, value = item.partition("=")
                yield name, value

"""Parts of a stack that say by their names how they stand to each other -> clues.

A web server in front of the stack's only application, a front end beside its back end, and a job
that prepares what an application is then started with. Nothing names the other; the stack is all
there is, so it has to be small and the choice has to be the only one.
"""

from collections.abc import Collection, Iterator, Mapping

from analyzer.graph.clues import Clue
from analyzer.graph.images import DATA_ROLES, Products
from analyzer.graph.kinship import name_words
from analyzer.graph.model import Edge, Evidence
from analyzer.inventory.model import Service

FRONT = 70
PREPARED = 70

_SERVERS = frozenset({"nginx", "httpd", "caddy", "haproxy"})
_FRONT = frozenset({"frontend", "front", "client", "webapp", "ui"})
_BACK = frozenset({"backend", "api", "server"})
_SERVER_NAMES = frozenset({"nginx", "webserver", "httpd", "apache", "proxy"})
_PREPARES = frozenset("init migrate migration migrations permissions chown".split())
_BEHIND = frozenset(
    "worker workers sidekiq celery cron scheduler beat jobs job queue queues init migrate migration "
    "setup backup exporter tunnel cloudflared certbot".split()
)
"""Words of parts that nobody calls."""
_CONFIGURED = ("/etc/nginx", "/etc/caddy", "/usr/local/etc/haproxy", "/usr/local/apache2/conf")
"""Where a web server is told whom to call; without it, it only has pages of its own."""
_STACK_MOST = 12
_SERVED_MOST = 2


class Fronts:
    """Finds the parts of small stacks that call each other."""

    def __init__(self, services: Mapping[str, Service], products: Products) -> None:
        """Sort services by stack."""
        self._services = services
        self._products = products
        self._stacks: dict[tuple[str | None, str], list[str]] = {}
        for name, service in services.items():
            if service.project:
                self._stacks.setdefault((service.host, service.project), []).append(name)

    def clues(self, edges: Mapping[tuple[str, str], Edge]) -> Iterator[Clue]:
        """Yield the clues of all stacks; who is known to call something is not asked again."""
        stacks = [names for names in self._stacks.values() if 1 < len(names) <= _STACK_MOST]
        if not stacks:
            return
        sure = [pair for pair, edge in edges.items() if edge.binds and not edge.symmetric]
        roles = self._products.roles
        settled = {one for one, other in sure if roles.get(other) not in DATA_ROLES}
        settled |= {other for one, other in sure if roles.get(one) == "proxy"}
        for names in stacks:
            words = {name: name_words(self._services[name]) for name in names}
            yield from self._served(names, words, settled)
            yield from self._prepared(names, words, edges)

    def _served(
        self,
        names: Collection[str],
        words: Mapping[str, frozenset[str]],
        settled: Collection[str],
    ) -> Iterator[Clue]:
        """Yield what web servers and front ends call.

        ``settled`` are those of which it is known whom they call, or which proxy calls them.
        """
        servers = {name for name in names if self._is_server(name, words[name])}
        hidden = [name for name in names if name not in settled and self._hidden(name, words)]
        for name in sorted(servers.difference(settled)):
            behind = [other for other in hidden if self._together(name, other)]
            for other in behind if len(behind) <= _SERVED_MOST else ():
                yield self._clue(name, other, FRONT, "stands behind the stack's web server")
        if servers:
            return  # what a browser is told to ask goes through the web server
        backs = [
            name
            for name in names
            if not _BACK.isdisjoint(words[name]) and _FRONT.isdisjoint(words[name])
            if self._answers(name, words)
        ]
        for name in names if len(backs) == 1 else ():
            front = name not in settled and not _FRONT.isdisjoint(words[name])
            if front and self._together(name, backs[0]):
                yield self._clue(name, backs[0], FRONT, "is the only back end of the stack")

    def _is_server(self, name: str, words: frozenset[str]) -> bool:
        family = self._products.families.get(name)
        if family is None:
            return not _SERVER_NAMES.isdisjoint(words)
        service = self._services[name]
        told = any(mount.target.startswith(_CONFIGURED) for mount in service.mounts)
        return family in _SERVERS and (told or service.build)

    def _answers(self, name: str, words: Mapping[str, frozenset[str]]) -> bool:
        """Return whether a service is an application that others call."""
        role = self._products.roles.get(name)
        family = self._products.families.get(name)
        if role in DATA_ROLES or role in _NOT_SERVED or family in _SERVERS:
            return False
        return _BEHIND.isdisjoint(words[name]) and not self._is_server(name, words[name])

    def _hidden(self, name: str, words: Mapping[str, frozenset[str]]) -> bool:
        """Return whether an application is reached through others only."""
        service = self._services[name]
        published = any(port.published is not None for port in service.ports)
        return not published and service.network_mode != "host" and self._answers(name, words)

    def _prepared(
        self,
        names: Collection[str],
        words: Mapping[str, frozenset[str]],
        edges: Mapping[tuple[str, str], Edge],
    ) -> Iterator[Clue]:
        """Yield who waits for a job that is called like it, as in ``n8n-init``."""
        for name in names:
            rest = words[name] - _PREPARES
            if len(rest) == len(words[name]) or not rest:
                continue
            for other in names:
                known = edges.get((name, other))
                calls_it = known is not None and known.binds and not known.symmetric
                if words[other] == rest and not calls_it:
                    yield self._clue(other, name, PREPARED, "is prepared by a job called like it")

    def _together(self, name: str, other: str) -> bool:
        """Return whether two services of a stack can reach each other."""
        one, two = self._services[name], self._services[other]
        if one.networks and two.networks:
            return not set(one.networks).isdisjoint(two.networks)
        return True

    def _clue(self, name: str, other: str, confidence: int, why: str) -> Clue:
        service = self._services[name]
        source = service.at(service.lines.get("image", 0))
        return Clue(name, other, "soft", confidence, Evidence("stack", why, source))


_NOT_SERVED = frozenset("job update vpn dns dhcp lan tunnel infrastructure proxy backup".split())
"""Roles of services that no web server stands before."""

"""Names and addresses -> services, as the origin sees them.

A stack's own names come first. A container engine resolves names per network and per host; a
published port answers on every address of its host; a name behind ``extra_hosts`` is what that
says. The index is built once and every lookup is a few dictionary accesses, however many services
share a name.

Source: https://docs.docker.com/engine/network/#dns-services (names, aliases),
https://docs.podman.io/en/latest/markdown/podman-network-create.1.html (``dns.podman``),
https://docs.podman.io/en/latest/markdown/podman-run.1.html#add-host-hostname-hostname-ip
(``host.containers.internal``).
"""

import re
from collections.abc import Mapping, Set
from typing import Literal, NamedTuple

from analyzer.inventory.model import Inventory, Service

Via = Literal["name", "published-port", "host-gateway", "network-namespace"]


class Match(NamedTuple):
    """The service that a reference means. ``doubt`` is percent of confidence to take off."""

    service: str
    via: Via
    port_known: bool
    doubt: int


GATEWAY_NAMES = frozenset(
    {
        "host.containers.internal",
        "host.docker.internal",
        "gateway.docker.internal",
        "host-gateway",
        "10.88.0.1",
    }
)
_DOCKER_BRIDGE = re.compile(r"172\.(?:1[6-9]|2\d|3[01])\.0\.1")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "localhost.localdomain"})
_HOST_SUFFIXES = (".local", ".lan", ".home", ".home.arpa", ".internal", ".localdomain", ".ts.net")
_ENGINE_SUFFIXES = (".dns.podman", ".svc.cluster.local", ".svc", ".docker")
_FAR = 20
"""Off for a name that no engine resolves from there: another host, or no network in common."""
_NUMBER = re.compile(r"[-_]\d+$")
_SEPARATOR = re.compile(r"[-_]")
_MAX_PORT_RUN = 256
_MAX_HOPS = 8


def namespace_target(mode: str | None) -> str | None:
    """Return NAME of a ``network_mode`` of ``service:NAME`` or ``container:NAME``, or None."""
    if mode is None or not mode.startswith(("service:", "container:")):
        return None
    return mode.partition(":")[2]


class Resolver:
    """Answers which service a name or an address with its port means."""

    def __init__(self, inventory: Inventory, usual_ports: Mapping[str, tuple[int, ...]]) -> None:
        """Index the names, addresses and ports of an estate.

        ``usual_ports`` are the ports that a service listens on by its image's default.
        """
        services = inventory.services
        self._services = services
        self._usual_ports = usual_ports
        self._local: dict[str | None, dict[str, list[str]]] = {}
        self._everywhere: dict[str, str | None] = {}
        self._by_network: dict[tuple[str | None, str], dict[str, str]] = {}
        self._by_project: dict[tuple[str | None, str], dict[str, str]] = {}
        self._inside: dict[str, dict[int, str]] = {}
        self._ports: dict[str | None, dict[int, str | None]] = {}
        self._hosts: dict[str, str] = {}
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        spaces = []
        for name in sorted(services):
            service = services[name]
            self._add_names(name, service)
            if service.ports or service.runtime == "systemd" or service.network_mode:
                self._add_ports(name, service)
                if namespace_target(service.network_mode) is not None:
                    spaces.append(name)
        for name in spaces:
            self._add_namespace(name, services[name])
        for name in sorted(inventory.hosts):
            self._hosts.setdefault(name.lower(), name)
            for address in inventory.hosts[name].addresses:
                self._hosts.setdefault(address.partition("/")[0].lower(), name)

    @property
    def names(self) -> Set[str]:
        """Return every name that services answer to, in lower case."""
        return self._everywhere.keys()

    def named(self, origin: Service, name: str) -> str | None:
        """Return the service of that name on the origin's host, or the only one anywhere."""
        if name in self._services:
            return name
        word = name.lower()
        local = self._local.get(origin.host, {}).get(word, [])
        if len(local) > 1:
            return self._in_project(origin, word, local)
        return local[0] if local else self._everywhere.get(word)

    def resolve(self, origin: Service, host: str, port: int | None) -> Match | None:
        """Return the service that ``host:port`` means inside ``origin``; None when none or many."""
        place = self._place(origin)
        if origin.extra_hosts or place.extra_hosts:
            host = _extra_host(origin, host) or _extra_host(place, host) or host
        linked = _linked(origin, host) if origin.links else None
        if linked is not None and linked in self._services:
            return self._match(linked, port)
        if host in _LOOPBACK:
            return self._loopback(origin, place, port)
        if host in GATEWAY_NAMES or _DOCKER_BRIDGE.fullmatch(host):
            return self._on_host(place.host, port, "host-gateway")
        found = self._by_name(place, host, port)
        if found is None and host in self._hosts:
            found = self._on_host(self._hosts[host], port, "published-port")
        if found is None and "." in host:
            found = self._qualified(place, host, port)
        elif found is None and host[-1:].isdigit() and place.project:
            found = self._numbered(place, host, port)
        return found

    def _numbered(self, place: Service, host: str, port: int | None) -> Match | None:
        """Return the match of a name that Compose gives a container: ``PROJECT-SERVICE-1``."""
        stem = _NUMBER.sub("", host)
        while stem != host and _SEPARATOR.search(stem):
            stem = _SEPARATOR.split(stem, maxsplit=1)[1]
            local = self._local.get(place.host, {}).get(stem)
            target = local and self._in_project(place, stem, local)
            if target:
                return self._match(target, port)
        return None

    def _qualified(self, place: Service, host: str, port: int | None) -> Match | None:
        """Return the match of a name with a domain that engines or home networks add."""
        first, _, rest = host.partition(".")
        if host.endswith(_ENGINE_SUFFIXES) or rest in place.networks:
            return self._by_name(place, first, port)
        if host.endswith(_HOST_SUFFIXES) and first in self._hosts:
            return self._on_host(self._hosts[first], port, "published-port")
        return None

    def _by_name(self, place: Service, name: str, port: int | None) -> Match | None:
        """Return the service of a name as seen from a network namespace."""
        local = self._local.get(place.host, {}).get(name)
        if local is None:
            target = self._everywhere.get(name)
            if target is None:
                return None
            match = self._match(target, port)
            outside = self._services[target].runtime == "external"
            return match if outside else match._replace(doubt=_FAR)
        target = local[0] if len(local) == 1 else self._among(place, name, local)
        if target is None:
            return None
        match = self._match(target, port)
        apart = _apart(place, self._place(self._services[target]))
        return match._replace(doubt=_FAR) if apart else match

    def _among(self, place: Service, word: str, names: list[str]) -> str | None:
        """Return which of a host's services of one name is meant: of the project, the network."""
        target = self._in_project(place, word, names)
        if target is not None:
            return target
        on_networks = self._on_networks(place.host, word, names)
        shared = {on_networks[network] for network in place.networks if network in on_networks}
        if word in self._services and self._services[word].host == place.host:
            shared = shared or {word}
        return next(iter(shared)) or None if len(shared) == 1 else None

    def _match(self, target: str, port: int | None) -> Match:
        return Match(target, "name", self._listens(target, port), 0)

    def _listens(self, name: str, number: int | None) -> bool:
        """Return whether a service is known to listen on a port: stated, or usual."""
        if number is None:
            return False
        for port in self._services[name].ports:
            if port.target <= number < port.target + port.count:
                return True
        return number in self._usual_ports.get(name, ())

    def _loopback(self, origin: Service, place: Service, port: int | None) -> Match | None:
        root = self._root.get(origin.name)
        if root is not None:
            member = None if port is None else self._inside_of(root).get(port)
            if member is not None and member != origin.name:
                return Match(member, "network-namespace", port_known=True, doubt=0)
        if place.network_mode == "host" or place.runtime == "systemd":
            return self._on_host(place.host, port, "published-port")
        return None

    def _inside_of(self, root: str) -> dict[int, str]:
        """Return who listens on each port inside a shared network namespace."""
        found = self._inside.get(root)
        if found is None:
            found = self._inside[root] = {}
            for member in self._members[root]:
                for port in self._services[member].ports:
                    for number in range(port.target, port.target + min(port.count, _MAX_PORT_RUN)):
                        found.setdefault(number, member)
                for number in self._usual_ports.get(member, ()):
                    found.setdefault(number, member)
        return found

    def _on_host(self, host: str | None, port: int | None, via: Via) -> Match | None:
        if port is None:
            return None
        target = self._ports.get(host, {}).get(port)
        return None if target is None else Match(target, via, port_known=True, doubt=0)

    def _place(self, service: Service) -> Service:
        """Return the service in whose network namespace a service lives; mostly itself."""
        root = self._root.get(service.name)
        return service if root is None else self._services[root]

    def _in_project(self, place: Service, word: str, names: list[str]) -> str | None:
        """Return the only service of one name in a service's own project, or None."""
        if place.project is None:
            return None
        found = self._by_project.get((place.host, word))
        if found is None:
            found = self._by_project[place.host, word] = {}
            for name in names:
                project = self._services[name].project
                if project is not None:
                    found[project] = "" if project in found else name
        return found.get(place.project) or None

    def _on_networks(self, host: str | None, word: str, names: list[str]) -> dict[str, str]:
        """Return which service of one name joins each network; empty text where several do."""
        found = self._by_network.get((host, word))
        if found is None:
            found = self._by_network[host, word] = {}
            for name in names:
                for network in self._services[name].networks:
                    found[network] = "" if network in found else name
        return found

    def _add_names(self, name: str, service: Service) -> None:
        """Index a service by every name it answers to."""
        local = self._local.get(service.host)
        if local is None:
            local = self._local[service.host] = {}
        words: tuple[str, ...] = (name.lower(),)
        if service.container_name or service.hostname or service.aliases:
            others = (service.container_name, service.hostname, *service.aliases)
            words = tuple({name.lower(): 0} | {word.lower(): 0 for word in others if word})
        everywhere = self._everywhere
        for word in words:
            if word in local:
                local[word].append(name)
            else:
                local[word] = [name]
            if word in everywhere:
                everywhere[word] = None
            else:
                everywhere[word] = name

    def _add_namespace(self, name: str, service: Service) -> None:
        """Note in whose network namespace a service lives, following chains."""
        root, current = None, service
        for _ in range(_MAX_HOPS):
            target = namespace_target(current.network_mode)
            if target is None:
                break
            target = self.named(current, target)
            if target is None or target == name:
                break
            root, current = target, self._services[target]
        if root is not None:
            self._root[name] = root
            self._root.setdefault(root, root)
            self._members.setdefault(root, [root]).append(name)

    def _add_ports(self, name: str, service: Service) -> None:
        """Note the host's ports that reach a service; a port of two services reaches neither."""
        on_host = service.network_mode == "host" or service.runtime == "systemd"
        ports = self._ports.setdefault(service.host, {})
        numbers: list[int] = []
        for port in service.ports:
            if port.published:
                first = port.published
            elif on_host:
                first = port.target
            else:
                continue
            numbers.extend(range(first, first + min(port.count, _MAX_PORT_RUN)))
        if on_host and not service.ports:
            numbers.extend(self._usual_ports.get(name, ()))
        for number in numbers:
            if ports.setdefault(number, name) != name:
                ports[number] = None


def _linked(service: Service, host: str) -> str | None:
    """Return the service that ``links`` gives another name, in lower case, or None."""
    for link in service.links:
        target, _, alias = link.partition(":")
        if alias.lower() == host:
            return target
    return None


def _extra_host(service: Service, host: str) -> str | None:
    """Return the address that ``extra_hosts`` gives a name, in lower case, or None."""
    for entry in service.extra_hosts:
        name, mark, address = entry.partition("=" if "=" in entry else ":")
        if mark and name.strip().lower() == host:
            return address.strip().strip("[]").lower()
    return None


def _apart(one: Service, other: Service) -> bool:
    """Return whether no container network lets one name the other."""
    if other.runtime in ("external", "systemd"):
        return False
    if one.networks and other.networks:
        return set(one.networks).isdisjoint(other.networks)
    if one.project and other.project and not (one.networks or other.networks):
        return one.project != other.project
    return one.network_mode == "host" and other.network_mode != "host"

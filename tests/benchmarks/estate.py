"""A growing estate: hosts and services as lines of YAML, drawn from one seeded generator.

Only ``Random.random`` is used, because its sequence is the one that Python promises to keep.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

SERVICES_PER_HOST = 30
HOSTS_PER_SITE = 8


class Estate:
    """Hosts numbered from 0, and the lines of the services placed on them so far."""

    def __init__(self, size: int, seed: int) -> None:
        """Prepare enough hosts for ``size`` services, two at least."""
        self.random = Random(seed).random
        self.size = size
        self.count = 0
        self.lines: list[str] = []
        self.host_count = max(2, size // SERVICES_PER_HOST)
        self.next_port = [8000] * self.host_count
        self.auth_of_site: dict[int, str] = {}

    @property
    def room(self) -> int:
        """Return how many services are still to be placed."""
        return self.size - self.count

    def chance(self, probability: float) -> bool:
        """Return True with a probability."""
        return self.random() < probability

    def pick(self, items: Sequence[T]) -> T:
        """Return one of several."""
        return items[int(self.random() * len(items))]

    def any_host(self) -> int:
        """Return a host, each as likely as any other."""
        return int(self.random() * self.host_count)

    def port(self, host: int) -> int:
        """Return the next port of a host that nobody publishes."""
        self.next_port[host] += 1
        return self.next_port[host]

    def auth(self, host: int) -> str | None:
        """Return the URL of the login service of a host's site, if it has one yet."""
        return self.auth_of_site.get(host // HOSTS_PER_SITE)

    def add(
        self,
        name: str,
        host: int,
        image: str,
        *more: str,
        memory_mib: int = 0,
    ) -> None:
        """Add a container; ``more`` are further lines, relative to the service."""
        self.count += 1
        add = self.lines.append
        add(f"  {name}:")
        add(f"    host: host-{host}")
        add(f"    image: {image}")
        if self.chance(0.8):
            add("    restart: unless-stopped")
        if memory_mib and self.chance(0.8):
            add(f"    memory: {int(memory_mib * (0.6 + 0.8 * self.random()))}MiB")
        self.lines.extend(f"    {line}" for line in more)

    def add_unit(self, name: str, host: int, *more: str) -> None:
        """Add a native systemd unit."""
        self.count += 1
        self.lines += (f"  {name}:", f"    host: host-{host}", "    runtime: systemd")
        self.lines.extend(f"    {line}" for line in more)


def address(host: int) -> str:
    """Return a host's private IPv4 address, different for up to 60,000 hosts."""
    return f"10.{host // 62500}.{host // 250 % 250}.{host % 250 + 2}"


def host_lines(estate: Estate) -> list[str]:
    """Return the ``hosts`` section: mostly amd64 servers, some single-board computers."""
    lines = ["hosts:"]
    for host in range(estate.host_count):
        board = estate.chance(0.1)
        site = host // HOSTS_PER_SITE
        lines += (
            f"  host-{host}:",
            f"    arch: {'arm64' if board else 'amd64'}",
            f"    cpus: {4 if board else estate.pick((8, 12, 16))}",
            f"    memory: {16 if board else estate.pick((32, 64))}GiB",
            f"    memory_used: {estate.pick((1, 2, 3))}GiB",
            f"    disk: {'sd' if board else estate.pick(('nvme', 'ssd', 'ssd', 'hdd'))}",
            f"    site: site-{site}",
            f"    failure_domain: rack-{site}-{host % 4}",
            f"    address: {address(host)}",
            f"    os: {estate.pick(('nixos', 'debian', 'fedora'))}",
            f"    runtime: podman {estate.pick(('4.9', '5.2', '5.4'))}",
        )
        if estate.chance(0.5):
            lines.append("    can_host_vms: true")
    return lines

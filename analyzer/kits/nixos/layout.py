"""Who is what in the cluster, and how its nodes reach each other."""

from collections.abc import Sequence
from typing import NamedTuple

from analyzer.inventory.model import Host
from analyzer.kits.material import Material
from analyzer.kits.spec import Spec

UNKNOWN_ADDRESS = "ADDRESS-OF-THE-FIRST-SERVER"
UNKNOWN_INTERFACE = "REPLACE-ME"
_TAILNET = (".ts.net", "tailnet", "tailscale")
QUORUM = 3


class Node(NamedTuple):
    """One host of the cluster. ``first`` is the server that the others join."""

    host: Host
    label: str
    role: str
    first: bool


class Layout(NamedTuple):
    """The nodes, servers first, and what they have in common.

    ``embedded_etcd`` is false with one server, whose datastore is SQLite. ``sites`` are the places
    that are stated; ``interface`` is the one through which nodes talk to each other.
    """

    nodes: tuple[Node, ...]
    embedded_etcd: bool
    several_sites: bool
    tailnet: bool
    address: str
    interface: str

    @property
    def servers(self) -> tuple[Node, ...]:
        """Return the servers."""
        return tuple(node for node in self.nodes if node.role == "server")

    @property
    def tunnel_port(self) -> int:
        """Return the UDP port of the pods' network: WireGuard's, or VXLAN's within one site.

        Source: https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes
        """
        return 51820 if self.several_sites else 8472


def layout(material: Material) -> Layout:
    """Return the cluster that the plan is for."""
    hosts = material.assessment.inventory.hosts
    ranked = sorted(
        (name for name, role in material.roles.items() if role != "none"),
        key=lambda name: (
            material.roles[name] != "server",
            -(hosts[name].memory_bytes or 0),
            name,
        ),
    )
    nodes = tuple(
        Node(hosts[name], material.hosts[name], material.roles[name], at == 0)
        for at, name in enumerate(ranked)
    )
    servers = [node for node in nodes if node.role == "server"]
    tailnet = any(
        mark in one for node in nodes for one in node.host.addresses for mark in _TAILNET
    )
    first = servers[0].host if servers else None
    return Layout(
        nodes=nodes,
        embedded_etcd=len(servers) >= QUORUM,
        several_sites=len({node.host.site for node in nodes if node.host.site}) > 1,
        tailnet=tailnet,
        address=_address(first, tailnet=tailnet) if first else UNKNOWN_ADDRESS,
        interface="tailscale0" if tailnet else UNKNOWN_INTERFACE,
    )


def _address(host: Host, *, tailnet: bool) -> str:
    """Return where the other nodes reach the first server, by a name of the tailnet where it has one."""
    if tailnet:
        for one in host.addresses:
            if any(mark in one for mark in _TAILNET):
                return one
    return host.addresses[0] if host.addresses else UNKNOWN_ADDRESS


def mounted_on(material: Material, node: Node) -> list[str]:
    """Return the paths of a host that services of the kit mount: K3s waits for what they lie on."""
    found = {
        material.host_path(mount.source)[0]
        for name in material.chosen
        for mount in material.service(name).mounts
        if mount.kind == "bind" and material.service(name).host == node.host.name
    }
    mounted = [path for path in sorted(found) if path.startswith(("/mnt/", "/srv/", "/media/"))]
    return [
        path
        for path in mounted
        if not any(path != other and path.startswith(f"{other}/") for other in mounted)
    ]


def unsafe_sysctls(specs: Sequence[Spec], safe: frozenset[str]) -> list[str]:
    """Return the sysctls that the kubelet has to allow for some services."""
    return sorted({name for spec in specs for name in spec.pairs("sysctls") or {}} - safe)

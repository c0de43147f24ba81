"""K3s for every host of the cluster: a NixOS module, or K3s's own file where NixOS is not.

Option names: https://github.com/NixOS/nixpkgs/tree/master/nixos/modules/services/cluster/rancher;
flags: https://docs.k3s.io/cli/server and https://docs.k3s.io/cli/agent.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from analyzer.kits.kubernetes.pods import SAFE_SYSCTLS
from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.nixos.layout import (
    UNKNOWN_ADDRESS,
    UNKNOWN_INTERFACE,
    Layout,
    Node,
    layout,
    mounted_on,
    unsafe_sysctls,
)
from analyzer.kits.printers.nix import Code, module
from analyzer.kits.printers.yaml import document

SHARED = "modules/k3s-cluster.nix"
_DISABLED = ("traefik", "servicelb")
_API = 6443
_KUBELET = 10250
_ETCD = (2379, 2380)
_BACKUP = """\
set -eu
install -d -m 0700 /var/backup/k3s
sqlite3 /var/lib/rancher/k3s/server/db/state.db ".backup /var/backup/k3s/state.db.new"
mv /var/backup/k3s/state.db.new /var/backup/k3s/state.db
install -m 0600 /var/lib/rancher/k3s/server/token /var/backup/k3s/token
"""
"""Saves SQLite while K3s runs, and the token without which the copy cannot be read.

Source: https://docs.k3s.io/datastore/backup-restore
"""


class ClusterFiles(NamedTuple):
    """Files, and what somebody has to fill in."""

    files: list[File]
    notes: list[str]


def cluster_files(material: Material) -> ClusterFiles:
    """Return the module that all NixOS nodes share, and a file for each node."""
    plan = layout(material)
    sysctls = unsafe_sysctls(
        [material.specs[name] for name in sorted(material.chosen)], SAFE_SYSCTLS
    )
    files = []
    if any(on_nixos(node.host) for node in plan.nodes):
        files.append(File(SHARED, _shared(material, plan, sysctls)))
    for node in plan.nodes:
        if on_nixos(node.host):
            files.append(_host(material, plan, node))
        else:
            files.append(_config(material, plan, node, sysctls))
    return ClusterFiles(files, _notes(plan))


def token_file(material: Material) -> Code | str:
    """Return where the token lies: in the secret store that the estate uses already."""
    paths = [
        path
        for service in material.assessment.inventory.services.values()
        for path in service.env_files
    ]
    if any(path.startswith("/run/agenix") for path in paths):
        return Code("config.age.secrets.k3s-token.path")
    if any(path.startswith("/run/secrets") for path in paths):
        return Code("config.sops.secrets.k3s-token.path")
    return "/etc/k3s/token"


def _shared(material: Material, plan: Layout, sysctls: list[str]) -> str:
    """Return what is the same on every node."""
    k3s: dict[str, Any] = {
        "enable": True,
        "tokenFile": token_file(material),
        "gracefulNodeShutdown": {"enable": True},
    }
    if sysctls:
        k3s["extraKubeletConfig"] = {"allowedUnsafeSysctls": sysctls}
    firewall: dict[str, Any] = {
        "interfaces": {
            plan.interface: {"allowedTCPPorts": [_KUBELET], "allowedUDPPorts": [plan.tunnel_port]}
        }
    }
    body = {"services": {"k3s": k3s}, "networking": {"firewall": firewall}}
    comments = [
        "What all nodes share. The token is a file that only root reads, never a value in this",
        "repository: everybody can read the Nix store.",
    ]
    if plan.interface == UNKNOWN_INTERFACE:
        comments.append("TODO interface: name the one through which the nodes reach each other.")
    return module(body, ("config",), comments)


def _labels(node: Node) -> list[str]:
    return [f"topology.kubernetes.io/zone={node.host.site}"] if node.host.site else []


def _flags(plan: Layout, node: Node) -> list[str]:
    """Return the flags that have no option of their own."""
    if node.role != "server":
        return []
    flags = ["--secrets-encryption"]
    flags += [f"--tls-san={one}" for one in dict.fromkeys(node.host.addresses)]
    if plan.several_sites:
        flags += ["--flannel-backend=wireguard-native", "--flannel-external-ip"]
    if plan.embedded_etcd:
        flags += ["--etcd-snapshot-schedule-cron=0 */6 * * *", "--etcd-snapshot-retention=28"]
    return flags


def _host(material: Material, plan: Layout, node: Node) -> File:
    """Return the module of one NixOS host."""
    body: dict[str, Any] = {"services": {"k3s": _k3s(plan, node)}}
    paths = mounted_on(material, node)
    if paths:
        body["systemd"] = {"services": {"k3s": {"unitConfig": {"RequiresMountsFor": paths}}}}
    imports = [Code("../../modules/k3s-cluster.nix")]
    arguments: tuple[str, ...] = ()
    if node.role == "server":
        _server(body, plan)
        imports.append(Code("../../modules/kubernetes"))
        arguments = () if plan.embedded_etcd else ("pkgs",)
    text = module({"imports": imports, **body}, arguments, _says(plan, node))
    return File(f"hosts/{node.label}/k8s-{node.role}.nix", text)


def _k3s(plan: Layout, node: Node) -> dict[str, Any]:
    """Return the options of one node; the first server joins nobody."""
    server = node.role == "server"
    k3s: dict[str, Any] = {"role": node.role, "nodeName": node.label}
    if server and plan.embedded_etcd and node.first:
        k3s["clusterInit"] = True
    if not node.first:
        k3s["serverAddr"] = f"https://{plan.address}:{_API}"
    if server:
        k3s["disable"] = list(_DISABLED)
    if _labels(node):
        k3s["nodeLabel"] = _labels(node)
    if plan.several_sites:
        k3s["nodeExternalIP"] = _external(node)
    flags = _flags(plan, node)
    if flags:
        k3s["extraFlags"] = flags
    return k3s


def _server(body: dict[str, Any], plan: Layout) -> None:
    """Add what only servers have: the manifests, their ports, and a copy of the datastore."""
    body["kubernetes"] = {"enable": True}
    ports = [_API, *(_ETCD if plan.embedded_etcd else ())]
    body["networking"] = {"firewall": {"interfaces": {plan.interface: {"allowedTCPPorts": ports}}}}
    if not plan.embedded_etcd:
        systemd = body.setdefault("systemd", {}).setdefault("services", {})
        systemd["k3s-datastore-backup"] = {
            "description": "Copy of the K3s datastore",
            "startAt": "daily",
            "path": [Code("pkgs.sqlite")],
            "serviceConfig": {"Type": "oneshot"},
            "script": _BACKUP,
        }


def _says(plan: Layout, node: Node) -> list[str]:
    found = []
    if node.first and not plan.embedded_etcd:
        found.append("The only server: its datastore is SQLite. Never two servers: one, or three.")
    elif node.first:
        found.append("The first of the servers: it begins the cluster, the others join it.")
    if not node.first and plan.address == UNKNOWN_ADDRESS:
        found.append("TODO address: write where the first server is reached.")
    if plan.several_sites:
        found.append(
            "Sites are joined by WireGuard; UDP 51820 has to reach this node from the others."
        )
    return found


def _external(node: Node) -> str:
    """Return the address by which other sites reach a node: its first that is one, else a mark."""
    numbers = (one for one in node.host.addresses if one.replace(".", "").isdecimal())
    return next(numbers, "EXTERNAL-ADDRESS")


def _config(material: Material, plan: Layout, node: Node, sysctls: list[str]) -> File:
    """Return K3s's own configuration file for a host without NixOS: flags without their dashes."""
    server = node.role == "server"
    token = token_file(material)
    made: dict[str, Any] = {
        "token-file": token if isinstance(token, str) else "/etc/rancher/k3s/token",
        "node-name": node.label,
    }
    if server and plan.embedded_etcd and node.first:
        made["cluster-init"] = True
    if not node.first:
        made["server"] = f"https://{plan.address}:{_API}"
    if server:
        made["disable"] = list(_DISABLED)
    if _labels(node):
        made["node-label"] = _labels(node)
    if plan.several_sites:
        made["node-external-ip"] = _external(node)
    made |= _as_keys(_flags(plan, node))
    kubelet = ["shutdown-grace-period=60s", "shutdown-grace-period-critical-pods=10s"]
    if sysctls:
        kubelet.append(f"allowed-unsafe-sysctls={','.join(sysctls)}")
    made["kubelet-arg"] = kubelet
    comments = [
        "Goes to /etc/rancher/k3s/config.yaml, read by root alone; then, from https://get.k3s.io,",
        f"install K3s as {'a server' if server else 'an agent'}.",
        *_says(plan, node),
        *_ports(plan, server=server),
    ]
    return File(f"hosts/{node.label}/k3s-config.yaml", document(made, comments))


def _ports(plan: Layout, *, server: bool) -> list[str]:
    tcp = [_KUBELET, *((_API, *(_ETCD if plan.embedded_etcd else ())) if server else ())]
    listed = ", ".join(map(str, sorted(tcp)))
    return [f"Open between the nodes, and to nobody else: TCP {listed}, UDP {plan.tunnel_port}."]


def _as_keys(flags: list[str]) -> Mapping[str, Any]:
    """Return flags as the keys of the file; a flag that comes again is a list."""
    found: dict[str, Any] = {}
    for flag in flags:
        name, equals, value = flag.removeprefix("--").partition("=")
        if not equals:
            found[name] = True
        elif name == "tls-san":
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _notes(plan: Layout) -> list[str]:
    found = [
        "Make the token, with openssl rand -hex 32, and put it where tokenFile says, on each node."
    ]
    if plan.interface == UNKNOWN_INTERFACE and any(on_nixos(node.host) for node in plan.nodes):
        found.append(
            f"{SHARED}: name the interface through which the nodes reach each other; until then the"
            " firewall stays shut."
        )
    if plan.address == UNKNOWN_ADDRESS and len(plan.nodes) > 1:
        found.append("No address of the first server is known: write addresses: of its host.")
    if plan.several_sites:
        found.append(
            "The nodes lie on several sites: K3s advises against servers on more than one, and against"
            " a bad line; give each node an address that the others reach, nodeExternalIP."
        )
    if not plan.nodes:
        found.append("No host may join a cluster: write cluster: candidate where one may.")
    return found

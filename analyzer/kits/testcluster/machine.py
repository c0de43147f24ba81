"""The machine of the test cluster: a NixOS VM, K3s on any Linux, or k3d on one that has Docker.

Sources: https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/qemu-vm.nix (what
``nixos-rebuild build-vm`` takes), https://k3d.io/stable/usage/configfile/ and
https://docs.k3s.io/installation/configuration.
"""

from typing import Any

from analyzer.facts.figures import memory_range
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.nix import Code, module
from analyzer.kits.printers.yaml import document
from analyzer.kits.testcluster.mirrored import DATA, NODE
from analyzer.units import GIB, MIB

FOLDER = "test-cluster"
_LEAST_BYTES = 4 * GIB
"""What a small test takes in any case: K3s, its add-ons and a few services."""
_UNKNOWN_BYTES = 512 * MIB
"""Set aside for a mirrored service whose memory nobody states."""
_DISK_MIB = 20 * 1024
_CORES = 2
_API = 16443
_WEB = 18080


def memory_mib(material: Material, names: list[str]) -> int:
    """Return the memory of the machine: K3s at its highest documented figure, and the services."""
    server = memory_range(material.assessment.rulebook, "k3s.server.memory")[2]
    services = [material.service(name).memory_bytes or _UNKNOWN_BYTES for name in names]
    needed = server + sum(services)
    return -(-max(needed, _LEAST_BYTES) // GIB) * 1024


def machine_files(material: Material, names: list[str]) -> list[File]:
    """Return the machine in three forms; any of them will do."""
    return [
        File(f"{FOLDER}/vm.nix", _vm(memory_mib(material, names))),
        File(f"{FOLDER}/k3s-config.yaml", _k3s()),
        File(f"{FOLDER}/k3d.yaml", _k3d()),
    ]


def _vm(memory: int) -> str:
    forwards = [
        {"from": "host", "host": {"address": "127.0.0.1", "port": port}, "guest": {"port": inside}}
        for port, inside in ((_API, 6443), (2222, 22))
    ]
    body = {
        "networking": {"hostName": NODE},
        "services": {
            "k3s": {
                "enable": True,
                "role": "server",
                "nodeName": NODE,
                "disable": ["traefik", "servicelb"],
                "extraFlags": ["--secrets-encryption"],
            },
            "openssh": {"enable": True, "settings": {"PasswordAuthentication": False}},
        },
        "virtualisation": {
            "vmVariant": {
                "virtualisation": {
                    "memorySize": memory,
                    "cores": _CORES,
                    "diskSize": _DISK_MIB,
                    "graphics": False,
                    "forwardPorts": forwards,
                }
            }
        },
        "systemd": {"tmpfiles": {"rules": [f"d {DATA} 0711 root root -"]}},
        "system": {"stateVersion": Code("lib.mkDefault lib.trivial.release")},
    }
    comments = [
        "A machine for the test alone: nixos-rebuild build-vm -I nixos-config=./vm.nix, then run",
        f"result/bin/run-{NODE}-vm. It listens on 127.0.0.1 only. TODO ssh: add your key to",
        "users.users.root.openssh.authorizedKeys.keys, to copy data into it.",
    ]
    return module(body, ("lib",), comments)


def _k3s() -> str:
    comments = [
        "For any other machine that is not one of production: goes to /etc/rancher/k3s/config.yaml,",
        "then install K3s as a server, see https://docs.k3s.io/quick-start.",
    ]
    made: dict[str, Any] = {
        "node-name": NODE,
        "disable": ["traefik", "servicelb"],
        "secrets-encryption": True,
        "bind-address": "127.0.0.1",
    }
    return document(made, comments)


def _k3d() -> str:
    comments = [
        "For a machine with Docker: k3d cluster create --config k3d.yaml. Its node is called",
        f"k3d-{NODE}-server-0; it takes the label that the pods look for.",
    ]
    made = {
        "apiVersion": "k3d.io/v1alpha5",
        "kind": "Simple",
        "metadata": {"name": NODE},
        "servers": 1,
        "agents": 0,
        "kubeAPI": {"host": "127.0.0.1", "hostIP": "127.0.0.1", "hostPort": str(_API)},
        "volumes": [{"volume": f"{DATA}:{DATA}", "nodeFilters": ["server:0"]}],
        "ports": [{"port": f"127.0.0.1:{_WEB}:80", "nodeFilters": ["loadbalancer"]}],
        "options": {
            "k3s": {
                "extraArgs": [
                    {"arg": "--disable=traefik", "nodeFilters": ["server:*"]},
                    {"arg": f"--node-name={NODE}", "nodeFilters": ["server:0"]},
                ]
            },
            "kubeconfig": {"updateDefaultKubeconfig": False, "switchCurrentContext": False},
        },
    }
    return document(made, comments)

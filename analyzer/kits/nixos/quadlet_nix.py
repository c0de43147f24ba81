"""Quadlet units -> the options of quadlet-nix, which writes them as they are.

Source: https://github.com/SEIAROTg/quadlet-nix (``rawConfig`` of containers, pods, networks, volumes
and images; ``autoUpdate.enable``).
"""

from collections.abc import Iterable
from typing import Any

from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.printers.nix import module

_SECTIONS = {
    ".container": "containers",
    ".image": "images",
    ".network": "networks",
    ".pod": "pods",
    ".volume": "volumes",
}
_HOW = [
    "For hosts with quadlet-nix (quadlet-nix.nixosModules.quadlet): the units of quadlet/, as they are.",
    "One of the three: this, containers/, or the unit files themselves.",
]


def quadlet_nix(material: Material, units: Iterable[File]) -> list[File]:
    """Return a module for each NixOS host, made of its units; timers are systemd's own."""
    nixos = {
        material.hosts[name]
        for name, host in material.assessment.inventory.hosts.items()
        if on_nixos(host)
    }
    hosts: dict[str, dict[str, dict[str, Any]]] = {}
    for file in units:
        folder, _, name = file.path.rpartition("/")
        host = folder.rpartition("/")[2]
        stem, dot, kind = name.rpartition(".")
        section = _SECTIONS.get(dot + kind)
        if host in nixos and section:
            sections = hosts.setdefault(host, {})
            sections.setdefault(section, {})[stem] = {"rawConfig": file.text}
    files = []
    for host, sections in sorted(hosts.items()):
        quadlet = {
            "autoUpdate": {"enable": True},
            **{key: sections[key] for key in sorted(sections)},
        }
        body = {"virtualisation": {"quadlet": quadlet}}
        files.append(File(f"nixos/{host}/quadlet.nix", module(body, (), _HOW)))
    return files

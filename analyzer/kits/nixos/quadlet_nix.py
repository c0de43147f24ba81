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
    timers: dict[str, dict[str, Any]] = {}
    for file in units:
        folder, _, name = file.path.rpartition("/")
        host = folder.rpartition("/")[2]
        stem, dot, kind = name.rpartition(".")
        section = _SECTIONS.get(dot + kind)
        if host in nixos and section:
            sections = hosts.setdefault(host, {})
            made: dict[str, Any] = {"rawConfig": file.text}
            if section == "containers" and "WantedBy=" not in file.text:
                made["autoStart"] = False
            sections.setdefault(section, {})[stem] = made
        elif host in nixos and kind == "timer":
            timers.setdefault(host, {})[stem] = _timer(file.text)
    files = []
    for host, sections in sorted(hosts.items()):
        quadlet = {
            "autoUpdate": {"enable": True},
            **{key: sections[key] for key in sorted(sections)},
        }
        body: dict[str, Any] = {"virtualisation": {"quadlet": quadlet}}
        if host in timers:
            body["systemd"] = {"timers": timers[host]}
        files.append(File(f"nixos/{host}/quadlet.nix", module(body, (), _HOW)))
    return files


def _timer(text: str) -> dict[str, Any]:
    """Return a timer, from the unit that was written for it, as NixOS has it."""
    times = next(line for line in text.splitlines() if line.startswith("OnCalendar="))
    config = {"OnCalendar": times.partition("=")[2], "Persistent": True}
    return {"wantedBy": ["timers.target"], "timerConfig": config}

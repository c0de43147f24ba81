"""How a service is stopped, started and looked at where it runs today."""

import re
import shlex
from typing import NamedTuple

from analyzer.kits.material import Material, on_nixos
from analyzer.kits.spec import Spec

_COMPOSE = re.compile(r"(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$")
_QUADLET = re.compile(r"([\w@.-]+)\.(?:container|kube|pod)$")
_ENVIRONMENT = "{{range .Config.Env}}{{println .}}{{end}}"


class Engine(NamedTuple):
    """Commands for the machine that a service runs on; each is one line for a shell.

    ``hold`` and ``remove`` may be words to a person: how to keep it from starting, how to end it.
    """

    stop: str
    start: str
    inspect: str
    remove: str
    hold: str


def engine(material: Material, spec: Spec) -> Engine:
    """Return the commands for a service, as far as its source tells how it is run.

    NixOS names the units of ``oci-containers`` after the engine
    (https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/oci-containers.nix),
    Quadlet after the file (podman-systemd.unit(5)).
    """
    service = spec.service
    tool = "docker" if service.runtime == "docker" else "podman"
    inside = shlex.quote(service.container_name or spec.name)
    inspect = f"{tool} inspect --format {shlex.quote(_ENVIRONMENT)} {inside}"
    source = (service.origin or "").rpartition(":")[0] or service.source.file
    host = material.host(spec)
    unit = _QUADLET.search(source)
    if unit is not None:
        name = shlex.quote(f"{unit[1]}.service")
        remove = f"remove {unit[0]} and run systemctl daemon-reload"
        return _systemd(name, inspect, remove, f"systemctl mask {name}")
    if _COMPOSE.search(source):
        own = shlex.quote(material.inside[spec.name])
        project = f" --project-name {shlex.quote(service.project)}" if service.project else ""
        base = f"{tool} compose{project}"
        held = "restart: unless-stopped keeps it stopped"
        return Engine(
            f"{base} stop {own}", f"{base} start {own}", inspect, f"{base} rm {own}", held
        )
    if on_nixos(host):
        name = shlex.quote(f"{tool}-{spec.name}.service")
        text = f"delete virtualisation.oci-containers.containers.{spec.name}"
        return _systemd(name, inspect, text, "autoStart = false")
    return Engine(
        f"{tool} stop {inside}",
        f"{tool} start {inside}",
        inspect,
        f"{tool} rm {inside}",
        f"{tool} update --restart=no {inside}",
    )


def _systemd(unit: str, inspect: str, remove: str, hold: str) -> Engine:
    return Engine(f"systemctl stop {unit}", f"systemctl start {unit}", inspect, remove, hold)

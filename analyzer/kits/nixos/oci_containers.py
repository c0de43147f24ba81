"""Services of NixOS hosts -> ``virtualisation.oci-containers``, with what a plain one lacks.

Health checks, limits and the rest that the module has no option for are ``extraOptions``.

Source: https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/oci-containers.nix
"""

import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.kits.kubernetes.apps import gateway
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.naming import labels
from analyzer.kits.printers.nix import Code, module
from analyzer.kits.quadlet.draft import Draft
from analyzer.kits.quadlet.units import drafts
from analyzer.kits.quadlet.versions import FLAGS, Version
from analyzer.kits.schedule import to_calendar

FORM = "oci-containers"
_NEWEST = Version(5, 8)
"""Every key is asked for by its name here; what the module has no option for becomes a flag."""
_LISTS = {
    "AddDevice": "devices",
    "EnvironmentFile": "environmentFiles",
    "PublishPort": "ports",
}
_VALUES = {"HostName": "hostname", "Image": "image", "Pull": "pull", "WorkingDir": "workdir"}
_MORE_FLAGS = {
    "Annotation": "--annotation",
    "ExposeHostPort": "--expose",
    "GroupAdd": "--group-add",
    "HealthCmd": "--health-cmd",
    "HealthInterval": "--health-interval",
    "HealthOnFailure": "--health-on-failure",
    "HealthRetries": "--health-retries",
    "HealthStartPeriod": "--health-start-period",
    "HealthTimeout": "--health-timeout",
    "LogDriver": "--log-driver",
    "NoNewPrivileges": "--security-opt=no-new-privileges",
    "ReadOnly": "--read-only",
    "RunInit": "--init",
    "Secret": "--secret",
    "Tmpfs": "--tmpfs",
    "UserNS": "--userns",
    **FLAGS,
}
_UPDATES = "io.containers.autoupdate"
_UNIT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,100}")
_ONCE = ("no", "on-failure")
_HOW = [
    "The containers of this host, with checks, limits and order. Values of variables are in the files",
    "that environmentFiles names. Take over one container at a time.",
]


def oci_containers(material: Material, ledger: Ledger, names: Iterable[str]) -> list[File]:
    """Return a module for each container of a NixOS host, and one for the networks they join."""
    listed = [name for name in names if _on_nixos(material, name)]
    drafted = drafts(material, ledger, listed, _NEWEST)
    written = [name for name in drafted.drafts if not ledger.blocks(name)]
    keys = {name: _key(material, drafted.drafts[name], ledger) for name in written}
    hosts: dict[str, dict[str, dict[str, Any]]] = {}
    files = []
    for name in written:
        draft = drafted.drafts[name]
        host, label = material.node(draft.spec) or "", material.labels[name]
        made = _container(material, draft, keys)
        hosts.setdefault(host, {})[label] = {**made, "": keys[name]}
        body: dict[str, Any] = {
            "virtualisation": {"oci-containers": {"containers": {keys[name]: made}}}
        }
        more = systemd(material, draft, keys)
        body |= {"systemd": more} if more else {}
        todos = [f"TODO {entry.id}: {entry.text}" for entry in ledger.todos([name])]
        arguments = ("lib",) if "mkForce" in str(more) else ()
        files.append(File(f"nixos/{host}/containers/{label}.nix", module(body, arguments, todos)))
    for name in drafted.drafts:
        ledger.close(drafted.drafts[name].spec)
    for host, containers in sorted(hosts.items()):
        files += _beside(host, containers)
    return files


def _key(material: Material, draft: Draft, ledger: Ledger) -> str:
    """Return the name of a container: the module takes it from the attribute, and the unit's from it."""
    own = draft.spec.service.container_name
    if own and _UNIT_NAME.fullmatch(own):
        return own
    if own:
        text = f"the container is called {material.labels[draft.spec.name]} here: units have no such names"
        ledger.person(draft.spec, "container_name", text)
    return material.labels[draft.spec.name]


def _beside(host: str, containers: dict[str, dict[str, Any]]) -> list[File]:
    """Return what the containers of a host share, and the module that imports them all."""
    names = {network for one in containers.values() for network in one.get("networks", ())}
    imports = [Code(f"./{label}.nix") for label in sorted(containers)]
    files = []
    if names:
        body = {"systemd": {"services": _networks(names, containers)}}
        files.append(File(f"nixos/{host}/containers/00-networks.nix", module(body, ("config",))))
        imports.insert(0, Code("./00-networks.nix"))
    both: dict[str, Any] = {
        "imports": imports,
        "virtualisation": {"oci-containers": {"backend": "podman"}},
    }
    files.append(File(f"nixos/{host}/containers/default.nix", module(both, (), _HOW)))
    return files


def _on_nixos(material: Material, name: str) -> bool:
    return on_nixos(material.host(material.specs[name]))


def _container(material: Material, draft: Draft, keys: Mapping[str, str]) -> dict[str, Any]:
    spec, service = draft.spec, draft.spec.service
    made: dict[str, Any] = {}
    flags: list[str] = []
    for key, value in draft.raw:
        _setting(draft, key, value, made, flags)
    _commands(draft, made)
    if service.user:
        made["user"] = service.user
    by_label = {material.labels[name]: key for name, key in keys.items()}
    waited = [unit.removesuffix(".service") for key, unit in draft.unit if key == "Requires"]
    if waited:
        made["dependsOn"] = [by_label[one] for one in waited if one in by_label]
    _network(material, draft, made, flags, keys)
    if flags:
        made["extraOptions"] = flags
    if ("Notify", "healthy") in draft.container:
        made["podman"] = {"sdnotify": "healthy"}
    if service.schedule or (spec.has("profiles") and service.verified is False):
        made["autoStart"] = False
    return made


def _setting(draft: Draft, key: str, value: str, made: dict[str, Any], flags: list[str]) -> None:
    """Put one setting of a unit where the module has it, among the flags where it has none."""
    if key in _VALUES:
        made[_VALUES[key]] = value
    elif key in _LISTS:
        made.setdefault(_LISTS[key], []).append(value)
    elif key == "Volume":
        made.setdefault("volumes", []).append(_volume(draft, value))
    elif key in ("Label", "AutoUpdate"):
        name, _, text = (value if key == "Label" else f"{_UPDATES}={value}").partition("=")
        made.setdefault("labels", {})[name] = text
    elif key in ("AddCapability", "DropCapability"):
        made.setdefault("capabilities", {})[value] = key == "AddCapability"
    elif key == "PodmanArgs":
        flags.append(value)
    elif key in _MORE_FLAGS and key != "Entrypoint":
        flags.append(f"{_MORE_FLAGS[key]}={value}")


def _volume(draft: Draft, value: str) -> str:
    """Return a mount with the volume's own name in the place of its unit's."""
    source, colon, rest = value.partition(":")
    if not source.endswith(".volume"):
        return value
    target = rest.partition(":")[0]
    for mount in draft.spec.service.mounts:
        if mount.kind == "volume" and mount.target == target:
            return f"{mount.source}{colon}{rest}"
    return value


def _commands(draft: Draft, made: dict[str, Any]) -> None:
    words = draft.spec.command("command")
    if words:
        made["cmd"] = list(words)
    entry = draft.spec.command("entrypoint")
    if entry:
        made["entrypoint"] = entry[0]
        if len(entry) > 1:
            made["cmd"] = [*entry[1:], *made.get("cmd", ())]


def _network(
    material: Material,
    draft: Draft,
    made: dict[str, Any],
    flags: list[str],
    keys: Mapping[str, str],
) -> None:
    service = draft.spec.service
    mode = service.network_mode or ""
    if mode.startswith(("service:", "container:")):
        above = gateway(draft.spec, material.specs) or ""
        flags.append(f"--network=container:{keys.get(above, mode.partition(':')[2])}")
        if above in keys:
            made["dependsOn"] = list(dict.fromkeys([*made.get("dependsOn", ()), keys[above]]))
    elif mode in ("host", "none"):
        flags.append(f"--network={mode}")
    elif service.networks:
        made["networks"] = list(service.networks)


def systemd(material: Material, draft: Draft, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return what the module has no option for: weaker order, jobs that end, and when they run."""
    spec, service = draft.spec, draft.spec.service
    units = {
        f"{material.labels[name]}.service": f"podman-{key}.service" for name, key in keys.items()
    }
    unit = f"podman-{keys[spec.name]}"
    wants = [units[one] for key, one in draft.unit if key == "Wants" and one in units]
    native = [one for key, one in draft.unit if key == "After" and one not in units]
    made: dict[str, Any] = {}
    if wants:
        made["wants"] = wants
    if wants or native:
        made["after"] = [*wants, *native]
    policy = (service.restart or "").partition(":")[0]
    ends = bool(service.schedule) or spec.name in material.waited
    if ends or policy in _ONCE:
        restart = "no" if ends and policy != "on-failure" else policy
        made["serviceConfig"] = {"Restart": Code(f'lib.mkForce "{restart}"')}
    found: dict[str, Any] = {"services": {unit: made}} if made else {}
    times = to_calendar(service.schedule) if service.schedule else None
    if times:
        timer = {"OnCalendar": times, "Persistent": True}
        found["timers"] = {unit: {"wantedBy": ["timers.target"], "timerConfig": timer}}
        draft.ledger.converted(spec, "schedule", "a timer of systemd starts it")
    elif service.schedule:
        draft.ledger.person(spec, "schedule", "write its timer by hand")
    return found


def _networks(names: set[str], containers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return units that make the networks before the containers; the module makes none."""
    found = {}
    units = labels(names, "net")
    for name in sorted(names):
        users = sorted(
            str(one[""]) for one in containers.values() if name in one.get("networks", ())
        )
        before = [f"podman-{user}.service" for user in users]
        found[f"podman-network-{units[name]}"] = {
            "description": f"The network {units[name]} of containers",
            "before": before,
            "requiredBy": before,
            "path": [Code("config.virtualisation.podman.package")],
            "serviceConfig": {"Type": "oneshot", "RemainAfterExit": True},
            "script": f"podman network create --ignore -- {shlex.quote(name)}",
        }
    return found

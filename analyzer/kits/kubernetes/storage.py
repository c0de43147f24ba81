"""Mounts, devices and files of a service -> volumes of a pod.

Sources: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath (a path without a type is not
checked, so the pod would start with an empty folder on another node: every one gets a type, and the
pod a node) and https://docs.k3s.io/storage (local-path: one node, no quota).
"""

import re
from typing import Any, NamedTuple

from analyzer.inventory.model import Mount
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import digest, label
from analyzer.kits.spec import Device, Spec
from analyzer.tree import Map
from analyzer.units import parse_size

STORAGE_CLASS = "local-path"
CLAIM_SIZE = "1Gi"
STAYS = "stays on its host"
ENGINE_SOCKETS = ("podman.sock", "docker.sock")
_FILE = re.compile(r"[^/]+\.[A-Za-z0-9]{1,8}$")
_PODMANS_SCRATCH = ("/run", "/tmp", "/var/tmp")  # noqa: S108 - paths in a container
"""What stays writable in a container that Podman runs with ``--read-only``.

Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html#read-only-tmpfs
"""
_PROPAGATION = {"rslave": "HostToContainer", "rshared": "Bidirectional"}
_RELABEL = frozenset({"z", "Z", "U"})
_SILENT = frozenset({"ro", "rw", "rprivate", "rbind", "bind", "nosuid", "nodev", "exec"})
_KNOWN_DEVICE_FOLDERS = frozenset({"/dev/dri", "/dev/snd", "/dev/bus/usb", "/dev/serial/by-id"})


class Volumes:
    """The volumes of one pod, each source once, and the claims that they need."""

    def __init__(self) -> None:
        """Start empty."""
        self.listed: dict[tuple[str, str], dict[str, Any]] = {}
        self.claims: dict[str, str] = {}

    def add(self, kind: str, source: str, value: dict[str, Any]) -> str:
        """Return the name of the volume of a source, added when it is new."""
        if (kind, source) not in self.listed:
            taken = {one["name"] for one in self.listed.values()}
            name = label(source.rstrip("/").rpartition("/")[2], "data")
            if name in taken:
                name = f"{name[:50]}-{digest(source)}"
            self.listed[kind, source] = {"name": name, **value}
        return str(self.listed[kind, source]["name"])

    def claim(self, volume: str, name: str) -> str:
        """Return the name of the volume of a claim on a named volume."""
        self.claims[name] = volume
        return self.add("claim", volume, {"persistentVolumeClaim": {"claimName": name}})

    @property
    def on_host(self) -> bool:
        """Return whether anything lies on the disk of one host."""
        return any(
            "hostPath" in value or "persistentVolumeClaim" in value
            for value in self.listed.values()
        )


class Mounting(NamedTuple):
    """What mounts are made with: where they go, the ledger, and the names of claims by volume."""

    material: Material
    volumes: Volumes
    ledger: Ledger
    claim_names: dict[str, str]


def mounts(spec: Spec, making: Mounting) -> list[dict[str, Any]]:
    """Return the ``volumeMounts`` of a service, each target once, the last of its kind."""
    found: dict[str, dict[str, Any]] = {}
    keys = [key for key, _ in spec.listed("volumes")]
    options = [_options(item) for _, item in spec.listed("volumes")]
    at = 0
    for mount in spec.service.mounts:
        if mount.kind == "tmpfs" and mount.line == 0:
            continue
        key = keys[at] if at < len(keys) else "volumes"
        asked = options[at] if at < len(options) else frozenset()
        at += 1
        if mount.target in found:
            making.ledger.converted(
                spec, key, f"the mount of {mount.target} that counts is this, the last"
            )
        found[mount.target] = _mount(spec, mount, key, asked, making)
    return [*found.values(), *_memory(spec, making), *_files(spec, making)]


def _options(item: Any) -> frozenset[str]:
    """Return the options of a mount, of either form."""
    if isinstance(item, str):
        return (
            frozenset(str(item).split(":", 2)[2].split(","))
            if item.count(":") > 1
            else frozenset()
        )
    if type(item) is not Map:
        return frozenset()
    bind = item.get("bind")
    bind = bind if type(bind) is Map else Map()
    found = {
        str(bind[key]) for key in ("selinux", "propagation") if isinstance(bind.get(key), str)
    }
    volume = item.get("volume")
    if type(volume) is Map:
        found |= {f"volume.{key}" for key in volume}
    return frozenset(
        found | {key for key in ("image", "consistency") if item.get(key) is not None}
    )


def _mount(
    spec: Spec, mount: Mount, key: str, options: frozenset[str], making: Mounting
) -> dict[str, Any]:
    ledger, volumes = making.ledger, making.volumes
    made: dict[str, Any] = {}
    if mount.kind == "bind":
        path, known = making.material.host_path(mount.source)
        kind = path_type(path)
        made["name"] = volumes.add("path", path, {"hostPath": {"path": path, "type": kind}})
        _say_bind(spec, path, key, kind, ledger)
        if not known:
            text = f"{mount.source} is relative to its Compose file: name the folder with --base"
            ledger.person(spec, key, text)
    elif mount.kind == "volume":
        made["name"] = volumes.claim(mount.source, making.claim_names[mount.source])
        text = "a claim on the node's own disk; copy the data as the runbook says; its size is not enforced"
        ledger.approximated(spec, key, text)
        if len(making.material.volume_stacks.get(mount.source, ())) > 1:
            text = "shared with another stack, whose namespace cannot reach the claim: use a path"
            ledger.person(spec, key, text)
    elif mount.kind == "tmpfs":
        made["name"] = volumes.add("memory", mount.target, {"emptyDir": {"medium": "Memory"}})
        ledger.approximated(spec, key, "counts into the memory limit of the container")
    else:
        made["name"] = volumes.add("scratch", f"{spec.name}{mount.target}", {"emptyDir": {}})
        text = "a volume without a name: empty after every restart of the pod; name it to keep it"
        ledger.approximated(spec, key, text)
    made["mountPath"] = mount.target
    if mount.read_only:
        made["readOnly"] = True
    _say_options(spec, key, options, made, ledger)
    return made


def path_type(path: str) -> str:
    """Return the type that a path of a host is taken to have; the pod waits when it has another."""
    name = path.rstrip("/")
    if name.endswith(".sock"):
        return "Socket"
    if name.startswith("/dev/") and name not in _KNOWN_DEVICE_FOLDERS:
        return "CharDevice"
    if _FILE.search(name) and not name.rpartition("/")[2].startswith("."):
        ending = name.rpartition(".")[2].lower()
        return "Directory" if ending in ("d", "git", "old", "bak") else "File"
    return "Directory"


def _say_bind(spec: Spec, path: str, key: str, kind: str, ledger: Ledger) -> None:
    if path.endswith(ENGINE_SOCKETS):
        text = "the engine's socket shows containers, never pods; give it a ServiceAccount or leave it"
        ledger.person(spec, key, text)
    else:
        what = f"if the path is no {kind.lower()}"
        ledger.approximated(spec, key, f"{STAYS}, and the pod with it; the pod waits {what}")


def _say_options(
    spec: Spec, key: str, options: frozenset[str], made: dict[str, Any], ledger: Ledger
) -> None:
    for option in sorted(options - _SILENT - {""}):
        if option in _PROPAGATION:
            made["mountPropagation"] = _PROPAGATION[option]
        elif option in _RELABEL:
            ledger.approximated(
                spec, key, f"option {option}: nothing relabels or takes over the files"
            )
        elif option == "noexec" or option not in _SILENT:
            ledger.impossible(spec, key, f"option {option} has no counterpart; it is left out")


def _memory(spec: Spec, making: Mounting) -> list[dict[str, Any]]:
    """Return the mounts of ``tmpfs`` and ``shm_size``."""
    found = []
    for key, item in spec.listed("tmpfs"):
        target, _, options = str(item).partition(":")
        size = next((one[5:] for one in options.split(",") if one.startswith("size=")), "")
        found.append(_in_memory(target, parse_size(size) if size else None, making))
        making.ledger.approximated(spec, key, "counts into the memory limit of the container")
    if spec.flag("read_only") and spec.service.runtime == "podman":
        taken = {mount.target for mount in spec.service.mounts}
        found += [_in_memory(path, None, making) for path in _PODMANS_SCRATCH if path not in taken]
    if spec.has("shm_size"):
        size_bytes = spec.size("shm_size")
        if size_bytes is not None:
            found.append(_in_memory("/dev/shm", size_bytes, making))  # noqa: S108 - a path in a container
            making.ledger.approximated(
                spec, "shm_size", "counts into the memory limit of the container"
            )
    return found


def _in_memory(target: str, size_bytes: int | None, making: Mounting) -> dict[str, Any]:
    value: dict[str, Any] = {"medium": "Memory"}
    if size_bytes:
        value["sizeLimit"] = str(size_bytes)
    return {"name": making.volumes.add("memory", target, {"emptyDir": value}), "mountPath": target}


def _files(spec: Spec, making: Mounting) -> list[dict[str, Any]]:
    """Return the mounts of ``secrets`` and ``configs``, each a file."""
    found = []
    for section, folder in (("secrets", "/run/secrets/"), ("configs", "/")):
        for key, item in spec.listed(section):
            name = item.get("source") if type(item) is Map else item
            if not isinstance(name, str) or not name:
                continue
            written = item.get("target") if type(item) is Map else None
            target = str(written or name)
            path = target if target.startswith("/") else folder + target
            made = label(name, "file")
            value: dict[str, Any] = (
                {"secret": {"secretName": made, "items": [{"key": "content", "path": made}]}}
                if section == "secrets"
                else {"configMap": {"name": made, "items": [{"key": "content", "path": made}]}}
            )
            volume = making.volumes.add(section, name, value)
            mount = {"name": volume, "mountPath": path, "subPath": made, "readOnly": True}
            found.append(mount)
            kind = "Secret" if section == "secrets" else "ConfigMap"
            text = f"make the {kind} {made} with the file under the key 'content'; the pod waits for it"
            making.ledger.person(spec, key, text)
    return found


def device(
    spec: Spec, key: str, one: Device, making: Mounting
) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Return the mount of a device, and what to ask of a device plugin for it.

    Source: https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/
    (the kubelet opens devices to a container only when a plugin hands them out, or it is privileged).
    """
    ledger = making.ledger
    if not one.source.startswith("/"):
        plugin = "nvidia.com/gpu" if "nvidia" in one.source or one.source == "gpu" else ""
        text = (
            "install the device plugin of the GPU's maker, and the RuntimeClass that it asks for"
        )
        ledger.person(spec, key, text)
        return None, {plugin: "1"} if plugin else {}
    kind = path_type(one.source)
    kind = "Directory" if one.source in _KNOWN_DEVICE_FOLDERS else kind
    name = making.volumes.add("path", one.source, {"hostPath": {"path": one.source, "type": kind}})
    if spec.service.privileged:
        ledger.converted(spec, key, "mounted; the container is privileged, so it may open it")
    else:
        text = (
            f"{one.source} is mounted but stays closed without a device plugin: install one and ask for"
            " its resource, or set privileged: true"
        )
        ledger.person(spec, key, text)
    return {"name": name, "mountPath": one.target or one.source}, {}

"""Mounts -> what each is for: data, configuration, a socket, part of the host, or scratch space.

Only data ties a service to a disk: a configuration file becomes a ConfigMap, scratch space an
emptyDir, and every host has a ``/etc/localtime`` of its own.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from analyzer.inventory.model import Mount, Service, StorageReach, Volume

Use = Literal["data", "config", "socket", "device", "system", "scratch"]
Reach = Callable[[Mount], StorageReach]

_SYSTEM_TREES = (
    "/dev/",
    "/etc/pki/",
    "/etc/ssl/",
    "/lib/modules/",
    "/proc/",
    "/run/",
    "/sys/",
    "/usr/bin/",
    "/usr/lib/",
    "/usr/share/zoneinfo/",
    "/usr/src/",
    "/var/run/",
    "/var/lib/containers/",
    "/var/lib/docker/",
    "/var/log/",
)
_SYSTEM_PATHS = frozenset(
    {"/", "/boot", "/etc", "/tmp", "/var"}  # noqa: S108 - names, nothing is opened
    | {f"/etc/{name}" for name in ("group", "hostname", "hosts", "localtime", "machine-id")}
    | {f"/etc/{name}" for name in ("os-release", "passwd", "resolv.conf", "timezone")}
    | {tree.rstrip("/") for tree in _SYSTEM_TREES}
)
_CONFIG_ENDINGS = (
    *(".cfg", ".cnf", ".conf", ".config", ".crt", ".env", ".html", ".ini", ".js", ".json", ".key"),
    *(".pem", ".php", ".properties", ".sh", ".sql", ".template", ".toml", ".txt", ".xml", ".yaml"),
    ".yml",
)
_CONFIG_NAMES = frozenset({".htpasswd", "caddyfile", "corefile"})
_SCRATCH_NAMES = frozenset(
    {"cache", "caches", "log", "logs", "node_modules", "scratch", "temp", "tmp"}
    | {"transcode", "transcodes"}
)
_SCRATCH_TREES = ("/dev/shm", "/tmp", "/var/cache", "/var/log", "/var/tmp")  # noqa: S108
_SYSTEM_HEADS = frozenset(path[1:4] for path in _SYSTEM_PATHS)
_DEVICES = (
    *("/dev/bus/usb", "/dev/dri", "/dev/kfd", "/dev/nvidia", "/dev/serial", "/dev/snd"),
    *("/dev/tty", "/dev/video"),
)
_ENGINE_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock", "crio.sock")


class MountUses(NamedTuple):
    """What a service's mounts are for: data, sockets of the host, and device files of the host."""

    data: tuple[Mount, ...]
    sockets: tuple[str, ...]
    devices: tuple[str, ...]


NO_MOUNTS = MountUses((), (), ())


def uses_of(service: Service) -> MountUses:
    """Return what a service's mounts are for; mapped devices count as well as mounted ones."""
    if not service.mounts and not service.devices:
        return NO_MOUNTS
    data, sockets = [], []
    devices = [device.partition(":")[0] for device in service.devices]
    for mount in service.mounts:
        use = use_of(mount)
        if use == "data":
            data.append(mount)
        elif use == "socket":
            sockets.append(mount.source)
        elif use == "device":
            devices.append(mount.source)
    return MountUses(tuple(data), tuple(sockets), tuple(devices))


def use_of(mount: Mount) -> Use:
    """Return what a mount is for, judged by its kind and its two paths."""
    kind, source, target, read_only, _ = mount
    if kind in ("tmpfs", "anonymous"):
        return "scratch"
    last = target.rpartition("/")[2].lower()
    if kind == "bind":
        use = _host_use(source)
        if use is not None:
            return use
        if last in _CONFIG_NAMES or ("." in last and last.endswith(_CONFIG_ENDINGS)):
            return "config"
        if read_only and target.startswith("/etc/"):
            return "config"
    scratch = last in _SCRATCH_NAMES or target.startswith(_SCRATCH_TREES)
    return "scratch" if scratch else "data"


def _host_use(source: str) -> Use | None:
    """Return what a path of the host is for when it is no folder of the owner's."""
    if source.endswith(".sock"):
        return "socket"
    if source[1:4] not in _SYSTEM_HEADS:
        return None
    if source.startswith(_DEVICES):
        return "device"
    if source.startswith(_SYSTEM_TREES) or (source.rstrip("/") or "/") in _SYSTEM_PATHS:
        return "system"
    return None


def is_engine_socket(path: str) -> bool:
    """Return whether a socket commands a container engine."""
    return path.endswith(_ENGINE_SOCKETS)


def mounts_known(service: Service) -> bool:
    """Return whether the inventory says what a service mounts, if only that it mounts nothing."""
    return bool(service.mounts) or "volumes" in service.lines


def reach(volumes: Mapping[str, Volume]) -> Reach:
    """Return a function that says which hosts can open a mount's data.

    A named volume is looked up by name, a path by the longest described path that contains it.
    What is not described is local, as an engine's volumes and a host's folders are.
    """
    paths = {name.rstrip("/"): volume.reach or "local" for name, volume in volumes.items()}
    described = any(value != "local" for value in paths.values())

    def reach_of(mount: Mount) -> StorageReach:
        if not described:
            return "local"
        if mount.kind == "volume":
            return paths.get(mount.source, "local")
        path = mount.source.rstrip("/")
        while path:
            if path in paths:
                return paths[path]
            path = path.rpartition("/")[0]
        return "local"

    return reach_of

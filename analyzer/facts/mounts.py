"""Mounts -> what each is for: data, configuration, a socket, part of the host, or scratch space.

Only data ties a service to a disk: a configuration file becomes a ConfigMap, scratch space an
emptyDir, and every host has a ``/etc/localtime`` of its own.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from analyzer.inventory.model import Mount, Service, StorageReach, Volume

Use = Literal["data", "config", "socket", "system", "scratch"]
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
    *(".yml", "/Caddyfile", "/Corefile", "/.htpasswd"),
)
_SCRATCH_NAMES = frozenset(
    {"cache", "caches", "log", "logs", "node_modules", "scratch", "temp", "tmp"}
    | {"transcode", "transcodes"}
)
_SCRATCH_TREES = ("/dev/shm", "/tmp", "/var/cache", "/var/log", "/var/tmp")  # noqa: S108
_DEVICES = (
    *("/dev/bus/usb", "/dev/dri", "/dev/kfd", "/dev/nvidia", "/dev/serial", "/dev/snd"),
    *("/dev/tty", "/dev/video"),
)
_ENGINE_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock", "crio.sock")


def use_of(mount: Mount) -> Use:
    """Return what a mount is for, judged by its kind and its two paths."""
    if mount.kind in ("tmpfs", "anonymous"):
        return "scratch"
    target = mount.target
    if mount.kind == "bind":
        source = mount.source
        if source.endswith(".sock"):
            return "socket"
        if source.startswith(_SYSTEM_TREES) or (source.rstrip("/") or "/") in _SYSTEM_PATHS:
            return "system"
        if target.endswith(_CONFIG_ENDINGS) or (mount.read_only and target.startswith("/etc/")):
            return "config"
    if target.rpartition("/")[2].lower() in _SCRATCH_NAMES or target.startswith(_SCRATCH_TREES):
        return "scratch"
    return "data"


def data_mounts(service: Service) -> tuple[Mount, ...]:
    """Return the mounts that hold data, read-only ones included."""
    if not service.mounts:
        return ()
    return tuple(mount for mount in service.mounts if use_of(mount) == "data")


def sockets(service: Service) -> tuple[str, ...]:
    """Return the host's sockets that a service opens."""
    if not service.mounts:
        return ()
    return tuple(m.source for m in service.mounts if m.kind == "bind" and use_of(m) == "socket")


def devices(service: Service) -> list[str]:
    """Return the host's device files that a service uses, mapped or mounted, in written order."""
    found = [device.partition(":")[0] for device in service.devices]
    mounted = (mount.source for mount in service.mounts if mount.kind == "bind")
    return found + [source for source in mounted if source.startswith(_DEVICES)]


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

"""What Podman and Docker say of themselves, as JSON -> drafts: one for each stack, or host.

``inspect`` of containers, pods, volumes, networks and images, ``ps``, ``info`` and ``stats``, in
any order and mixture: lists, single objects, one object a line.

Source: https://docs.podman.io/en/latest/markdown/podman-inspect.1.html
"""

import re

from analyzer.importers.podman.estate import read

__all__ = ["read", "recognises"]

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_SIGNS = tuple(
    tuple(f'"{key}"'.encode() for key in keys.split())
    for keys in (
        "NetworkSettings HostConfig",
        "IsInfra PodName",
        "RunningFor LocalVolumes",
        "conmon ociRuntime",
        "DockerRootDir NCPU",
        "mem_usage cpu_percent",
        "MemUsage CPUPerc",
        "InfraContainerID SharedNamespaces",
        "Mountpoint Scope Driver",
        "network_interface subnets",
        "RootFS RepoTags",
    )
)
"""Keys that stand together in no other JSON."""


def recognises(name: str, head: bytes) -> bool:  # noqa: ARG001 - what is piped has any name
    """Return whether a file is an engine's JSON, by keys that only engines write."""
    if not _BEGINS.match(head):
        return False
    return any(all(sign in head for sign in signs) for signs in _SIGNS)

"""The keys of a host, of a top-level volume and of a waiver."""

import re
from typing import Any

from analyzer.inventory.fields import Field, Reader, Record, expect_map, one_or_more
from analyzer.inventory.resources import MAX_CPUS
from analyzer.inventory.scalars import (
    architecture,
    boolean,
    choice,
    iso_date,
    name,
    number,
    size,
    text,
)
from analyzer.inventory.ties import dependencies

notes = one_or_more(text)
_addresses = one_or_more(text)

HOST = Record(
    "a host",
    (
        Field("arch", "arch", architecture, "amd64, arm64, arm, riscv64 ..."),
        Field("cpus", "cpus", number(0, MAX_CPUS, above=True), "Processors (threads)."),
        Field("memory", "memory_bytes", size(), "Memory in all, as in 32GiB."),
        Field(
            "memory_used",
            "memory_used_bytes",
            size(zero=True),
            "Memory in use, measured, without what is to move where that is known.",
        ),
        Field(
            "disk", "disk", choice("nvme", "ssd", "hdd", "sd"), "What a datastore would sit on."
        ),
        Field("site", "site", text, "Hosts of one site share a local network."),
        Field(
            "failure_domain",
            "failure_domain",
            text,
            "Shared power or hypervisor; without it the host stands for itself.",
        ),
        Field("os", "os", text, "Operating system, as in nixos or debian 12."),
        Field("runtime", "runtime", text, "Engine and version, as in podman 5.4."),
        Field("can_host_vms", "can_host_vms", boolean, "Whether it can run virtual machines."),
        Field(
            "cluster",
            "cluster",
            choice("candidate", "never", "server", "agent"),
            "Its part in a cluster: candidate, never, or server or agent today.",
        ),
        Field("addresses", "addresses", _addresses, "Names and addresses others reach it by."),
        Field(
            "address",
            None,
            Reader(lambda value: {"addresses": _addresses.read(value)}, _addresses.schema),
            "The same for a single one.",
        ),
        Field("depends_on", "depends_on", dependencies, "Services it needs to start or join."),
        Field("notes", None, Reader(lambda _: {}, notes.schema), "For readers only."),
    ),
)

_REPLICATED = ("longhorn", "rook", "ceph", "rbd", "linstor", "openebs", "drbd", "mayastor")
_SHARED = (
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb3",
    "smbfs",
    "glusterfs",
    "gluster",
    "cephfs",
    "sshfs",
)
_WORD = re.compile(r"[a-z]+\d*")
_REACH = choice("local", "shared", "replicated")


def _reach_of(words: list[str]) -> str | None:
    """Return what the words of a driver say about who can open the data."""
    for reach, known in (("shared", _SHARED), ("replicated", _REPLICATED)):
        if any(word in known for word in words):
            return reach
    return None


def _read_driver(value: Any) -> str:
    return text.read(value).lower()


def _read_options(value: Any) -> str:
    """Return the type that the options state, in lower case; empty when they state none."""
    kind = expect_map(value, "{type: nfs, o: addr=...}").get("type")
    return kind.lower() if isinstance(kind, str) else ""


VOLUME = Record(
    "a volume",
    (
        Field(
            "storage",
            "storage",
            _REACH,
            "local: one host; shared: all through the network; replicated: kept on several.",
        ),
        Field("host", "host", name, "The host that holds the data."),
        Field("backup", "backup", boolean, "Whether it is backed up."),
        Field("driver", "driver", Reader(_read_driver, {"type": "string"}), "Compose's driver."),
        Field(
            "driver_opts",
            "driver_opts",
            Reader(_read_options, {"type": "object"}),
            "Compose's options; type: nfs, cifs ... is read.",
        ),
        Field("notes", None, Reader(lambda _: {}, notes.schema), "For readers only."),
    ),
    frozenset({"external", "labels", "name"}),
)


def volume_reach(values: dict[str, Any]) -> str | None:
    """Return the reach of a volume that was read: stated, or told by its driver, or None.

    Source: https://docs.docker.com/engine/storage/volumes/#use-a-volume-driver
    """
    stated: str | None = values.get("storage")
    driver, kind = values.get("driver", ""), values.get("driver_opts", "")
    told = _reach_of(_WORD.findall(kind)) or _reach_of(_WORD.findall(driver))
    if stated or told:
        return stated or told
    return "local" if driver == "local" and not kind else None


WAIVER = Record(
    "a waiver",
    (
        Field("finding", "finding", text, "The finding's id."),
        Field("subject", "subject", text, "The host, service or volume; without it, all."),
        Field("reason", "reason", text, "Why it is accepted."),
        Field("expires", "expires", iso_date, "The last day it holds, YYYY-MM-DD."),
    ),
)

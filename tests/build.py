"""Tiny builders of estates: what a test does not say is unknown."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any

from analyzer.graph.model import Topology
from analyzer.graph.topology import build_topology
from analyzer.inventory.model import (
    Dependency,
    Environment,
    Host,
    Inventory,
    Mount,
    Needs,
    Service,
    Source,
    Volume,
    Waiver,
)
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from analyzer.units import parse_size

FILE = "inventory.yaml"
SOURCE = Source(FILE, 1, 1)
STARTED = "service_started"


def depends(service: str, kind: Any = "hard", *, condition: str = STARTED) -> Dependency:
    """Return a declared dependency."""
    return Dependency(service, condition, kind, "", 1)


def mounts(*written: str) -> tuple[Mount, ...]:
    """Return mounts of the short syntax, ``/data:/data:ro`` or ``volume:/data``."""
    made = []
    for text in written:
        source, target, *options = text.split(":")
        kind: Any = "bind" if source.startswith("/") else "volume"
        made.append(Mount(kind, source, target, read_only=options == ["ro"], line=1))
    return tuple(made)


def service(
    name: str, *, needs: Iterable[str] = (), env: dict[str, str] | None = None, **fields: Any
) -> Service:
    """Return a service; ``needs`` are hard dependencies, ``mounts`` may be short texts.

    ``memory``, ``limit`` are sizes such as ``512MiB``.
    """
    if needs:
        fields["depends_on"] = tuple(map(depends, needs))
    if env is not None:
        fields["environment"] = Environment(env, dict.fromkeys(env, 1))
    if fields.get("mounts") and isinstance(fields["mounts"][0], str):
        fields["mounts"] = mounts(*fields["mounts"])
    for short, attribute in (("memory", "memory_bytes"), ("limit", "memory_limit_bytes")):
        if short in fields:
            fields[attribute] = parse_size(fields.pop(short))
    lines = fields.pop("lines", {}) or dict.fromkeys(fields, 1)
    return Service(name, SOURCE, lines, **fields)


def host(name: str, **fields: Any) -> Host:
    """Return a host; ``memory`` and ``used`` are sizes such as ``8GiB``, ``cpus`` a number."""
    for short, attribute in (("memory", "memory_bytes"), ("used", "memory_used_bytes")):
        if short in fields:
            fields[attribute] = parse_size(fields.pop(short))
    if "cpus" in fields:
        fields["cpus"] = Fraction(fields["cpus"])
    return Host(name, SOURCE, dict.fromkeys(fields, 1), **fields)


def volume(name: str, **fields: Any) -> Volume:
    """Return a volume."""
    return Volume(name, SOURCE, **fields)


def wishes(**fields: Any) -> Needs:
    """Return needs; what is given counts as stated."""
    return Needs(dict.fromkeys(sorted(fields), SOURCE), **fields)


def inventory(
    *records: Host | Service | Volume,
    needs: Needs | None = None,
    name: str = "test",
    waivers: Iterable[Waiver] = (),
) -> Inventory:
    """Return an estate of hosts, services and volumes in any order."""

    def of(kind: type[Any]) -> dict[str, Any]:
        chosen = {record.name: record for record in records if isinstance(record, kind)}
        return {key: chosen[key] for key in sorted(chosen)}

    return Inventory(
        name=name,
        files=(FILE,),
        hosts=of(Host),
        services=of(Service),
        volumes=of(Volume),
        needs=needs or Needs({}),
        waivers=tuple(waivers),
    )


@cache
def shipped_images() -> RuleImages:
    """Return what the shipped rules know of images."""
    return RuleImages(load_rulebook())


def topology_of(estate: Inventory) -> Topology:
    """Return the dependency graph of an estate, by the shipped rules."""
    return build_topology(estate, shipped_images())

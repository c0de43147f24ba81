"""Services of Compose files -> a file of improvements, which Compose merges over the owner's.

Nothing of the owner's file is written again: no value is copied, no comment lost, and taking the
file away is the way back. Only what is missing is added.

Source: https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
"""

import re
from collections.abc import Iterable
from typing import Any

from analyzer.kits.health import declared, of_image, switched_off
from analyzer.kits.kubernetes.manifests import in_stack
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.naming import labels
from analyzer.kits.printers.yaml import document
from analyzer.kits.spec import Spec
from analyzer.units import MIB

FORM = "compose"
_COMPOSE = re.compile(r"(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$")
_ROOM_PERCENT = 150
_OWN_TOOLS = frozenset({"database", "cache", "queue"})
"""Roles whose images hold the program that checks them; others may lack curl."""
_UNCHANGED = "unchanged, in your file"
_ROTATION = {"driver": "json-file", "options": {"max-size": "10m", "max-file": "3"}}


def overrides(material: Material, ledger: Ledger, names: Iterable[str]) -> list[File]:
    """Return one file for each stack that comes from Compose files."""
    stacks: dict[str, dict[str, Any]] = {}
    for name in sorted(names):
        spec = material.specs[name]
        if not _COMPOSE.search(_source(spec)):
            continue
        added = _added(material, spec, ledger)
        for key in spec.keys:
            if not any(key == one or key in _ALSO.get(one, ()) for one in added):
                ledger.converted(spec, key, _UNCHANGED)
        ledger.close(spec)
        if added:
            stack = spec.service.project or material.assessment.inventory.name
            inside = next(iter(in_stack(spec)), name)
            stacks.setdefault(stack, {})[inside] = {key: added[key] for key in sorted(added)}
    made = labels(stacks, "stack")
    comments = [
        "Put this beside your compose.yaml: Compose merges it by itself. If you name files with -f, name",
        "it last. Look at the result with 'docker compose config' first.",
    ]
    return [
        File(
            f"compose/{made[stack]}/compose.override.yaml",
            document({"services": services}, comments),
        )
        for stack, services in sorted(stacks.items())
    ]


_ALSO = {"mem_limit": ("memory",)}


def _source(spec: Spec) -> str:
    return (spec.service.origin or "").rpartition(":")[0] or spec.service.source.file


def _added(material: Material, spec: Spec, ledger: Ledger) -> dict[str, Any]:
    """Return the keys that a service lacks."""
    service = spec.service
    added: dict[str, Any] = {}
    if service.healthcheck is None:
        _check(material, spec, added, ledger)
    if service.memory_limit_bytes is None and service.memory_bytes:
        limit = -(-service.memory_bytes * _ROOM_PERCENT // 100 // MIB)
        added["mem_limit"] = f"{limit}m"
        text = "no limit is set: half as much again as was measured, and killed above it; watch it"
        ledger.approximated(spec, "memory", text)
    elif service.memory_limit_bytes is None:
        text = "no memory is stated, so nothing limits it: measure it with 'podman stats'"
        ledger.person(spec, "memory", text)
    if not service.restart and not spec.has("deploy"):
        added["restart"] = "unless-stopped"
        ledger.approximated(spec, "restart", "none is set; it now comes back by itself")
    if service.runtime == "docker" and not spec.has("logging"):
        added["logging"] = _ROTATION
        ledger.approximated(spec, "logging", "logs grew without end; 30 MiB of them are kept")
    waits = _waits(material, spec)
    if waits:
        added["depends_on"] = waits
        text = f"waits until {', '.join(sorted(waits))} is healthy"
        ledger.approximated(spec, "depends_on", text)
    return added


def _check(material: Material, spec: Spec, added: dict[str, Any], ledger: Ledger) -> None:
    health = of_image(material.image(spec))
    if health is None:
        text = "no check is declared and none is known for its image: write one"
        ledger.person(spec, "healthcheck", text)
        return
    added["healthcheck"] = {
        "test": ["CMD-SHELL", health.shell.replace("$", "$$")],
        "interval": f"{health.interval_seconds}s",
        "timeout": f"{health.timeout_seconds}s",
        "retries": health.retries,
        "start_period": f"{health.start_seconds}s",
    }
    text = "none is declared; the one that is known for its image is added: try it first"
    ledger.approximated(spec, "healthcheck", text)


def _waits(material: Material, spec: Spec) -> dict[str, Any]:
    """Return declared dependencies of the stack that can be waited for until they are healthy."""
    found: dict[str, Any] = {}
    for dependency in spec.service.depends_on:
        other = material.specs.get(dependency.service)
        if other is None or other.service.project != spec.service.project:
            continue
        if dependency.condition != "service_started" or not _tells(material, other):
            continue
        inside = next(iter(in_stack(other)), other.name)
        found[inside] = {"condition": "service_healthy"}
    return found


def _tells(material: Material, spec: Spec) -> bool:
    """Return whether a service says reliably that it is healthy."""
    if switched_off(spec):
        return False
    image = material.image(spec)
    known = image is not None and image.role in _OWN_TOOLS and bool(image.health)
    return declared(spec) is not None or known

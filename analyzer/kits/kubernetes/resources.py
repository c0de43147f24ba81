"""Memory, processors and GPUs of a service -> requests and limits.

Source: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
"""

from collections.abc import Mapping
from typing import Any

from analyzer.kits.ledger import Ledger
from analyzer.kits.sizing import limit_bytes
from analyzer.kits.spec import Spec
from analyzer.tree import Map
from analyzer.units import MIB, parse_size

_STEP = 16 * MIB
_MILLI = 1000
_SHARES = 1024
"""Shares that stand for one processor."""


def resources(spec: Spec, devices: Mapping[str, str], ledger: Ledger) -> dict[str, Any]:
    """Return the ``resources`` of a container; ``devices`` are what device plugins are asked for."""
    requests, limits = _memory(spec, ledger)
    if spec.service.cpu_limit is not None:
        limits["cpu"] = f"{int(spec.service.cpu_limit * _MILLI)}m"
    for key in ("limits", "mem_limit", "cpus"):
        if spec.has(key):
            ledger.converted(spec, key)
    _shares(spec, requests, ledger)
    limits |= {**devices, **_gpus(spec, ledger)}
    found: dict[str, Any] = {}
    if requests:
        found["requests"] = requests
    if limits:
        found["limits"] = limits
    return found


def _memory(spec: Spec, ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """Return the request and the limit of memory, as far as anything is known."""
    limit, measured = spec.service.memory_limit_bytes, spec.service.memory_bytes
    reserved = spec.size("mem_reservation") or _reserved(spec)
    if spec.has("mem_reservation"):
        ledger.converted(spec, "mem_reservation", "what the scheduler sets aside")
    if not (limit or measured or reserved):
        text = (
            "no memory is stated, so it is the first to be killed: measure it with 'podman stats'"
        )
        ledger.person(spec, "memory", text)
        return {}, {}
    asked = reserved or measured or 0
    requests = {"memory": quantity(min(asked, limit) if limit else asked)} if asked else {}
    if measured and limit:
        ledger.converted(spec, "memory", "what the scheduler sets aside")
    elif measured:
        text = "no limit is set: half as much again as was measured, and killed above it; watch it"
        ledger.approximated(spec, "memory", text)
        limit = max(limit_bytes(measured), asked)
    return requests, {"memory": quantity(limit)} if limit else {}


def quantity(size_bytes: int) -> str:
    """Return bytes as Kubernetes writes them: in MiB, rounded up to whole steps of 16."""
    return f"{-(-size_bytes // _STEP) * (_STEP // MIB)}Mi"


def _reserved(spec: Spec) -> int | None:
    value = spec.below("deploy", "resources", "reservations", "memory")
    return parse_size(value) if isinstance(value, str) else None


def _shares(spec: Spec, requests: dict[str, str], ledger: Ledger) -> None:
    shares = spec.number("cpu_shares")
    if shares:
        requests["cpu"] = f"{max(1, shares * _MILLI // _SHARES)}m"
        ledger.approximated(spec, "cpu_shares", "as a request of processors, 1024 shares for one")
    if type(spec.tree.get("deploy")) is Map:
        ledger.converted(spec, "deploy", "replicas, limits and reservations; the rest is Swarm's")


def _gpus(spec: Spec, ledger: Ledger) -> dict[str, str]:
    """Return what is asked for when a GPU is reserved without naming a device of the host."""
    devices = spec.below("deploy", "resources", "reservations", "devices")
    if "gpu" not in spec.service.devices or not (spec.has("gpus") or devices is not None):
        return {}
    text = "install the device plugin of the GPU's maker, and the RuntimeClass that it asks for"
    ledger.person(spec, "gpus" if spec.has("gpus") else "deploy", text)
    return {"nvidia.com/gpu": "1"}

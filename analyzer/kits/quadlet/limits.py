"""What a service may take -> ``Memory=`` and flags of ``podman run``."""

from analyzer.kits.quadlet.draft import Draft
from analyzer.kits.sizing import limit_bytes
from analyzer.tree import Map
from analyzer.units import MIB


def limits(draft: Draft) -> None:
    """Write memory, processors and how many run."""
    spec, ledger, service = draft.spec, draft.ledger, draft.spec.service
    _memory(draft)
    if service.cpu_limit is not None:
        draft.flag("--cpus", f"{float(service.cpu_limit):g}", "cpus")
    for key in ("limits", "mem_limit", "cpus"):
        if spec.has(key):
            ledger.converted(spec, key)
    if type(spec.tree.get("deploy")) is Map:
        ledger.converted(spec, "deploy", "limits and devices; the rest is Swarm's")
    if (service.replicas or 1) > 1:
        key = "deploy" if spec.has("deploy") else "scale"
        text = f"{service.replicas} were asked for; one runs: a template unit makes several"
        ledger.person(spec, key, text)
    elif spec.has("scale"):
        ledger.converted(spec, "scale")


def _memory(draft: Draft) -> None:
    spec, ledger, service = draft.spec, draft.ledger, draft.spec.service
    limit, measured = service.memory_limit_bytes, service.memory_bytes
    if limit is None and measured:
        limit = -(-limit_bytes(measured) // MIB) * MIB
        text = "no limit is set: half as much again as was measured, and killed above it; watch it"
        ledger.approximated(spec, "memory", text)
    elif measured:
        ledger.converted(spec, "memory", "measured; the limit is the owner's")
    if limit:
        draft.put("Memory", str(limit), "limits")
    elif limit is None:
        text = "no memory is stated, so nothing limits it: measure it with 'podman stats'"
        ledger.person(spec, "memory", text)

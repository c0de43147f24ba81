"""Networks of a service -> ``Network=``, ``Pod=`` and the units behind them."""

from analyzer.kits.kubernetes.apps import gateway
from analyzer.kits.material import Material
from analyzer.kits.naming import labels
from analyzer.kits.quadlet.draft import Draft
from analyzer.kits.quadlet.versions import NETWORK_OF_CONTAINER, POD

_ONLY_ALONE = ("extra_hosts", "dns", "dns_search", "dns_opt", "hostname", "userns_mode")
"""Keys that a container of a pod cannot have for itself."""
_KEYS = ("network", "network_mode", "networks")


def network_units(material: Material) -> dict[str, str]:
    """Return the label of the unit of every named network."""
    names = {
        network
        for service in material.assessment.inventory.services.values()
        for network in service.networks
    }
    return labels(names, "net")


def network(
    material: Material,
    draft: Draft,
    units: dict[str, str],
    pod: str | None,
    written: frozenset[str],
) -> None:
    """Write the network of a service.

    ``pod`` is the unit of the pod that it is in; ``written`` are the services that have units.
    """
    spec, ledger, service = draft.spec, draft.ledger, draft.spec.service
    mode = service.network_mode or ""
    said = next((key for key in _KEYS if spec.has(key)), "network")
    if pod is not None:
        draft.put("Pod", f"{pod}.pod", said)
        text = "in a pod with the one whose network it is; the pod publishes its ports"
    elif mode.startswith(("service:", "container:")):
        text = _shared(material, draft, mode, written)
    elif mode in ("host", "none"):
        draft.put("Network", mode, said)
        text = ""
    else:
        for name in service.networks:
            draft.put("Network", f"{units[name]}.network", said)
        text = "names resolve among those that share it" if service.networks else ""
    for key in _KEYS:
        if spec.has(key):
            ledger.converted(spec, key, text)


def _shared(material: Material, draft: Draft, mode: str, written: frozenset[str]) -> str:
    above = gateway(draft.spec, material.specs)
    label = material.labels.get(above or "")
    if label is None or above not in written:
        other = material.service(above).container_name if label and above else None
        name = other or mode.partition(":")[2]
        draft.plain("Network", f"container:{name}", "network_mode")
        return "the other container has to run, and has no unit here"
    if draft.version.has(NETWORK_OF_CONTAINER):
        draft.put("Network", f"{label}.container", "network_mode")
        return "starts and stops with the one whose network it is"
    name = material.service(above or "").container_name or label
    draft.plain("Network", f"container:{name}", "network_mode")
    draft.unit += [("Requires", f"{label}.service"), ("After", f"{label}.service")]
    return "starts after the one whose network it is"


def pods(material: Material, names: list[str], drafts: dict[str, Draft]) -> dict[str, str]:
    """Return the pod of each service that is in one: those that share a network, 5.0 to 5.2.

    From 5.3 on a container can name the other's unit instead, which leaves both as they are.
    """
    found: dict[str, str] = {}
    for name in names:
        above = gateway(material.specs[name], material.specs)
        version = drafts[name].version
        if above not in drafts or any(
            material.specs[one].has(key) for one in (name, above) for key in _ONLY_ALONE
        ):
            continue
        if version.has(POD) and not version.has(NETWORK_OF_CONTAINER):
            found[name] = found[above] = f"{material.labels[above]}-pod"
    return found

"""Manifests for production -> manifests for a test: other data, other ports, nothing shared.

A copy that wrote where production writes would destroy what it was to protect. So every path of a
host that is mounted becomes one below `DATA`, filled by copying, and the pods stand on the test node.
"""

import copy
from functools import partial
from typing import Any

from analyzer.kits.kubernetes.manifests import Cluster, Made
from analyzer.kits.kubernetes.storage import STAYS
from analyzer.kits.ledger import Ledger
from analyzer.kits.model import Entry

DATA = "/srv/k8s-test"
NODE = "k8s-test"
SUFFIX = "-test"
_INSIDE = ".svc.cluster.local"
_NODE_LABEL = "kubernetes.io/hostname"


def mirrored(cluster: Cluster, ledger: Ledger) -> Cluster:
    """Return the cluster as it is for a test; the ledger says what differs."""
    namespaces = tuple(_object(one) for one in cluster.namespaces)
    shared = {
        f"{space}{SUFFIX}": tuple(_object(one) for one in objects if not _leads_out(one))
        for space, objects in cluster.shared.items()
    }
    out = {
        str(one["metadata"]["name"])
        for objects in cluster.shared.values()
        for one in objects
        if _leads_out(one)
    }
    ledger.retell(partial(_told, out=frozenset(out)))
    return Cluster(namespaces, shared, tuple(_app(made) for made in cluster.apps))


def _leads_out(one: dict[str, Any]) -> bool:
    """Return whether an object leads to a service of production."""
    if one["kind"] == "EndpointSlice":
        return True
    if one["kind"] != "Service" or "selector" in one["spec"]:
        return False
    return not str(one["spec"].get("externalName", "")).endswith(_INSIDE)


def _told(entry: Entry, out: frozenset[str]) -> Entry:
    """Return what became of a key in the test, where that is not what becomes of it in the end."""
    key, _, below = entry.key.partition(".")
    if key == "depends_on" and below in out:
        text = (
            f"{below} is production's own, and there is no way to it from the test: mirror it as"
            " well, or see what is missing"
        )
        return entry._replace(status="person", text=text)
    if key.startswith("ports"):
        text = "reached from the test machine alone: no port of it is open to others"
        return entry._replace(status="approximated", text=text)
    if key.startswith("volumes") and entry.text.startswith(STAYS):
        text = f"a copy below {DATA}, never what production writes; PLAN.md says how to copy"
        return entry._replace(text=text)
    if key == "environment" or key.startswith("env_file"):
        text = "by name only; make the objects by hand, with values for the test"
        return entry._replace(status="person", text=text)
    if key == "network_mode" and entry.text.startswith("the node's own"):
        text = "the cluster's own network instead of the host's, whose ports production has"
        return entry._replace(status="approximated", text=text)
    return entry


def _app(made: Made) -> Made:
    app = made.app._replace(namespace=made.app.namespace + SUFFIX)
    return Made(app, tuple(_object(one) for one in made.objects), made.ports)


def _object(given: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = copy.deepcopy(given)
    meta = one["metadata"]
    if one["kind"] == "Namespace":
        meta["name"] += SUFFIX
        return one
    meta["namespace"] += SUFFIX
    if one["kind"] == "Service":
        _service(one["spec"])
    template = one["spec"].get("template")
    if one["kind"] == "CronJob":
        one["spec"]["suspend"] = True  # it would do its work twice
        template = one["spec"]["jobTemplate"]["spec"]["template"]
    if template:
        _pod(template["spec"])
        labels = template["metadata"]["labels"]
        labels["app.kubernetes.io/part-of"] += SUFFIX
    return one


def _service(spec: dict[str, Any]) -> None:
    """Close a Service to everybody outside of the cluster."""
    spec.pop("externalTrafficPolicy", None)
    name, dot, rest = str(spec.get("externalName", "")).partition(".")
    if rest.endswith(_INSIDE.lstrip(".")):
        space, _, end = rest.partition(".")
        spec["externalName"] = f"{name}{dot}{space}{SUFFIX}.{end}"
    if spec.get("type") == "NodePort":
        spec["type"] = "ClusterIP"
    for port in spec.get("ports", ()):
        port.pop("nodePort", None)


def _pod(spec: dict[str, Any]) -> None:
    """Put a pod on the test node, on copies, with a network of its own."""
    spec.pop("hostNetwork", None)
    spec.pop("dnsPolicy", None)
    selector = {**spec.get("nodeSelector", {}), _NODE_LABEL: NODE}
    selector.pop("kubernetes.io/arch", None)
    spec["nodeSelector"] = selector
    for volume in spec.get("volumes", ()):
        path = volume.get("hostPath")
        if path and not path["path"].startswith("/dev/") and path["type"] != "Socket":
            path["path"] = copied(path["path"])
    for container in (*spec.get("initContainers", ()), *spec["containers"]):
        for port in container.get("ports", ()):
            port.pop("hostPort", None)
            port.pop("hostIP", None)


def copied(path: str) -> str:
    """Return where the copy of a path of production lies on the test machine."""
    return f"{DATA}{path}"

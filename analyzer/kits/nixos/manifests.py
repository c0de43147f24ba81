"""Kubernetes objects -> Nix files of the generic module's options, one for each app."""

from collections.abc import Iterable
from typing import Any

from analyzer.kits.assets import asset
from analyzer.kits.kubernetes.manifests import Cluster, Made
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.printers.nix import Code, module

FOLDER = "modules/kubernetes"
PLURALS = {
    "PersistentVolumeClaim": "persistentVolumeClaims",
    "ConfigMap": "configMaps",
    "Service": "services",
    "EndpointSlice": "endpointSlices",
    "NetworkPolicy": "networkPolicies",
    "PodDisruptionBudget": "podDisruptionBudgets",
    "Deployment": "deployments",
    "StatefulSet": "statefulSets",
    "Job": "jobs",
    "CronJob": "cronJobs",
    "Ingress": "ingresses",
}
"""The option of the generic module that takes objects of a kind."""


def nix_files(cluster: Cluster, ledger: Ledger) -> list[File]:
    """Return the modules, and every object in the words of their options."""
    files = [
        File(f"{FOLDER}/kubernetes.nix", asset("analyzer.kits.nixos", "modules/kubernetes.nix")),
        File(
            f"{FOLDER}/podman-to-k8s.nix",
            asset("analyzer.kits.nixos", "modules/podman-to-k8s.nix"),
        ),
    ]
    names = []
    shared = [one for objects in cluster.shared.values() for one in objects]
    spaces = [str(one["metadata"]["name"]) for one in cluster.namespaces]
    if spaces:
        body = {"kubernetes": {"namespaces": {name: {} for name in spaces}, **_resources(shared)}}
        files.append(File(f"{FOLDER}/services/shared.nix", module(body)))
        names.append("shared")
    for made in cluster.apps:
        if made.objects:
            name = f"{made.app.namespace}-{made.app.name}"
            todos = ledger.todos(spec.name for spec in made.app.specs)
            comments = [f"TODO {entry.id}: {entry.text}" for entry in todos]
            body = {"kubernetes": _resources(made.objects)}
            files.append(File(f"{FOLDER}/services/{name}.nix", module(body, (), comments)))
            names.append(name)
    imports = ["kubernetes.nix", "podman-to-k8s.nix", *(f"services/{name}.nix" for name in names)]
    text = module({"imports": [Code(f"./{name}") for name in imports]})
    return [*files, File(f"{FOLDER}/default.nix", text)]


def _resources(objects: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return objects by kind and name, without what the option itself says."""
    found: dict[str, dict[str, Any]] = {}
    for one in objects:
        meta = one["metadata"]
        key = f"{meta['namespace']}-{meta['name']}"
        rest = {name: value for name, value in one.items() if name not in ("apiVersion", "kind")}
        found.setdefault(PLURALS[str(one["kind"])], {})[key] = rest
    return {"resources": {kind: found[kind] for kind in sorted(found)}} if found else {}


def from_containers(material: Material, cluster: Cluster) -> File | None:
    """Return the options by which the converter module makes the same pods of existing containers.

    Each is off: switch on one at a time, and take its file out of ``default.nix``. None where no
    container is one of a NixOS host.
    """
    found = {
        made.app.main.name: _options(material, made)
        for made in cluster.apps
        if made.objects and _is_nixos(material, made) and not made.app.sharing
        if str(made.objects[0]["kind"]) in ("Deployment", "StatefulSet")
    }
    if not found:
        return None
    comments = [
        "What the converter module cannot read off a container. It is not imported: to convert a",
        "container instead of using its file in services/, import this one, leave that one out of",
        "default.nix, and switch the container on here.",
    ]
    body = {"kubernetes": {"fromContainers": {name: found[name] for name in sorted(found)}}}
    return File(f"{FOLDER}/from-containers.nix", module(body, (), comments))


def _is_nixos(material: Material, made: Made) -> bool:
    return on_nixos(material.host(made.app.main))


_DERIVED = (
    "image",
    "command",
    "args",
    "workingDir",
    "ports",
    "env",
    "envFrom",
    "volumeMounts",
    "name",
    "securityContext",
)
"""Keys of a container that the converter module makes itself."""
_DERIVED_OF_POD = (
    "containers",
    "volumes",
    "nodeSelector",
    "hostNetwork",
    "dnsPolicy",
    "hostAliases",
    "hostname",
)


def _options(material: Material, made: Made) -> dict[str, Any]:
    workload = made.objects[0]
    template = workload["spec"]["template"]
    pod = template["spec"]
    (container,) = pod["containers"]
    app = made.app
    fixed = {"app.kubernetes.io/managed-by", "app.kubernetes.io/part-of", *app.selector}
    settings = [
        str(one["name"])
        for one in container.get("env", ())
        if "configMapKeyRef" in one["valueFrom"]
    ]
    found: dict[str, Any] = {
        "enable": False,
        "app": app.name,
        "namespace": app.namespace,
        "node": material.node(app.main) or "",
        "kind": str(workload["kind"]),
        "stateful": workload["spec"].get("strategy") == {"type": "Recreate"},
        "nodePorts": {port.name: port.outside for port in made.ports if port.outside},
        "settings": settings,
        "labels": {
            key: value for key, value in template["metadata"]["labels"].items() if key not in fixed
        },
        "container": {key: value for key, value in container.items() if key not in _DERIVED},
        "pod": {key: value for key, value in pod.items() if key not in _DERIVED_OF_POD},
    }
    return {key: value for key, value in found.items() if value not in ([], {}, "")}

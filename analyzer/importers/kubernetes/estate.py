"""Objects -> drafts: one for each namespace, and one for the nodes."""

from collections.abc import Mapping

from analyzer.importers.kubernetes.nodes import hosts_of
from analyzer.importers.kubernetes.objects import (
    WORKLOADS,
    Object,
    Objects,
    below,
    maps,
    pairs,
    text,
)
from analyzer.importers.kubernetes.reaching import give_names, outside, routes, selects
from analyzer.importers.kubernetes.storage import Storage, claim_name
from analyzer.importers.kubernetes.workloads import labels_of, service_of
from analyzer.inventory.draft import Draft, Route
from analyzer.inventory.sheet import Sheet
from analyzer.tree import Map

_DEFAULT = "default"
_OWNED = ("Pod", "ReplicaSet", "Job")
"""Kinds that others make; what ``kubectl get all`` prints holds both."""


def drafts_of(objects: Objects, host: str | None) -> tuple[Draft, ...]:
    """Return the drafts; ``host`` is where all runs that names no node."""
    by_namespace: dict[str, list[Object]] = {}
    for workload in objects.of(*WORKLOADS):
        if workload.kind in _OWNED and _owner(workload):
            text_of = "made by another object, which is listed instead"
            objects.say(workload.mark, workload.path, "no bearing", text_of)
        else:
            by_namespace.setdefault(workload.namespace, []).append(workload)
    for service in objects.of("Service"):
        by_namespace.setdefault(service.namespace, [])
    reached: dict[str, list[Route]] = {}
    for namespace, route in routes(objects):
        reached.setdefault(namespace, []).append(route)
        by_namespace.setdefault(namespace, [])
    storage = Storage(objects)
    nodes = _nodes_of_pods(objects)
    drafts = []
    for namespace in sorted(by_namespace):
        namespaced = _namespace(objects, storage, namespace, by_namespace[namespace], nodes)
        drafts.append(namespaced._replace(routes=tuple(reached.get(namespace, ()))))
    return _finished(drafts, objects, host)


def _finished(drafts: list[Draft], objects: Objects, host: str | None) -> tuple[Draft, ...]:
    """Return the drafts with a host for services that name none, and one for all the rest."""
    for draft in drafts:
        for entry in draft.tree["services"].values():
            if host is not None and "host" not in entry and entry.get("runtime") != "external":
                entry.put("host", host, entry.mark)
    rest = Map()
    hosts = hosts_of(objects)
    if hosts:
        rest.put("hosts", hosts, hosts.marks[0] if hosts.marks else 0)
    if hosts or objects.remarks or not drafts:
        drafts.append(Draft(rest, remarks=tuple(objects.remarks)))
    return tuple(drafts)


def _owner(workload: Object) -> str:
    owners = maps(below(workload.body, "metadata").get("ownerReferences"))
    return text(owners[0], "name") if owners else ""


def _nodes_of_pods(objects: Objects) -> dict[tuple[str, str], str]:
    """Return the node that a workload's pods run on, by namespace and owner, if it is one only."""
    found: dict[tuple[str, str], set[str]] = {}
    for pod in objects.of("Pod"):
        owner, node = _owner(pod), text(pod.spec, "nodeName")
        labels = below(pod.body, "metadata", "labels")
        made = f"-{text(labels, 'pod-template-hash')}"
        if owner and node:
            found.setdefault((pod.namespace, owner.removesuffix(made)), set()).add(node)
    return {key: next(iter(nodes)) for key, nodes in found.items() if len(nodes) == 1}


def _names(workloads: list[Object]) -> dict[str, Object]:
    """Return the workloads by a name of their own: the kind tells two of one name apart."""
    names: dict[str, Object] = {}
    rank = {"Deployment": 0, "StatefulSet": 1, "DaemonSet": 2}
    for workload in sorted(workloads, key=lambda one: (rank.get(one.kind, 9), one.kind, one.name)):
        name = workload.name
        if name in names:
            name = f"{name}-{workload.kind.lower()}"
        names.setdefault(name, workload)
    return names


def _namespace(
    objects: Objects,
    storage: Storage,
    namespace: str,
    workloads: list[Object],
    nodes: Mapping[tuple[str, str], str],
) -> Draft:
    """Return the draft of one namespace."""
    volumes = Map()
    sheets: dict[str, Sheet] = {}
    labels: dict[str, dict[str, str]] = {}
    for name, workload in _names(workloads).items():
        sheet = sheets[name] = service_of(workload, name, objects, volumes)
        labels[name] = labels_of(workload)
        node = nodes.get((namespace, workload.name))
        if node and "host" not in sheet.entry:
            sheet.put("host", node, workload.mark)
    labelled = _labelled(labels)
    for service in objects.of("Service", namespace=namespace):
        candidates = _candidates(service, labelled)
        _serve(objects, service, sheets, {name: labels[name] for name in candidates})
    _claims(objects, storage, namespace, workloads, volumes)
    services = Map()
    for name, sheet in sheets.items():
        services.put(name, sheet.entry, sheet.mark)
    tree = Map(services.mark)
    tree.put("services", services, 0)
    if volumes:
        tree.put("volumes", volumes, 0)
    return Draft(
        tree,
        None if namespace == _DEFAULT else namespace,
        tuple(hint for sheet in sheets.values() for hint in sheet.hints),
        (),
        tuple(remark for sheet in sheets.values() for remark in sheet.remarks),
    )


def _labelled(labels: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Return the workloads that have each label."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, own in labels.items():
        for label in own.items():
            found.setdefault(label, []).append(name)
    return found


def _candidates(service: Object, labelled: Mapping[tuple[str, str], list[str]]) -> list[str]:
    """Return the workloads that have the rarest label that a Service selects."""
    wanted = pairs(below(service.spec, "selector")).items()
    return min((labelled.get(label, []) for label in wanted), key=len, default=[])


def _serve(
    objects: Objects,
    service: Object,
    sheets: dict[str, Sheet],
    labels: Mapping[str, Mapping[str, str]],
) -> None:
    """Let what a Service selects answer to its names."""
    selected = [name for name, own in labels.items() if selects(service, own)]
    for name in selected:
        give_names(sheets[name], service)
    if selected:
        return
    led = outside(service, objects)
    if led is not None and led.name not in sheets:
        sheets[led.name] = led
        objects.remarks.extend(led.remarks)
    else:
        text_of = "selects no workload that was given"
        objects.say(service.mark, service.path, "no bearing", text_of)


def _claims(
    objects: Objects, storage: Storage, namespace: str, workloads: list[Object], volumes: Map
) -> None:
    """Add an entry for each claim, given or made from a template."""
    for claim in objects.of("PersistentVolumeClaim", namespace=namespace):
        entry = storage.volume(claim.spec, namespace, claim.name)
        volumes.put(claim_name(namespace, claim.name), entry, claim.mark)
    for workload in workloads:
        for template in maps(workload.spec.get("volumeClaimTemplates")):
            name = f"{text(below(template, 'metadata'), 'name')}-{workload.name}"
            entry = storage.volume(below(template, "spec"), namespace, f"{name}-0")
            volumes.put(claim_name(namespace, name), entry, template.mark)

"""Apps -> Kubernetes objects, each app's in the order in which they are needed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from analyzer.kits.kubernetes.apps import App, apps, network_label
from analyzer.kits.kubernetes.outside import neighbours
from analyzer.kits.kubernetes.pods import pod, pod_labels
from analyzer.kits.kubernetes.ports import Doors, Opening, openings, service_spec
from analyzer.kits.kubernetes.storage import CLAIM_SIZE, STORAGE_CLASS, Mounting, Volumes
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import label, labels
from analyzer.kits.spec import Spec

Object = dict[str, Any]
FORM = "kubernetes"
_STATEFUL_SET_ROLES = frozenset({"database", "cache", "queue"})
_RESTARTS = frozenset({"always", "unless-stopped", "", "any"})


class Made(NamedTuple):
    """One app with its objects and its ports; the objects are empty when it is left out."""

    app: App
    objects: tuple[Object, ...]
    ports: tuple[Opening, ...]


class Cluster(NamedTuple):
    """The namespaces, the objects that several apps share, and the apps."""

    namespaces: tuple[Object, ...]
    shared: Mapping[str, tuple[Object, ...]]
    apps: tuple[Made, ...]


def manifests(material: Material, ledger: Ledger, names: Iterable[str]) -> Cluster:
    """Return what some services become; the ledger says what became of each of their keys."""
    doors = Doors()
    found = apps(material, ledger, names)
    claims = _claim_names(material)
    every = [(app, openings(material, app, doors, ledger)) for app in found]
    made, shared = [], {}
    for app, ports in every:
        volumes = Volumes()
        making = Mounting(material, volumes, ledger, claims)
        spec = pod(material, app, ports, making)
        objects = tuple(_objects(material, app, ports, spec, ledger)) if spec else ()
        blocked = any(ledger.blocks(one.name) for one in app.specs)
        made.append(Made(app, () if blocked else objects, ports))
        for claim in () if blocked else volumes.claims:
            shared[app.namespace, claim] = _claim(app.namespace, claim)
    moved = {one.name for item in made if item.objects for one in item.app.specs}
    beside = neighbours(material, [item.app for item in made if item.objects], moved, ledger)
    for item in made:
        for one in item.app.specs:
            ledger.close(one)
    named = sorted({item.app.namespace for item in made if item.objects})
    by_namespace = {
        name: tuple(one for (space, _), one in sorted(shared.items()) if space == name)
        + tuple(beside.get(name, ()))
        for name in named
    }
    return Cluster(tuple(_namespace(name) for name in named), by_namespace, tuple(made))


def _claim_names(material: Material) -> dict[str, str]:
    volumes = {
        mount.source
        for service in material.assessment.inventory.services.values()
        for mount in service.mounts
        if mount.kind == "volume"
    }
    return labels(volumes, "volume")


def _meta(app: App, name: str | None = None) -> Object:
    return {
        "name": name or app.name,
        "namespace": app.namespace,
        "labels": {**app.selector, "app.kubernetes.io/managed-by": "k8sadvisor"},
    }


def _namespace(name: str) -> Object:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}


def _claim(namespace: str, name: str) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": STORAGE_CLASS,
            "resources": {"requests": {"storage": CLAIM_SIZE}},
        },
    }


def _objects(
    material: Material, app: App, ports: tuple[Opening, ...], spec: Object, ledger: Ledger
) -> list[Object]:
    found = [_workload(material, app, ports, spec, ledger)]
    kind = found[0]["kind"]
    if ports or _is_called(material, app) or kind == "StatefulSet":
        found.append(_service(app, app.name, service_spec(app, ports)))
    for name in sorted(_more_names(material, app)):
        made = service_spec(app, ports)
        made.pop("externalTrafficPolicy", None)
        if "type" in made:
            made["type"] = "ClusterIP"
        made["ports"] = [
            {key: value for key, value in one.items() if key != "nodePort"}
            for one in made.get("ports", ())
        ]
        found.append(_service(app, name, {key: value for key, value in made.items() if value}))
    policy = _policy(app, ports)
    if policy is not None:
        found.append(policy)
    replicas = found[0]["spec"].get("replicas", 1)
    if replicas > 1:
        found.append(
            {
                "apiVersion": "policy/v1",
                "kind": "PodDisruptionBudget",
                "metadata": _meta(app),
                "spec": {"maxUnavailable": 1, "selector": {"matchLabels": app.selector}},
            }
        )
    return found


def _service(app: App, name: str, spec: Object) -> Object:
    return {"apiVersion": "v1", "kind": "Service", "metadata": _meta(app, name), "spec": spec}


def _is_called(material: Material, app: App) -> bool:
    names = {spec.name for spec in app.specs}
    return any(
        edge.dependent not in names for name in names for edge in material.needed.get(name, ())
    )


def _more_names(material: Material, app: App) -> set[str]:
    """Return the names by which others of its namespace call an app, besides its own."""
    found: set[str] = set()
    for spec in app.specs:
        service = spec.service
        for name in (service.container_name, service.name, *service.aliases, *_in_stack(spec)):
            if name and label(name) == name.lower():
                found.add(name.lower())
    taken = set(material.labels.values()) | {app.name}
    return {name for name in found if name not in taken}


def _in_stack(spec: Spec) -> tuple[str, ...]:
    """Return the name that a service has inside of its stack, where an import prefixed it."""
    project = spec.service.project
    if project and spec.name.startswith(f"{project}-"):
        return (spec.name.removeprefix(f"{project}-"),)
    return ()


def _workload(
    material: Material, app: App, ports: tuple[Opening, ...], spec: Object, ledger: Ledger
) -> Object:
    """Return the Deployment, the StatefulSet or the Job of an app."""
    main = app.main
    template = {"metadata": {"labels": pod_labels(app)}, "spec": spec}
    annotations = main.pairs("annotations")
    if annotations:
        template["metadata"]["annotations"] = {
            key: main.veil.all([value])[0] for key, value in annotations.items()
        }
        ledger.converted(main, "annotations")
    restart = (main.service.restart or "").partition(":")[0]
    _say_order(app, ledger)
    for one in app.specs:
        _say_restart(one, ledger)
    if restart in ("no", "on-failure") and _ends(main, material):
        return _job(app, template, restart, main.service.restart or "")
    replicas = _replicas(material, app, ports, spec, ledger)
    role = material.image(main)
    stateful = role is not None and role.role in _STATEFUL_SET_ROLES and material.stateful(main)
    meta = _meta(app)
    body: Object = {"replicas": replicas, "selector": {"matchLabels": app.selector}}
    if stateful:
        return {
            "apiVersion": "apps/v1",
            "kind": "StatefulSet",
            "metadata": meta,
            "spec": {**body, "serviceName": app.name, "template": template},
        }
    only_one = any(material.stateful(one) for one in app.specs) or _exclusive(ports, spec)
    strategy = {"type": "Recreate"} if only_one else {"type": "RollingUpdate"}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": meta,
        "spec": {**body, "strategy": strategy, "revisionHistoryLimit": 3, "template": template},
    }


def _exclusive(ports: tuple[Opening, ...], spec: Object) -> bool:
    """Return whether two pods of an app cannot stand on one node, so none can come before one goes."""
    return bool(spec.get("hostNetwork")) or any(port.host_port for port in ports)


def _ends(spec: Spec, material: Material) -> bool:
    """Return whether a service does its work and ends, as far as can be told."""
    image = material.image(spec)
    return spec.name in material.waited or (
        image is not None and image.role == "job" and not spec.service.ports
    )


def _job(app: App, template: Object, restart: str, written: str) -> Object:
    retries = written.partition(":")[2]
    template["spec"]["restartPolicy"] = "Never" if restart == "no" else "OnFailure"
    limit = int(retries) if retries.isdecimal() else 0 if restart == "no" else 6
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": _meta(app),
        "spec": {"backoffLimit": limit, "template": template},
    }


def _say_restart(spec: Spec, ledger: Ledger) -> None:
    if not spec.has("restart"):
        return
    policy = (spec.service.restart or "").partition(":")[0]
    if policy in ("always", "unless-stopped"):
        text = "a pod is always started again; scale to 0 to keep it stopped"
        ledger.converted(spec, "restart", text if policy == "unless-stopped" else "")
    else:
        text = f"{policy}: a pod of a Deployment is always started again; make it a Job if it ends"
        ledger.approximated(spec, "restart", text)


def _say_order(app: App, ledger: Ledger) -> None:
    for spec in app.specs:
        if spec.has("depends_on"):
            text = "nothing starts in order here: the program has to try again until the other answers"
            ledger.approximated(spec, "depends_on", text)


def _replicas(
    material: Material, app: App, ports: tuple[Opening, ...], spec: Object, ledger: Ledger
) -> int:
    """Return how many pods run: 0 for what is not started by itself, one for what keeps data."""
    main = app.main
    asked = main.service.replicas
    if main.has("scale"):
        ledger.converted(main, "scale")
    if main.has("profiles"):
        if main.service.verified is False:
            ledger.converted(main, "profiles", "not started by itself; scale it to 1 to start it")
            return 0
        ledger.converted(main, "profiles", "started, as its profile is active")
    if asked is None or asked <= 1:
        return 1 if asked is None else asked
    if any(material.stateful(one) for one in app.specs) or _exclusive(ports, spec):
        key = "deploy" if main.has("deploy") else "scale"
        text = f"{asked} were asked for; one runs, for several would write the same data or want one port"
        ledger.person(main, key, text)
        return 1
    return asked


def _policy(app: App, ports: tuple[Opening, ...]) -> Object | None:
    """Return what lets in who shared a network, and everybody to what is published.

    Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/; K3s has a
    controller for them (https://docs.k3s.io/networking/networking-services#network-policy-controller).
    """
    modes = {spec.service.network_mode for spec in app.specs}
    networks = sorted({network for spec in app.specs for network in spec.service.networks})
    if "host" in modes or (not networks and "none" not in modes):
        return None
    rules: list[Object] = (
        [
            {
                "from": [
                    {
                        "namespaceSelector": {},
                        "podSelector": {"matchLabels": {network_label(network): "member"}},
                    }
                    for network in networks
                ]
            }
        ]
        if networks
        else []
    )
    published = [port for port in ports if port.published is not None]
    if published:
        listed = [{"port": port.target, "protocol": port.protocol.upper()} for port in published]
        rules.append({"ports": listed})
    body: Object = {"podSelector": {"matchLabels": app.selector}, "policyTypes": ["Ingress"]}
    body["ingress"] = rules
    if not networks:
        body["policyTypes"] = ["Ingress", "Egress"]
        body["egress"] = []
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": _meta(app),
        "spec": body,
    }

"""Apps -> Kubernetes objects, each app's in the order in which they are needed."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from analyzer.kits.kubernetes.apps import App, apps, metadata
from analyzer.kits.kubernetes.outside import neighbours
from analyzer.kits.kubernetes.pods import pod
from analyzer.kits.kubernetes.policies import policy
from analyzer.kits.kubernetes.ports import (
    Doors,
    Opening,
    inside_only,
    openings,
    service_spec,
)
from analyzer.kits.kubernetes.storage import CLAIM_SIZE, STORAGE_CLASS, Mounting, Volumes
from analyzer.kits.kubernetes.workloads import workload
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import label, labels
from analyzer.kits.spec import Spec

Object = dict[str, Any]
FORM = "kubernetes"


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
    names = tuple(names)
    doors = Doors()
    found = apps(material, ledger, names)
    claims = _claim_names(material)
    aliases = _aliases(material, found, ledger)
    made, shared = [], {}
    for app in found:
        volumes = Volumes()
        making = Mounting(material, volumes, ledger, claims)
        ports = openings(material, app, doors, ledger)
        spec = pod(material, app, ports, making)
        named = aliases.get((app.namespace, app.name), ())
        objects = tuple(_objects(app, ports, spec, making, named)) if spec else ()
        blocked = any(ledger.blocks(one.name) for one in app.specs)
        made.append(Made(app, () if blocked else objects, ports))
        for claim in () if blocked else volumes.claims:
            shared[app.namespace, claim] = _claim(app.namespace, claim)
    moved = {one.name for item in made if item.objects for one in item.app.specs}
    beside = neighbours(material, [item.app for item in made if item.objects], moved, ledger)
    for name in sorted({*names, *(one.name for item in made for one in item.app.specs)}):
        ledger.close(material.specs[name])
    spaces = sorted({item.app.namespace for item in made if item.objects})
    by_namespace = {
        name: tuple(one for (space, _), one in sorted(shared.items()) if space == name)
        + tuple(beside.get(name, ()))
        for name in spaces
    }
    return Cluster(tuple(_namespace(name) for name in spaces), by_namespace, tuple(made))


def _claim_names(material: Material) -> dict[str, str]:
    volumes = {
        mount.source
        for service in material.assessment.inventory.services.values()
        for mount in service.mounts
        if mount.kind == "volume"
    }
    return labels(volumes, "volume")


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
    app: App,
    ports: tuple[Opening, ...],
    spec: Object,
    making: Mounting,
    aliases: Iterable[str],
) -> list[Object]:
    material, ledger = making.material, making.ledger
    found = [workload(material, app, ports, spec, ledger)]
    kind = found[0]["kind"]
    if ports or _is_called(material, app) or kind == "StatefulSet":
        found.append(_service(app, app.name, service_spec(app, ports)))
    found += [_service(app, name, inside_only(service_spec(app, ports))) for name in aliases]
    separated = policy(app, ports)
    if separated is not None:
        found.append(separated)
    replicas = found[0]["spec"].get("replicas", 1)
    if replicas > 1:
        found.append(
            {
                "apiVersion": "policy/v1",
                "kind": "PodDisruptionBudget",
                "metadata": metadata(app),
                "spec": {"maxUnavailable": 1, "selector": {"matchLabels": app.selector}},
            }
        )
    return found


def _service(app: App, name: str, spec: Object) -> Object:
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata(app, name), "spec": spec}


def _is_called(material: Material, app: App) -> bool:
    names = {spec.name for spec in app.specs}
    return any(
        edge.dependent not in names for name in names for edge in material.needed.get(name, ())
    )


def _aliases(
    material: Material, every: Iterable[App], ledger: Ledger
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return for each app, by namespace and name, the names that others call it besides its own.

    A name that several of a namespace have stays with none: a Service leads to one app.
    """
    owners: dict[tuple[str, str], list[App]] = {}
    taken = frozenset(material.labels.values())
    for app in every:
        for name in sorted(
            {name for spec in app.specs for name in names_of(spec, material.inside[spec.name])}
            - taken
        ):
            owners.setdefault((app.namespace, name), []).append(app)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (space, name), apps_there in owners.items():
        for app in apps_there:
            if len(apps_there) == 1:
                found[space, app.name] = (*found.get((space, app.name), ()), name)
            else:
                text = f"{name} is the name of several here: call each by its own"
                ledger.person(app.main, "network" if app.main.has("network") else "networks", text)
    return found


def names_of(spec: Spec, inside: str) -> set[str]:
    """Return the names by which other containers call a service, as far as a Service can have them."""
    service = spec.service
    every = (service.container_name, service.name, *service.aliases, inside)
    return {name.lower() for name in every if name and label(name) == name.lower()}

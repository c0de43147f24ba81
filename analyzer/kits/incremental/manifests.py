"""Kubernetes objects -> YAML files with a kustomization."""

from collections.abc import Sequence
from typing import Any

from analyzer.kits.kubernetes.manifests import Cluster, Made
from analyzer.kits.ledger import Ledger
from analyzer.kits.model import File
from analyzer.kits.printers.yaml import document, documents

FOLDER = "kubernetes"


def yaml_files(cluster: Cluster, ledger: Ledger, folder: str = FOLDER) -> list[File]:
    """Return the namespaces first, then what apps share, then a file for each app.

    `kubectl apply -k` of the folder gives everything, of a file just one app.
    """
    files = []
    if cluster.namespaces:
        files.append(File(f"{folder}/00-namespaces.yaml", documents(cluster.namespaces)))
    files += [
        File(f"{folder}/10-{namespace}-shared.yaml", documents(objects))
        for namespace, objects in cluster.shared.items()
        if objects
    ]
    files += [
        File(f"{folder}/{file_name(made)}", _app(made, ledger))
        for made in cluster.apps
        if made.objects
    ]
    listed = [file.path.rpartition("/")[2] for file in files]
    files.append(File(f"{folder}/kustomization.yaml", document(_kustomization(listed))))
    return files


def file_name(made: Made) -> str:
    """Return the name of an app's file."""
    return f"{made.app.namespace}-{made.app.name}.yaml"


def _app(made: Made, ledger: Ledger) -> str:
    todos = ledger.todos(spec.name for spec in made.app.specs)
    return documents(made.objects, [f"TODO {entry.id}: {entry.text}" for entry in todos])


def _kustomization(files: Sequence[str]) -> dict[str, Any]:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": list(files),
    }

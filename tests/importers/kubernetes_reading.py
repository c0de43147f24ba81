"""Reads manifests in tests."""

import json
from pathlib import Path
from typing import Any

from analyzer.files import Document
from analyzer.importers import kubernetes
from analyzer.importers.kubernetes.objects import Objects
from analyzer.inventory.draft import Draft
from analyzer.jsonfile import parse
from analyzer.tree import Map

SAMPLES = Path(__file__).parent / "kubernetes"


def document(text: str, name: str = "app.yaml", number: int = 0) -> Document:
    """Return a document of a text."""
    return Document(name, number, name, ".", text.encode())


def read(*objects: dict[str, Any], host: str | None = None) -> tuple[Draft, ...]:
    """Return the drafts of objects."""
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
    return kubernetes.read([document(text, "list.json")], None, host)  # type: ignore[arg-type]


def sample(*names: str) -> dict[str | None, Draft]:
    """Return the drafts of samples by project."""
    documents = [
        document((SAMPLES / name).read_text(), name, number) for number, name in enumerate(names)
    ]
    drafts = kubernetes.read(documents, None, None)  # type: ignore[arg-type]
    return {draft.project: draft for draft in drafts}


def made(
    kind: str, name: str, spec: Any = None, namespace: str = "", **more: Any
) -> dict[str, Any]:
    """Return an object."""
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec or {}, **more}


def deployment(name: str = "app", pod: Any = None, namespace: str = "", **container: Any) -> Any:
    """Return a Deployment of one container."""
    spec = {"containers": [{"name": name, "image": f"{name}:1", **container}], **(pod or {})}
    template = {"metadata": {"labels": {"app": name}}, "spec": spec}
    return made("Deployment", name, {"template": template}, namespace)


def service(*objects: dict[str, Any], name: str = "app") -> dict[str, Any]:
    """Return the entry of a service of the default namespace."""
    return dict(read(*objects)[0].tree["services"][name])


def container(**keys: Any) -> dict[str, Any]:
    """Return the entry that a container of these keys becomes."""
    return service(deployment(**keys))


def remarks(*drafts: Draft) -> list[tuple[str, str]]:
    """Return path and reach of each remark."""
    return [(remark.path, remark.reach) for draft in drafts for remark in draft.remarks]


def objects_of(*objects: dict[str, Any]) -> Objects:
    """Return objects as the importer holds them."""
    found = Objects()
    for one in objects:
        found.add(parse(json.dumps(one).encode(), "x.json"))
    return found


def tree(value: Any) -> Map:
    """Return a mapping as a tree."""
    parsed = parse(json.dumps(value).encode(), "x.json")
    assert isinstance(parsed, Map)
    return parsed

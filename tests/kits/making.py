"""Estates for tests of kits: from a few lines, from an example, from a sample of an importer."""

import os
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzer.assessment import Settings, assess
from analyzer.intake.loading import Options, load_estate
from analyzer.intake.recognition import all_native
from analyzer.inventory.loading import load_inventory, read_inventory
from analyzer.inventory.reading import Written
from analyzer.kits.building import build
from analyzer.kits.kubernetes.manifests import Cluster, manifests
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material, gather
from analyzer.kits.model import Entry, Kit
from analyzer.rulebook.loading import load_rulebook

ROOT = Path(__file__).parents[2]
EXAMPLES = (
    "examples/home/inventory.yaml",
    "examples/small-company/inventory.yaml",
    "examples/boards/inventory.yaml",
    "examples/stacks",
    "examples/units",
    "examples/nixos/storage.json",
    "examples/running/storage.json",
)
SAMPLES = tuple(
    sorted(
        str(path.relative_to(ROOT))
        for form in ("compose", "quadlet", "podman", "nixos")
        for path in (ROOT / "tests" / "importers" / form).iterdir()
        if path.is_dir() or path.suffix in (".json", ".yaml")
    )
)
RULEBOOK = load_rulebook()
HOSTS = "hosts: {nas: {arch: amd64, memory: 16GiB, runtime: podman 5.4, cluster: candidate}}\n"


def material_of(
    *paths: str, services: Sequence[str] = (), wave: int | None = None, base: str = ""
) -> Material:
    """Return the material of files of the project, as the command makes it."""
    return _material(paths, tuple(services), wave, base)


@cache
def _material(
    paths: tuple[str, ...], services: tuple[str, ...], wave: int | None, base: str
) -> Material:
    written = Written({}, {})
    named = [str(ROOT / path) for path in paths]
    if all_native(named):
        inventory = load_inventory(named, (), written)
    else:
        # What NixOS says of a machine names it.
        options = Options(host=None if any("nixos" in path for path in paths) else "nas")
        inventory = load_estate(named, (), lambda: RULEBOOK, options, written)
    return gather(assess(inventory, RULEBOOK, Settings()), written, wave, services, base)


def material_from(text: str, *, services: Sequence[str] = (), base: str = "") -> Material:
    """Return the material of an inventory given as text."""
    path_free = Written({}, {})
    inventory = read_inventory(text.encode(), "inventory.yaml", (), path_free)
    return gather(assess(inventory, RULEBOOK, Settings()), path_free, None, services, base)


def one_service(keys: str, more: str = "") -> Material:
    """Return an estate of one host with the service ``app``; ``keys`` are its lines."""
    lines = "\n".join(f"    {line}" for line in keys.strip("\n").splitlines())
    text = f"{HOSTS}services:\n  app:\n    host: nas\n    image: x:1\n    runtime: podman\n{lines}\n{more}"
    return material_from(text)


def cluster_of(material: Material, *names: str) -> tuple[list[dict[str, Any]], tuple[Entry, ...]]:
    """Return every object of some services, all without names, and the ledger."""
    ledger = Ledger("kubernetes")
    chosen = names or sorted(
        name for name in material.chosen if material.service(name).is_container
    )
    return objects_of(manifests(material, ledger, chosen)), ledger.entries()


def objects_of(cluster: Cluster) -> list[dict[str, Any]]:
    """Return every object of a cluster."""
    return [
        *cluster.namespaces,
        *(one for objects in cluster.shared.values() for one in objects),
        *(one for made in cluster.apps for one in made.objects),
    ]


def of_kind(objects: Sequence[dict[str, Any]], kind: str, name: str = "") -> dict[str, Any]:
    """Return the one object of a kind, or the one with this name."""
    found = [
        one
        for one in objects
        if one["kind"] == kind and (not name or one["metadata"]["name"] == name)
    ]
    assert len(found) == 1, (kind, name, [one["metadata"]["name"] for one in found])
    return found[0]


def pod_of(objects: Sequence[dict[str, Any]], name: str = "") -> dict[str, Any]:
    """Return the spec of the one pod, or of the one with this name."""
    kinds = ("Deployment", "StatefulSet", "Job")
    found = [
        one["spec"]["template"]["spec"]
        for one in objects
        if one["kind"] in kinds and (not name or one["metadata"]["name"] == name)
    ]
    assert len(found) == 1
    return found[0]


def container_of(objects: Sequence[dict[str, Any]], name: str = "") -> dict[str, Any]:
    """Return the one container."""
    containers = pod_of(objects, name)["containers"]
    assert len(containers) == 1
    return containers[0]


def statuses(entries: Sequence[Entry], key: str) -> set[str]:
    """Return what the ledger says of a key."""
    return {entry.status for entry in entries if entry.key == key}


def kit_of(material: Material, option: str) -> Kit:
    """Return the kit of an option."""
    return build(option, material)  # type: ignore[arg-type]


def yaml_documents(kit: Kit) -> dict[str, list[Any]]:
    """Return the YAML documents of a kit by path, as another reader reads them."""
    return {
        path: list(yaml.load_all(file.text, yaml.CSafeLoader))
        for path, file in kit.files.items()
        if path.endswith((".yaml", ".yml"))
    }


def tool(variable: str, command: str) -> str:
    """Return where a tool is; skip the test without it, and fail in CI."""
    found = os.environ.get(variable) or shutil.which(command)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{variable} does not name {command}")
        pytest.skip(f"without {variable}, which names {command}")
    return found


def yaml_text(objects: Sequence[dict[str, Any]]) -> str:
    """Return objects as YAML."""
    return yaml.safe_dump_all(objects, sort_keys=False)

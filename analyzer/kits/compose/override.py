"""Services of Compose files -> a file of improvements, which Compose merges over the owner's.

Nothing of the owner's file is written again: no value is copied, no comment lost, and taking the
file away is the way back. Only what is missing is added.

Source: https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
"""

from collections.abc import Iterable
from typing import Any

from analyzer.kits.compose.improving import improve
from analyzer.kits.compose.stacks import from_compose, names_inside
from analyzer.kits.compose.waiting import Waits
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.naming import labels
from analyzer.kits.printers.yaml import document
from analyzer.kits.spec import Spec

FORM = "compose"
_HOW = [
    "Put this beside your compose.yaml: Compose merges it by itself, unless you name files with -f or",
    "in COMPOSE_FILE: then name it last. Where you have an override file already, keep that, give this",
    "one another name, and name all three. Look at the result with 'docker compose config' first.",
]


def overrides(material: Material, ledger: Ledger, names: Iterable[str]) -> list[File]:
    """Return one file for each stack that comes from Compose files, one a host that runs it."""
    stacks: dict[tuple[str, str], dict[str, Any]] = {}
    inside = names_inside(material.assessment.inventory.services)
    waits = Waits(material)
    for name in sorted(names):
        spec = material.specs[name]
        if not from_compose(spec.service):
            continue
        added = improve(material, spec, waits, inside, ledger)
        if added:
            stacks.setdefault(_stack(material, spec), {})[inside[name]] = added
    folders = _folders(stacks)
    return [
        File(
            f"compose/{folders[stack]}/compose.override.yaml",
            document({"services": services}, _HOW),
        )
        for stack, services in sorted(stacks.items())
    ]


def _stack(material: Material, spec: Spec) -> tuple[str, str]:
    service = spec.service
    return service.project or material.assessment.inventory.name, service.host or ""


def _folders(stacks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return a label for each stack: its name, with the host where several run one of that name."""
    hosts: dict[str, int] = {}
    for name, _ in stacks:
        hosts[name] = hosts.get(name, 0) + 1
    shown = {one: one[0] if hosts[one[0]] == 1 else f"{one[0]}-{one[1]}" for one in stacks}
    made = labels(shown.values(), "stack")
    return {one: made[name] for one, name in shown.items()}

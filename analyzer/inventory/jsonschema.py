"""The declarations of the keys -> a JSON Schema of the inventory, for editors."""

from typing import Any

from analyzer.inventory.fields import EXTENSION, Record
from analyzer.inventory.hosts import HOST, VOLUME, WAIVER
from analyzer.inventory.reading import IGNORED_SECTIONS
from analyzer.inventory.scalars import name
from analyzer.inventory.services import SERVICE
from analyzer.inventory.wishes import NEEDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an inventory file."""
    return {
        "$schema": DIALECT,
        "title": "k8sadvisor inventory",
        "description": "The hosts and services of one estate, and what its owner wants.",
        "type": "object",
        "properties": {
            "schema": {"description": "Version of this format.", "const": 1},
            "name": {"description": "The estate's name.", **name.schema},
            "hosts": _named(HOST, "The machines, by name."),
            "services": _named(SERVICE, "Containers, native units and what is not ours, by name."),
            "volumes": _named(VOLUME, "Named volumes, or paths of hosts, and who reaches them."),
            "needs": {**_optional(NEEDS), "description": "What the owner wants; absent: unknown."},
            "waivers": {
                "description": "Findings that the owner accepts, with a reason and an end.",
                "type": ["array", "null"],
                "items": {**WAIVER.schema(), "required": ["finding", "reason", "expires"]},
            },
            **{key: {"description": "Accepted; no bearing."} for key in IGNORED_SECTIONS},
        },
        "patternProperties": {f"^{EXTENSION}": {}},
        "additionalProperties": False,
    }


def _optional(record: Record) -> dict[str, Any]:
    return {**record.schema(), "type": ["object", "null"]}


def _named(record: Record, about: str) -> dict[str, Any]:
    return {
        "description": about,
        "type": ["object", "null"],
        "propertyNames": {"minLength": 1, "maxLength": 200},
        "additionalProperties": _optional(record),
    }

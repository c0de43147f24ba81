"""``schemas.py INVENTORY...``: each inventory and its JSON report against the published schemas.

An editor that completes an inventory reads it as YAML 1.2, so this does as well, with a loader
that knows nothing of ours.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator


class CoreLoader(yaml.SafeLoader):
    """PyYAML with YAML 1.2's core schema, and merge keys, in place of the rules of YAML 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own interface


for tag, pattern in (
    ("merge", r"<<"),
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None
    )


def advisor(*arguments: str) -> Any:
    """Return the JSON that the command prints."""
    argv = (sys.executable, "-m", "analyzer", *arguments)
    return json.loads(subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout)


def validator(schema: Any) -> Draft202012Validator:
    """Return a validator for a schema that is itself valid."""
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def main(inventories: list[str]) -> int:
    """Print every violation; return 1 when there is one."""
    inventory_schema = validator(advisor("schema"))
    report_schema = validator(advisor("schema", "--report"))
    bad = 0
    for name in inventories:
        tree = yaml.load(Path(name).read_bytes(), CoreLoader)  # noqa: S506 - derives from SafeLoader
        report = advisor("analyse", name, "--format", "json")
        for what, schema, value in (
            ("inventory", inventory_schema, tree),
            ("report", report_schema, report),
        ):
            for error in schema.iter_errors(value):
                bad += 1
                print(f"{name}: {what}: {error.json_path}: {error.message}"[:400])
    print(f"{len(inventories)} inventories and their reports, {bad} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

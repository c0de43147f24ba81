import jsonschema
import pytest
import yaml

from analyzer.inventory.jsonschema import json_schema
from analyzer.inventory.starter import starter_text
from tests.benchmarks.installed import ROOT
from tests.unit.inventory.test_reading import EXAMPLE

SCHEMA = json_schema()
EXAMPLES = [EXAMPLE, starter_text()]
EXAMPLES += [path.read_text() for path in sorted(ROOT.glob("examples/*/inventory.yaml"))]


def faults(text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    tree = yaml.load(text, Core)  # noqa: S506 - a SafeLoader
    return [error.message for error in validator.iter_errors(tree)]


class Core(yaml.SafeLoader):
    """Reads scalars as editors do: YAML 1.2 has neither dates nor base-60 numbers."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", EXAMPLES)
def test_what_loads_is_valid(text, load):
    load(text)
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "hosts: [a]",
        "hosts: {a: {memroy: 8GiB}}",
        "hosts: {a: {arch: vax}}",
        "hosts: {a: }\nservices: {w: {ports: 80}}",
        "hosts: {a: }\nservices: {w: {ports: [{published: 80}]}}",
        "hosts: {a: }\nservices: {w: {depends_on: {b: {kind: firm}}}}",
        "hosts: {a: }\nservices: {w: {migrate: sometimes}}",
        "hosts: {a: }\nservices: {w: {deploy: {replica: 1}}}",
        "hosts: {a: }\nneeds: {simplicity: hihg}",
        "hosts: {a: }\nneeds: {planned_hosts: 0}",
        "hosts: {a: }\nneeds: {effort_budget: 3 months}",
        "hosts: {a: }\nwaivers: [{finding: x}]",
        "schema: 2\nhosts: {a: }",
        "unknown: 1\nhosts: {a: }",
    ],
)
def test_what_is_refused_is_not_valid(text, problems):
    assert problems(text)
    assert faults(text)


def test_every_key_is_described():
    def undescribed(schema, path=""):
        for key, part in schema.get("properties", {}).items():
            if part and not part.get("description", "").endswith((".", "?", "not")):
                yield f"{path}.{key}"
            inner = part.get("additionalProperties")
            yield from undescribed(inner if isinstance(inner, dict) else part, f"{path}.{key}")

    assert not list(undescribed(SCHEMA))

"""The words that schemas of results are made of."""

from typing import Any

from analyzer.rulebook.model import OPTIONS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FRACTION: Schema = {"type": "string", "pattern": r"^-?\d+(/\d+)?$"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
VALUE: Schema = {"type": ["number", "string", "null"]}


def fields(described: str = "", /, **properties: Schema) -> Schema:
    """Return the schema of an object with these keys, all of them required."""
    schema: Schema = {"description": described} if described else {}
    names = {name.removesuffix("_"): schema for name, schema in properties.items()}
    return schema | {"type": "object", "required": list(names), "properties": names}


def array(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def choice(*values: str) -> Schema:
    """Return the schema of one of a few words."""
    return {"enum": list(values)}


def maybe(schema: Schema) -> Schema:
    """Return a schema that allows null: not known, or not given."""
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


OPTION = choice(*OPTIONS)
PLACE: Schema = {"type": "string", "description": "file:line"}

"""Values -> YAML that every reader takes the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

from analyzer.intake.dumping import scalar
from analyzer.kits.printers.comments import comments as as_comments
from analyzer.tree import Quoted


def document(value: Any, comments: Sequence[str] = ()) -> str:
    """Return one document: comments, then the value."""
    return as_comments(comments) + "\n".join(_lines(value, "")) + "\n"


def documents(values: Sequence[Any], comments: Sequence[str] = ()) -> str:
    """Return several documents in one file, comments on top."""
    return as_comments(comments) + "---\n".join(document(value) for value in values)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return scalar(Quoted(value))


def _lines(value: Any, pad: str) -> list[str]:
    if isinstance(value, Mapping) and value:
        return _mapping(value, pad)
    if isinstance(value, list | tuple) and value:
        return _sequence(value, pad)
    return [pad + _leaf(value)]


def _leaf(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, list | tuple) else _scalar(value)


def _mapping(value: Mapping[str, Any], pad: str) -> list[str]:
    lines = []
    for key, item in value.items():
        name = _scalar(key)
        if isinstance(item, Mapping | list | tuple) and item:
            lines.append(f"{pad}{name}:")
            lines += _lines(item, pad + "  ")
        else:
            lines.append(f"{pad}{name}: {_leaf(item)}")
    return lines


def _sequence(value: Sequence[Any], pad: str) -> list[str]:
    lines = []
    for item in value:
        first, *rest = _lines(item, pad + "  ")
        lines.append(f"{pad}- {first[len(pad) + 2 :]}")
        lines += rest
    return lines

"""YAML text -> the node a reader gets, and what a reader makes of it."""

from typing import Any

from analyzer import yamlfile
from analyzer.inventory.fields import Reader, Refused


def node(text: str) -> Any:
    """Return the tree of a text in flow or block style."""
    tree, problems = yamlfile.parse(text.encode(), "test.yaml")
    assert not problems
    return tree


def read(reader: Reader[Any], text: str) -> Any:
    """Return what a reader makes of a text."""
    return reader.read(node(text))


def faults(reader: Reader[Any], text: str) -> list[str]:
    """Return the faults that a reader finds, as ``path: what; remedy``; it must find one."""
    try:
        value = read(reader, text)
    except Refused as refused:
        return [f"{fault.path}: {fault.what}; {fault.remedy}" for fault in refused.faults]
    message = f"{text!r} was read as {value!r}"
    raise AssertionError(message)

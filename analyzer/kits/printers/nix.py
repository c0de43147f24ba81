"""Values -> Nix expressions.

Mappings become attribute sets, lists lists; a `Code` stands as it is, for what only Nix can say, such
as ``config.age.secrets.k3s-token.path``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from analyzer.kits.printers.comments import comments as as_comments

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_'-]*")
_KEYWORDS = frozenset("assert else if in inherit let or rec then with".split())
_WIDTH = 90


class Code(NamedTuple):
    """An expression in Nix itself, written by this program, never made of what a file says."""

    text: str


def module(
    body: Mapping[str, Any], arguments: Sequence[str] = (), comments: Sequence[str] = ()
) -> str:
    """Return a NixOS module: comments, the arguments it asks for, and its attributes."""
    asked = ", ".join((*arguments, "..."))
    return f"{as_comments(comments)}{{ {asked} }}:\n{expression(body)}\n"


def expression(value: Any, pad: str = "") -> str:
    """Return a value as an expression; ``pad`` is the indentation of its line."""
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Mapping):
        return _attributes(value, pad)
    if isinstance(value, list | tuple):
        return _list(value, pad)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    return lines(value, pad) if value.endswith("\n") and value.count("\n") > 1 else text(value)


def text(value: str) -> str:
    """Return a string in which nothing is interpolated."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${")
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def lines(value: str, pad: str) -> str:
    """Return a text of several lines, each of which ends, as one that keeps its lines."""
    escaped = value.replace("''", "'''").replace("${", "''${")
    inner = "".join(f"{pad}  {line}\n" if line else "\n" for line in escaped.splitlines())
    return f"''\n{inner}{pad}''"


def name(key: str) -> str:
    """Return the name of an attribute, quoted where it is no identifier."""
    if _IDENTIFIER.fullmatch(key) and key not in _KEYWORDS:
        return key
    return text(key)


def _attributes(value: Mapping[str, Any], pad: str) -> str:
    if not value:
        return "{ }"
    inner = pad + "  "
    lines = []
    for key, item in value.items():
        path, value_there = _chained(name(key), item)
        lines.append(f"{inner}{path} = {expression(value_there, inner)};")
    return "{\n" + "\n".join(lines) + f"\n{pad}}}"


def _chained(path: str, value: Any) -> tuple[str, Any]:
    """Return ``a.b`` and what stands there for sets of one attribute: it reads better than nesting."""
    while isinstance(value, Mapping) and len(value) == 1:
        below, value = next(iter(value.items()))
        path += "." + name(below)
    return path, value


def _list(value: Sequence[Any], pad: str) -> str:
    if not value:
        return "[ ]"
    inner = pad + "  "
    items = [_item(item, inner) for item in value]
    short = f"[ {' '.join(items)} ]"
    if len(short) + len(pad) <= _WIDTH and "\n" not in short:
        return short
    return "[\n" + "\n".join(inner + item for item in items) + f"\n{pad}]"


def _item(value: Any, pad: str) -> str:
    made = expression(value, pad)
    return f"({made})" if isinstance(value, Code) and " " in made else made

"""A JSON report that an earlier run wrote -> its tree, or why it is none."""

import json
from pathlib import Path
from typing import Any, NoReturn

from analyzer.errors import InventoryError, Problem
from analyzer.reporting.document import FORMAT

MAX_BYTES = 300_000_000
"""A report of 100,000 services has 240 MB."""

HOW = "write one with 'k8sadvisor analyse PATH --format json -o FILE'"
SHAPE = "give a JSON report as k8sadvisor wrote it"
_HEAD_BYTES = 4096


def is_report(file: str) -> bool:
    """Return whether a file begins as the JSON reports of k8sadvisor do."""
    try:
        with Path(file).open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False
    return head.lstrip().startswith(b"{") and b'"format"' in head and b'"k8sadvisor"' in head


def read_report(file: str) -> dict[str, Any]:
    """Return the tree of a JSON report; of its keys only ``format`` and ``plan`` are looked at.

    Raises:
        InventoryError: the file cannot be read, is too large, or is no such report.
    """
    tree = _parsed(_content(file), file)
    if not isinstance(tree, dict) or "plan" not in tree:
        refuse(file, "", "not a report of k8sadvisor", HOW)
    if tree.get("format") != FORMAT:
        refuse(file, "format", "a report of another version", HOW)
    return tree


def _content(file: str) -> bytes:
    """Return the bytes of a report."""
    try:
        with Path(file).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        refuse(file, "", "no such file", f"check the path, or {HOW}")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        refuse(file, "", f"cannot be read: {reason}", "check the path and its rights")
    if len(content) > MAX_BYTES:
        refuse(file, "", f"larger than {MAX_BYTES // 10**6} MB", SHAPE)
    return content


def _parsed(content: bytes, file: str) -> Any:
    """Return what JSON text says."""
    try:
        return json.loads(content.decode("utf-8"))  # strict is quicker, and right
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        refuse(file, "", f"not JSON: {error.msg.lower()}", HOW, place)
    except (ValueError, RecursionError):  # not UTF-8, a number of 5,000 digits, deeply nested
        refuse(file, "", "not JSON that can be read", HOW)


def refuse(
    file: str, path: str, what: str, remedy: str, place: tuple[int, int] = (0, 0)
) -> NoReturn:
    """Raise the error that a report cannot be used, with its one problem.

    Raises:
        InventoryError: always.
    """
    raise InventoryError([Problem(file, *place, path, what, remedy)]) from None

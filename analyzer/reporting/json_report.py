"""Assessment -> JSON that diffs well: sections are indented, their items take one line each."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analyzer.assessment import Assessment
from analyzer.reporting.document import document

if TYPE_CHECKING:
    from analyzer.comparison.changes import Comparison

_SECTION_DEPTH = 2
_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def render(assessment: Assessment, comparison: "Comparison | None" = None) -> str:
    """Return the JSON report, with what changed where there is something to compare with."""
    tree = document(assessment)
    if comparison is not None:
        from analyzer.reporting.comparison import json_form  # noqa: PLC0415 - it needs `write`

        tree["comparison"] = json_form.document(comparison)
    return "".join(write(tree)) + "\n"


def write(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the text of a JSON value; what lies deeper than a section stays on one line."""
    if depth > _SECTION_DEPTH or not value or not isinstance(value, dict | list):
        yield _encode(value)
        return
    pad = " " * (depth + 1)
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    separator = f"{opening}\n{pad}"
    for item in value.items() if isinstance(value, dict) else value:
        yield separator
        separator = f",\n{pad}"
        if isinstance(value, dict):
            yield f"{_encode(item[0])}: "
            yield from write(item[1], depth + 1)
        else:
            yield _encode(item)
    yield f"\n{' ' * depth}{closing}"

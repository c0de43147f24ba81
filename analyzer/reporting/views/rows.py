"""Tables: rows of escaped cells, and how many rows were left out."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from analyzer.inventory.model import Source
from analyzer.reporting.escape import code, escape
from analyzer.rulebook.model import Citation

_Item = TypeVar("_Item")

FRONT_LIMIT = 12
LIMIT = 200
NAMES_LIMIT = 8
PLACES_LIMIT = 3

Row = tuple[str, ...]


class Rows(NamedTuple):
    """Rows of a table; ``left_out`` is empty, or the number of rows that are not shown."""

    rows: tuple[Row, ...]
    left_out: str = ""


def table(
    items: Sequence[_Item], row: Callable[[_Item], Row], limit: int = LIMIT, total: int = 0
) -> Rows:
    """Return the first ``limit`` items as rows; ``total`` says how many there are in all."""
    left = max(total, len(items)) - min(limit, len(items))
    return Rows(tuple(map(row, items[:limit])), f"{left:,}" if left > 0 else "")


def listed(names: Sequence[str], limit: int = NAMES_LIMIT) -> str:
    """Return names as code spans, the rest as a number."""
    shown = ", ".join(code(name) for name in islice(names, limit))
    left = len(names) - limit
    return f"{shown} and {left:,} more" if left > 0 else shown


def places(sources: Iterable[Source]) -> str:
    """Return the first few places as ``file:line``."""
    found = list(dict.fromkeys(str(source) for source in sources if source.file))
    left = len(found) - PLACES_LIMIT
    shown = ", ".join(code(place) for place in found[:PLACES_LIMIT])
    return f"{shown} and {left:,} more" if left > 0 else shown


def citation(source: Citation) -> str:
    """Return one source as Markdown: the guide's section, or the page."""
    if source.url:
        return f"<{source.url}>" if _linkable(source.url) else escape(source.url)
    return f"Kubernetes Migration Guide, {escape(source.guide)}"


def citations(sources: Iterable[Citation]) -> str:
    """Return sources in a row."""
    return "; ".join(citation(source) for source in sources)


def _linkable(url: str) -> bool:
    """Return whether a URL can stand between angle brackets as it is."""
    return url.startswith(("https://", "http://")) and not set(url) & set('<>|`\\ "')

"""Blocks -> Markdown. Text of a file comes in escaped, or as code."""

from collections.abc import Iterable, Sequence

from analyzer.reporting.escape import code, escape

__all__ = ["bullets", "code", "document", "escape", "fenced", "heading", "numbered", "table"]


def document(blocks: Iterable[str]) -> str:
    """Return blocks as a document, a blank line between them; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def heading(level: int, text: str) -> str:
    """Return a heading."""
    return f"{'#' * level} {text}"


def bullets(items: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """Return a numbered list; an item may have lines of its own, indented below it."""
    found = []
    for at, item in enumerate(items, 1):
        first, *rest = item.split("\n")
        pad = " " * (len(str(at)) + 2)
        found.append(
            "\n".join([f"{at}. {first}", *(f"{pad}{line}" if line else "" for line in rest)])
        )
    return "\n".join(found)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, nothing without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines])


def fenced(lines: Iterable[str], language: str = "sh") -> str:
    """Return lines as a block of code, in a fence longer than any in it."""
    text = "\n".join(lines)
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"

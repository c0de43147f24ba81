"""Comparison -> a summary for a terminal: at most 25 lines of 80 columns."""

import textwrap
from collections.abc import Iterator

from analyzer.comparison.changes import Comparison
from analyzer.reporting.comparison.view import Section, page
from analyzer.reporting.escape import visible

WIDTH, HEIGHT = 80, 25
_LABEL = 18
_MOST = 4


def render(comparison: Comparison) -> str:
    """Return the summary; nothing where nothing changed."""
    if comparison.is_empty:
        return ""
    found = page(comparison)
    lines = [_cut(visible(found.title)), _cut(f"{found.before} -> {found.after}")]
    for what, before, after, moved in found.rows:
        if what == "answer":
            lines.append(_cut(f"  {what:<16}{before} -> {after}"))
        else:
            lines.append(_cut(f"  {what:<16}{before:>8} {after:>8}  {moved}"))
    for section in found.sections:
        lines += _section(section)
    if len(lines) > HEIGHT:
        lines = [*lines[: HEIGHT - 1], "…  all of it: --format md"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    label = section.title[: _LABEL - 1].lower()
    for text in section.lines[:_MOST]:
        wrapped = textwrap.wrap(
            visible(text),
            WIDTH - _LABEL - 2,
            break_on_hyphens=False,
            max_lines=2,
            placeholder=" …",
        )
        bullet = "-"
        for part in wrapped:
            yield f"{label:<{_LABEL}}{bullet} {part}"
            label, bullet = "", " "
    left = len(section.lines) - _MOST + section.more
    if left > 0:
        yield f"{'':<{_LABEL}}- and {left:,} more"


def _cut(text: str) -> str:
    plain = visible(text)
    return plain if len(plain) <= WIDTH else plain[: WIDTH - 1] + "…"

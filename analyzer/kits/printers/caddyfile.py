"""Blocks of directives -> a Caddyfile.

Source: https://caddyserver.com/docs/caddyfile/concepts (words are parted by blanks and may stand in
double quotes; ``{`` opens a block at the end of a line).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from analyzer.kits.printers.comments import comments as as_comments

_PLAIN = re.compile(r"[A-Za-z0-9_./:@()*+=,\-\[\]]+")


class Directive(NamedTuple):
    """A directive with its words and what stands in its block."""

    words: tuple[str, ...]
    block: tuple["Directive", ...] = ()


def caddyfile(directives: Sequence[Directive], comments: Sequence[str] = ()) -> str:
    """Return a Caddyfile: comments, then the directives, those of the top level apart."""
    head = as_comments(comments)
    parts = ["\n".join(_lines(one, "")) for one in directives]
    return (head + "\n" if head and parts else head) + "\n\n".join(parts) + "\n"


def _lines(directive: Directive, pad: str) -> list[str]:
    words = " ".join(word if _PLAIN.fullmatch(word) else _quoted(word) for word in directive.words)
    if not directive.block:
        return [pad + words]
    inner = [line for one in directive.block for line in _lines(one, pad + "\t")]
    return [f"{pad}{words} {{", *inner, f"{pad}}}"]


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'

"""Sections of settings -> a systemd unit, as Quadlet and systemd read it.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html (a line that ends
in a backslash goes on; ``%`` begins a specifier) and systemd.service(5), COMMAND LINES (``$`` begins
a variable, words may be quoted).
"""

import re
from collections.abc import Mapping, Sequence

from analyzer.kits.printers.comments import comments as as_comments

Section = Sequence[tuple[str, str]]
"""Keys with values, in order; a key may come again."""
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@:.,/=+\-\[\]]+")


def unit(sections: Mapping[str, Section], comments: Sequence[str] = ()) -> str:
    """Return a unit file: comments, then its sections; empty ones are left out."""
    parts = [as_comments(comments).rstrip("\n")] if comments else []
    for name, settings in sections.items():
        if settings:
            lines = [f"[{name}]", *(f"{key}={one_line(value)}" for key, value in settings)]
            parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def one_line(value: str) -> str:
    """Return a value without line breaks, which would begin another setting."""
    return " ".join(value.split("\n")).replace("\r", " ").replace("\0", "")


def literal(text: str) -> str:
    """Return a text in which systemd expands no specifier."""
    return text.replace("%", "%%")


def word(text: str) -> str:
    """Return one word of a list of words: quoted where it has to be."""
    text = literal(text)
    if _PLAIN_WORD.fullmatch(text):
        return text
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    )
    return f'"{escaped}"'


def command(words: Sequence[str]) -> str:
    """Return a command line; no variable in it is expanded by systemd."""
    return " ".join(word(one.replace("$", "$$")) for one in words)

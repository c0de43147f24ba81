"""Text that others wrote -> Markdown that shows it and obeys none of it.

What comes from an inventory may hold anything: table bars, tags, template braces, marks that turn
the writing direction. Escaped text stays on its line, inside its cell, and is read as text by
GitHub, CommonMark and by site generators that expand ``{{ }}`` before they render.
"""

import re

_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:/@%+=()'\"?…–−×·-]*")
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ,.;:/@%+=?_-]*[A-Za-z0-9/_-])?")
_BLOCK_START = re.compile(r"^(\d{1,9}(?=[.)](?: |$))|)(?=[#+=-]|[.)])")

_EMPHASIS = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_TAG = re.compile(r"\{(?=[{%#])")

_REPLACEMENT = "�"
_INVISIBLE = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x00AD,  # soft hyphen
    0x061C,  # Arabic letter mark
    0x180E,
    *range(0x200B, 0x2010),  # zero width, direction marks
    *range(0x2028, 0x202F),  # line and paragraph separators, embeddings, overrides
    *range(0x2060, 0x2070),  # joiners, isolates
    *range(0xD800, 0xE000),  # lone surrogates: bytes of a file name that are no UTF-8
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),  # tags: a hidden text
)
_SHOWN = dict.fromkeys(_INVISIBLE, _REPLACEMENT) | dict.fromkeys((0x09, 0x0A, 0x0D), " ")
_MARKDOWN = (
    _SHOWN
    | {ord(mark): f"\\{mark}" for mark in r"\`*[]|~$"}
    | {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}
)


def visible(text: str) -> str:
    """Return text on one line, without control characters or marks that change its direction."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def escape(text: str) -> str:
    """Return text as Markdown that shows it, for a table cell or the inside of a line."""
    if _PLAIN.fullmatch(text):
        return text
    shown = text.translate(_MARKDOWN)
    if "_" in shown:
        shown = _EMPHASIS.sub(r"\_", shown)
    return _TAG.sub("&#123;", shown) if "{" in shown else shown


def line(text: str) -> str:
    """Return text as Markdown that shows it where a line or a list item begins."""
    return _BLOCK_START.sub(r"\1\\", escape(text).strip(), count=1)


def code(text: str) -> str:
    """Return a name as a code span; as text, wherever it stands, when a span could not hold it.

    A name of nothing but blanks is shown by the mark for what cannot be shown.
    """
    return f"`{text}`" if _CODE.fullmatch(text) else line(text) or _REPLACEMENT * bool(text)

"""The arguments of ``diff`` -> what is compared with what: files as they are, or at revisions."""

import os
from collections.abc import Sequence
from typing import NamedTuple

import click

from analyzer.files import shown

HOW = "name two to compare: OLD NEW, or REV..REV PATH..., or REV PATH..."
_RANGE = ".."
_HEAD = "HEAD"
_TWO = 2
_FILES = (".yaml", ".yml", ".json")


class Side(NamedTuple):
    """One side of a comparison: ``paths``, as they were at a ``revision`` when one is named."""

    paths: tuple[str, ...]
    revision: str = ""

    @property
    def label(self) -> str:
        """Return how the side is called: by its revision, else by its first path."""
        return self.revision or shown(self.paths[0])


def sides(arguments: Sequence[str]) -> tuple[Side, Side]:
    """Return the side before and the side after.

    Of ``REV PATH...`` the second is the files as they are, as with ``git diff REV``; an empty end
    of a range is ``HEAD``, as git has it. ``REV:PATH`` is git's own word for a file of a revision.

    Raises:
        click.UsageError: fewer than two things are named.
    """
    first, rest = arguments[0], tuple(arguments[1:])
    if not rest:
        raise click.UsageError(HOW)
    if _is_range(first):
        old, _, new = first.partition(_RANGE)
        new = new.removeprefix(".")
        return Side(rest, old or _HEAD), Side(rest, new or _HEAD)
    if _is_revision(first):
        return Side(rest, first), Side(rest)
    if len(rest) != _TWO - 1:
        raise click.UsageError(HOW)
    return _side(first), _side(rest[0])


def _is_range(text: str) -> bool:
    parts = text.split("/")
    return _RANGE in text and _RANGE not in parts and not _is_there(text)


def _is_revision(text: str) -> bool:
    """Return whether an argument can only be a revision: no file, nor named like one."""
    return not (_is_there(text) or ":" in text or text.lower().endswith(_FILES))


def _is_there(text: str) -> bool:
    return text == "-" or os.path.lexists(text)  # it never raises


def _side(text: str) -> Side:
    revision, colon, path = text.partition(":")
    named = bool(colon and revision and path) and not _is_there(text)
    return Side((path,), revision) if named else Side((text,))

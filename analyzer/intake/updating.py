"""An inventory's text and an import -> the text brought up to date, all else byte for byte."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from analyzer.errors import InventoryError, Problem
from analyzer.intake.dumping import SET_BY_IMPORT, dump_new
from analyzer.intake.editing import rewrite
from analyzer.intake.joining import Joined, join
from analyzer.intake.matching import section
from analyzer.tree import Map, unpack
from analyzer.yamlfile import YamlError, parse

_SECTIONS = ("hosts", "volumes", "services")


class Updated(NamedTuple):
    """The text as it is to be, and what was put together for it; None when there was nothing."""

    text: str
    joined: Joined | None


def update(
    existing: bytes, name: str, tree: Map, files: Collection[str] = (), *, prune: bool = False
) -> Updated:
    """Return an inventory brought up to date with an import.

    Args:
        existing: the inventory as it is.
        name: its name in messages.
        tree: the import.
        files: those that were read for it.
        prune: remove services that are gone from these files instead of marking them.

    Raises:
        InventoryError: the inventory cannot be read, or not be updated in place.
    """
    text, before = read_existing(existing, name)
    if before is None:
        comments = [line for line in text.splitlines() if line.lstrip()[:1] in ("", "#")]
        return Updated("".join(f"{line}\n" for line in comments) + dump_new(tree), None)
    done = join(before, tree, files, marked(text, before), prune=prune)
    changed = rewrite(text, before, done.tree, name)
    return Updated("\ufeff" * existing.startswith(b"\xef\xbb\xbf") + changed, done)


def read_existing(existing: bytes, name: str) -> tuple[str, Map | None]:
    """Return text and tree of an inventory; no tree when it says nothing.

    Raises:
        InventoryError: it is no inventory.
    """
    try:
        tree, problems = parse(existing, name)
    except YamlError as error:
        raise InventoryError([error.problem]) from None
    text = existing.decode("utf-8-sig")
    if not problems and (tree is None or tree == {}):
        return text, None
    if type(tree) is not Map:
        raise InventoryError([*problems, _no_mapping(name, 1, "")])
    for path, value, line in _mappings(tree):
        if type(value) is not Map and value is not None:
            problems.append(_no_mapping(name, line, path))
    if problems:
        raise InventoryError(problems)
    return text, tree


def _mappings(tree: Map) -> Iterator[tuple[str, object, int]]:
    """Yield path, value and line of every section, and of every entry of one."""
    for part in _SECTIONS:
        if part in tree:
            yield part, tree[part], tree.place(part)[0]
        entries = section(tree, part)
        for (name, entry), mark in zip(entries.items(), entries.marks, strict=False):
            yield f"{part}.{name}", entry, unpack(mark)[0]


def _no_mapping(file: str, line: int, path: str) -> Problem:
    what = "no mapping, so nothing can be imported into it"
    return Problem(file, line, 1, path, what, "see 'k8sadvisor validate' for what is wrong")


def marked(text: str, tree: Map) -> frozenset[str]:
    """Return the services of which an earlier import has said whether they run."""
    if SET_BY_IMPORT not in text:
        return frozenset()
    lines = text.split("\n")
    return frozenset(
        name
        for name, entry in section(tree, "services").items()
        if type(entry) is Map
        and "verified" in entry
        and f"# {SET_BY_IMPORT}" in lines[entry.place("verified")[0] - 1]
    )

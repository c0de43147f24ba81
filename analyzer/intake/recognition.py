"""Paths -> the files to read, by format.

A file whose format is not named is recognised by its name and its first bytes; what nothing
recognises is taken for an inventory, whose reader then says what is wrong with it. A folder is
searched for files that are certain.
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzer import files as door
from analyzer.errors import InventoryError, Problem
from analyzer.files import STDIN, Document, FileError, Files
from analyzer.inventory.loading import DEFAULT_FILE

NATIVE = "native"
AUTO = "auto"
_HEAD_BYTES = 1 << 16
_OWN_SECTIONS = re.compile(rb"^(?:hosts|needs|waivers|schema|unread)[ \t]*:", re.MULTILINE)
_OWN_KEYS = re.compile(
    rb"(?:host|criticality|recovery_time|exposure|migrate|env_files|stateful|verified)[ \t]*:"
)


class Found(NamedTuple):
    """Files by the name of their format; natives are an inventory's own files."""

    by_format: dict[str, tuple[Document, ...]]
    natives: tuple[Document, ...]


def all_native(paths: Sequence[str]) -> bool:
    """Return whether every path is an inventory's own file, without reading more than its head."""
    return all(path != STDIN and _native_path(path) for path in paths)


def is_native(name: str, data: bytes) -> bool:
    """Return whether the content of a file is an inventory's own, by its name and its head."""
    return b"\0" not in data[:_HEAD_BYTES] and _own(name, data[:_HEAD_BYTES])


def recognise(
    paths: Sequence[str], files: Files, form: str | None = None, *, inventories: bool = True
) -> Found:
    """Return the files that the paths stand for.

    Args:
        paths: files, folders, or ``-``.
        files: reads and numbers them.
        form: the format of all of them; None: each is recognised.
        inventories: a folder with an inventory stands for that one; else for what lies beside it.

    Raises:
        InventoryError: with a problem for every path of which nothing can be read.
    """
    meant: dict[str, list[tuple[str, Document]]] = {}
    problems: list[Problem] = []
    for path in sorted(set(paths)):  # so that the numbers of files do not depend on the order
        try:
            meant[path] = _documents(path, files, form, inventories=inventories)
        except FileError as error:
            problems.append(Problem(error.name, 0, 0, "", error.what, error.remedy))
    by_format: dict[str, list[Document]] = {}
    natives: list[Document] = []
    for path in paths:
        for known, document in meant.get(path, ()):
            place = natives if known == NATIVE else by_format.setdefault(known, [])
            if document not in place:
                place.append(document)
    if problems:
        raise InventoryError(problems)
    return Found({name: tuple(by_format[name]) for name in sorted(by_format)}, tuple(natives))


def _documents(
    path: str, files: Files, form: str | None, *, inventories: bool
) -> list[tuple[str, Document]]:
    """Return format and document of every file that a path stands for."""
    if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - it never raises
        own = os.path.join(path, DEFAULT_FILE)  # noqa: PTH118
        if form is None and inventories and os.path.isfile(own):  # noqa: PTH113
            return [(NATIVE, files.given(own))]
        return _in_folder(path, files, form)
    document = files.given(path)
    return [(form or _format(document.name, document.data[:_HEAD_BYTES]), document)]


def _in_folder(folder: str, files: Files, form: str | None) -> list[tuple[str, Document]]:
    """Return what is certain in a folder and below, in order of path."""
    from analyzer.importers import IMPORTERS  # noqa: PLC0415 - not for inventories

    found = []
    candidates = {form: IMPORTERS[form]} if form else IMPORTERS
    for path in door.walk(folder):
        head = door.head(path, _HEAD_BYTES)
        name = path.replace(os.sep, "/")
        for known, importer in candidates.items():
            if importer.recognises(name, head) and not _own(name, head):
                found.append((known, files.given(path, folder)))
                break
    if not found:
        formats = form or f"{', '.join(IMPORTERS)} and no {DEFAULT_FILE}"
        remedy = "name the format and the file, as in: k8sadvisor import compose my-stack.yml"
        raise FileError(door.shown(folder), f"a folder without files of {formats}", remedy)
    return found


def _format(name: str, head: bytes) -> str:
    """Return the format of a file that was given without one."""
    if _own(name, head):
        return NATIVE
    from analyzer.importers import IMPORTERS  # noqa: PLC0415 - not for inventories

    for known, importer in IMPORTERS.items():
        if importer.recognises(name, head):
            return known
    return NATIVE


def _native_path(path: str) -> bool:
    """Return whether a path is an inventory, or a folder with one, or not there at all."""
    if os.path.isdir(path):  # noqa: PTH112
        return os.path.isfile(os.path.join(path, DEFAULT_FILE))  # noqa: PTH113, PTH118
    return not os.path.exists(path) or _own(path, door.head(path, _HEAD_BYTES))  # noqa: PTH110


def _own(name: str, head: bytes) -> bool:
    """Return whether a file is an inventory, by its name or by keys that only inventories have."""
    if name.rpartition("/")[2] == DEFAULT_FILE or _OWN_SECTIONS.search(head):
        return True
    return any(_OWN_KEYS.match(key) for key in _keys_of_services(head))


def _keys_of_services(head: bytes) -> Iterator[bytes]:
    """Yield the lines that hold a service's own keys, in block style, without their indentation.

    They are those as deep as the first line below the first name; text in a block is deeper.
    """
    _, found, body = (b"\n" + head).partition(b"\nservices:")
    name_depth = key_depth = 0
    for line in body.splitlines()[1:] if found else ():
        key = line.lstrip(b" ")
        depth = len(line) - len(key)
        if not key or key.startswith(b"#"):
            continue
        if depth == 0:
            return
        name_depth = name_depth or depth
        if not key_depth and depth > name_depth:
            key_depth = depth
        if depth == key_depth:
            yield key

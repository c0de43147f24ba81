"""Paths -> `Inventory`: the only part of the inventory that touches the world.

Every problem of every file is reported together.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from analyzer import files as door
from analyzer import yamlfile
from analyzer.errors import InventoryError, Problem
from analyzer.files import STDIN, STDIN_NAME, FileError
from analyzer.inventory import checks, merging, reading, whatif
from analyzer.inventory.model import Inventory

DEFAULT_FILE = "inventory.yaml"
_MOST_PARTS = 8
_START = "run 'k8sadvisor init' for a file to start from"


def load_inventory(
    paths: Sequence[str],
    settings: Sequence[tuple[str, str]] = (),
    written: reading.Written | None = None,
) -> Inventory:
    """Return the estate that the files describe together.

    Args:
        paths: files, folders with an ``inventory.yaml``, or ``-`` for standard input.
        settings: what-if values, each a dotted key and a value as written in YAML.
        written: takes up the entries as they are written, for whoever converts them.

    Raises:
        InventoryError: with every problem found: unreadable, not valid, or not fitting together.
    """
    problems: list[Problem] = []
    trees: whatif.Trees = []
    files = [_file(path) for path in paths]
    names = _names(files)
    for file in files:
        try:
            tree, found = yamlfile.parse(_content(file, names[file]), names[file])
        except yamlfile.YamlError as error:
            problems.append(error.problem)
        except FileError as error:
            problems.append(Problem(error.name, 0, 0, "", error.what, error.remedy))
        else:
            problems.extend(found)
            trees.append((names[file], tree))
    repeated = {file for file in files if list(map(_place, files)).count(_place(file)) > 1}
    if repeated:
        remedy = "give each file once"
        problems += [Problem(names[file], 0, 0, "", "given twice", remedy) for file in repeated]
        raise InventoryError(problems)
    complete = len(trees) == len(paths)
    inventory = _assemble(trees, settings, problems, complete=complete, written=written)
    if problems:
        raise InventoryError(problems)
    return inventory


def read_inventory(
    data: bytes,
    name: str,
    settings: Sequence[tuple[str, str]] = (),
    written: reading.Written | None = None,
) -> Inventory:
    """Return the estate that the content of one file describes, named as messages name it.

    ``written`` takes up the entries as they are written.

    Raises:
        InventoryError: with every problem found.
    """
    problems: list[Problem] = []
    trees: whatif.Trees = []
    try:
        tree, problems = yamlfile.parse(data, name)
        trees.append((name, tree))
    except yamlfile.YamlError as error:
        problems.append(error.problem)
    inventory = _assemble(trees, settings, problems, complete=bool(trees), written=written)
    if problems:
        raise InventoryError(problems)
    return inventory


def assemble(
    trees: whatif.Trees,
    settings: Sequence[tuple[str, str]],
    files: tuple[str, ...],
    written: reading.Written | None = None,
) -> Inventory:
    """Return the estate of trees that were made from several files, named by number.

    ``written`` takes up the entries as they are written.

    Raises:
        InventoryError: with every problem found.
    """
    problems: list[Problem] = []
    inventory = _assemble(trees, settings, problems, complete=True, files=files, written=written)
    if problems:
        raise InventoryError(problems)
    return inventory._replace(files=tuple(sorted(files)))


def _assemble(
    trees: whatif.Trees,
    settings: Sequence[tuple[str, str]],
    problems: list[Problem],
    *,
    complete: bool,
    files: tuple[str, ...] = (),
    written: reading.Written | None = None,
) -> Inventory:
    """Return the estate of the trees; adds to the problems. Not ``complete``: a file is missing."""
    trees, found = whatif.apply(trees, settings)
    problems.extend(found)
    parts = []
    while trees:
        file, tree = trees.pop(0)
        part, found = reading.read(tree, file, files, written)
        problems.extend(found)
        parts.append(part)
    inventory, found = merging.merge(parts)
    problems.extend(found)
    if complete and not found:
        problems.extend(checks.dangling(inventory))
        if not inventory.hosts and not problems:
            file = inventory.files[0] if inventory.files else STDIN_NAME
            remedy = "list at least one host under hosts:, or " + _START
            problems.append(Problem(file, 0, 0, "hosts", "no hosts", remedy))
    return inventory


def _file(path: str) -> str:
    """Return the file that a path stands for: of a folder, the inventory in it."""
    inside = str(Path(path) / DEFAULT_FILE)
    return inside if path not in (STDIN, "") and os.path.isfile(inside) else path  # noqa: PTH113 - it never raises


def _place(file: str) -> str:
    """Return the absolute path of a file, however it was written; links are not followed."""
    try:
        return file if file in (STDIN, "") else os.path.abspath(file)  # noqa: PTH100 - see above
    except OSError:  # the current folder is gone
        return file


def _names(files: Sequence[str]) -> dict[str, str]:
    """Return how each file is named, with as much of its path as tells it from the others."""
    names = {file: door.shown(file) for file in files}
    for length in range(2, _MOST_PARTS):
        places: dict[str, set[str]] = {}
        for file, name in names.items():
            places.setdefault(name, set()).add(_place(file))
        for file, name in names.items():
            if len(places[name]) > 1:
                names[file] = str(Path(*Path(_place(file)).parts[-length:]))
    return names


def _content(path: str, name: str) -> bytes:
    """Return the bytes of a file or of standard input.

    Raises:
        FileError: it is not there, cannot be read, is no file, or is too large.
    """
    if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - it never raises
        remedy = f"give the file itself, or run 'k8sadvisor init {Path(path) / DEFAULT_FILE}'"
        raise FileError(name, f"a folder without {DEFAULT_FILE}", remedy)
    try:
        return door.content(path, name, yamlfile.MAX_BYTES)
    except FileError as error:
        remedy = f"check the path, or {_START}" if error.what == "no such file" else error.remedy
        raise FileError(name, error.what, remedy) from None

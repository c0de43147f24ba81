"""Paths -> `Inventory`: the only part of the inventory that touches the world.

Nothing larger than the limit is ever read, and nothing is read that says at once that it is no
text. Every problem of every file is reported together.
"""

import os
import stat
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from analyzer import yamlfile
from analyzer.errors import InventoryError, Problem
from analyzer.inventory import checks, merging, reading, whatif
from analyzer.inventory.model import Inventory

STDIN = "-"
STDIN_NAME = "stdin"
DEFAULT_FILE = "inventory.yaml"
_CHUNK_BYTES = 1 << 20
_MOST_PARTS = 8
_START = "run 'k8sadvisor init' for a file to start from"


def load_inventory(paths: Sequence[str], settings: Sequence[tuple[str, str]] = ()) -> Inventory:
    """Return the estate that the files describe together.

    Args:
        paths: files, folders with an ``inventory.yaml``, or ``-`` for standard input.
        settings: what-if values, each a dotted key and a value as written in YAML.

    Raises:
        InventoryError: with every problem found: unreadable, not valid, or not fitting together.
    """
    problems: list[Problem] = []
    trees: whatif.Trees = []
    files = [_file(path) for path in paths]
    names = _names(files)
    for file in files:
        try:
            tree, found = yamlfile.parse(_content(file), names[file])
        except yamlfile.YamlError as error:
            problems.append(error.problem)
        else:
            problems.extend(found)
            trees.append((names[file], tree))
    repeated = {file for file in files if list(map(_place, files)).count(_place(file)) > 1}
    if repeated:
        remedy = "give each file once"
        problems += [Problem(names[file], 0, 0, "", "given twice", remedy) for file in repeated]
        raise InventoryError(problems)
    inventory = _assemble(trees, settings, problems, complete=len(trees) == len(paths))
    if problems:
        raise InventoryError(problems)
    return inventory


def _assemble(
    trees: whatif.Trees,
    settings: Sequence[tuple[str, str]],
    problems: list[Problem],
    *,
    complete: bool,
) -> Inventory:
    """Return the estate of the trees; adds to the problems. Not ``complete``: a file is missing."""
    trees, found = whatif.apply(trees, settings)
    problems.extend(found)
    parts = []
    while trees:
        file, tree = trees.pop(0)
        part, found = reading.read(tree, file)
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
    names = {file: _shown(file) for file in files}
    for length in range(2, _MOST_PARTS):
        places: dict[str, set[str]] = {}
        for file, name in names.items():
            places.setdefault(name, set()).add(_place(file))
        for file, name in names.items():
            if len(places[name]) > 1:
                names[file] = str(Path(*Path(_place(file)).parts[-length:]))
    return names


def _shown(path: str) -> str:
    """Return how a file is named in messages and results: never by an absolute path."""
    if path == STDIN:
        return STDIN_NAME
    try:
        path = str(Path(_place(path)).relative_to(Path.cwd())) if path else path
    except (ValueError, OSError):  # not below, or the current folder is gone
        path = Path(path).name if Path(path).is_absolute() else os.path.normpath(path)
    return path.encode("utf-8", "replace").decode()


def _fail(path: str, what: str, remedy: str) -> yamlfile.YamlError:
    return yamlfile.YamlError(Problem(_shown(path), 0, 0, "", what, remedy))


def _content(path: str) -> bytes:
    """Return the bytes of a file, a folder's inventory or standard input.

    Raises:
        YamlError: it is not there, cannot be read, is no file, or is too large.
    """
    if path == STDIN:
        if sys.stdin is None:
            raise _fail(path, "closed", "pipe the inventory in, or give a file")
        return _read(sys.stdin.buffer.read, path)
    try:
        if path and Path(path).is_dir():
            remedy = f"give the file itself, or run 'k8sadvisor init {Path(path) / DEFAULT_FILE}'"
            raise _fail(path, f"a folder without {DEFAULT_FILE}", remedy)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            # A pipe that nobody writes to would block on opening, not on reading.
            os.set_blocking(descriptor, True)
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode) and status.st_size > yamlfile.MAX_BYTES:
                raise _too_large(path)
            return _read(partial(os.read, descriptor), path)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise _fail(path, "no such file", f"check the path, or {_START}") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        raise _fail(path, f"cannot be read: {reason}", "check the path and its rights") from None


def _read(take: Callable[[int], bytes], path: str) -> bytes:
    """Return all that ``take`` gives, up to the limit."""
    chunks: list[bytes] = []
    size = 0
    while chunk := take(_CHUNK_BYTES):
        if not chunks and b"\0" in chunk[:8192]:
            raise _fail(path, "binary, not YAML text", "give the inventory's own file")
        size += len(chunk)
        if size > yamlfile.MAX_BYTES:
            raise _too_large(path)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(path: str) -> yamlfile.YamlError:
    limit = yamlfile.MAX_BYTES // 10**6
    return _fail(path, f"larger than {limit} MB", "split the estate into several files")

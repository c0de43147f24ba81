"""Results -> standard output or a file, which is replaced as a whole or not at all."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from analyzer.errors import OutputError, StaleReport

STANDARD_OUTPUT = "-"
INVENTORY_FILE = "inventory.yaml"
"""What is read when an input is a folder."""
_NEW_FILE_MODE = 0o666


def refuse(target: str, why: str) -> NoReturn:
    """Raise the error that a target cannot take a result."""
    message = f"{target}: {why}"
    raise OutputError(message)


def check_target(target: str | None, inputs: Iterable[str] = ()) -> None:
    """Refuse a target that cannot take a result, before any work is done.

    Raises:
        OutputError: the target is a folder, lies in no folder, or is one of the inputs.
    """
    if target is None or target == STANDARD_OUTPUT:
        return
    path = Path(target)
    try:
        if path.is_dir():
            refuse(target, "is a folder; name a file in it")
        if not path.parent.is_dir():
            refuse(target, f"there is no folder {path.parent}; create it first")
        there = path.exists()
    except OSError as error:
        refuse(target, f"cannot write: {error.strerror}")
    if there and any(_is_read(path, name) for name in inputs):
        refuse(target, "is the inventory; name another file")


def _is_read(path: Path, name: str) -> bool:
    """Return whether a file that is there is the one that an input stands for."""
    given = Path(name)
    try:
        return path.samefile(given / INVENTORY_FILE if given.is_dir() else given)
    except (OSError, ValueError):
        return False


def write_result(text: str, target: str | None = None) -> None:
    """Write a result as UTF-8, to standard output when no target is given.

    Raises:
        OutputError: the result cannot be written; a file that was there is as it was.
    """
    data = text.encode("utf-8", "replace")
    if target is None or target == STANDARD_OUTPUT:
        _print(data)
        return
    try:
        path = Path(target)
        if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except BrokenPipeError:
        raise
    except OSError as error:
        refuse(target, f"cannot write: {error.strerror}")


def check_current(text: str, target: str) -> None:
    """Return when a file holds a result already; nothing is written.

    Raises:
        OutputError: the file cannot be read.
        StaleReport: it holds something else, or is not there.
    """
    try:
        current = Path(target).read_bytes()
    except FileNotFoundError:
        current = None
    except OSError as error:
        refuse(target, f"cannot read: {error.strerror}")
    if current != text.encode("utf-8", "replace"):
        what = "is not there" if current is None else "is not what the inventory gives today"
        message = f"{target}: {what}; run the command again without --check"
        raise StaleReport(message)


def _print(data: bytes) -> None:
    """Write bytes to standard output and make sure that they arrived."""
    if sys.stdout is None:
        refuse("standard output", "is closed")
    stream = sys.stdout.buffer
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        refuse("standard output", f"cannot write: {error.strerror}")


def _replace(path: Path, data: bytes) -> None:
    """Put a complete new file in the place of the old one, with the old one's mode."""
    scratch = path.with_name(f".{path.name[:200]}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    scratch.unlink(missing_ok=True)  # left by a process that was killed
    try:
        with os.fdopen(os.open(scratch, flags, _NEW_FILE_MODE), "wb") as stream:
            stream.write(data)
            if path.exists():
                os.fchmod(stream.fileno(), path.stat().st_mode & 0o7777)
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise

"""The only door to files: what was given, and what it names inside the folder it lies in.

Nothing larger than the limit is read, nothing that is no regular file but a pipe that was given,
and nothing outside of what was given: a file's neighbours lie in its own folder or, when a folder
was given, anywhere in that one. Links and ``..`` that lead out of it are refused.

Names are as short as they can be shown to others: relative to the current folder or, outside of
it, to what was given. An absolute path never leaves this module.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

STDIN = "-"
STDIN_NAME = "stdin"
MAX_BYTES = 100_000_000
MAX_FILES = 20_000
"""Entries looked at in one folder that was given; a folder of data holds millions."""
MAX_DEPTH = 6
MAX_OPENED_BYTES = 4_000_000
"""Of a file that another one names: configuration is small, data is not ours to read."""
_MOST_PARTS = 8
_CHUNK_BYTES = 1 << 20


_OPENED: dict[str, None] = {}
"""The absolute paths of all files asked for, in that order, whether they were there or not."""


def opened() -> tuple[str, ...]:
    """Return where every file is that this process has asked for; not to be shown."""
    return tuple(_OPENED)


class FileError(Exception):
    """A file cannot be read, or may not be; says why and what to do."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        """Keep the name as shown, the reason and the remedy."""
        self.name, self.what, self.remedy = name, what, remedy
        super().__init__(f"{name}: {what}; {remedy}")


class Document(NamedTuple):
    """A file that was read. ``number`` is its number in marks, ``name`` how it is cited.

    ``path`` is where it is, empty for standard input, and ``root`` the folder that it may name
    files of. Neither may be shown.
    """

    name: str
    number: int
    path: str
    root: str
    data: bytes

    @property
    def folder(self) -> str:
        """Return the folder of the file as cited: ``media`` of ``media/compose.yaml``."""
        return self.name.rpartition("/")[0]


class Files:
    """Reads files and numbers them."""

    def __init__(self, *, outside: bool = False) -> None:
        """Start with no file. ``outside`` allows what lies outside of what was given."""
        self._outside = outside
        self._documents: dict[str, Document] = {}
        self._names: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all files read, by number."""
        return tuple(document.name for document in self._documents.values())

    def given(self, path: str, root: str = "") -> Document:
        """Return a file that was given; ``-`` is standard input.

        Args:
            path: the file, absolute or relative to the current folder.
            root: the folder that was given and holds it; without it, the file's own folder.

        Raises:
            FileError: it is not there, cannot be read, is no file, or is too large.
        """
        place = _place(path)
        if place in self._documents:
            return self._documents[place]
        name = (
            _relative(place, _place(root) if root else "", path) if path != STDIN else STDIN_NAME
        )
        data = content(path, name)
        root = os.path.realpath(root or os.path.dirname(place)) if path != STDIN else ""  # noqa: PTH120
        return self._keep(Document(name, len(self._documents), place, root, data))

    def beside(self, document: Document, relative: str) -> Document:
        """Return a file that another one names, relative to its folder.

        Raises:
            FileError: as `given`; or it lies outside, or standard input names it.
        """
        if not document.path or document.path == STDIN:
            raise FileError(relative, "standard input lies in no folder", "give the file itself")
        if "\0" in relative or not relative:
            raise FileError(ascii(relative), "not a path", "correct the path")
        place = os.path.normpath(os.path.join(os.path.dirname(document.path), relative))  # noqa: PTH118, PTH120
        real = os.path.realpath(place)
        inside = real == document.root or real.startswith(document.root.rstrip("/") + "/")
        name = _relative(place, document.root) if inside else relative
        if not inside and not self._outside:
            remedy = "allow it with --allow-outside, or give the folder that holds both"
            raise FileError(name, "lies outside of the folder that was given", remedy)
        if place in self._documents:
            return self._documents[place]
        data = content(place, name, MAX_OPENED_BYTES, pipes=False)
        return self._keep(Document(name, len(self._documents), place, document.root, data))

    def _keep(self, document: Document) -> Document:
        """Keep a document, with as much of its path in its name as tells it from the others."""
        parts = Path(document.path).parts
        for length in range(2, _MOST_PARTS):
            if document.name not in self._names:
                break
            document = document._replace(name=str(Path(*parts[-length:])))
        self._names.add(document.name)
        self._documents[document.path] = document
        return document


def walk(folder: str) -> Iterator[str]:
    """Yield the files in a folder and below, in order of name; links to folders are not followed.

    Hidden folders are passed over. At most `MAX_FILES` entries are looked at, `MAX_DEPTH` deep.

    Raises:
        FileError: the folder holds more than that.
    """
    seen = 0
    base = folder.rstrip("/").count("/")
    for here, folders, files in os.walk(folder):
        deep = here.rstrip("/").count("/") - base >= MAX_DEPTH
        folders[:] = [] if deep else sorted(name for name in folders if not name.startswith("."))
        seen += len(folders) + len(files)
        if seen > MAX_FILES:
            remedy = "give the folders of the stacks themselves, or their files"
            raise FileError(shown(folder), f"holds more than {MAX_FILES:,} files", remedy)
        for name in sorted(files):
            yield os.path.join(here, name)  # noqa: PTH118 - pathlib costs more than the walk


def head(path: str, size: int = 1 << 16) -> bytes:
    """Return the first bytes of a regular file; nothing when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return b""
    try:
        return os.read(descriptor, size) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def shown(path: str) -> str:
    """Return how a file is named in messages and results: never by an absolute path."""
    if path in (STDIN, ""):
        return STDIN_NAME if path else path
    return _relative(_place(path), "", path)


def content(path: str, name: str, limit: int = MAX_BYTES, *, pipes: bool = True) -> bytes:
    """Return the bytes of a file or of standard input.

    Raises:
        FileError: it is not there, cannot be read, is no file, or is larger than the limit.
    """
    if path == STDIN:
        if sys.stdin is None:
            raise FileError(name, "closed", "pipe the input in, or give a file")
        return _read(sys.stdin.buffer.read, name, limit)
    _OPENED[_place(path)] = None
    try:
        if os.path.isdir(path):  # noqa: PTH112 - it never raises
            raise FileError(name, "is a folder", "give the file itself")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            # A pipe that nobody writes to would block on opening, not on reading.
            os.set_blocking(descriptor, True)
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) and not pipes:
                raise FileError(name, "is no regular file", "name a file")
            if stat.S_ISREG(status.st_mode) and status.st_size > limit:
                raise _too_large(name, limit)
            return _read(partial(os.read, descriptor), name, limit)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise FileError(name, "no such file", "check the path") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        raise FileError(
            name, f"cannot be read: {reason}", "check the path and its rights"
        ) from None


def _read(take: Callable[[int], bytes], name: str, limit: int) -> bytes:
    """Return all that ``take`` gives, up to the limit."""
    chunks: list[bytes] = []
    size = 0
    while chunk := take(_CHUNK_BYTES):
        if not chunks and b"\0" in chunk[:8192]:
            raise FileError(name, "binary, not text", "give the file as text")
        size += len(chunk)
        if size > limit:
            raise _too_large(name, limit)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large(name: str, limit: int) -> FileError:
    what = f"larger than {limit // 10**6} MB"
    return FileError(name, what, "split the estate into several files")


def _place(path: str) -> str:
    """Return the absolute path of a file, however it was written; links are not followed."""
    try:
        return path if path in (STDIN, "") else os.path.abspath(path)  # noqa: PTH100 - it never raises
    except OSError:  # the current folder is gone
        return path


def _relative(place: str, root: str, given: str = "/") -> str:
    """Return a place relative to the current folder, or with the name of the root before it.

    Without either it is shown as ``given``, or by its name when that is an absolute path.
    """
    try:
        name = str(Path(place).relative_to(Path.cwd()))
    except (ValueError, OSError):  # not below, or the current folder is gone
        try:
            name = str(Path(Path(root).name) / Path(place).relative_to(root)) if root else ""
        except ValueError:
            name = ""
        absolute = Path(given).is_absolute()
        name = name or (Path(place).name if absolute else os.path.normpath(given))
    return name.encode("utf-8", "replace").decode()

"""Files of a kit -> a folder: all of them or none, nothing outside, nothing of others lost."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from analyzer.commands.output import refuse
from analyzer.kits.model import File

_SHOWN = 5
_FILE_MODE, _SCRIPT_MODE = 0o666, 0o777
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def check_folder(folder: str, inputs: Iterable[str] = ()) -> None:
    """Refuse a folder that can take no files, before any work is done.

    Raises:
        OutputError: it is a file or a link, it lies in no folder, or an input lies in it.
    """
    path = Path(folder)
    try:
        if path.is_symlink():
            refuse(folder, "is a link; name the folder itself")
        if path.exists() and not path.is_dir():
            refuse(folder, "is a file; name a folder")
        if not path.absolute().parent.is_dir():
            refuse(folder, f"there is no folder {path.parent}; create it first")
        for name in inputs:
            if path.is_dir() and Path(name).exists() and path.samefile(Path(name)):
                refuse(folder, "is read; name another folder")
    except OSError as error:
        refuse(folder, f"cannot write: {error.strerror}")


def write_files(folder: str, files: Iterable[File], *, force: bool) -> None:
    """Write files below a folder, which is made when it is not there.

    They are first written beside it and then moved in, the old ones kept until all are there.

    Raises:
        OutputError: a file is there already and ``force`` is not given, a link leads elsewhere, or
            something cannot be written; the folder is as it was.
    """
    root = Path(folder)
    listed = sorted(files)
    try:
        if root.exists():
            _check(root, listed, force=force)
        scratch = root.absolute().with_name(f".{root.absolute().name[:200]}.{os.getpid()}.tmp")
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            _write(scratch / "new", listed)
            if root.exists():
                _move_in(root, scratch, listed)
            else:
                (scratch / "new").rename(root)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        refuse(folder, f"cannot write: {error.strerror}")


def _check(root: Path, files: list[File], *, force: bool) -> None:
    there = []
    for file in files:
        parts = file.path.split("/")
        at = root
        for part in parts[:-1]:
            at = at / part
            if at.is_symlink() or (at.exists() and not at.is_dir()):
                refuse(str(at), "is no folder of the kit's own; name another folder")
        target = at / parts[-1]
        if target.is_symlink() or target.is_dir():
            refuse(str(target), "is no plain file; name another folder")
        if target.exists():
            there.append(file.path)
    if there and not force:
        more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
        named = ", ".join(there[:_SHOWN]) + more
        refuse(str(root), f"{named} would be overwritten; name another folder, or add --force")


def _write(root: Path, files: list[File]) -> None:
    root.mkdir(parents=True)
    made = {""}
    for file in files:
        folder = file.path.rpartition("/")[0]
        if folder not in made:
            root.joinpath(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        mode = _SCRIPT_MODE if file.executable else _FILE_MODE
        descriptor = os.open(f"{root}/{file.path}", _NEW, mode)
        try:
            _all(descriptor, file.text.encode("utf-8", "replace"))
        finally:
            os.close(descriptor)


def _all(descriptor: int, data: bytes) -> None:
    """Write all of some bytes, however many the system takes at a time."""
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, data[written:])


def _move_in(root: Path, scratch: Path, files: list[File]) -> None:
    """Put the new files in place of the old ones; put the old ones back when one cannot be."""
    moved: list[tuple[Path, Path | None]] = []
    made: list[Path] = []
    try:
        for file in files:
            parts = file.path.split("/")
            target, old = root.joinpath(*parts), scratch.joinpath("old", *parts)
            made += _folders(root, target)
            kept = target.exists()
            if kept:
                old.parent.mkdir(parents=True, exist_ok=True)
                target.rename(old)
            moved.append((target, old if kept else None))
            scratch.joinpath("new", *parts).rename(target)
    except BaseException:
        _put_back(moved, made)
        raise


def _folders(root: Path, target: Path) -> list[Path]:
    """Make the folders that a file lies in; return those that were not there."""
    made = []
    for parent in reversed(target.relative_to(root).parents):
        if not (root / parent).exists():
            (root / parent).mkdir()
            made.append(root / parent)
    return made


def _put_back(moved: list[tuple[Path, Path | None]], made: list[Path]) -> None:
    """Undo what `_move_in` did, the last first."""
    for target, before in reversed(moved):
        target.unlink(missing_ok=True)
        if before is not None:
            before.rename(target)
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()

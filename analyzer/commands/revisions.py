"""Paths of a git repository as they were at a revision. Git itself reads; nothing is touched.

Objects are taken as they are stored and laid out in a temporary folder, so that an estate of any
format is read there as it is in the working tree.

Source of the options: https://git-scm.com/docs/git-log and https://git-scm.com/docs/git-ls-tree.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from analyzer.commands.git import Git, Stored
from analyzer.files import STDIN, STDIN_NAME
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook

MAX_BYTES = 200_000_000
MAX_FILES = 20_000
"""Of all files laid out for one revision: an estate's files, not its data."""

_BLOB, _LINK = "blob", "120000"
_NOWHERE = frozenset({"", ".", ".."})
"""Parts of a path that no file of a commit has, unless somebody forged the commit."""

_FORM = "--format=tformat:%x00%H%x00%h%x00%as%x00s%s%x00"
_RECORD = re.compile(r"\0\0([0-9a-f]{40,64})\0([0-9a-f]+)\0([^\0]*)\0s([^\0]*)\0")
"""A commit in a log. What its author wrote cannot hold the two NULs that begin the next one."""


class Revision(NamedTuple):
    """A commit: ``label`` as the user named it, ``date`` of its author as YYYY-MM-DD.

    ``paths`` are those of the estate at that commit, relative to the repository's root.
    """

    commit: str
    short: str
    date: str
    subject: str
    label: str
    paths: tuple[str, ...]


class Entry(NamedTuple):
    """One file of a commit."""

    path: str
    blob: str
    size: int
    link: bool


class Repository:
    """A git repository around some paths."""

    def __init__(self, paths: Sequence[str]) -> None:
        """Find the repository that holds the paths.

        Raises:
            InventoryError: there is no git, no repository, or a path lies outside of it.
        """
        if STDIN in paths:
            remedy = "name the files of a repository"
            Git(".", STDIN_NAME).fail("standard input has no history", remedy)
        start = Path(os.path.abspath(paths[0]))  # noqa: PTH100 - links stay
        while not start.is_dir() and start != start.parent:
            start = start.parent
        self._git = Git(str(start), paths[0])
        top = self._git.text("rev-parse", "--show-toplevel").rstrip("\n")
        self._top = os.path.realpath(top)
        self.paths = tuple(map(self._inside, paths))

    def resolve(self, revision: str) -> Revision:
        """Return a commit by any name that git knows.

        Raises:
            InventoryError: there is no such revision.
        """
        if revision.startswith("-") or not revision.strip() or "\0" in revision:
            self._git.fail(f"'{revision}' is no revision", "name a commit, a branch or a tag")
        code, said, _ = self._git.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        commit = said.strip()
        if code or not commit:
            remedy = (
                "name a file that is there, or a commit, branch or tag; see 'git log --oneline'"
            )
            if self._is_shallow():
                remedy += "; this clone is shallow: 'git fetch --unshallow' gets the rest"
            self._git.fail(f"neither a file nor a revision: '{revision}'", remedy)
        form = "--format=%h%x00%as%x00%s"
        said = self._git.text("log", "-1", "--no-notes", form, commit, "--")
        short, date, subject = said.split("\0")
        return Revision(commit, short, date, subject.rstrip("\n"), revision, self.paths)

    def log(self, last: int) -> tuple[Revision, ...]:
        """Return the newest commits that changed the paths, oldest first; renames are followed.

        They are those of the line that is checked out: what a merge brought is one change, so that
        every commit is compared with the state that it replaced.

        Raises:
            InventoryError: there is no commit, or not all that were asked for were fetched.
        """
        if self._git.run("rev-parse", "--verify", "--quiet", "HEAD")[0]:
            self._git.fail("the repository has no commit yet", "commit the file first")
        follow = ("--follow",) if len(self.paths) == 1 and self._is_file() else ()
        line = ("--first-parent", "-m", f"-n{last}", *follow)
        options = ("--no-ext-diff", "--no-textconv", "--no-notes", "--name-only", "-z", _FORM)
        text = self._git.text("log", *line, *options, "HEAD", "--", *self._pathspecs())
        parts = _RECORD.split(f"\0{text}")[1:]
        found = []
        for at in range(0, len(parts), _RECORD.groups + 1):
            commit, short, date, subject, files = parts[at : at + _RECORD.groups + 1]
            names = files.strip("\0").removeprefix("\n").split("\0")
            paths = (names[0],) if follow and names[0] else self.paths
            found.append(Revision(commit, short, date, subject, short, paths))
        if len(found) < last and self._is_shallow():
            fewer = f", or ask for --last {len(found)}" if found else ""
            remedy = f"run 'git fetch --unshallow'{fewer}; in CI, check out with depth 0"
            self._git.fail("a shallow clone, whose history is cut off", remedy)
        return tuple(reversed(found))

    def entries(self, revision: Revision, folders: Sequence[str]) -> list[Entry]:
        """Return the files of a commit at or below some paths, in order of their path."""
        listed = self._git.text(
            "ls-tree", "-r", "-z", "-l", "--full-tree", revision.commit, "--",
            *(folder or "." for folder in folders),
        )  # fmt: skip
        found = []
        for line in listed.split("\0"):
            if not line:
                continue
            about, _, path = line.partition("\t")
            mode, kind, blob, size = about.split()
            if kind == _BLOB and _NOWHERE.isdisjoint(path.split("/")):
                found.append(Entry(path, blob, int(size), mode == _LINK))
        if len(found) > MAX_FILES or sum(entry.size for entry in found) > MAX_BYTES:
            what = f"more than {MAX_FILES:,} files or {MAX_BYTES // 10**6} MB beside it"
            self._git.fail(what, "name the folder of the stack itself, or an inventory")
        return found

    def files(self, revisions: Sequence[Revision]) -> Iterator[Stored | None]:
        """Yield the one file of each revision, by one process; None for what is no plain file."""
        if any(len(revision.paths) != 1 or "\n" in revision.paths[0] for revision in revisions):
            return iter([None] * len(revisions))
        names = (f"{revision.commit}:{revision.paths[0]}" for revision in revisions)
        return self._git.objects(names)

    def contents(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Yield each file with its bytes, as they are stored."""
        stored = self._git.objects(entry.blob for entry in entries)
        for entry, found in zip(entries, stored, strict=True):
            if found is not None:
                yield entry, found.data

    def place(self, path: str) -> str:
        """Return a path of the repository as seen from the current folder, where it is inside."""
        here = os.path.realpath(".")
        inside = here == self._top or here.startswith(self._top + os.sep)
        return os.path.relpath(os.path.join(self._top, path), here) if inside else path  # noqa: PTH118

    @property
    def name(self) -> str:
        """Return the name of the repository's folder, which names a Compose project in it."""
        return os.path.basename(self._top) or "estate"  # noqa: PTH119

    def folder_of_user(self) -> str:
        """Return the current folder relative to the repository's root; the root if outside."""
        here = os.path.realpath(".")
        inside = here == self._top or here.startswith(self._top + os.sep)
        return os.path.relpath(here, self._top) if inside else "."

    def _inside(self, path: str) -> str:
        """Return a path relative to the repository's root."""
        place = os.path.realpath(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120
        place = os.path.normpath(os.path.join(place, os.path.basename(os.path.abspath(path))))  # noqa: PTH100, PTH118, PTH119
        if place != self._top and not place.startswith(self._top + os.sep):
            self._git.fail(
                f"'{path}' lies outside of the repository", "name paths of one repository"
            )
        return "" if place == self._top else os.path.relpath(place, self._top)

    def _is_file(self) -> bool:
        return not Path(self._top, self.paths[0]).is_dir()

    def _pathspecs(self) -> tuple[str, ...]:
        """Return the paths as seen from the folder that git runs in."""
        return tuple(
            os.path.relpath(os.path.join(self._top, path), os.path.realpath(self._git.folder))  # noqa: PTH118
            for path in self.paths
        )

    def _is_shallow(self) -> bool:
        return self._git.run("rev-parse", "--is-shallow-repository")[1].strip() == "true"


class Options(NamedTuple):
    """How an estate is read: what-ifs, the rulebook, the host, and files outside."""

    rulebook: Callable[[], Rulebook]
    settings: tuple[tuple[str, str], ...] = ()
    host: str | None = None
    outside: bool = False


def load(
    repository: Repository, revision: Revision, options: Options, stored: Stored | None = None
) -> Inventory:
    """Return the estate as its paths were at a commit, of any format.

    Args:
        repository: where they are.
        revision: the commit.
        options: how to read.
        stored: what `Repository.files` gave for it, if that was asked for already.

    Raises:
        InventoryError: it is invalid, or is not there.
    """
    from analyzer.commands import estate  # noqa: PLC0415 - networkx
    from analyzer.intake.recognition import is_native  # noqa: PLC0415
    from analyzer.inventory.loading import read_inventory  # noqa: PLC0415

    if stored is None:
        (stored,) = repository.files([revision])
    plain = stored is not None and b":" in stored.data  # a link's target has none
    if stored is not None and plain and not options.host and not options.outside:
        name = repository.place(revision.paths[0])
        if is_native(name, stored.data):
            return read_inventory(stored.data, name, options.settings)
    with _laid_out(repository, revision) as paths:
        return estate.load(
            paths, options.settings, options.rulebook, host=options.host, outside=options.outside
        )


@contextmanager
def _laid_out(repository: Repository, revision: Revision) -> Iterator[list[str]]:
    """Give the paths of an estate in a temporary copy, with it as the current folder.

    A single file is laid out alone where it needs no neighbours, else with its whole folder.
    """
    home = os.getcwd()  # noqa: PTH109 - to come back to
    shown = [repository.place(path) for path in revision.paths]
    with tempfile.TemporaryDirectory(prefix="k8sadvisor-") as base:
        root = os.path.join(os.path.realpath(base), repository.name)  # noqa: PTH118
        start = os.path.normpath(os.path.join(root, repository.folder_of_user()))  # noqa: PTH118
        os.makedirs(start, exist_ok=True)  # noqa: PTH103
        _write(root, repository, repository.entries(revision, revision.paths))
        os.chdir(start)
        try:
            if not _alone(shown):
                folders = [os.path.dirname(path) for path in revision.paths]  # noqa: PTH120
                _write(root, repository, repository.entries(revision, folders))
            yield shown
        finally:
            os.chdir(home)


def _alone(paths: Sequence[str]) -> bool:
    """Return whether paths are inventories, or folders: what they name is with them already."""
    from analyzer.intake.recognition import all_native  # noqa: PLC0415

    return all_native(paths) or all(Path(path).is_dir() for path in paths)


def _write(root: str, repository: Repository, entries: Sequence[Entry]) -> None:
    """Write files of a commit below a folder; links that lead out of it are left out."""
    missing = [entry for entry in entries if not os.path.lexists(os.path.join(root, entry.path))]  # noqa: PTH118
    for entry, content in repository.contents(missing) if missing else ():
        path = Path(root, entry.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not entry.link:
            path.write_bytes(content)
            continue
        target = os.path.normpath(os.path.join(path.parent, os.fsdecode(content)))  # noqa: PTH118
        if target.startswith(root + os.sep):
            with suppress(OSError):
                path.symlink_to(os.path.relpath(target, path.parent))

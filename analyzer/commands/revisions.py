"""Paths of a git repository as they were at a revision. Git itself reads; nothing is touched.

No lock is taken and nothing that a repository can configure is run: no pager, hook, monitor,
filter, signature check or external diff. Objects are taken as they are stored and laid out in a
temporary folder, so that an estate of any format is read there as it is in the working tree.

Source of the options: https://git-scm.com/docs/git, https://git-scm.com/docs/git-cat-file and
https://git-scm.com/docs/git-log.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from analyzer.errors import InventoryError, Problem
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook

MAX_BYTES = 200_000_000
MAX_FILES = 20_000
"""Of all files laid out for one revision: an estate's files, not its data."""

_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "log.follow=false",
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C.UTF-8",
}
_BLOB, _LINK = "blob", "120000"
_MARK = "\x01"


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
        self._named = paths[0]
        start = Path(os.path.abspath(paths[0]))  # noqa: PTH100 - links stay
        while not start.is_dir() and start != start.parent:
            start = start.parent
        self._folder = str(start)
        top = self._text("rev-parse", "--show-toplevel").rstrip("\n")
        self._top = os.path.realpath(top)
        self.paths = tuple(map(self._inside, paths))

    def resolve(self, revision: str) -> Revision:
        """Return a commit by any name that git knows.

        Raises:
            InventoryError: there is no such revision.
        """
        if revision.startswith("-") or not revision.strip() or "\0" in revision:
            self._fail(f"'{revision}' is no revision", "name a commit, a branch or a tag")
        done = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        commit = done.stdout.decode().strip()
        if done.returncode or not commit:
            remedy = (
                "name a file that is there, or a commit, branch or tag; see 'git log --oneline'"
            )
            self._fail(f"neither a file nor a revision: '{revision}'", remedy)
        form = "--format=%h%x00%as%x00%s"
        short, date, subject = self._text("log", "-1", "--no-notes", form, commit, "--").split(
            "\0"
        )
        return Revision(commit, short, date, subject.rstrip("\n"), revision, self.paths)

    def log(self) -> tuple[Revision, ...]:
        """Return the commits that changed the paths, oldest first; a file's renames are followed."""
        form = f"--format=tformat:{_MARK}%H%x00%h%x00%as%x00%s%x00"
        follow = ("--follow",) if len(self.paths) == 1 and self._is_file() else ()
        options = ("--no-ext-diff", "--no-textconv", "--no-notes", "--name-only", "-z", form)
        text = self._text("log", *follow, *options, "HEAD", "--", *self._pathspecs())
        found = []
        for part in text.split(_MARK)[1:]:
            commit, short, date, subject, *names = part.split("\0")
            there = [name.lstrip("\n") for name in names if name.strip("\n")]
            paths = (there[0],) if follow and there else self.paths
            found.append(Revision(commit, short, date, subject, short, paths))
        return tuple(reversed(found))

    def entries(self, revision: Revision, folders: Sequence[str]) -> list[Entry]:
        """Return the files of a commit at or below some paths, in order of their path."""
        listed = self._text(
            "ls-tree", "-r", "-z", "-l", "--full-tree", revision.commit, "--",
            *(folder or "." for folder in folders),
        )  # fmt: skip
        found = []
        for line in listed.split("\0"):
            if not line:
                continue
            about, _, path = line.partition("\t")
            mode, kind, blob, size = about.split()
            if kind == _BLOB:
                found.append(Entry(path, blob, int(size), mode == _LINK))
        if len(found) > MAX_FILES or sum(entry.size for entry in found) > MAX_BYTES:
            self._fail("too many files for an estate", "name the files of the stacks themselves")
        return found

    def files(self, revisions: Sequence[Revision]) -> list[bytes | None]:
        """Return the one file of each revision, all at once; None for what is no plain file."""
        if any(len(revision.paths) != 1 or "\n" in revision.paths[0] for revision in revisions):
            return [None] * len(revisions)
        asked = "".join(f"{revision.commit}:{revision.paths[0]}\n" for revision in revisions)
        data = self._run(
            "cat-file", "--batch", given=asked.encode("utf-8", "surrogateescape")
        ).stdout
        found: list[bytes | None] = []
        at = 0
        for _ in revisions:
            end = data.index(b"\n", at)
            head, at = data[at:end].split(b" "), end + 1
            if head[-1] == b"missing":
                found.append(None)
                continue
            size = int(head[-1])
            found.append(data[at : at + size] if head[-2] == b"blob" else None)
            at += size + 1
        return found

    def contents(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Yield each file with its bytes, as they are stored."""
        asked = "".join(f"{entry.blob}\n" for entry in entries).encode()
        data = self._run("cat-file", "--batch", given=asked).stdout
        at = 0
        for entry in entries:
            head = data.index(b"\n", at)
            size = int(data[at:head].split()[2])
            yield entry, data[head + 1 : head + 1 + size]
            at = head + 1 + size + 1

    def place(self, path: str) -> str:
        """Return a path of the repository as seen from the current folder, where it is inside."""
        here = os.path.realpath(".")
        inside = here == self._top or here.startswith(self._top + os.sep)
        return os.path.relpath(os.path.join(self._top, path), here) if inside else path  # noqa: PTH118

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
            self._fail(f"'{path}' lies outside of the repository", "name paths of one repository")
        return "" if place == self._top else os.path.relpath(place, self._top)

    def _is_file(self) -> bool:
        return not Path(self._top, self.paths[0]).is_dir()

    def _pathspecs(self) -> tuple[str, ...]:
        """Return the paths as seen from the folder that git runs in."""
        return tuple(
            os.path.relpath(os.path.join(self._top, path), os.path.realpath(self._folder))  # noqa: PTH118
            for path in self.paths
        )

    def _text(self, *arguments: str) -> str:
        done = self._run(*arguments)
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
            what = reason[0].removeprefix("fatal: ") if reason else "git failed"
            self._fail(f"git: {what}", "compare files, or name paths of a git repository")
        return done.stdout.decode("utf-8", "surrogateescape")

    def _run(self, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        argv = ["git", "-C", self._folder, "--no-pager", *settings, *arguments]
        environment = {**os.environ, **_ENVIRONMENT}
        try:
            return subprocess.run(  # noqa: S603 - no shell, and no argument of a stranger
                argv, input=given, capture_output=True, env=environment, check=False
            )
        except OSError:
            self._fail("there is no git here to ask", "install git, or compare files")

    def _fail(self, what: str, remedy: str) -> NoReturn:
        raise InventoryError([Problem(self._named, 0, 0, "", what, remedy)])


class Options(NamedTuple):
    """How an estate is read: what-ifs, the rulebook, the host, and files outside."""

    rulebook: Callable[[], Rulebook]
    settings: tuple[tuple[str, str], ...] = ()
    host: str | None = None
    outside: bool = False


def load(
    repository: Repository, revision: Revision, options: Options, content: bytes | None = None
) -> Inventory:
    """Return the estate as its paths were at a commit, of any format.

    Args:
        repository: where they are.
        revision: the commit.
        options: how to read.
        content: what `Repository.files` gave for it, if that was asked for already.

    Raises:
        InventoryError: it is invalid, or is not there.
    """
    from analyzer.commands import estate  # noqa: PLC0415 - networkx
    from analyzer.intake.recognition import is_native  # noqa: PLC0415
    from analyzer.inventory.loading import read_inventory  # noqa: PLC0415

    if content is None:
        (content,) = repository.files([revision])
    plain = content is not None and b":" in content  # a link's target has none
    if content is not None and plain and not options.host and not options.outside:
        name = repository.place(revision.paths[0])
        if is_native(name, content):
            return read_inventory(content, name, options.settings)
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
        root = os.path.realpath(base)
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

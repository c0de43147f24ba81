"""Questions -> what the program ``git`` answers. It reads only, and runs nothing that is configured.

No lock is taken, no object is fetched, and no pager, hook, monitor, filter, signature check or
external diff is run.

Source of the options: https://git-scm.com/docs/git and https://git-scm.com/docs/git-cat-file.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, NamedTuple, NoReturn

from analyzer.errors import InventoryError, Problem

MAX_BYTES = 200_000_000
"""Of one object; what is larger is passed over."""

_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "log.follow=false",
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would ask its remote for what it lacks
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C.UTF-8",
}
_OF_ANOTHER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF")
"""What a hook inherits: it names the repository of the hook, not that of the paths."""

_FOUND = re.compile(rb"([0-9a-f]{40,64}) ([a-z]+) (\d+)\n")
_CHUNK_BYTES = 1 << 20


class Stored(NamedTuple):
    """One object as it is stored, without any filter; ``blob`` is its id, for a file."""

    blob: str
    data: bytes


class Git:
    """Git, asked about the repository around a folder."""

    def __init__(self, folder: str, named: str) -> None:
        """Keep the folder, and the path as the user named it, for messages."""
        self.folder = folder
        self._named = named

    def text(self, *arguments: str) -> str:
        """Return what git prints.

        Raises:
            InventoryError: there is no git, or it failed; with what it said.
        """
        code, said, complaint = self.run(*arguments)
        if code:
            what = complaint.partition("\n")[0].removeprefix("fatal: ") or "git failed"
            self.fail(f"git: {what}", "compare files, or name paths of a git repository")
        return said

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return git's exit code and what it printed and complained.

        Raises:
            InventoryError: there is no git.
        """
        with self._started(arguments, subprocess.PIPE) as process:
            said, complaint = process.communicate()
        text = said.decode("utf-8", "surrogateescape")
        return process.returncode, text, complaint.decode("utf-8", "replace").strip()

    def objects(self, names: Iterable[str]) -> Iterator[Stored | None]:
        """Yield each object by any name that git knows; None for what is no file, or too large.

        One process answers for all, and one object at a time is held.

        Raises:
            InventoryError: there is no git, or it ended early, as where a partial clone lacks one.
        """
        with self._started(("cat-file", "--batch"), subprocess.DEVNULL) as process:
            asked, told = process.stdin, process.stdout
            try:
                for name in names:
                    yield self._one(asked, told, name) if asked and told else None
            finally:
                process.kill()  # it waits for the next name
                with suppress(BrokenPipeError):
                    process.stdin.close() if process.stdin else None

    def _one(self, asked: IO[bytes], told: IO[bytes], name: str) -> Stored | None:
        """Return one object, asked for by a name without a line break."""
        with suppress(BrokenPipeError):  # the answer is then empty
            asked.write(name.encode("utf-8", "surrogateescape") + b"\n")
            asked.flush()
        head = told.readline()
        if not head:
            remedy = (
                "a partial clone lacks old files; run 'git fetch --refetch', or clone it whole"
            )
            self.fail("git could not read an object", remedy)
        found = _FOUND.fullmatch(head)
        if found is None:
            return None
        kind, size = found[2], int(found[3])
        data = b"".join(_taken(told, size, keep=kind == b"blob" and size <= MAX_BYTES))
        told.read(1)
        return Stored(found[1].decode(), data) if len(data) == size and kind == b"blob" else None

    def fail(self, what: str, remedy: str) -> NoReturn:
        """Raise the error that something about the named path cannot be read."""
        raise InventoryError([Problem(self._named, 0, 0, "", what, remedy)])

    def _started(self, arguments: Iterable[str], complaints: int) -> "subprocess.Popen[bytes]":
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
        try:
            return subprocess.Popen(  # noqa: S603 - no shell; arguments are checked by callers
                ["git", "-C", self.folder, "--no-pager", *settings, *arguments],  # noqa: S607
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**inherited, **_ENVIRONMENT},
            )
        except OSError:
            self.fail("there is no git here to ask", "install git, or compare files")


def _taken(told: IO[bytes], size: int, *, keep: bool) -> Iterator[bytes]:
    """Yield so many bytes, or none of them where they are not to be kept."""
    while size:
        chunk = told.read(min(size, _CHUNK_BYTES))
        if not chunk:
            return
        size -= len(chunk)
        if keep:
            yield chunk

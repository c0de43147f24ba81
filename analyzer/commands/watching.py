"""``analyse --watch``: the report is written anew when an input changes.

Inputs are the files that a run read and the folders that it searched, looked at a few times a
second by their size, time and number: that works on every file system, and for editors that
replace a file. A report is written when an input has been left alone for a moment, and only when
it says something else.
"""

import gc
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import click

from analyzer.commands.output import write_result
from analyzer.commands.run import Request, report
from analyzer.errors import AdvisorError
from analyzer.files import STDIN, FileError, opened, walk

INTERVAL_SECONDS = 0.25
STATS_A_SECOND = 4_000
"""Files looked at in one second at most: about one percent of a processor."""

Signature = dict[str, tuple[int, int, int]]
"""Path -> time, size and number of a file that is there."""
_MOST_NAMES = 3


class World(NamedTuple):
    """What a watch asks of the machine; a test brings its own."""

    sleep: Callable[[float], None] = time.sleep
    say: Callable[[str], None] = lambda text: click.echo(text, err=True)


def watch(request: Request, world: World = World()) -> None:  # noqa: B008 - a constant
    """Write the report, and again after every change; ends by an interrupt.

    What is wrong with an input is said on standard error, and the last good report stays.
    """
    gc.enable()  # it is paused for a run that ends
    written: str | None = None
    while True:
        before = _signature(request)
        written = _render(request, written, world)
        after = _signature(request)  # now with what the run has read
        if all(after.get(path) == status for path, status in before.items()):
            seen = _settled(request, after, world)
            world.say(f"changed: {', '.join(_named(after, seen))}")


def _render(request: Request, written: str | None, world: World) -> str | None:
    """Write the report unless it is the one that was written last; return it."""
    try:
        text = report(request).text
        if text != written:
            write_result(text, request.target)
    except AdvisorError as error:
        for line in str(error).splitlines():
            world.say(f"{error.label}: {line}")
        return written
    return text


def _settled(request: Request, before: Signature, world: World) -> Signature:
    """Return what the inputs are once they have changed and then been left alone."""
    while True:
        interval = max(INTERVAL_SECONDS, len(before) / STATS_A_SECOND)
        world.sleep(interval)
        now = _signature(request)
        if now == before:
            continue
        while True:
            world.sleep(interval)
            again = _signature(request)
            if again == now:
                break
            now = again
        if now != before:
            return now


def _signature(request: Request) -> Signature:
    """Return what tells whether an input has changed: what was read, and what may be."""
    found: Signature = {}
    for path in _inputs(request):
        try:
            status = os.stat(path)  # noqa: PTH116 - it is done often
        except (OSError, ValueError):
            continue
        found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def _inputs(request: Request) -> Iterable[str]:
    """Yield the files that a run reads, and those below the folders that it searches."""
    reports = [path for path in (request.previous, request.baseline) if path is not None]
    given = [path for path in (*request.paths, *request.folders, *reports) if path != STDIN]
    yield from given
    yield from opened()
    for path in given:
        if os.path.isdir(path):  # noqa: PTH112 - it never raises
            try:
                yield from walk(path)
            except FileError:
                continue


def _named(before: Signature, after: Signature) -> list[str]:
    """Return the names of the files that changed, three at most."""
    paths = [path for path in {*before, *after} if before.get(path) != after.get(path)]
    names = sorted({Path(path).name for path in paths})
    return [*names[:_MOST_NAMES], *(["..."] if len(names) > _MOST_NAMES else [])]

"""``k8sadvisor history``: how the answer went, over the commits that changed the inventory."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from analyzer.commands import choices
from analyzer.commands.output import INVENTORY_FILE, check_target, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.reporting import HISTORY_FORMATS, format_for, render

if TYPE_CHECKING:
    from analyzer.commands.git import Stored
    from analyzer.commands.revisions import Options, Repository, Revision
    from analyzer.comparison.history import Commit
    from analyzer.errors import InventoryError
    from analyzer.inventory.model import Inventory


@click.command("history", short_help="Show how the answer went, over the commits of a file.")
@choices.paths
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(HISTORY_FORMATS)),
    help="Form of the result; by the ending of FILE, else text.",
)
@click.option(
    "--last",
    type=click.IntRange(1, 1000),
    default=100,
    show_default=True,
    metavar="N",
    help="Of so many commits at most, the newest ones.",
)
@choices.weighing
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    target: str | None,
    form: str | None,
    last: int,
    profile: str,
    weights: tuple[tuple[str, int], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Show how the answer, the costs and the findings went, over the git history of PATH...

    Every commit of this branch that changed PATH is assessed with today's rules; a merge is one
    change. Git is only read, and nothing is checked out. A file's renames are followed.

    \b
    Examples:
      k8sadvisor history inventory.yaml
      k8sadvisor history inventory.yaml --last 20 -o history.md
      k8sadvisor history inventory.yaml -o history.html
    """  # noqa: D301 - \b is click's
    check_target(target, paths)
    from analyzer.assessment import Settings  # noqa: PLC0415 - networkx, only here
    from analyzer.commands.revisions import Options, Repository  # noqa: PLC0415
    from analyzer.comparison.history import make_history  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    choices.check_weighing(rulebook, profile, weights)
    repository = Repository([_file(path) for path in paths])
    revisions = repository.log(last)
    if not revisions:
        from analyzer.errors import InventoryError, Problem  # noqa: PLC0415

        what, remedy = "no commit of this branch has it", "check the path, or commit it first"
        raise InventoryError([Problem(paths[0], 0, 0, "", what, remedy)])
    options = Options(lambda: rulebook, host=host, outside=outside)
    settings = Settings(profile, weights)
    history = make_history(_moments(repository, revisions, options), rulebook, settings)
    form = form or format_for(target, HISTORY_FORMATS, "text")
    write_result(render(history, form, HISTORY_FORMATS), target)


def _moments(
    repository: "Repository",
    revisions: "tuple[Revision, ...]",
    options: "Options",
) -> "Iterator[tuple[Commit, Inventory | str]]":
    """Yield every commit with its estate, or why there is none; what did not change is read once."""
    from analyzer.commands.revisions import load  # noqa: PLC0415
    from analyzer.comparison.history import Commit  # noqa: PLC0415
    from analyzer.errors import InventoryError  # noqa: PLC0415

    key: tuple[object, ...] = ()
    known: Inventory | str = ""
    for revision, stored in zip(revisions, repository.files(revisions), strict=True):
        last, key = key, ()
        try:
            key = _content(repository, revision, stored)
            if key != last or not known:
                known = load(repository, revision, options, stored)
        except InventoryError as error:
            known = _first(error) if key else "not there"
        yield Commit(revision.date, revision.short, revision.subject), known


def _content(
    repository: "Repository", revision: "Revision", stored: "Stored | None"
) -> tuple[object, ...]:
    """Return what tells whether two commits hold the same estate; empty where they hold none."""
    if stored is not None:
        return revision.paths, stored.blob
    return tuple((e.path, e.blob) for e in repository.entries(revision, revision.paths))


def _file(path: str) -> str:
    """Return the inventory of a folder that has one, for what lies beside it is not the estate."""
    own = os.path.join(path, INVENTORY_FILE)  # noqa: PTH118
    return own if os.path.isfile(own) else path  # noqa: PTH113 - it never raises


def _first(error: "InventoryError") -> str:
    """Return the first of the problems, and how many more there are."""
    more = len(error.problems) - 1
    return f"{error.problems[0]}{f' (and {more:,} more)' if more else ''}"

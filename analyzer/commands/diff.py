"""``k8sadvisor diff``: what changed from one estate, report or revision to another, and why."""

from typing import TYPE_CHECKING

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.commands.sides import Side, sides
from analyzer.reporting import COMPARISON_FORMATS, DEFAULT_FORMAT, format_for, render

if TYPE_CHECKING:
    from analyzer.assessment import Settings
    from analyzer.comparison.model import Snapshot
    from analyzer.inventory.model import Inventory
    from analyzer.rulebook.model import Rulebook


@click.command("diff", short_help="Say what changed between two estates, reports or revisions.")
@click.argument("arguments", metavar="OLD NEW", nargs=-1, required=True, type=choices.FILE)
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(COMPARISON_FORMATS)),
    help=f"Form of the result; by the ending of FILE, else {DEFAULT_FORMAT}.",
)
@choices.weighing
@choices.sources
@choices.rules_folders
@choices.fail_on
def command(  # noqa: PLR0913 - click passes every option
    *,
    arguments: tuple[str, ...],
    target: str | None,
    form: str | None,
    profile: str,
    weights: tuple[tuple[str, int], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
    fail_on: tuple[str, ...],
) -> None:
    """Say what changed from OLD to NEW, what it moved, and why the answer is another.

    Each is an inventory, anything else that 'analyse' reads, or a JSON report of 'analyse'. In a
    git repository it can be paths at two revisions, REV..REV PATH..., or at one revision and as
    they are, REV PATH.... Where nothing changed nothing is printed.

    \b
    Examples:
      k8sadvisor diff old/inventory.yaml inventory.yaml
      k8sadvisor diff main..HEAD inventory.yaml
      k8sadvisor diff HEAD inventory.yaml --format text
      k8sadvisor diff report.json inventory.yaml --fail-on recommendation-changed
    """  # noqa: D301 - \b is click's
    before, after = sides(arguments)
    check_target(target, (*before.paths, *after.paths))
    from analyzer.assessment import Settings  # noqa: PLC0415 - networkx, only here
    from analyzer.commands import conditions  # noqa: PLC0415
    from analyzer.comparison.comparing import compare  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    conditions.check(fail_on, baseline=True)
    choices.check_weighing(rulebook, profile, weights)
    reader = _Reader(rulebook, Settings(profile, weights), host, outside=outside)
    comparison = compare(*reader.read(before, after), rulebook)
    text = render(comparison, form or format_for(target, COMPARISON_FORMATS), COMPARISON_FORMATS)
    write_result(text, target)
    if comparison.is_empty:
        click.echo("note: nothing changed", err=True)
    conditions.end(fail_on, comparison.after, comparison)


class _Reader:
    """Reads both sides of a comparison alike."""

    def __init__(
        self, rulebook: "Rulebook", settings: "Settings", host: str | None, *, outside: bool
    ) -> None:
        self._rulebook, self._settings = rulebook, settings
        self._host, self._outside = host, outside

    def read(self, before: Side, after: Side) -> tuple["Snapshot", "Snapshot"]:
        """Return the snapshots of both sides.

        What is assessed here is weighed as the report beside it, unless the user said how.
        """
        reports = [self._report(side) for side in (before, after)]
        given = click.get_current_context().get_parameter_source
        default = click.core.ParameterSource.DEFAULT
        free = given("profile") is default and given("weights") is default
        for report in reports:
            if report is not None and free:
                scope = report.scope
                self._settings = self._settings._replace(
                    profile=scope.profile, weights=scope.weights, today=scope.today
                )
        old, new = (
            report or self._assessed(side)
            for side, report in zip((before, after), reports, strict=True)
        )
        return old, new

    def _report(self, side: Side) -> "Snapshot | None":
        """Return the snapshot of a side that is a JSON report, None where it is none."""
        if side.revision or len(side.paths) != 1:
            return None
        from analyzer.commands.baseline import read_baseline  # noqa: PLC0415
        from analyzer.commands.reports import is_report  # noqa: PLC0415

        path = side.paths[0]
        return read_baseline(path) if is_report(path) else None

    def _assessed(self, side: Side) -> "Snapshot":
        """Return the snapshot of a side that is an estate."""
        from analyzer.assessment import assess  # noqa: PLC0415
        from analyzer.commands import estate  # noqa: PLC0415
        from analyzer.comparison.snapshot import take  # noqa: PLC0415

        if side.revision:
            inventory = self._at(side)
        else:
            inventory = estate.load(
                side.paths, (), lambda: self._rulebook, host=self._host, outside=self._outside
            )
        return take(assess(inventory, self._rulebook, self._settings), side.label)

    def _at(self, side: Side) -> "Inventory":
        """Return the estate of a side at its revision."""
        from analyzer.commands.revisions import Options, Repository, load  # noqa: PLC0415

        repository = Repository(side.paths)
        revision = repository.resolve(side.revision)
        options = Options(lambda: self._rulebook, host=self._host, outside=self._outside)
        return load(repository, revision, options)

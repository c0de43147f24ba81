"""``k8sadvisor compare-test``: measurements of a test cluster -> what they show, in the report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, refuse, write_result

if TYPE_CHECKING:
    from collections.abc import Collection

    from analyzer.kits.testcluster.comparison import Sample


@click.command("compare-test", short_help="Say what the measurements of a test cluster show.")
@choices.paths
@click.option(
    "--measurements",
    metavar="FILE",
    multiple=True,
    required=True,
    type=choices.FILE,
    help="CSV or JSON with side, service, metric, unit and value, see PLAN.md of the kit. Repeatable.",
)
@click.option(
    "--report",
    metavar="REPORT.md",
    type=choices.FILE,
    help="Put the section into this report, in the place of an earlier one, else at its end.",
)
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(("md", "json")),
    default="md",
    show_default=True,
    help="Form of the result.",
)
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    measurements: tuple[str, ...],
    report: str | None,
    target: str | None,
    form: str,
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Compare both sides of a test of the estate in PATH..., as 'kit --option test-cluster' plans it.

    Each metric of each service is compared by its median, and a side is called better only where
    the difference is larger than its figures scatter. The section goes to standard output, to FILE,
    or into a report.

    \b
    Examples:
      k8sadvisor compare-test inventory.yaml --measurements measurements.csv
      k8sadvisor compare-test inventory.yaml --measurements a.csv --measurements b.json --report report.md
    """  # noqa: D301 - \b is click's
    if report is not None and (target is not None or form != "md"):
        message = "'--report' goes neither with -o nor with another format"
        raise click.UsageError(message)
    check_target(target or report, paths)
    import analyzer.assessment  # noqa: PLC0415 - see commands/analyse.py
    from analyzer.commands import estate  # noqa: PLC0415
    from analyzer.commands.rulebook import checked_rulebook  # noqa: PLC0415
    from analyzer.kits.testcluster.comparison import compare  # noqa: PLC0415
    from analyzer.kits.testcluster.report import as_json, inserted, section  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    inventory = estate.load(paths, (), lambda: rulebook, host=host, outside=outside)
    samples, empty = _samples(measurements, inventory.services)
    compared = compare(samples)
    if form == "json":
        write_result(as_json(compared, empty), target)
        return
    assessment = analyzer.assessment.assess(inventory, rulebook, analyzer.assessment.Settings())
    text = section(assessment, compared, empty)
    if report is None:
        write_result(text, target)
    else:
        write_result(inserted(_report(report), text), report)


def _samples(files: tuple[str, ...], services: "Collection[str]") -> tuple[list["Sample"], int]:
    """Return all samples, and how many lines are still empty.

    Raises:
        InventoryError: a file cannot be read, or lines of it are no measurements; all in one pass.
    """
    from analyzer import files as door  # noqa: PLC0415
    from analyzer import yamlfile  # noqa: PLC0415
    from analyzer.errors import InventoryError, Problem  # noqa: PLC0415
    from analyzer.kits.testcluster.reading import read  # noqa: PLC0415

    samples: list[Sample] = []
    problems: list[Problem] = []
    empty = 0
    for file in files:
        name = door.shown(file)
        try:
            found = read(door.content(file, name, yamlfile.MAX_BYTES), name, services)
        except door.FileError as error:
            problems.append(Problem(error.name, 0, 0, "", error.what, error.remedy))
            continue
        samples += found.samples
        problems += found.problems
        empty += found.empty
    if problems:
        raise InventoryError(problems)
    return samples, empty


def _report(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        refuse(path, "is not there; write it first with 'k8sadvisor analyse -o'")
    except (OSError, UnicodeDecodeError):
        refuse(path, "cannot be read as text")

"""``k8sadvisor analyse``: inventory -> report."""

from typing import get_args

import click

from analyzer.commands import choices, conditions
from analyzer.commands.output import check_target
from analyzer.plan.model import Effort
from analyzer.reporting import DEFAULT_FORMAT, FORMATS, format_for


@click.command("analyse", short_help="Recommend a way, with reasons, order and costs.")
@choices.paths
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    help=f"Form of the report; by the ending of FILE, else {DEFAULT_FORMAT}.",
)
@choices.weighing
@choices.settings
@choices.sources
@choices.rules_folders
@click.option(
    "--previous",
    metavar="REPORT.json",
    type=choices.FILE,
    help="An earlier JSON report, when the migration is under way: services keep the waves"
    " that they have there, as far as the rules of the order allow.",
)
@click.option(
    "--baseline",
    metavar="REPORT.json",
    type=choices.FILE,
    help="An earlier JSON report: say what changed since, and why.",
)
@choices.fail_on
@click.option(
    "--effort",
    type=click.Choice(get_args(Effort)),
    default="normal",
    show_default=True,
    help="How hard to look for a better order of migration; counted in steps, not in time.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; exit with 10 when FILE of -o is not the report of today's inventory.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Stay, and write the report anew when an input changes; ends with Ctrl-C.",
)
@click.option(
    "--date",
    "today",
    metavar="YYYY-MM-DD",
    callback=choices.iso_date,
    help="The day on which waivers are judged; without it none has expired.",
)
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    target: str | None,
    form: str | None,
    profile: str,
    weights: tuple[tuple[str, int], ...],
    settings: tuple[tuple[str, str], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
    previous: str | None,
    baseline: str | None,
    fail_on: tuple[str, ...],
    effort: Effort,
    check: bool,
    watch: bool,
    today: str,
) -> None:
    """Recommend a way for the estate described in PATH..., and say why.

    PATH is an inventory, or what you run: a Compose file or project, a folder of stacks, Quadlet
    units, 'podman inspect', Kubernetes manifests and more, see 'k8sadvisor import --help'. Several
    are one estate; '-' reads standard input. The report goes to standard output, Markdown unless
    another format is named.

    \b
    Examples:
      k8sadvisor analyse inventory.yaml
      k8sadvisor analyse hosts.yaml services.yaml -o report.md
      k8sadvisor analyse ~/stacks --host nas
      k8sadvisor analyse inventory.yaml --format text
      k8sadvisor analyse inventory.yaml --set needs.failover=required --format text
      k8sadvisor analyse inventory.yaml --profile small-team --weight learning=0
      k8sadvisor analyse inventory.yaml --previous report.json -o report.json
      k8sadvisor analyse inventory.yaml -o report.md --check
      k8sadvisor analyse inventory.yaml --baseline old.json --fail-on recommendation-changed
    """  # noqa: D301 - \b is click's
    _check_options(target, paths, baseline, fail_on, check=check, watch=watch)
    # From here, not from deeper below: CPython 3.11 asks for memory and gives it back at every
    # call that crosses the end of a block of frames, and networkx's imports may lie just there.
    import analyzer.assessment  # noqa: F401, PLC0415
    from analyzer.commands.run import Request, once  # noqa: PLC0415

    request = Request(
        paths=paths,
        target=target,
        form=form or format_for(target),
        profile=profile,
        weights=weights,
        what_if=settings,
        host=host,
        outside=outside,
        folders=folders,
        previous=previous,
        baseline=baseline,
        fail_on=fail_on,
        effort=effort,
        today=today,
        check=check,
    )
    if not watch:
        once(request)
        return
    from analyzer.commands.watching import watch as keep_current  # noqa: PLC0415

    keep_current(request)


def _check_options(
    target: str | None,
    paths: tuple[str, ...],
    baseline: str | None,
    fail_on: tuple[str, ...],
    *,
    check: bool,
    watch: bool,
) -> None:
    """Refuse options that do not go together, before any work is done."""
    check_target(target, paths)
    conditions.check(fail_on, baseline=baseline is not None)
    if check and target is None:
        message = "'--check' needs the report to look at: add -o FILE"
        raise click.UsageError(message)
    if watch and (check or fail_on or "-" in paths):
        message = "'--watch' goes with files only, and neither with --check nor with --fail-on"
        raise click.UsageError(message)

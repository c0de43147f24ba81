"""``k8sadvisor analyse``: inventory -> report."""

import sys
from typing import get_args

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.plan.model import Effort
from analyzer.reporting import DEFAULT_FORMAT, FORMATS, format_for, render


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
    "--effort",
    type=click.Choice(get_args(Effort)),
    default="normal",
    show_default=True,
    help="How hard to look for a better order of migration; counted in steps, not in time.",
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
    effort: Effort,
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
    """  # noqa: D301 - \b is click's
    check_target(target, paths)
    from analyzer.assessment import Settings, assess  # noqa: PLC0415 - networkx, only here
    from analyzer.commands import estate  # noqa: PLC0415
    from analyzer.inventory.whatif import shown  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    choices.check_weighing(rulebook, profile, weights)
    inventory = estate.load(paths, settings, lambda: rulebook, host=host, outside=outside)
    what_if = tuple(shown(key, value) for key, value in settings)
    chosen = Settings(profile, weights, effort, today, what_if)
    if previous is not None:
        from analyzer.commands.previous import read_previous  # noqa: PLC0415 - json, only here

        earlier = read_previous(previous)
        chosen = chosen._replace(previous=earlier.waves, previous_pilots=earlier.pilots)
    assessment = assess(inventory, rulebook, chosen)
    form = form or format_for(target)
    text = render(assessment, form)
    if form == "text" and target is None and sys.stdout.isatty():
        first, newline, rest = text.partition("\n")
        text = click.style(first, bold=True) + newline + rest
    write_result(text, target)

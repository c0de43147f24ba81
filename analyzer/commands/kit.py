"""``k8sadvisor kit``: the files to start with, for the way that is recommended or another."""

from typing import TYPE_CHECKING, get_args

import click

from analyzer.commands import choices
from analyzer.commands.folder import check_folder, write_files
from analyzer.rulebook.model import Option

if TYPE_CHECKING:
    from analyzer.assessment import Assessment
    from analyzer.kits.model import Kit


def _base(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return a checked folder of the hosts; it need not be here."""
    if value is not None and not value.startswith("/"):
        message = f"'{value}' is no whole path; write it as /srv/stacks"
        raise click.BadParameter(message, ctx=ctx, param=param)
    return (value or "").rstrip("/")


@click.command("kit", short_help="Write the files to start with.")
@choices.paths
@click.option(
    "-d",
    "--directory",
    "folder",
    metavar="DIR",
    required=True,
    type=choices.FILE,
    help="Where the files go; a folder that is made, or one without files of these names.",
)
@click.option(
    "--option",
    type=click.Choice(get_args(Option)),
    help="The way to write files for; without it the recommended one.",
)
@click.option(
    "--wave",
    type=click.IntRange(1),
    metavar="N",
    help="Only the services of this wave of the plan, see the report.",
)
@click.option(
    "--service",
    "services",
    metavar="NAME",
    multiple=True,
    help="Only this service, though the plan would not move it. Repeatable.",
)
@click.option(
    "--base",
    metavar="PATH",
    callback=_base,
    help="The folder on the hosts at which relative paths of Compose files begin.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@choices.weighing
@choices.settings
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    folder: str,
    option: Option | None,
    wave: int | None,
    services: tuple[str, ...],
    base: str,
    force: bool,
    profile: str,
    weights: tuple[tuple[str, int], ...],
    settings: tuple[tuple[str, str], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Write the files to start with for the estate in PATH..., and a ledger of every key.

    The files are for the recommended way, or for the one that --option names: Kubernetes
    manifests, NixOS modules, recipes and runbooks to move service by service; a test cluster beside
    production; or Quadlet units, NixOS and Compose files that improve what runs. LEDGER.md says
    what became of every key of every service. Values of variables are in none of them.

    \b
    Examples:
      k8sadvisor kit inventory.yaml -d kit
      k8sadvisor kit inventory.yaml -d kit --option incremental --wave 1
      k8sadvisor kit ~/stacks --host nas --base /srv/stacks -d kit --option enhanced-podman
      k8sadvisor kit inventory.yaml -d plex --option incremental --service plex
    """  # noqa: D301 - \b is click's
    check_folder(folder, paths)
    import analyzer.assessment  # noqa: PLC0415 - see commands/analyse.py
    from analyzer.commands import estate  # noqa: PLC0415
    from analyzer.commands.rulebook import checked_rulebook  # noqa: PLC0415
    from analyzer.inventory.reading import Written  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    choices.check_weighing(rulebook, profile, weights)
    written = Written({}, {})
    inventory = estate.load(
        paths, settings, lambda: rulebook, host=host, outside=outside, written=written
    )
    chosen = analyzer.assessment.Settings(profile, weights)
    assessment = analyzer.assessment.assess(inventory, rulebook, chosen)
    _check_chosen(assessment, wave, services)
    from analyzer.kits.building import build  # noqa: PLC0415 - not for --help
    from analyzer.kits.material import gather  # noqa: PLC0415

    made = build(
        option or assessment.decision.recommended,
        gather(assessment, written, wave, services, base),
    )
    write_files(folder, made.files.values(), force=force)
    _tell(made, assessment, folder)


def _check_chosen(assessment: "Assessment", wave: int | None, services: tuple[str, ...]) -> None:
    """Refuse a wave that the plan does not have, and services that nobody described."""
    from analyzer.inventory.suggestion import did_you_mean  # noqa: PLC0415

    number = len(assessment.plan.waves)
    if wave is not None and wave > number:
        message = f"the plan has {number} waves"
        raise click.BadParameter(message, param_hint="'--wave'")
    if wave is not None and services:
        message = "'--wave' and '--service' do not go together"
        raise click.UsageError(message)
    for name in services:
        if name not in assessment.inventory.services:
            hint = did_you_mean(name, assessment.inventory.services, "name one of the inventory's")
            message = f"'{name}' is not described; {hint}"
            raise click.BadParameter(message, param_hint="'--service'")


def _tell(kit: "Kit", assessment: "Assessment", folder: str) -> None:
    """Say in a few lines what was written, and what needs a person."""
    from analyzer.reporting.numbers import count  # noqa: PLC0415

    people = len({entry.id for entry in kit.ledger if entry.status == "person"})
    out = f", {count(len(kit.left_out), 'service')} left out" if kit.left_out else ""
    asked = f"; {count(people, 'place')} for a person to decide{out}: see LEDGER.md"
    click.echo(f"{folder}: {count(len(kit.files), 'file')} for {kit.option}{asked}", err=True)
    if kit.option != assessment.decision.recommended:
        recommended = assessment.decision.recommended
        click.echo(f"note: the recommended way is {recommended}, not {kit.option}", err=True)

"""``k8sadvisor validate``: is the inventory sound?"""

import click

from analyzer.commands import choices
from analyzer.commands.output import write_result


@click.command("validate", short_help="Check an inventory; every problem at once.")
@choices.paths
@choices.settings
@choices.sources
def command(
    *,
    paths: tuple[str, ...],
    settings: tuple[tuple[str, str], ...],
    host: str | None,
    outside: bool,
) -> None:
    """Check the inventory in PATH... and say what it holds.

    Every problem is printed as file:line:column, what is wrong and what to do; then the exit
    code is 3. Several files are one estate; '-' reads standard input.

    \b
    Examples:
      k8sadvisor validate inventory.yaml
      k8sadvisor validate hosts.yaml services.yaml
    """  # noqa: D301 - \b is click's
    from analyzer.commands import estate  # noqa: PLC0415 - not for --help
    from analyzer.commands.rulebook import checked_rulebook  # noqa: PLC0415
    from analyzer.reporting.numbers import count  # noqa: PLC0415

    inventory = estate.load(
        paths, settings, lambda: checked_rulebook(()), host=host, outside=outside
    )
    parts = (
        count(len(inventory.hosts), "host"),
        count(len(inventory.services), "service"),
        count(len(inventory.volumes), "volume"),
        f"{count(len(inventory.needs.lines), 'need')} stated",
        count(len(inventory.waivers), "waiver"),
    )
    write_result(f"ok: {', '.join(parts)}\n")

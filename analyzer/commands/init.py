"""``k8sadvisor init``: a commented inventory to fill in."""

from pathlib import Path

import click

from analyzer.commands import choices
from analyzer.commands.output import (
    INVENTORY_FILE,
    STANDARD_OUTPUT,
    check_target,
    refuse,
    write_result,
)


@click.command("init", short_help="Write a commented inventory to fill in.")
@click.argument("path", default=INVENTORY_FILE, type=choices.FILE)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(*, path: str, force: bool) -> None:
    """Write a commented starter inventory to PATH (inventory.yaml; '-' is standard output).

    It is valid as it is and asks the questions that matter first.

    \b
    Examples:
      k8sadvisor init
      k8sadvisor init - | less
    """  # noqa: D301 - \b is click's
    from analyzer.inventory.starter import starter_text  # noqa: PLC0415 - not for --help

    check_target(path)
    if path != STANDARD_OUTPUT and Path(path).exists() and not force:
        refuse(path, "is there already; give another name, or --force")
    write_result(starter_text(), path)
    if path != STANDARD_OUTPUT:
        click.echo(f"wrote {path}; fill it in, then: k8sadvisor analyse {path}", err=True)

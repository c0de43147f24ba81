"""``k8sadvisor what-if``: the answer for other needs, and for hosts that come, go or are lost."""

from typing import TYPE_CHECKING

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.reporting import CHANGE_FORMATS, GRID_FORMATS, format_for, render

if TYPE_CHECKING:
    from analyzer.assessment import Settings
    from analyzer.comparison.grid import Variable
    from analyzer.inventory.model import Inventory
    from analyzer.reporting.change import WhatIf
    from analyzer.rulebook.model import Rulebook

_PAIRS = tuple[tuple[str, str], ...]


@click.command("what-if", short_help="Tabulate the answer for other needs, hosts and places.")
@choices.paths
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(GRID_FORMATS)),
    help="Form of the result; by the ending of FILE, else text. svg and html draw two variables.",
)
@click.option(
    "--set",
    "settings",
    metavar="KEY=VALUES",
    multiple=True,
    callback=choices.pairs,
    shell_complete=choices.complete_setting,
    help="Try these values of a key: 3..6, or none,wanted,required; nothing between commas is"
    " unknown. Every combination of several keys is tried. Repeatable.",
)
@click.option(
    "--add-host",
    "added",
    metavar="NAME[:KEY=VALUE,...]",
    multiple=True,
    help="A machine more, as in nuc:memory=16GiB,arch=amd64,site=home. Repeatable.",
)
@click.option(
    "--remove-host",
    "removed",
    metavar="NAME",
    multiple=True,
    help="A machine is lost: what stops, what could start where, what is gone. Repeatable.",
)
@click.option(
    "--move",
    "moved",
    metavar="SERVICE=HOST",
    multiple=True,
    callback=choices.pairs,
    help="A service runs on another machine. Repeatable.",
)
@choices.weighing
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    target: str | None,
    form: str | None,
    settings: _PAIRS,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    moved: _PAIRS,
    profile: str,
    weights: tuple[tuple[str, int], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Say what the answer would be for the estate in PATH... with something else in it.

    The files are not touched. Values of keys are tabulated; hosts that come or go and services
    that move are compared with the estate as it is.

    \b
    Examples:
      k8sadvisor what-if inventory.yaml --set needs.planned_hosts=3..6
      k8sadvisor what-if inventory.yaml --set needs.planned_hosts=2..5 \\
          --set needs.failover=none,wanted,required -o what-if.html
      k8sadvisor what-if inventory.yaml --remove-host storage --set needs.shared_storage=shared
      k8sadvisor what-if inventory.yaml --add-host nuc:memory=16GiB,arch=amd64 --move plex=nuc
    """  # noqa: D301 - \b is click's
    check_target(target, paths)
    if not (settings or added or removed or moved):
        message = "name what to change: --set, --add-host, --remove-host or --move"
        raise click.UsageError(message)
    from analyzer.assessment import Settings  # noqa: PLC0415 - networkx, only here
    from analyzer.commands.variables import variables  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    choices.check_weighing(rulebook, profile, weights)
    changes = (
        *(_added(text) for text in added),
        *((f"services.{name}.host", where) for name, where in moved),
    )
    reader = _Reader(paths, changes, removed, rulebook, host, outside=outside)
    chosen = Settings(profile, weights)
    found = variables(settings)
    fixed = tuple(variable for variable in found if len(variable.values) == 1)
    if len(fixed) < len(found) or not (added or removed or moved):
        _grid(reader, found, chosen, form or format_for(target, GRID_FORMATS, "text"), target)
        return
    reader.fix(tuple((variable.key, variable.values[0]) for variable in fixed))
    form = form or format_for(target, CHANGE_FORMATS, "text")
    if form not in CHANGE_FORMATS:
        message = "svg and html draw the values of two keys; add --set twice"
        raise click.UsageError(message)
    write_result(render(reader.change(chosen), form, CHANGE_FORMATS), target)


def _added(text: str) -> tuple[str, str]:
    """Return a new host as a setting."""
    name, _, keys = text.partition(":")
    pairs = [pair.partition("=") for pair in keys.split(",") if pair.strip()]
    if not name.strip() or any(not equals for _, equals, _ in pairs):
        message = f"'{text}' is not NAME or NAME:KEY=VALUE,..., as in nuc:memory=16GiB"
        raise click.BadParameter(message, param_hint="'--add-host'")
    record = ", ".join(f"{key.strip()}: {value.strip()}" for key, _, value in pairs)
    return f"hosts.{name.strip()}", f"{{{record}}}"


def _grid(
    reader: "_Reader",
    found: "tuple[Variable, ...]",
    settings: "Settings",
    form: str,
    target: str | None,
) -> None:
    """Write the grid of all values."""
    from analyzer.comparison.grid import MOST_CELLS, make_grid, size_of  # noqa: PLC0415

    fixed = tuple(variable for variable in found if len(variable.values) == 1)
    if len(fixed) < len(found):  # what has one value only is a part of the estate
        found = tuple(variable for variable in found if variable not in fixed)
        reader.fix(tuple((variable.key, variable.values[0]) for variable in fixed))
    else:
        fixed = ()
    cells = size_of(found)
    if cells > MOST_CELLS:
        message = f"{cells:,} combinations are too many; {MOST_CELLS:,} at most"
        raise click.BadParameter(message, param_hint="'--set'")
    if form == "svg" and len(found) != 2:  # noqa: PLR2004 - rows and columns
        message = "svg draws the values of two keys; add --set once more, or take another form"
        raise click.UsageError(message)
    reader.check(found)
    grid = make_grid(found, reader.read, reader.rulebook, settings)
    grid = grid._replace(fixed=tuple((item.key, item.shown[0]) for item in fixed))
    write_result(render(grid, form, GRID_FORMATS), target)


class _Reader:
    """Reads the estate with settings, after the hosts that come, go and take services over."""

    def __init__(
        self,
        paths: tuple[str, ...],
        changes: _PAIRS,
        removed: tuple[str, ...],
        rulebook: "Rulebook",
        host: str | None,
        *,
        outside: bool,
    ) -> None:
        self._paths, self._changes, self._removed = paths, changes, removed
        self._host, self._outside = host, outside
        self.rulebook = rulebook

    def fix(self, settings: _PAIRS) -> None:
        """Read the estate with further settings from now on."""
        self._changes = (*self._changes, *settings)

    def check(self, variables: tuple["Variable", ...]) -> None:
        """Read every value once, so that all that is wrong is said together.

        Raises:
            InventoryError: with every problem found.
        """
        from analyzer.errors import InventoryError, Problem  # noqa: PLC0415

        problems: list[Problem] = []
        for variable in variables:
            for value in variable.values:
                try:
                    self._load(((variable.key, value),))
                except InventoryError as error:
                    problems += error.problems
        if problems:
            raise InventoryError(problems)

    def read(self, settings: _PAIRS) -> "Inventory":
        """Return the estate with settings; lost hosts are gone, with what cannot start again."""
        from analyzer.assessment import Settings, assess  # noqa: PLC0415
        from analyzer.comparison.loss import lose  # noqa: PLC0415

        inventory = self._load(settings)
        for name in self._lost(inventory):
            inventory = lose(assess(inventory, self.rulebook, Settings()), name).left
        return inventory

    def change(self, settings: "Settings") -> "WhatIf":
        """Return what the changes of hosts mean."""
        from analyzer.assessment import assess  # noqa: PLC0415
        from analyzer.comparison.comparing import compare  # noqa: PLC0415
        from analyzer.comparison.loss import lose  # noqa: PLC0415
        from analyzer.comparison.snapshot import take  # noqa: PLC0415
        from analyzer.reporting.change import WhatIf  # noqa: PLC0415

        now = assess(self._load((), changed=False), self.rulebook, settings)
        then = assess(self._load(()), self.rulebook, settings)
        losses = []
        for name in self._lost(then.inventory):
            losses.append(lose(then, name))
            then = assess(losses[-1].left, self.rulebook, settings)
        return WhatIf(tuple(losses), compare(take(now, "now"), take(then, "then"), self.rulebook))

    def _load(self, settings: _PAIRS, *, changed: bool = True) -> "Inventory":
        from analyzer.commands import estate  # noqa: PLC0415

        changes = self._changes if changed else ()
        return estate.load(
            self._paths,
            (*changes, *settings),
            lambda: self.rulebook,
            host=self._host,
            outside=self._outside,
        )

    def _lost(self, inventory: "Inventory") -> tuple[str, ...]:
        """Return the hosts that are lost, refusing one that is not there, or the last."""
        from analyzer.inventory.suggestion import did_you_mean  # noqa: PLC0415

        for name in self._removed:
            if name not in inventory.hosts:
                otherwise = f"one of {', '.join(inventory.hosts)}"
                message = (
                    f"there is no host '{name}'; {did_you_mean(name, inventory.hosts, otherwise)}"
                )
                raise click.BadParameter(message, param_hint="'--remove-host'")
        if set(self._removed) >= set(inventory.hosts):
            message = "no host would be left"
            raise click.BadParameter(message, param_hint="'--remove-host'")
        return tuple(dict.fromkeys(self._removed))

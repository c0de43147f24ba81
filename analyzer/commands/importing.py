"""``k8sadvisor import``: what already runs -> inventory.yaml, new or brought up to date."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.commands import choices
from analyzer.commands.output import (
    INVENTORY_FILE,
    STANDARD_OUTPUT,
    check_target,
    refuse,
    write_result,
)
from analyzer.commands.rulebook import checked_rulebook

if TYPE_CHECKING:
    from analyzer.intake.joining import Joined
    from analyzer.intake.loading import Imported, Note

AUTO = "auto"
PIPED = frozenset({"podman", "nixos"})
"""Formats that are the output of a command, not files that lie in a folder."""
MOST_LINES = 20
_MOST_NAMES = 5
_LEFT_OUT = ("broken", "not understood")


def complete_format(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the formats that begin as typed."""
    return [name for name in formats() if name.startswith(incomplete)]


def formats() -> tuple[str, ...]:
    """Return the names of all formats."""
    from analyzer.importers import IMPORTERS  # noqa: PLC0415 - not for --help

    return (*IMPORTERS, AUTO)


def known_format(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a checked format."""
    if value not in formats():
        from analyzer.inventory.suggestion import did_you_mean  # noqa: PLC0415

        hint = did_you_mean(value, formats(), f"use one of {', '.join(formats())}")
        message = f"'{value}' is no format; {hint}"
        raise click.BadParameter(message, ctx=ctx, param=param)
    return value


@click.command("import", short_help="Write an inventory of what you run, or update one.")
@click.argument("form", metavar="FORMAT", callback=known_format, shell_complete=complete_format)
@click.argument("paths", metavar="[FILE|DIR|-]...", nargs=-1, type=choices.FILE)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=choices.FILE,
    help="Write to FILE instead of to standard output; one that is there is updated in place.",
)
@click.option(
    "--check",
    is_flag=True,
    help=f"Write nothing: print how FILE ({INVENTORY_FILE}) differs from what is read, and exit"
    " with 10 when it does.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove services that are gone from their source; without it they are kept and marked"
    " 'verified: false'.",
)
@click.option(
    "--strict", is_flag=True, help="Refuse what is broken or not understood; nothing is written."
)
@click.option("--keys", is_flag=True, help="List what became of every key that is not used.")
@click.option(
    "--expression",
    is_flag=True,
    help="With nixos: print the Nix expression that gives what is read best.",
)
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    form: str,
    paths: tuple[str, ...],
    target: str | None,
    check: bool,
    prune: bool,
    strict: bool,
    keys: bool,
    expression: bool,
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Write an inventory of what FILE, DIR or standard input ('-') describes.

    FORMAT is compose, quadlet, podman, nixos, kubernetes or caddy; or auto, which tells them
    apart. Without FILE the current folder is read. Values of variables serve to find
    dependencies and are never written.

    Importing into an inventory that is there updates what the sources say and keeps the rest byte
    for byte: needs, waivers, notes, comments, the order of keys, and services without 'from'.

    \b
    Examples:
      k8sadvisor import compose ~/stacks --host nas -o inventory.yaml
      ssh storage 'podman inspect $(podman ps -aq)' | k8sadvisor import podman --host storage -
      k8sadvisor import quadlet /etc/containers/systemd -o inventory.yaml
      k8sadvisor import auto . -o inventory.yaml --check
      k8sadvisor import nixos --expression > estate.nix
    """  # noqa: D301 - \b is click's
    if expression:
        _print_expression(form)
        return
    paths = paths or _default_paths(form)
    target = None if target == STANDARD_OUTPUT and not check else target
    file = target or INVENTORY_FILE if check else target
    existing = _existing(file, paths, needed=check)
    from analyzer.intake.loading import Options, import_sources  # noqa: PLC0415 - networkx

    options = Options(host=host, strict=strict, outside=outside)
    known = None if form == AUTO else form
    imported = import_sources(known, paths, checked_rulebook(folders), options)
    _say(summary(imported, every=keys))
    if check and file is not None and existing is not None:
        _check(file, existing, imported)
    else:
        _write(file, existing, imported, prune=prune)


def _print_expression(form: str) -> None:
    """Print the expression that a NixOS configuration is evaluated with."""
    if form != "nixos":
        message = "there is one for nixos only: k8sadvisor import nixos --expression"
        raise click.BadParameter(message, param_hint="'--expression'")
    from analyzer.importers import nixos  # noqa: PLC0415 - not for --help

    write_result(nixos.expression())


def _default_paths(form: str) -> tuple[str, ...]:
    """Return what is read when no file is given."""
    if form not in PIPED:
        return (".",)
    if sys.stdin is None or sys.stdin.isatty():
        message = f"'{form}' reads what a command prints: give a file with it, or pipe it in"
        raise click.UsageError(message)
    return (STANDARD_OUTPUT,)


def _existing(file: str | None, paths: Sequence[str], *, needed: bool) -> bytes | None:
    """Return the inventory that is there already; None: there is none to keep.

    Raises:
        OutputError: the file cannot take the result.
        InventoryError: it cannot be read; or it is needed and not there.
    """
    if file is None:
        return None
    if not needed:
        check_target(file)
        for path in paths:
            with suppress(OSError, ValueError):
                if Path(file).samefile(path):
                    refuse(file, "is read from; name another file")
        if not Path(file).is_file():  # a new one, or a pipe that cannot be read back
            return None
    from analyzer.errors import InventoryError, Problem  # noqa: PLC0415
    from analyzer.files import FileError, content, shown  # noqa: PLC0415

    try:
        return content(file, shown(file))
    except FileError as error:
        remedy = error.remedy
        if needed and not Path(file).exists():
            remedy = "write one first: k8sadvisor import ... -o FILE"
        raise InventoryError([Problem(error.name, 0, 0, "", error.what, remedy)]) from None


def _check(file: str, existing: bytes, imported: "Imported") -> None:
    """Print how an inventory differs from an import.

    Raises:
        DriftFound: it does.
    """
    from analyzer.errors import DriftFound  # noqa: PLC0415
    from analyzer.files import shown  # noqa: PLC0415
    from analyzer.intake.drift import compare, lines  # noqa: PLC0415
    from analyzer.intake.updating import marked, read_existing  # noqa: PLC0415
    from analyzer.reporting.numbers import count  # noqa: PLC0415
    from analyzer.tree import Map  # noqa: PLC0415

    text, tree = read_existing(existing, shown(file))
    tree = tree if tree is not None else Map()
    changes = compare(tree, imported.tree, imported.files, marked(text, tree))
    if not changes:
        write_result("no drift\n")
        return
    write_result("".join(f"{line}\n" for line in lines(changes)))
    found = count(len(changes), "difference")
    message = f"{shown(file)}: {found}; import with -o {file} to bring it up to date"
    raise DriftFound(message)


def _write(file: str | None, existing: bytes | None, imported: "Imported", *, prune: bool) -> None:
    """Write the inventory, new or brought up to date."""
    from analyzer.files import shown  # noqa: PLC0415
    from analyzer.intake.dumping import dump_new  # noqa: PLC0415
    from analyzer.intake.updating import update  # noqa: PLC0415

    if existing is None or file is None:
        write_result(dump_new(imported.tree), file)
        if file is not None:
            _say([f"wrote {file}; answer its questions under needs:, then:", _next(file)])
        return
    updated = update(existing, shown(file), imported.tree, imported.files, prune=prune)
    if updated.text.encode("utf-8", "replace") == existing:
        _say([f"{file} is up to date"])
    else:
        write_result(updated.text, file)
        _say([f"updated {file}{_changes(updated.joined)}; then:", _next(file)])
    if updated.joined is not None:
        _say(left_alone(updated.joined, prune=prune))


def _next(file: str) -> str:
    return f"  k8sadvisor analyse {file}"


def _say(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    from analyzer.errors import printable  # noqa: PLC0415

    for line in lines:
        click.echo(printable(line), err=True)


def _changes(joined: "Joined | None") -> str:
    """Return how many entries are new, changed and gone."""
    if joined is None:
        return ""
    found = []
    for kind in ("new", "changed", "gone"):
        names = {change[:2] for change in joined.changes if change.kind == kind}
        if names:
            found.append(f"{len(names)} {kind}")
    return f" ({', '.join(found)})" if found else ""


def left_alone(joined: "Joined", *, prune: bool) -> list[str]:
    """Return what became of services that the import did not simply update."""
    lines = []
    for change in joined.changes:
        if change.kind == "gone":
            end = "removed" if prune else "kept with 'verified: false'; --prune removes it"
            lines.append(f"services.{change.name}: no longer in {change.origin}: {end}")
    if joined.by_hand:
        what = "without 'from' left as the owner wrote them"
        lines.append(f"{what}: {_listed(joined.by_hand)}")
    if joined.elsewhere:
        what = "from another file, whose word still counts"
        lines.append(f"{what} (to hand one over, write the new file's name at 'from'): ")
        lines[-1] += _listed(joined.elsewhere)
    return [*lines, *_dangling(joined, prune=prune)]


def _dangling(joined: "Joined", *, prune: bool) -> list[str]:
    """Return who is left needing a service that was removed."""
    gone = {change.name for change in joined.changes if change.kind == "gone" and prune}
    return [
        f"services.{name}: depends_on names {', '.join(sorted(lost))}, which was removed"
        for name, entry in (joined.tree.get("services") or {}).items()
        if gone
        for lost in [gone.intersection((entry or {}).get("depends_on") or ())]
        if lost
    ]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def summary(imported: "Imported", *, every: bool) -> list[str]:
    """Return what was read, and what of it is not in the inventory; ``every`` key, if asked."""
    from analyzer.reporting.numbers import count  # noqa: PLC0415

    services = count(len(imported.tree.get("services") or ()), "service")
    hosts = count(len(imported.tree.get("hosts") or ()), "host")
    lines = [f"{services} on {hosts} from {count(len(imported.files), 'file')}"]
    if every:
        return lines + [_note(note) for note in imported.notes]
    left_out = [_note(note) for note in imported.notes if note.reach in _LEFT_OUT]
    if len(left_out) > MOST_LINES:
        more = f"and {len(left_out) - MOST_LINES} more; --keys lists all"
        left_out[MOST_LINES:] = [more]
    return lines + left_out


def _note(note: "Note") -> str:
    path = f"{note.path}: " if note.path else ""
    return f"{note.source}: {path}{note.reach}: {note.text}"

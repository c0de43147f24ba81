"""Options that several commands share, with their checks and their shell completion."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from analyzer.inventory.suggestion import did_you_mean

if TYPE_CHECKING:
    from analyzer.rulebook.model import Rulebook

_Command = TypeVar("_Command", bound=Callable[..., Any])

FILE = click.Path(readable=False, allow_dash=True)
"""A path that click does not judge: whether it can be read is for whoever reads it to say."""

PROFILE = "homelab"
MAX_WEIGHT = 20
_WEIGHTS = frozenset(map(str, range(MAX_WEIGHT + 1)))


def pairs(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return each ``KEY=VALUE`` as key and value; the value may be empty."""
    found = []
    for value in values:
        key, equals, rest = value.partition("=")
        if not equals or not key.strip():
            start = key.split(maxsplit=1)  # what follows may be a value, and a secret
            shown = f"'{start[0]}' has no '='" if start else "a setting without a key"
            message = f"{shown}; write KEY=VALUE, as in needs.planned_hosts=3"
            raise click.BadParameter(message, ctx=ctx, param=param)
        found.append((key.strip(), rest.strip()))
    return tuple(found)


def weights(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    """Return each ``ID=N`` as criterion and weight, 0 to 20."""
    found = []
    for value in values:
        identifier, _, number = value.partition("=")
        if number not in _WEIGHTS:
            message = f"'{value}' is not ID=N with a whole N from 0 to {MAX_WEIGHT}"
            raise click.BadParameter(message, ctx=ctx, param=param)
        found.append((identifier, int(number)))
    return tuple(found)


def iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return a checked ISO date, empty when none was given."""
    if value is None:
        return ""
    try:
        is_iso = date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_iso = False
    if not is_iso:
        message = f"'{value}' is no date; write YYYY-MM-DD"
        raise click.BadParameter(message, ctx=ctx, param=param)
    return value


def complete_profile(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the profiles that begin as typed."""
    return _ids("profiles", incomplete)


def complete_weight(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the criteria that begin as typed."""
    return [f"{name}=" for name in _ids("criteria", incomplete)]


def complete_setting(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the keys of ``needs`` that begin as typed."""
    from analyzer.inventory.jsonschema import json_schema  # noqa: PLC0415 - only while completing

    keys = json_schema()["properties"]["needs"]["properties"]
    return [f"needs.{key}=" for key in keys if f"needs.{key}".startswith(incomplete)]


def complete_rule(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the rules of any kind that begin as typed."""
    kinds = ("criteria", "gates", "findings", "questions", "profiles", "figures", "images")
    return sorted({name for kind in kinds for name in _ids(kind, incomplete)})


def _ids(kind: str, start: str) -> list[str]:
    """Return the shipped rules of a kind whose id begins with a text."""
    from analyzer.rulebook.loading import load_rulebook  # noqa: PLC0415 - only while completing

    return [name for name in getattr(load_rulebook(), kind) if name.startswith(start)]


def paths(command: _Command) -> _Command:
    """Add the argument PATH..., files that together are one estate; ``-`` is stdin."""
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=FILE)(command)


def sources(command: _Command) -> _Command:
    """Add ``--host`` and ``--allow-outside``, for paths that are no inventories."""
    command = click.option(
        "--allow-outside",
        "outside",
        is_flag=True,
        help="Let a Compose file name files outside of the folder that was given.",
    )(command)
    return click.option(
        "--host",
        metavar="NAME",
        help="The machine that all of it runs on, where PATH is no inventory and does not say.",
    )(command)


def weighing(command: _Command) -> _Command:
    """Add ``--profile ID`` and ``--weight ID=N``; check them with `check_weighing`."""
    command = click.option(
        "--weight",
        "weights",
        metavar="ID=N",
        multiple=True,
        callback=weights,
        shell_complete=complete_weight,
        help="Give one criterion another weight, 0 to 20. Repeatable.",
    )(command)
    return click.option(
        "--profile",
        default=PROFILE,
        show_default=True,
        metavar="ID",
        shell_complete=complete_profile,
        help="Whose weights count; see 'k8sadvisor rules list'.",
    )(command)


def check_weighing(rulebook: "Rulebook", profile: str, given: tuple[tuple[str, int], ...]) -> None:
    """Refuse a profile or criterion that does not exist.

    Raises:
        click.BadParameter: naming it, with the nearest known one.
    """
    if profile not in rulebook.profiles:
        raise click.BadParameter(_unknown(profile, rulebook.profiles), param_hint="'--profile'")
    for identifier, _ in given:
        if identifier not in rulebook.criteria:
            message = _unknown(identifier, rulebook.criteria)
            raise click.BadParameter(message, param_hint="'--weight'")


def _unknown(name: str, known: Collection[str]) -> str:
    """Return a message about an unknown id, with the nearest known one."""
    otherwise = f"one of {', '.join(known)}"
    return f"'{name}' is not known; {did_you_mean(name, known, otherwise)}"


def settings(command: _Command) -> _Command:
    """Add ``--set KEY=VALUE``."""
    return click.option(
        "--set",
        "settings",
        metavar="KEY=VALUE",
        multiple=True,
        callback=pairs,
        shell_complete=complete_setting,
        help="What if: put VALUE in the place of a key of the inventory, such as"
        " needs.planned_hosts=3; an empty VALUE makes it unknown. Repeatable.",
    )(command)


def rules_folders(command: _Command) -> _Command:
    """Add ``--rules DIR``."""
    return click.option(
        "--rules",
        "folders",
        metavar="DIR",
        type=FILE,
        multiple=True,
        help="A folder of rules that add to the shipped ones or, by id, replace them. Repeatable.",
    )(command)


def output(command: _Command) -> _Command:
    """Add ``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        "target",
        metavar="FILE",
        type=FILE,
        help="Write to FILE, replaced as a whole, instead of to standard output.",
    )(command)


def fail_on(command: _Command) -> _Command:
    """Add ``--fail-on CONDITION``; see `analyzer.commands.conditions`."""
    return click.option(
        "--fail-on",
        metavar="CONDITION",
        multiple=True,
        help="Exit with 10 when it holds: recommendation-changed, verdict-weaker, gate-tripped,"
        " new-finding:SEVERITY, flip-within:N, evidence-below:STARS. Repeatable.",
    )(command)

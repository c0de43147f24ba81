"""Options that several commands share, with their checks and their shell completion."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from analyzer.inventory.model import Needs

_Command = TypeVar("_Command", bound=Callable[..., Any])

ISO_DATE_LENGTH = len("2026-01-31")
MAX_WEIGHT = 20


class Pair(click.ParamType):
    """``KEY=VALUE``; the value may be empty."""

    name = "KEY=VALUE"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Return key and value."""
        if isinstance(value, tuple):
            return value
        key, equals, rest = str(value).partition("=")
        if not equals or not key.strip():
            self.fail(f"'{value}' is not KEY=VALUE, as in needs.planned_hosts=3", param, ctx)
        return key.strip(), rest.strip()

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the keys of ``needs`` that begin as typed."""
        keys = (f"needs.{field}=" for field in Needs._fields if field != "lines")
        return [CompletionItem(key) for key in keys if key.startswith(incomplete)]


class Weight(click.ParamType):
    """``ID=N``: a criterion and its weight, 0 to 20."""

    name = "ID=N"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, int]:
        """Return criterion and weight."""
        if isinstance(value, tuple):
            return value
        identifier, _, number = str(value).partition("=")
        known = number.isascii() and number.isdecimal() and len(number) <= 2  # noqa: PLR2004 - digits
        if not known or int(number) > MAX_WEIGHT:
            self.fail(f"'{value}' is not ID=N with N from 0 to {MAX_WEIGHT}", param, ctx)
        return identifier, int(number)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the criteria that begin as typed."""
        return [CompletionItem(f"{name}=") for name in _ids("criteria", incomplete)]


def iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return a checked ISO date, empty when none was given."""
    if value is None:
        return ""
    try:
        if len(value) != ISO_DATE_LENGTH:
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        message = f"'{value}' is no date; write YYYY-MM-DD"
        raise click.BadParameter(message, ctx=ctx, param=param) from error


def complete_profile(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[str]:
    """Return the profiles that begin as typed."""
    return _ids("profiles", incomplete)


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
    """Add the argument PATH..., inventories that together are one estate; ``-`` is stdin."""
    return click.argument(
        "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True)
    )(command)


def settings(command: _Command) -> _Command:
    """Add ``--set KEY=VALUE``."""
    return click.option(
        "--set",
        "settings",
        type=Pair(),
        multiple=True,
        help="What if: put VALUE in the place of a key of the inventory, such as"
        " needs.planned_hosts=3; an empty VALUE makes it unknown. Repeatable.",
    )(command)


def rules_folders(command: _Command) -> _Command:
    """Add ``--rules DIR``."""
    return click.option(
        "--rules",
        "folders",
        metavar="DIR",
        type=click.Path(),
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
        type=click.Path(),
        help="Write to FILE, replaced as a whole, instead of to standard output.",
    )(command)

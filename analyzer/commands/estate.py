"""What the user names -> the estate: an inventory as it is, anything else imported."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook

if TYPE_CHECKING:
    from analyzer.inventory.reading import Written


def load(
    paths: Sequence[str],
    settings: Sequence[tuple[str, str]],
    rulebook: Callable[[], Rulebook],
    *,
    host: str | None = None,
    outside: bool = False,
    written: "Written | None" = None,
) -> Inventory:
    """Return the estate that files of any format describe together.

    ``written`` takes up the entries of services and volumes as they are written. Says on standard error how much of it could not be understood; the report lists it.

    Raises:
        InventoryError: with every problem found.
    """
    from analyzer.intake.recognition import all_native  # noqa: PLC0415 - not for --help
    from analyzer.inventory.loading import load_inventory  # noqa: PLC0415

    if not host and not outside and all_native(paths):
        return load_inventory(paths, settings, written)
    from analyzer.intake.loading import Options, load_estate  # noqa: PLC0415 - networkx

    options = Options(host=host, outside=outside)
    inventory = load_estate(paths, settings, rulebook, options, written)
    if inventory.unread:
        from analyzer.reporting.numbers import count  # noqa: PLC0415

        found = count(len(inventory.unread), "place")
        click.echo(f"note: {found} not understood, listed in the report's appendix", err=True)
    return inventory

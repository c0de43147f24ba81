"""What the user names -> the estate: an inventory as it is, anything else imported."""

from collections.abc import Callable, Sequence

import click

from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import Rulebook


def load(
    paths: Sequence[str],
    settings: Sequence[tuple[str, str]],
    rulebook: Callable[[], Rulebook],
    *,
    host: str | None = None,
    outside: bool = False,
) -> Inventory:
    """Return the estate that files of any format describe together.

    Says on standard error how much of it could not be understood; the report lists it.

    Raises:
        InventoryError: with every problem found.
    """
    from analyzer.intake.recognition import all_native  # noqa: PLC0415 - not for --help
    from analyzer.inventory.loading import load_inventory  # noqa: PLC0415

    if not host and not outside and all_native(paths):
        return load_inventory(paths, settings)
    from analyzer.intake.loading import Options, load_estate  # noqa: PLC0415 - networkx

    inventory = load_estate(paths, settings, rulebook, Options(host=host, outside=outside))
    if inventory.unread:
        from analyzer.reporting.numbers import count  # noqa: PLC0415

        found = count(len(inventory.unread), "place")
        click.echo(f"note: {found} not understood, listed in the report's appendix", err=True)
    return inventory

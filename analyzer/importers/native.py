"""The program's own ``inventory.yaml`` -> `Inventory`."""

from collections.abc import Sequence

from analyzer.inventory.loading import STDIN, load_inventory
from analyzer.inventory.model import Inventory


def recognises(path: str) -> bool:
    """Return whether a path is read as an inventory: YAML, a folder, or standard input."""
    name = path.rpartition("/")[2]
    return path == STDIN or name.endswith((".yaml", ".yml")) or "." not in name


def load(paths: Sequence[str], settings: Sequence[tuple[str, str]] = ()) -> Inventory:
    """Return the estate that the files describe together.

    Raises:
        InventoryError: with every problem found.
    """
    return load_inventory(paths, settings)

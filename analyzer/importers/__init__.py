"""Files of some format -> `Inventory`. Importers are strangers to each other.

Only the program's own format is read so far; another format is one module and one line below.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from analyzer.importers import native
from analyzer.inventory.model import Inventory


class Importer(Protocol):
    """A module that reads one format."""

    def recognises(self, path: str) -> bool:
        """Return whether the path looks like this format, by its name alone."""

    def load(self, paths: Sequence[str], settings: Sequence[tuple[str, str]] = ()) -> Inventory:
        """Return the estate that the files describe; raises InventoryError."""


IMPORTERS: Mapping[str, Importer] = MappingProxyType({"native": native})

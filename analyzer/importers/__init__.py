"""Files of some format -> drafts of an inventory. Importers are strangers to each other.

Another format is one module, or one package, and one line below.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from analyzer.files import Document, Files
from analyzer.importers import caddy, compose, kubernetes, nixos, podman, quadlet
from analyzer.inventory.draft import Draft


class Importer(Protocol):
    """A module that reads one format."""

    def recognises(self, name: str, head: bytes) -> bool:
        """Return whether a file is of this format, by its path and its first 64 KiB.

        Only what is certain counts: a folder is searched with this.
        """

    def read(
        self, documents: Sequence[Document], files: Files, host: str | None
    ) -> tuple[Draft, ...]:
        """Return what the files say together: one draft for each stack, or each host.

        Args:
            documents: the files, in the order given; those of a folder in order of name.
            files: opens what they name, inside their folder.
            host: the machine that all of it runs on, when the user said so.

        Raises:
            InventoryError: nothing at all can be made of them; else what is wrong is a remark.
        """


IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {
        "compose": compose,
        "quadlet": quadlet,
        "podman": podman,
        "nixos": nixos,
        "kubernetes": kubernetes,
        "caddy": caddy,
    }
)
"""By the name of the format, in the order in which a file is offered to them."""

"""What a kit is: files to start with, and what became of every key of every service."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from analyzer.inventory.model import Source
from analyzer.rulebook.model import Option

Status = Literal["converted", "approximated", "person", "impossible"]
STATUSES: tuple[Status, ...] = ("converted", "approximated", "person", "impossible")


class Entry(NamedTuple):
    """What became of one key of one service, in one form of the kit.

    ``form`` names the files it speaks of, such as ``kubernetes`` or ``quadlet``. ``key`` is the key
    of the inventory, with the number of the item where items went different ways: ``volumes[2]``.
    ``text`` says how it was converted, why not, or what to do instead. A ``blocking`` entry keeps
    the service out of the files.
    """

    form: str
    service: str
    key: str
    status: Status
    text: str
    source: Source
    blocking: bool = False

    @property
    def id(self) -> str:
        """Return the name under which files refer to the entry."""
        return f"{self.service}/{self.key}"


class File(NamedTuple):
    """One file: its path inside the kit with ``/`` between the parts, and what it holds."""

    path: str
    text: str
    executable: bool = False


class Kit(NamedTuple):
    """The files by path, sorted; every entry of the ledger; and the services that are left out.

    ``left_out`` maps a service to the reason.
    """

    option: Option
    files: Mapping[str, File]
    ledger: tuple[Entry, ...]
    left_out: Mapping[str, str]

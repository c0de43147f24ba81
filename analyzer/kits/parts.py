"""What a builder of a kit returns, before the ledger and the first page are added."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analyzer.kits.ledger import Ledger
from analyzer.kits.model import File


class Parts(NamedTuple):
    """Files of a kit, the ledgers that they were made with, and notes that no key carries.

    ``left_out`` maps a service without files to the reason.
    """

    files: Sequence[File]
    ledgers: Sequence[Ledger]
    notes: Sequence[str] = ()
    left_out: Mapping[str, str] = {}

"""What the sources of evidence hand to the merging: a tie between two services, and how known."""

from typing import NamedTuple

from analyzer.graph.model import Evidence
from analyzer.inventory.model import EdgeKind


class Clue(NamedTuple):
    """One reason to believe that ``dependent`` needs ``dependency``."""

    dependent: str
    dependency: str
    kind: EdgeKind
    confidence: int
    evidence: Evidence


class Tie(NamedTuple):
    """Two services with something in common and no direction; ``first`` < ``second``.

    ``groups`` says that the two can only move together.
    """

    first: str
    second: str
    kind: EdgeKind
    confidence: int
    evidence: tuple[Evidence, ...]
    groups: bool

"""Hosts that come, go or are lost, and services that move -> what it means, as text."""

from typing import NamedTuple

from analyzer.comparison.changes import Comparison
from analyzer.comparison.loss import Loss


class WhatIf(NamedTuple):
    """What would be: the losses first, then the estate now compared with the one then."""

    losses: tuple[Loss, ...]
    comparison: Comparison

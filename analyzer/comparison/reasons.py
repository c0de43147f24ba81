"""Two snapshots -> why the answer is another, as deep as what is at hand of them allows."""

from collections.abc import Mapping
from fractions import Fraction

from analyzer.comparison.model import EstateChange, Explanation, Snapshot
from analyzer.rulebook.model import Option

Key = tuple[str, str, str]


def explanation_of(before: Snapshot, after: Snapshot) -> Explanation | None:  # noqa: ARG001
    """Return why the answer of two comparable snapshots differs; None where it does not."""
    return None


def effects_of(
    before: Snapshot,  # noqa: ARG001
    after: Snapshot,  # noqa: ARG001
    changes: tuple[EstateChange, ...],  # noqa: ARG001
) -> Mapping[Key, Mapping[Option, Fraction]]:
    """Return how far each change moves each score, by part, subject and field."""
    return {}

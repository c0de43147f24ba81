"""Names that every target takes, made of names that people chose.

Nothing of a name reaches a path but what `label` leaves of it, so a kit never writes outside of its
own folder, and two names never share a file, on a file system that ignores case neither.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

LONGEST = 50
"""Kubernetes takes 63 characters; a pod's name adds two hashes, a port's its own."""
_FOREIGN = re.compile(r"[^a-z0-9]+")
_HASH = 6


def label(name: str, fallback: str = "app") -> str:
    """Return a name as RFC 1035 wants a label: lower case, digits, hyphens, a letter first.

    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
    (names of Services have to begin with a letter, so ``2fauth`` becomes ``app-2fauth``).
    """
    made = _FOREIGN.sub("-", name.lower()).strip("-")
    if not made:
        return f"{fallback}-{digest(name)}"
    if not made[0].isalpha():
        made = f"{fallback}-{made}"
    if len(made) > LONGEST:
        made = f"{made[: LONGEST - _HASH - 1].rstrip('-')}-{digest(name)}"
    return made


def labels(names: Iterable[str], fallback: str = "app") -> dict[str, str]:
    """Return a label for each name, no two alike; a name that is its own label keeps it."""
    wanted: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        wanted.setdefault(label(name, fallback), []).append(name)
    found: dict[str, str] = {}
    for made, owners in wanted.items():
        for name in owners:
            alone = len(owners) == 1 or name == made
            found[name] = made if alone else f"{made[: LONGEST - _HASH - 1]}-{digest(name)}"
    return found


def digest(text: str) -> str:
    """Return a few characters that stand for a text, the same everywhere."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HASH]


def number(text: str, low: int, high: int, taken: Mapping[int, str] | None = None) -> int:
    """Return a number of a range that stands for a text: the next free one when it is taken."""
    span = high - low + 1
    start = int(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8], 16) % span
    for step in range(span):
        found = low + (start + step) % span
        if taken is None or found not in taken:
            return found
    return low + start

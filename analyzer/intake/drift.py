"""What an import would change in an inventory, in words: listed but gone, unlisted, changed.

Form, order and comments never count, nor where in a file something stands, nor measurements: they
are different each time.
"""

from collections.abc import Collection, Iterable
from typing import Any

from analyzer.errors import printable
from analyzer.intake.joining import Change, join
from analyzer.tree import Map, Seq

_NEVER = frozenset({("services", "from"), ("services", "memory"), ("hosts", "memory_used")})
_SHOWN = frozenset(
    "arch architectures container_name cpus driver exposure external host hostname image"
    " limits mem_limit memory network network_mode os platform privileged project restart runtime"
    " scale stateful storage user".split()
)
"""Keys whose values hold no secret. Of other lists only the names of what came and went."""
_NAMES = frozenset(
    "cap_add depends_on devices env_file env_files environment expose inferred labels networks"
    " network ports profiles secrets tmpfs volumes".split()
)
_LONGEST = 80
_MOST_NAMES = 5


def compare(
    existing: Map, tree: Map, files: Collection[str] = (), marked: Collection[str] = ()
) -> tuple[Change, ...]:
    """Return where an inventory and an import of the same estate differ.

    Args:
        existing: the inventory.
        tree: the import.
        files: those that were read for it; only what came from these can be gone.
        marked: services of which an earlier import has said whether they run.
    """
    joined = join(existing, tree, files, marked)
    return tuple(change for change in joined.changes if counts(change))


def counts(change: Change) -> bool:
    """Return whether a change is drift."""
    if change.kind != "changed":
        return True
    if change.key == "inferred":
        return set(_names(change.before)) != set(_names(change.after))
    return (change.section, change.key) not in _NEVER


def lines(changes: Iterable[Change]) -> list[str]:
    """Return a line for each change; no value that may be secret."""
    return [printable(_line(change)) for change in changes]


def _line(change: Change) -> str:
    path = f"{change.section}.{change.name}"
    place = f" ({change.origin})" if change.origin else ""
    if change.kind == "gone":
        return f"{path}: listed, but gone from its source{place}"
    if change.kind == "new":
        return f"{path}: found, but not listed{place}"
    if change.key == "verified":
        return f"{path}: {'not seen running' if change.after == 'false' else 'seen again'}{place}"
    return f"{path}: {change.key} {_what(change)}{place}"


def _what(change: Change) -> str:
    """Return how a key changed."""
    before, after = change.before, change.after
    scalars = not isinstance(before, Map | Seq) and not isinstance(after, Map | Seq)
    if scalars and change.key in _SHOWN:
        return f"changed: {_short(before)} -> {_short(after)}"
    if after is None:
        return "is gone"
    if change.key not in _NAMES:
        return "changed" if before is not None else "is new"
    came = [name for name in _names(after) if name not in _names(before)]
    went = [name for name in _names(before) if name not in _names(after)]
    parts = [
        f"{word} {_listed(names)}" for word, names in (("new", came), ("gone", went)) if names
    ]
    return f"changed: {'; '.join(parts)}" if parts else "changed"


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(map(_short, names[:_MOST_NAMES])) + more


def _names(value: Any) -> list[str]:
    """Return the names that a list or a mapping has; what stands behind '=' is a value."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Map | Seq):
        return []
    return [_name(part) for part in value]


def _name(part: Any) -> str:
    if isinstance(part, Map):
        return "/".join(str(part[key]) for key in ("source", "target", "published") if key in part)
    return str(part).partition("=")[0]

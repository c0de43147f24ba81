"""Two snapshots -> what of them cannot be compared, and why."""

from typing import NamedTuple

from analyzer.comparison.changes import Incomparable
from analyzer.comparison.model import Snapshot

ANSWER = "the answer, scores and criteria"
JUDGED = "facts, gates, findings, dependencies, memory and the order of migration"
LISTED = "what is listed and wanted"


class Comparable(NamedTuple):
    """Which parts of two snapshots are comparable.

    ``listed``: hosts, services, volumes, needs. ``judged``: what rules and code make of them,
    without weights. ``answer``: what depends on the weights too.
    """

    listed: bool
    judged: bool
    answer: bool
    why_not: tuple[Incomparable, ...]


def comparable(before: Snapshot, after: Snapshot) -> Comparable:
    """Return what of two snapshots can be compared, and why the rest cannot."""
    if other := _other_estate(before, after):
        what = f"{LISTED}; {JUDGED}; {ANSWER}"
        return Comparable(listed=False, judged=False, answer=False, why_not=(_not(what, other),))
    found = []
    old, new = before.scope, after.scope
    made, weighed = _made_differently(before, after), _weighed_differently(before, after)
    if made:
        found.append(_not(f"{JUDGED}; {ANSWER}", made))
    elif weighed:
        found.append(_not(ANSWER, weighed))
    listed = None not in (before.hosts, after.hosts, before.services, after.services)
    if not listed:
        found.append(_not(LISTED, "a report does not say what it was made of; write it anew"))
    if old.unread != new.unread:
        why = (
            f"{old.unread:,} places of the files were not understood before, {new.unread:,} after"
        )
        found.append(_not("what was not understood", why))
    answer = not made and not weighed
    return Comparable(listed, not made, answer, tuple(found))


def _not(what: str, why: str) -> Incomparable:
    return Incomparable(what, why)


def _other_estate(before: Snapshot, after: Snapshot) -> str:
    """Return why two estates are not the same one at two times, empty where they may be."""
    old, new = before.scope.name, after.scope.name
    if not old or not new or old == new:
        return ""
    shared = {*(before.services or {})} & {*(after.services or {})}
    most = max(len(before.services or {}), len(after.services or {}))
    if 2 * len(shared) >= most and most:
        return ""
    return (
        f"'{old}' and '{new}' are different estates: they share {len(shared)} of {most} services"
    )


def _made_differently(before: Snapshot, after: Snapshot) -> str:
    old, new = before.scope, after.scope
    if old.version != new.version:
        return f"made by k8sadvisor {old.version} and {new.version}"
    return f"made with other rules: {old.rules} and {new.rules}" if old.rules != new.rules else ""


def _weighed_differently(before: Snapshot, after: Snapshot) -> str:
    old, new = before.scope, after.scope
    if (old.profile, old.weights) == (new.profile, new.weights):
        return ""
    return f"weighed with {_weights(before)} and with {_weights(after)}"


def _weights(snapshot: Snapshot) -> str:
    weights = ", ".join(f"{name}={weight}" for name, weight in snapshot.scope.weights)
    return f"profile {snapshot.scope.profile}{f' and {weights}' if weights else ''}"

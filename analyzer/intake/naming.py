"""Services of many drafts -> which of them are one, and a name that is theirs alone.

A name that only one service has stays as it is. Services of several stacks with one name are all
called ``STACK-NAME``, those of several hosts ``NAME-HOST``; so a name does not depend on the order
in which files were read.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Identity(NamedTuple):
    """What tells a service from others; an unknown project or host is empty text."""

    name: str
    project: str
    host: str


def unite(identities: Sequence[Identity]) -> dict[Identity, Identity]:
    """Return the identity that each stands for: one without a host is the one that has it.

    Where two hosts run a service of that name and stack, the one without a host is a third.
    """
    hosts: dict[tuple[str, str], set[str]] = {}
    for one in identities:
        hosts.setdefault(one[:2], set()).add(one.host)
    united = {}
    for one in identities:
        known = sorted(hosts[one[:2]] - {""})
        united[one] = one._replace(host=known[0]) if len(known) == 1 else one
    return united


def final_names(identities: Sequence[Identity]) -> dict[Identity, str]:
    """Return a name for each of the different identities, no two alike."""
    by_name: dict[str, list[Identity]] = {}
    for one in sorted(set(identities)):
        by_name.setdefault(one.name, []).append(one)
    names: dict[Identity, str] = {
        found[0]: name for name, found in by_name.items() if len(found) == 1
    }
    taken = set(names.values())
    for name in sorted(by_name):
        found = by_name[name]
        if len(found) > 1:
            names |= _told_apart(found, taken)
            taken.update(names[one] for one in found)
    return names


def _told_apart(found: Sequence[Identity], taken: set[str]) -> Mapping[Identity, str]:
    """Return different names for services of one name: with the stack, then with the host."""
    by_stack: dict[str, int] = {}
    for one in found:
        by_stack[one.project] = by_stack.get(one.project, 0) + 1
    names: dict[Identity, str] = {}
    used = set(taken)
    for one in found:
        name = f"{one.project}-{one.name}" if one.project else one.name
        if by_stack[one.project] > 1 and one.host:
            name += f"-{one.host}"
        candidate, count = name, 2
        while candidate in used:
            candidate, count = f"{name}-{count}", count + 1
        used.add(candidate)
        names[one] = candidate
    return names

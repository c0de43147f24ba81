"""Drafts -> one tree: services that are the same put together, names made unique, a host found.

What a format declares wins over what was seen running: sources are taken in the order of
`ORDER`, and the first that says a key is believed. Lists are not joined.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analyzer.intake.naming import Identity, final_names, unite
from analyzer.inventory.draft import Draft, Hint, Remark, Route
from analyzer.tree import Map, Seq

DEFAULT_HOST = "server"
"""The name of the one machine whose name nobody said."""
_SERVICE = "service:"


class Gathered(NamedTuple):
    """One tree for all drafts, with final names, and what the drafts had beside theirs."""

    tree: Map
    hints: tuple[Hint, ...]
    routes: tuple[Route, ...]
    remarks: tuple[Remark, ...]


def gather(drafts: Sequence[Draft], known_hosts: Iterable[str], host: str | None) -> Gathered:
    """Return the drafts as one.

    Args:
        drafts: those whose word counts most first.
        known_hosts: hosts that an inventory beside the drafts describes.
        host: where everything runs whose draft does not say, when the user said so.
    """
    stacks = [_entries(draft.tree, "services") for draft in drafts]
    raw = [
        [_identity(name, entry, draft, host) for name, entry in stack.items()]
        for draft, stack in zip(drafts, stacks, strict=True)
    ]
    united = unite([one for identities in raw for one in identities])
    names = final_names(list(united.values()))
    sections = {name: Map() for name in ("hosts", "services", "volumes")}
    hints: list[Hint] = []
    remarks: list[Remark] = []
    for draft, stack, identities in zip(drafts, stacks, raw, strict=True):
        final = {one.name: names[united[one]] for one in identities}
        remarks += draft.remarks
        remarks += _take_over(draft, stack, final, sections)
        hints += [h._replace(service=final[h.service]) for h in draft.hints if h.service in final]
    _place_on_hosts(sections, known_hosts, host)
    tree = Map()
    if len(drafts) == 1 and "name" in drafts[0].tree:
        tree.put("name", drafts[0].tree["name"], drafts[0].tree.mark_of("name"))
    for section, entries in sections.items():
        if entries:
            tree.put(section, _sorted(entries), 0)
    routes = sorted({route for draft in drafts for route in draft.routes}, key=_order)
    return Gathered(tree, tuple(sorted(set(hints))), tuple(routes), tuple(remarks))


def _take_over(
    draft: Draft, stack: Map, final: Mapping[str, str], sections: Mapping[str, Map]
) -> list[Remark]:
    """Add a draft's entries to the sections, its services under their final names."""
    remarks = []
    for name, entry, mark in stack.marked():
        remarks += _rename(entry, name, final)
        if draft.project and "project" not in entry:
            entry.put("project", draft.project, mark)
        _add(sections["services"], final[name], entry, mark)
    for section in ("hosts", "volumes"):
        for name, entry, mark in _entries(draft.tree, section).marked():
            _add(sections[section], name, entry, mark)
    return remarks


def _order(route: Route) -> tuple[str, ...]:
    return tuple(str(part) for part in route)


def _entries(tree: Map, section: str) -> Map:
    """Return a section of a tree; one that is no mapping is as if it were not there."""
    found = tree.get(section)
    return found if type(found) is Map else Map()


def _identity(name: str, entry: Map, draft: Draft, host: str | None) -> Identity:
    stated = entry.get("host") or host or ""
    return Identity(name, str(entry.get("project") or draft.project or ""), str(stated))


def _add(entries: Map, name: str, entry: Map, mark: int) -> None:
    """Add an entry; of one that is there already only what it lacks."""
    if name not in entries:
        entries.put(name, entry, mark)
        return
    present = entries[name]
    for key, value in entry.items():
        if present.get(key) is None:
            present.put(key, value, entry.mark_of(key))


def _sorted(entries: Map) -> Map:
    """Return a mapping in order of name."""
    ordered = Map(entries.mark)
    marks = dict(zip(entries, entries.marks, strict=False))
    for name in sorted(entries):
        ordered.put(name, entries[name], marks[name])
    return ordered


def _place_on_hosts(sections: Mapping[str, Map], known: Iterable[str], host: str | None) -> None:
    """Say where the services run that do not say it themselves, if there is one machine only."""
    hosts, services = sections["hosts"], sections["services"]
    stated: dict[str, int] = {}
    for name in sorted(services):
        stated.setdefault(str(services[name].get("host") or ""), services.mark_of(name))
    anywhere = stated.pop("", 0)  # a host that nothing describes stands where it is needed first
    if host:
        stated.setdefault(host, anywhere)
    for name in sorted(stated.keys() - set(hosts) - set(known)):
        hosts.put(name, Map(stated[name]), stated[name])
    everywhere = sorted({*hosts, *known})
    if not everywhere:
        hosts.put(DEFAULT_HOST, Map(anywhere), anywhere)
        everywhere = [DEFAULT_HOST]
    only = host or (everywhere[0] if len(everywhere) == 1 else None)
    if only is None:
        return
    for _, entry, mark in services.marked():
        if not entry.get("host"):
            entry.put("host", only, mark)


def _rename(entry: Map, name: str, final: Mapping[str, str]) -> list[Remark]:
    """Write the final names into an entry's references; say which of them lead nowhere."""
    remarks = [
        *_rename_needs(entry, name, final),
        *_rename_mode(entry, "network", name, final),
        *_rename_mode(entry, "network_mode", name, final),
    ]
    links = entry.get("links")
    if isinstance(links, Seq):
        renamed = Seq(links.mark)
        for link, mark in zip(links, links.marks, strict=False):
            target, colon, alias = str(link).partition(":")
            told = final.get(target, target)
            renamed.add(f"{told}:{alias or target}" if colon or told != target else told, mark)
        entry.put("links", renamed, entry.mark_of("links"))
    if final[name] != name:
        keep_alias(entry, name)
    return remarks


def _rename_needs(entry: Map, name: str, final: Mapping[str, str]) -> list[Remark]:
    """Write final names into ``depends_on``."""
    needs = entry.get("depends_on")
    if not isinstance(needs, Map | Seq):
        return []
    renamed: Map | Seq = type(needs)(needs.mark)
    remarks = []
    for target, mark in zip(list(needs), needs.marks, strict=False):
        if target not in final or target == name:
            what = "names no other service of its stack; the rest of it stands"
            remarks.append(Remark(mark, f"services.{name}.depends_on", "broken", what))
        elif isinstance(renamed, Map):
            renamed.put(final[target], needs[target] if isinstance(needs, Map) else None, mark)
        else:
            renamed.add(final[target], mark)
    entry.put("depends_on", renamed, entry.mark_of("depends_on"))
    return remarks


def _rename_mode(entry: Map, key: str, name: str, final: Mapping[str, str]) -> list[Remark]:
    """Write the final name into ``service:NAME``."""
    mode = entry.get(key)
    if not isinstance(mode, str) or not mode.startswith(_SERVICE):
        return []
    target, mark = mode.removeprefix(_SERVICE), entry.mark_of(key)
    if target not in final or target == name:
        entry.take(key)
        what = "shares the network of a service that its stack does not have"
        return [Remark(mark, f"services.{name}.{key}", "broken", what)]
    entry.put(key, _SERVICE + final[target], mark)
    return []


def keep_alias(entry: Map, name: str) -> None:
    """Let a service that was renamed answer to its old name on its networks."""
    for key in ("network", "networks"):
        networks = entry.get(key)
        if not isinstance(networks, Map | Seq):
            continue
        answering = Map(networks.mark)
        for network, mark in zip(list(networks), networks.marks, strict=False):
            settings = networks[network] if isinstance(networks, Map) else None
            answering.put(str(network), _answering(settings, name, mark), mark)
        entry.put(key, answering, entry.mark_of(key))


def _answering(settings: object, name: str, mark: int) -> Map:
    """Return the settings of one network with a further alias."""
    told = Map(mark)
    if isinstance(settings, Map):
        for setting, value in settings.items():
            told.put(setting, value, settings.mark_of(setting))
    aliases = Seq(mark)
    for alias in dict.fromkeys([*(told.get("aliases") or ()), name]):
        aliases.add(alias, mark)
    told.put("aliases", aliases, mark)
    return told

"""The files of one project -> its draft."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from analyzer.files import STDIN
from analyzer.importers.compose import engine
from analyzer.importers.compose.hints import Hints, Source, labels_with
from analyzer.importers.compose.interpolation import InvalidTemplate, Variables, interpolate
from analyzer.importers.compose.keys import account
from analyzer.importers.compose.loading import Loader, Place, anchor_mark
from analyzer.importers.compose.mapping import NOTHING_SETS, Scope
from analyzer.importers.compose.paths import move_project, relative
from analyzer.importers.compose.projects import Group, project_name
from analyzer.importers.compose.services import profiles, translated
from analyzer.inventory.draft import Draft, Remark
from analyzer.tree import Map

_PROFILES = "COMPOSE_PROFILES"
_ALL = "*"


class _Aim(NamedTuple):
    """What a project's draft is made for: its name, its folder as shown, its host when known."""

    project: str
    prefix: str
    host: str | None


def draft_of(group: Group, loader: Loader, base: str, host: str | None) -> Draft | None:
    """Return what the files of one project say; None when they hold nothing.

    Args:
        group: the files.
        loader: reads them, and what they name.
        base: the folder that relative paths are shown from.
        host: the machine, when the user said so.
    """
    anchor = group.documents[0]
    folder = group.folder or "/"
    place = loader.place(folder, anchor, None)
    name = _project(group, loader, place)
    place = Place(
        folder, anchor, Variables({"COMPOSE_PROJECT_NAME": name, **place.variables.values})
    )
    loader.included.update(one.number for one in group.documents[1:])
    tree = loader.project(group.documents, place)
    if not tree:
        return None
    prefix = relative(group.folder, base) if group.folder and base else "."
    return _draft(tree, place, loader, _Aim(name, prefix, host), _left_out(group, loader))


def _project(group: Group, loader: Loader, place: Place) -> str:
    """Return the project's name; the last file that writes one counts."""
    named = Map()
    for document in group.documents:
        for root in loader.roots(document):
            written = root.get("name")
            if isinstance(written, str):
                named.put("name", written, root.mark_of("name"))
    if named:
        try:
            named.put("name", str(interpolate(named["name"], place.variables)), 0)
        except InvalidTemplate:
            named.take("name")
    stdin = group.documents[0].path in ("", STDIN)
    return project_name(named, "/stdin" if stdin else group.folder, place.variables.values)


def _left_out(group: Group, loader: Loader) -> list[Remark]:
    used = loader.included | loader.extended
    return [
        Remark(
            anchor_mark(document), "", "no bearing", f"{why}; give it after that one to have both"
        )
        for document, why in group.left_out
        if document.number not in used
    ]


def section(tree: Map, name: str) -> Map:
    """Return a section of a tree; one that is no mapping is empty."""
    found = tree.get(name)
    return found if type(found) is Map else Map()


def _draft(tree: Map, place: Place, loader: Loader, aim: _Aim, remarks: list[Remark]) -> Draft:
    names = engine.engine(tree, aim.project)
    described = section(tree, "services")
    listed = section(move_project(tree, aim.prefix), "services")
    scope = Scope("", names, listed, frozenset(names.volumes), loader.broken)
    hints = Hints(loader)
    contents = section(tree, "configs")
    services = Map(described.mark)
    for (name, service), mark in zip(described.items(), described.marks, strict=False):
        if type(service) is not Map:
            loader.broken(mark, f"services.{name}", "no mapping; write image: below the name")
            continue
        of_one = scope._replace(name=name)
        native = translated(listed[name], of_one, place.variables.values)
        source = Source(service, place, contents)
        labels_with(of_one, native, hints.service(name, source))
        _where(native, service, aim, place.variables.values)
        services.put(name, native, mark)
    result = Map(tree.mark)
    if isinstance(tree.get("name"), str):
        result.put("name", aim.project, tree.mark_of("name"))
    result.put("services", services, tree.mark_of("services"))
    volumes = engine.volumes(tree, names)
    if volumes:
        result.put("volumes", volumes, tree.mark_of("volumes"))
    every = [*loader.remarks, *account(tree), *hints.remarks, *remarks]
    return Draft(result, aim.project, tuple(hints.found), remarks=_once(every))


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    """Return remarks in order of place; what is broken needs no other word about itself.

    A variable that nothing sets is told once, where it is missed first.
    """
    broken = {(one.mark, one.path) for one in remarks if one.reach == "broken"}
    kept: dict[tuple[object, ...], Remark] = {}
    times: Counter[tuple[object, ...]] = Counter()
    for one in sorted(set(remarks)):
        if one.reach == "broken" or (one.mark, one.path) not in broken:
            key = one.text if one.text.startswith(NOTHING_SETS) else one
            kept.setdefault((one.reach, key), one)
            times[one.reach, key] += 1
    return tuple(
        one._replace(text=f"{one.text} (in {times[key]} places)") if times[key] > 1 else one
        for key, one in kept.items()
    )


def _where(native: Map, service: Map, aim: _Aim, variables: Mapping[str, str]) -> None:
    """Add the host, and whether the service is started without being asked for."""
    if aim.host is not None:
        native.put("host", aim.host, service.mark)
    asked = profiles(service)
    active = {name.strip() for name in variables.get(_PROFILES, "").split(",")}
    if asked and _ALL not in active and asked.isdisjoint(active):
        native.put("verified", "false", service.mark_of("profiles"))

"""Parts of an estate, one per file -> one `Inventory`, or what does not fit together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from analyzer.errors import Problem
from analyzer.inventory.model import Inventory, Needs, Source
from analyzer.inventory.reading import SETTINGS_FILE, Partial

DEFAULT_NAME = "estate"


class _Placed(Protocol):
    @property
    def source(self) -> Source: ...


P = TypeVar("P", bound=_Placed)


def merge(partials: Sequence[Partial]) -> tuple[Inventory, list[Problem]]:
    """Return the estate that the parts make up, in order of name, and what is said twice."""
    parts = sorted(partials, key=lambda part: part.file)
    problems: list[Problem] = []
    name = _name(parts, problems)
    needs, lines = _needs(parts, problems)
    waivers = [waiver for part in parts for waiver in part.waivers]
    inventory = Inventory(
        name=name,
        files=tuple(part.file for part in parts if part.file != SETTINGS_FILE),
        hosts=_union("hosts", [part.hosts for part in parts], problems),
        services=_union("services", [part.services for part in parts], problems),
        volumes=_union("volumes", [part.volumes for part in parts], problems),
        needs=Needs(lines, **needs),
        waivers=tuple(sorted(waivers, key=lambda w: (w.finding, w.subject or "", w.source))),
        unread=tuple(sorted({text for part in parts for text in part.unread})),
    )
    return inventory, problems


def _twice(path: str, source: Source, first: Source, remedy: str) -> Problem:
    return Problem(*source, path, f"declared twice, first at {first}", remedy)


def _union(section: str, maps: Iterable[Mapping[str, P]], problems: list[Problem]) -> dict[str, P]:
    """Return all the entries in order of name; the first of a name stays."""
    union: dict[str, P] = {}
    for entries in maps:
        for name in sorted(union.keys() & entries.keys()) if union else ():
            first, again = union[name].source, entries[name].source
            problems.append(_twice(f"{section}.{name}", again, first, "remove or rename one"))
        union = {**entries, **union}
    return {name: union[name] for name in sorted(union)}


def _name(parts: Sequence[Partial], problems: list[Problem]) -> str:
    """Return the name that the files agree on."""
    said: tuple[str, Source] | None = None
    for part in parts:
        for name, source in part.names.items():
            if said is None:
                said = name, source
            elif said[0] != name:
                what = f"another name than at {said[1]}"
                problems.append(Problem(*source, "name", what, "give the estate one name"))
    return said[0] if said else DEFAULT_NAME


def _needs(
    parts: Sequence[Partial], problems: list[Problem]
) -> tuple[dict[str, Any], dict[str, Source]]:
    """Return the needs by attribute and the place of every key."""
    needs: dict[str, Any] = {}
    lines: dict[str, Source] = {}
    for part in parts:
        for key in sorted(lines.keys() & part.needs_lines.keys()):
            source = part.needs_lines[key]
            problems.append(_twice(f"needs.{key}", source, lines[key], "keep one of them"))
        needs = {**part.needs, **needs}
        lines = {**part.needs_lines, **lines}
    return needs, {key: lines[key] for key in sorted(lines)}

"""Paths of one folder -> the same paths as another folder sees them.

Compose takes a relative path from the folder of the project, that of an included or extended file
from its own. An inventory lies somewhere else again.
"""

import posixpath
import re
from collections.abc import Callable
from typing import Any

from analyzer.importers.compose.forms import as_seq
from analyzer.importers.compose.interpolation import like
from analyzer.tree import Map, Seq

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|git@|github\.com/")
_HOME = re.compile(r"\$\{HOME\}(?=/|$)")
_HERE = re.compile(r"\$\{PWD\}(?=/|$)")


def relative(to: str, start: str) -> str:
    """Return a folder as seen from another one, both absolute."""
    return posixpath.relpath(to, start)


def moved(path: str, prefix: str) -> str:
    """Return a relative path with a folder before it; an absolute one stays as it is.

    ``${HOME}`` is what ``~`` means, ``${PWD}`` the folder of the project.
    """
    text = _moved(path, prefix)
    return path if text == path else like(path, text, _moved(getattr(path, "written", ""), prefix))


def _moved(path: str, prefix: str) -> str:
    text = _HERE.sub(".", _HOME.sub("~", path, count=1), count=1)
    if text[:1] in ("/", "~", "$", "") or _DRIVE.match(text):
        return text
    joined = posixpath.normpath(posixpath.join(prefix, text))
    if joined in (".", "..") or joined.startswith("../"):
        return joined
    return f"./{joined}"


def is_path(source: str) -> bool:
    """Return whether the source of a mount is a path of the host, not the name of a volume."""
    return source[:1] in (".", "/", "~", "$") or _DRIVE.match(source) is not None


def move_project(tree: Map, prefix: str) -> Map:
    """Return the tree of a project whose paths are relative to another folder."""
    sections: dict[str, Callable[[Map, str], Map]] = {
        "services": move_service,
        "secrets": _file,
        "configs": _file,
    }
    moved_tree = tree
    for section, move in sections.items():
        entries = tree.get(section)
        if type(entries) is Map:
            fresh = Map(entries.mark)
            for (name, entry), mark in zip(entries.items(), entries.marks, strict=False):
                fresh[name] = move(entry, prefix) if type(entry) is Map else entry
                fresh.marks.append(mark)
            moved_tree = _with(moved_tree, section, fresh)
    return moved_tree


def _file(entry: Map, prefix: str) -> Map:
    path = entry.get("file")
    return _with(entry, "file", moved(path, prefix)) if isinstance(path, str) else entry


def move_service(service: Map, prefix: str) -> Map:
    """Return a service whose relative paths have a folder before them."""
    changed = service
    for key, move in _PLACES.items():
        value = service.get(key)
        if value is not None:
            new = move(value, prefix)
            if new is not value:
                changed = _with(changed, key, new)
    return changed


def _with(node: Map, key: str, value: Any) -> Map:
    copy = Map(node.mark)
    copy.update(node)
    copy.marks = node.marks[:]
    copy[key] = value
    return copy


def _each(move: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Return a function that moves every item of a list, or a single one."""

    def every(value: Any, prefix: str) -> Any:
        if type(value) is not Seq:
            return move(value, prefix)
        fresh = Seq(value.mark)
        fresh.extend(move(item, prefix) for item in value)
        fresh.marks = value.marks[:]
        return fresh

    return every


def move_mount(item: Any, prefix: str) -> Any:
    """Return a mount, short or long, with its source moved when it is a relative path."""
    if type(item) is Map:
        source = item.get("source")
        if item.get("type") != "bind" or not isinstance(source, str):
            return item
        return _with(item, "source", moved(source, prefix))
    if not isinstance(item, str) or item[:1] not in (".", "$"):
        return item
    source, colon, rest = item.partition(":")
    if not colon:
        return item
    new = _moved(source, prefix)
    if new == source:
        return item
    before, _, after = getattr(item, "written", item).partition(":")
    return like(item, f"{new}:{rest}", f"{_moved(before, prefix)}:{after}")


def _build(value: Any, prefix: str) -> Any:
    if isinstance(value, str):
        return value if _REMOTE.match(value) else moved(value, prefix)
    context = value.get("context") if type(value) is Map else None
    if not isinstance(context, str) or _REMOTE.match(context):
        return value
    return _with(value, "context", moved(context, prefix))


def _env_file(item: Any, prefix: str) -> Any:
    if isinstance(item, str):
        return moved(item, prefix)
    path = item.get("path") if type(item) is Map else None
    return _with(item, "path", moved(path, prefix)) if isinstance(path, str) else item


def _extends(value: Any, prefix: str) -> Any:
    path = value.get("file") if type(value) is Map else None
    return _with(value, "file", moved(path, prefix)) if isinstance(path, str) else value


_PLACES: dict[str, Callable[[Any, str], Any]] = {
    "volumes": _each(move_mount),
    "env_file": _each(_env_file),
    "label_file": _each(_env_file),
    "build": _build,
    "extends": _extends,
}


def label_files(service: Map) -> list[str]:
    """Return the paths of ``label_file``."""
    return [path for path in as_seq(service.get("label_file")) if isinstance(path, str)]

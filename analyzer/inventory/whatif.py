"""``--set KEY=VALUE`` -> the trees of the files with that value in place.

A key is a path such as ``needs.planned_hosts`` or ``hosts.storage.memory``. A value is YAML as one
would write it in the file, ``[a, b]`` and ``{a: b}`` included; an empty one takes the key away,
which makes it unknown. What is set has no place in a file (its mark is 0), and trees are copied
along the path only, for aliases share their mappings.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from analyzer import yamlfile
from analyzer.errors import Problem
from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.reading import SETTINGS_FILE
from analyzer.inventory.services import SERVICE
from analyzer.inventory.suggestion import closest, did_you_mean
from analyzer.tree import Map, Seq

_NAMED = {"hosts": HOST, "services": SERVICE, "volumes": VOLUME}
_PLAIN = ("needs", "name")
_RECORD = 2
"""The parts of a key that names a whole host, service or volume."""
_DIGITS = re.compile(r"\d+")
_PRIVATE = frozenset(
    "build command deploy driver_opts environment env_file env_files extra_hosts healthcheck"
    " labels".split()
)
"""Keys below which people write secrets."""
Trees = list[tuple[str, Any]]


class _Setting(NamedTuple):
    path: tuple[str, ...]
    value: Any
    removes: bool


class _Rejected(Exception):  # noqa: N818 - a verdict on a setting, never an error of the program
    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(what)


def apply(trees: Trees, settings: Sequence[tuple[str, str]]) -> tuple[Trees, list[Problem]]:
    """Return the files' trees with the settings in place, later ones last, and what is wrong.

    What belongs to no file comes in a tree of its own, named ``--set``.
    """
    problems: list[Problem] = []
    for key, written in settings:
        try:
            setting = _parse(trees, key, written)
            trees = _place(trees, setting)
        except _Rejected as rejected:
            problems.append(Problem(SETTINGS_FILE, 0, 0, key, rejected.what, rejected.remedy))
    return trees, problems


def shown(key: str, written: str) -> str:
    """Return a setting as a report may show it: ``KEY=VALUE``, ``KEY=…`` for a possible secret."""
    section, _, rest = key.partition(".")
    harmless = True
    if section in ("services", "volumes"):
        below = set(rest.split(".")[1:])
        public = {field.key for field in _NAMED[section].fields} - _PRIVATE
        harmless = not below.isdisjoint(public) and below.isdisjoint(_PRIVATE)
        harmless = harmless and "{" not in written and "://" not in written
    return f"{key}={written}" if harmless or not written else f"{key}=…"


def _parse(trees: Trees, key: str, written: str) -> _Setting:
    section, dot, rest = key.partition(".")
    if (
        section not in (*_NAMED, *_PLAIN)
        or not (rest or section == "name")
        or (dot and section == "name")
    ):
        known = [*_NAMED, *_PLAIN]
        otherwise = "write needs.KEY=VALUE, hosts.NAME.KEY=VALUE or services.NAME.KEY=VALUE"
        whole = section in known
        remedy = otherwise if whole else did_you_mean(section, known, otherwise)
        what = "not a key that can be set"
        raise _Rejected(what, remedy)
    path = [section, *rest.split(".")] if dot else [section]
    if section in _NAMED:
        names = _names(trees, section)
        path = [section, *_split_name(names, rest, section)]
        _refuse_misspelt(path, names, removes=not written.strip())
    if "" in path:
        what = "a key with an empty part"
        raise _Rejected(what, "write the parts with one dot between them")
    return _Setting(tuple(path), _value(written), not written.strip())


def _names(trees: Trees, section: str) -> list[str]:
    """Return the names that the files declare in a section."""
    found: list[str] = []
    for _, tree in trees:
        entries = tree.get(section) if type(tree) is Map else None
        found += entries if type(entries) is Map else ()
    return found


def _split_name(names: Sequence[str], rest: str, section: str) -> list[str]:
    """Return the name and the keys below it; names may have dots themselves."""
    fitting = [name for name in names if rest == name or rest.startswith(name + ".")]
    if fitting:
        name = max(fitting, key=len)
        below = rest[len(name) + 1 :]
        return [name, *below.split(".")] if below else [name]
    parts = rest.split(".")
    known = {field.key for field in _NAMED[section].fields} | _NAMED[section].ignored
    for at in range(1, len(parts)):
        if parts[at] in known:
            return [".".join(parts[:at]), *parts[at:]]
    return [parts[0], *parts[1:]]


def _refuse_misspelt(path: list[str], names: Sequence[str], *, removes: bool) -> None:
    """Refuse a key below a name that nobody declared and that is like one that somebody did.

    A whole record may have any new name, and so may one that is counted on: node3 after node2.
    """
    name, names_a_key = path[1], len(path) > _RECORD
    if name in names or not (names_a_key or removes):
        return
    near = closest(name, names)
    if near is not None and _DIGITS.sub("", near) != _DIGITS.sub("", name):
        new = f"write {path[0]}.{name}={{...}} for a new one"
        what = f"there is no {path[0][:-1]} '{name}'"
        raise _Rejected(what, f"did you mean '{near}'? Or {new}")


def _value(written: str) -> Any:
    """Return the tree of a value, without places."""
    try:
        tree, problems = yamlfile.parse(written.encode("utf-8", "replace"), SETTINGS_FILE)
    except yamlfile.YamlError as error:
        raise _Rejected(error.problem.what, "write the value as in the file") from None
    for problem in problems:
        raise _Rejected(problem.what, problem.remedy)
    return _placeless(tree)


def _placeless(tree: Any) -> Any:
    """Return a tree without the places it had in the text of a setting."""
    copy: Map | Seq
    if type(tree) is Map:
        copy = Map()
        copy.update((key, _placeless(value)) for key, value in tree.items())
    elif type(tree) is Seq:
        copy = Seq()
        copy.extend(map(_placeless, tree))
    else:
        return tree
    copy.marks = [0] * len(copy)
    return copy


def _place(trees: Trees, setting: _Setting) -> Trees:
    """Return the trees with one setting in the file it belongs to."""
    at = _owner(trees, setting.path)
    if at is None:
        if setting.removes:
            return trees
        trees, at = [*trees, (SETTINGS_FILE, Map())], len(trees)
    file, tree = trees[at]
    if type(tree) is not Map:
        return trees  # the file itself is refused
    return [*trees[:at], (file, _changed(tree, setting.path, setting)), *trees[at + 1 :]]


def _owner(trees: Trees, path: tuple[str, ...]) -> int | None:
    """Return the tree that has the key, or the record or section around it, or None."""
    shortest = _RECORD if path[0] in _NAMED else 1
    for length in range(len(path), shortest - 1, -1):
        for at, (_, tree) in enumerate(trees):
            if _has(tree, path[:length]):
                return at
    if path[0] in _PLAIN and trees:
        return 0
    for at, (file, _) in enumerate(trees):
        if file == SETTINGS_FILE:
            return at
    return None


def _has(tree: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if type(tree) is not Map or key not in tree:
            return False
        tree = tree[key]
    return True


def _changed(tree: Any, path: tuple[str, ...], setting: _Setting) -> Map:
    """Return a copy of a mapping with the key at the end of the path set or taken away."""
    if tree is None:
        tree = Map()
    if type(tree) is not Map:
        above = setting.path[len(setting.path) - len(path) - 1]
        what = f"'{above}' has no keys of its own"
        raise _Rejected(what, f"set '{above}' as a whole")
    key, below = path[0], path[1:]
    copy = Map(tree.mark)
    copy.update(tree)
    copy.marks = list(tree.marks)
    if setting.removes and (not below or key not in tree):
        if key in copy:
            del copy.marks[list(copy).index(key)]
            del copy[key]
        return copy
    value = _changed(tree.get(key), below, setting) if below else setting.value
    if key not in copy:
        copy.marks.append(0)
    elif not below:
        copy.marks[list(copy).index(key)] = 0
    copy[key] = value
    return copy

"""JSON documents -> the engine's objects by kind, and safe ways to look into them."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from analyzer import jsonfile
from analyzer.errors import InventoryError, Problem
from analyzer.files import Document
from analyzer.inventory.draft import Remark
from analyzer.jsonfile import JsonError
from analyzer.tree import Map, Seq, pack

Kind = Literal[
    "container", "listed", "pod", "volume", "network", "image", "secret", "info", "stats", "other"
]
_NESTED = 3
"""``jq -s`` wraps the lists of several commands in one more."""
_EMPTY_MAP, _EMPTY_SEQ = Map(), Seq()

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("listed", "Names State"),
    ("listed", "Names Status"),
    ("container", "HostConfig"),
    ("container", "Config State"),
    ("image", "RootFS"),
    ("image", "RepoTags"),
    ("image", "Repository Tag"),
    ("info", "host store"),
    ("info", "NCPU ServerVersion"),
    ("stats", "mem_usage"),
    ("stats", "MemUsage"),
    ("pod", "InfraConfig"),
    ("pod", "InfraContainerID"),
    ("pod", "InfraId"),
    ("pod", "NumContainers"),
    ("volume", "Mountpoint"),
    ("network", "network_interface"),
    ("network", "subnets"),
    ("network", "IPAM"),
    ("network", "Scope Internal"),
    ("secret", "Spec ID"),
    ("other", "Client"),
)
"""The first kind all of whose keys an object has."""
_SIGNS = tuple((kind, tuple(keys.split())) for kind, keys in _KINDS)


class Thing(NamedTuple):
    """One object, and the number of the file that it stands in."""

    kind: Kind
    tree: Map
    file: int


def objects(documents: Sequence[Document], remarks: list[Remark]) -> list[Thing]:
    """Return the objects of all documents in order; what is no object is remarked on.

    Raises:
        InventoryError: none of the documents is JSON with an object of an engine.
    """
    things: list[Thing] = []
    problems: list[Problem] = []
    for document in sorted(set(documents), key=lambda document: (document.name, document.number)):
        try:
            trees = jsonfile.parse_all(document.data, document.name, document.number)
        except JsonError as error:
            problem = error.problem
            problems.append(problem)
            mark = pack(problem.line, problem.column, document.number)
            text = f"{problem.what}; {problem.remedy}; nothing in this file was read"
            remarks.append(Remark(mark, "", "broken", text))
            continue
        found = [Thing(_kind(tree), tree, document.number) for tree in _maps(trees, remarks)]
        if all(thing.kind == "other" for thing in found):
            what = "holds no container, nor anything else that an engine prints as JSON"
            remedy = "give it the output of: podman inspect $(podman ps -aq)"
            problems.append(Problem(document.name, 0, 0, "", what, remedy))
        things += found
    if problems and all(thing.kind == "other" for thing in things):
        raise InventoryError(problems)
    return things


def _maps(trees: Sequence[Any], remarks: list[Remark], depth: int = 0) -> Iterator[Map]:
    """Yield the objects in lists of them."""
    for tree in trees:
        if type(tree) is Map:
            yield tree
        elif type(tree) is Seq and depth < _NESTED:
            yield from _maps(tree, remarks, depth + 1)
        else:
            mark = getattr(tree, "mark", 0)
            remarks.append(Remark(mark, "", "not understood", "no object of an engine"))


def _kind(tree: Map) -> Kind:
    for kind, keys in _SIGNS:
        if all(key in tree for key in keys):
            return kind
    return "other"


def child(tree: Map, key: str) -> Map:
    """Return a mapping below a key, empty when there is none."""
    found = tree.get(key)
    return found if type(found) is Map else _EMPTY_MAP


def sequence(tree: Map, key: str) -> Seq:
    """Return a list below a key, empty when there is none."""
    found = tree.get(key)
    return found if type(found) is Seq else _EMPTY_SEQ


def text(tree: Map, key: str) -> str:
    """Return the text or the number below a key, empty when there is none."""
    found = tree.get(key)
    return str(found) if isinstance(found, str) else ""


def whole(tree: Map, key: str) -> int:
    """Return a whole number below a key; 0 when there is none."""
    found = text(tree, key)
    digits = found.removeprefix("-")
    return int(found) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else 0  # noqa: PLR2004 - 64 bits


def is_true(tree: Map, key: str) -> bool:
    """Return whether the value below a key is ``true``."""
    return tree.get(key) == "true"


def entries(tree: Map) -> Iterator[tuple[str, Any, int]]:
    """Yield key, value and place of each entry."""
    return zip(tree, tree.values(), tree.marks, strict=False)


def texts(tree: Map, key: str) -> list[tuple[str, int]]:
    """Return the texts of a list below a key with their places."""
    found = sequence(tree, key)
    marked = zip(found, found.marks, strict=False)
    return [(str(item), mark) for item, mark in marked if isinstance(item, str)]


def maps(tree: Map, key: str) -> list[Map]:
    """Return the mappings of a list below a key."""
    return [item for item in sequence(tree, key) if type(item) is Map]

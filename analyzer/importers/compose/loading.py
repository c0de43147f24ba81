"""Files of one project -> one tree: values put in, includes and extensions resolved, merged.

Source: https://github.com/compose-spec/compose-spec/blob/main/14-include.md and
https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends
"""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from analyzer import yamlfile
from analyzer.errors import Problem
from analyzer.files import STDIN, Document, FileError, Files
from analyzer.importers.compose import dotenv, legacy
from analyzer.importers.compose.forms import as_seq
from analyzer.importers.compose.interpolation import Interpolation, Partial, Variables
from analyzer.importers.compose.merging import TAGS, merge, plain
from analyzer.importers.compose.paths import move_project, move_service, relative
from analyzer.inventory.draft import Remark
from analyzer.tree import Map, Seq, pack

NO_FILE = "no such file"
MAX_INCLUDES = 500
MAX_COPIED = 500_000
"""Keys and items that includes and extensions may repeat: a few lines could make it endless."""
MAX_CHAIN = 40
"""Extensions of extensions; Compose's own users stop at three."""
_SERVICES, _INCLUDE, _EXTENDS = "services", "include", "extends"
_SECTIONS = (_SERVICES, "networks", "volumes", "secrets", "configs", "models")


class Place(NamedTuple):
    """Where a project stands: its folder, a document in or near it, and its variables."""

    folder: str
    anchor: Document
    variables: Variables


class Loader:
    """Reads the files of one project; keeps what could not be read, and what was read besides."""

    def __init__(self, files: Files) -> None:
        """Start with nothing read."""
        self.files = files
        self.remarks: list[Remark] = []
        self.problems: list[Problem] = []
        self.included: set[int] = set()
        self.extended: set[int] = set()
        self._roots: dict[int, list[Map]] = {}
        self._sources: dict[tuple[int, int], _Services] = {}
        self._includes, self._copied = 0, 0
        self._unset: set[str] = set()

    def broken(self, mark: int, path: str, text: str) -> None:
        """Keep that something could not be read."""
        self.remarks.append(Remark(mark, path, "broken", text))

    def open(self, place: Place, path: str) -> Document:
        """Return a file that a project names.

        Raises:
            FileError: it cannot be read, or lies outside.
        """
        if isinstance(path, Partial):
            remedy = f"set {path.missing[0]} in the project's .env"
            raise FileError(path.written, "a path with a variable that nothing sets", remedy)
        if place.anchor.path in ("", STDIN):
            raise FileError(path, "standard input lies in no folder", "give the file itself")
        path = str(path)
        if not path.startswith("/"):
            here = posixpath.dirname(place.anchor.path)
            path = relative(posixpath.join(place.folder, path), here) if path else path
        return self.files.beside(place.anchor, path)

    def place(
        self, folder: str, anchor: Document, outer: Variables | None, env: Sequence[str] = ()
    ) -> Place:
        """Return a project's place with the variables of its ``.env``, or of files named instead."""
        outer = outer or Variables({})
        place = Place(folder, anchor, outer)
        values: dict[str, str] = {}
        for path in env or (".env",):
            try:
                document = self.open(place, path)
            except FileError as error:
                if env or (error.what != NO_FILE and anchor.path not in ("", STDIN)):
                    self.broken(anchor_mark(anchor), "", str(error))
                continue
            read = dotenv.parse(document.data, {**values, **outer.values})
            values.update(read.values)
            for line in read.bad_lines:
                self.broken(pack(line, 1, document.number), "", "not a line NAME=value")
        return Place(folder, anchor, outer.over(values))

    def project(
        self, documents: Iterable[Document], place: Place, chain: Sequence[str] = ()
    ) -> Map:
        """Return the merged tree of a project's files, with paths relative to its folder."""
        merged = Map()
        for document in documents:
            for root in self.roots(document):
                tree = self._with_values(root, place)
                tree = self._with_includes(tree, place, (*chain, document.path))
                tree = self._with_extensions(tree, place, document, merged.get(_SERVICES))
                merged = merge(merged, tree)
        return merged

    def roots(self, document: Document) -> list[Map]:
        """Return the documents of a file, in today's form; what is none is reported."""
        known = self._roots.get(document.number)
        if known is not None:
            return known
        roots: list[Map] = []
        try:
            parsed, problems = yamlfile.parse_all(
                document.data, document.name, number=document.number, tags=TAGS
            )
        except yamlfile.YamlError as error:
            parsed, problems = [], [error.problem]
        for problem in problems:
            self.problems.append(problem)
            mark = pack(problem.line, problem.column, document.number)
            self.broken(mark, problem.path, f"{problem.what}; {problem.remedy}")
        for root in parsed:
            if type(root) is Map:
                roots.append(legacy.modern(root))
            elif root is not None:
                what, remedy = "no mapping of services", "write services: with one name a line"
                self.problems.append(Problem(document.name, 1, 1, "", what, remedy))
                self.broken(anchor_mark(document), "", f"{what}; {remedy}")
        self._roots[document.number] = roots
        return roots

    def _with_values(self, root: Map, place: Place) -> Map:
        interpolation = Interpolation(place.variables)
        tree: Map = interpolation.tree(root)
        for mark, path, why in interpolation.faults:
            self.broken(mark, path, f"{why}; write '$$' for a dollar sign")
        for name, (mark, path) in interpolation.unset.items():
            if name not in self._unset:
                self._unset.add(name)
                what = f"nothing sets {name}, which is left as it is written; set it in .env"
                self.remarks.append(Remark(mark, path, "kept", what))
        return tree

    def _with_includes(self, tree: Map, place: Place, chain: Sequence[str]) -> Map:
        entries = tree.get("include")
        if entries is None:
            return tree
        own = Map(tree.mark)
        for (key, value), mark in zip(tree.items(), tree.marks, strict=False):
            if key != "include":
                own.put(key, value, mark)
        listed = as_seq(entries)
        marks = listed.marks if type(entries) is Seq else [tree.mark_of("include")]
        for index, (entry, mark) in enumerate(zip(listed, marks, strict=False)):
            path = f"include[{index}]"
            try:
                included = self._included(entry, place, chain)
            except FileError as error:
                self.broken(mark, path, f"not included: {error}")
            else:
                own = self._imported(included, own)
        return own

    def _included(self, entry: Any, place: Place, chain: Sequence[str]) -> Map:
        """Return the tree of an included project, with paths as the including one sees them."""
        long = entry if type(entry) is Map else {"path": entry}
        paths = [path for path in as_seq(long.get("path")) if isinstance(path, str)]
        if not paths:
            raise _nameless(_INCLUDE, "write the path of a Compose file")
        documents = [self.open(place, path) for path in paths]
        if any(document.path in chain for document in documents) or len(chain) > MAX_CHAIN:
            raise FileError(documents[0].name, "includes itself", "break the circle")
        self._includes += 1
        if self._includes > MAX_INCLUDES:
            raise FileError(documents[0].name, "too many includes", "include each file once")
        self.included.update(document.number for document in documents)
        folder = posixpath.dirname(documents[0].path)
        if isinstance(long.get("project_directory"), str):
            folder = posixpath.join(place.folder, long["project_directory"])
        folder = posixpath.normpath(folder)
        env = [path for path in as_seq(long.get("env_file")) if isinstance(path, str)]
        prefix = relative(place.folder, folder)
        env = [path if path[:1] == "/" else posixpath.join(prefix, path) for path in env]
        inner = self.place(folder, documents[0], place.variables, env)
        tree = self.project(documents, inner, chain)
        self.copied(tree, documents[0].name)
        return move_project(tree, relative(folder, place.folder))

    def copied(self, tree: Map, name: str) -> None:
        """Count what is put into another place.

        Raises:
            FileError: it is too much by now.
        """
        self._copied += _size(tree)
        if self._copied > MAX_COPIED:
            raise FileError(name, "repeated too often", "write the repeated parts once")

    def _imported(self, included: Map, own: Map) -> Map:
        """Return what includes and what is included as one; the including file's word counts."""
        theirs = Map(own.mark)
        for section in _SECTIONS:
            entries = included.get(section)
            if type(entries) is not Map:
                continue
            theirs.put(section, entries, included.mark_of(section))
            self._check_twice(section, entries, own.get(section))
        merged: Map = merge(theirs, own)
        return merged

    def _check_twice(self, section: str, theirs: Map, mine: Any) -> None:
        """Report what an included file and the including one describe in two ways."""
        for name in theirs if type(mine) is Map else ():
            if name in mine and mine[name] != theirs[name]:
                what = "is included and described here as well; use an override file for changes"
                self.broken(mine.mark_of(name), f"{section}.{name}", what)

    def _with_extensions(self, tree: Map, place: Place, document: Document, earlier: Any) -> Map:
        services = tree.get(_SERVICES)
        if type(services) is not Map or not any(
            type(service) is Map and "extends" in service for service in services.values()
        ):
            return tree
        source = _Services(self, services, place, document, earlier)
        resolved = Map(services.mark)
        for (name, service), mark in zip(services.items(), services.marks, strict=False):
            resolved[name] = source.resolved(name, ()) if type(service) is Map else service
            resolved.marks.append(mark)
        fresh = Map(tree.mark)
        for (key, value), mark in zip(tree.items(), tree.marks, strict=False):
            fresh.put(key, resolved if key == _SERVICES else value, mark)
        return fresh

    def source(self, document: Document, place: Place) -> "_Services":
        """Return the services of a file that one of them is extended from."""
        key = document.number, id(place.variables)
        if key not in self._sources:
            self.extended.add(document.number)
            inner = Place(posixpath.dirname(document.path), document, place.variables)
            tree = Map()
            for root in self.roots(document):
                tree = merge(tree, self._with_values(root, inner))
            services = tree.get(_SERVICES)
            known = services if type(services) is Map else Map()
            self._sources[key] = _Services(self, known, inner, document, None)
        return self._sources[key]


class _Services:
    """The services of one file, each with what it extends put below it."""

    def __init__(
        self, loader: Loader, services: Map, place: Place, document: Document, earlier: Any
    ) -> None:
        self.loader = loader
        self.services = services
        self.place = place
        self.number = document.number
        self.earlier: Mapping[str, Any] = earlier if type(earlier) is Map else {}
        self._done: dict[str, Map] = {}

    def resolved(self, name: str, chain: tuple[tuple[int, str], ...]) -> Map:
        """Return a service without ``extends``; what cannot be found is reported."""
        if name in self._done:
            return self._done[name]
        service = self.services.get(name, self.earlier.get(name))
        if type(service) is not Map or "extends" not in service:
            return service if type(service) is Map else Map()
        own = Map(service.mark)
        for (key, value), mark in zip(service.items(), service.marks, strict=False):
            if key != "extends":
                own.put(key, value, mark)
        try:
            base = self._base(service["extends"], (*chain, (self.number, name)))
            self.loader.copied(base, name)
        except FileError as error:
            mark, path = service.mark_of("extends"), f"services.{name}.extends"
            self.loader.broken(mark, path, f"not extended: {error}")
            merged = own
        else:
            merged = merge(plain(base), own, "services.*")
        self._done[name] = merged
        return merged

    def _base(self, extends: Any, chain: tuple[tuple[int, str], ...]) -> Map:
        """Return the service that another one is based on, with paths as the latter sees them."""
        long = extends if type(extends) is Map else {"service": extends}
        name, path = long.get("service"), long.get("file")
        if not isinstance(name, str):
            raise _nameless(_EXTENDS, "write extends: {service: NAME}")
        source = self
        if isinstance(path, str):
            source = self.loader.source(self.loader.open(self.place, path), self.place)
        if (source.number, name) in chain or len(chain) > MAX_CHAIN:
            raise FileError(name, "extends itself, or too many others", "break the chain")
        if type(source.services.get(name, source.earlier.get(name))) is not Map:
            raise FileError(name, "no such service there", "correct the name")
        base = source.resolved(name, chain)
        if source is self:
            return base
        return move_service(base, relative(source.place.folder, self.place.folder))


def _size(node: Any) -> int:
    """Return how many keys and items a node has, deep down."""
    if type(node) is Map:
        return len(node) + sum(map(_size, node.values()))
    return len(node) + sum(map(_size, node)) if type(node) is Seq else 0


def _nameless(key: str, remedy: str) -> FileError:
    return FileError(key, "names nothing", remedy)


def anchor_mark(document: Document) -> int:
    """Return the mark of a file as a whole."""
    return pack(1, 1, document.number)

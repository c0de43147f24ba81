"""What a service is given besides its keys: variables of files, mounted configuration, checks.

Only files beside the project's own are opened, only those that look like configuration, and never
what is called a secret.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from analyzer.files import Document, FileError
from analyzer.importers.compose import dotenv
from analyzer.importers.compose.forms import as_seq, partition
from analyzer.importers.compose.loading import NO_FILE, Loader, Place
from analyzer.importers.compose.mapping import Scope
from analyzer.importers.compose.paths import label_files
from analyzer.inventory.draft import Hint, Remark
from analyzer.inventory.scalars import BOOLEANS
from analyzer.tree import Map, Seq, pack

MAX_TEXT = 256 * 1024
"""Characters of a file that are looked at; configuration is smaller."""
MAX_TEXTS = 32 * MAX_TEXT
"""Characters of such files for all services of one project."""
MAX_VARIABLES = 200_000
"""Variables of files for all services of one project."""
MAX_OPENED = 5_000
"""Files that are looked for on behalf of one project's services."""
_IS_FOLDER = "is a folder"
_CONFIG = re.compile(
    r"\.(?:cfg|cnf|conf|config|env|hcl|ini|json|json5|lua|properties|sh|tmpl|toml|tpl|xml|ya?ml"
    r"|template)$|^(?:caddyfile|corefile|nginx\.conf|haproxy\.cfg|zonefile)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\.(?:key|pem|crt|p12|pfx|jks)$|secret|passw|credential|htpasswd|token|id_(?:rsa|ed25519)",
    re.IGNORECASE,
)
_IN_FOLDER = (
    "Caddyfile nginx.conf default.conf conf.d/default.conf traefik.yml traefik.yaml traefik.toml"
    " dynamic.yml prometheus.yml prometheus.yaml config.yml config.yaml config.toml config.json"
    " configuration.yml configuration.yaml settings.yml mosquitto.conf haproxy.cfg"
).split()
"""Looked for in a mounted folder, which cannot be listed."""


class Source(NamedTuple):
    """A service, the place of its project, and the contents that the project's configs have."""

    service: Map
    place: Place
    contents: Map


class Hints:
    """Collects what is read for the services of one project."""

    def __init__(self, loader: Loader) -> None:
        """Start with nothing read."""
        self.loader = loader
        self.found: list[Hint] = []
        self.remarks: list[Remark] = []
        self._opened: dict[tuple[str, str], Document | FileError] = {}
        self._read: dict[tuple[int, int, bool], dotenv.Variablefile] = {}
        self._variables_left, self._text_left = MAX_VARIABLES, MAX_TEXTS

    def service(self, name: str, source: Source) -> Map:
        """Add what a service is given; return the labels of its ``label_file``."""
        self._variables(name, source)
        self._mounted(name, source)
        self._configs(name, source)
        self._commands(name, source.service)
        return self._labels(name, source)

    def _open(self, source: Source, path: str) -> Document:
        """Return a file, once for all services.

        Raises:
            FileError: as `Loader.open`, or too many were opened.
        """
        key = (source.place.folder, path)
        if key not in self._opened:
            if len(self._opened) >= MAX_OPENED:
                raise FileError(
                    path, "too many files to look into", "import fewer projects at once"
                )
            try:
                self._opened[key] = self.loader.open(source.place, path)
            except FileError as error:
                self._opened[key] = error
        found = self._opened[key]
        if isinstance(found, FileError):
            raise found
        return found

    def _not_read(self, mark: int, path: str, error: FileError) -> None:
        self.remarks.append(Remark(mark, path, "kept", f"not looked into: {error}"))

    def _variables(self, name: str, source: Source) -> None:
        known = source.place.variables.values
        for index, (item, mark) in enumerate(_items(source.service, "env_file")):
            long = item if type(item) is Map else {"path": item}
            path = long.get("path")
            if not isinstance(path, str) or not path:
                continue
            where = f"services.{name}.env_file[{index}]"
            try:
                document = self._open(source, path)
                read = self._parsed(document, known, raw=long.get("format") == "raw")
            except FileError as error:
                required = BOOLEANS.get(str(long.get("required", "true")).lower(), True)
                if required or error.what != NO_FILE:
                    self._not_read(mark, where, error)
                continue
            for entry in read.entries:
                value = known.get(entry.name) if entry.value is None else entry.value
                if value is not None:
                    place = pack(entry.line, 1, document.number)
                    self.found.append(Hint(name, "variable", entry.name, str(value), place))
            for line in read.bad_lines:
                place = pack(line, 1, document.number)
                self.remarks.append(Remark(place, where, "broken", "not a line NAME=value"))

    def _parsed(
        self, document: Document, known: Mapping[str, str], *, raw: bool
    ) -> dotenv.Variablefile:
        """Return the variables of a file, which is read once for all services.

        Raises:
            FileError: those of all services together are too many.
        """
        key = (document.number, id(known), raw)
        if key not in self._read:
            data = document.data
            self._read[key] = dotenv.parse_raw(data) if raw else dotenv.parse(data, known)
        self._variables_left -= len(self._read[key].entries)
        if self._variables_left < 0:
            remedy = "import fewer projects at once"
            raise FileError(document.name, "too many variables to look into", remedy)
        return self._read[key]

    def _labels(self, name: str, source: Source) -> Map:
        labels = Map()
        for path in label_files(source.service):
            mark = source.service.mark_of("label_file")
            try:
                document = self._open(source, path)
                read = self._parsed(document, source.place.variables.values, raw=False)
            except FileError as error:
                self._not_read(mark, f"services.{name}.label_file", error)
                continue
            for entry in read.entries:
                place = pack(entry.line, 1, document.number)
                labels.put(entry.name, str(entry.value or ""), place)
        return labels

    def _mounted(self, name: str, source: Source) -> None:
        for index, (item, mark) in enumerate(_items(source.service, "volumes")):
            path = _bound(item)
            if path is None or _SECRET.search(path):
                continue
            if _CONFIG.search(posixpath.basename(path)):
                try:
                    document = self._open(source, path)
                except FileError as error:
                    if error.what != _IS_FOLDER:
                        self._not_read(mark, f"services.{name}.volumes[{index}]", error)
                else:
                    self._text(name, path, document)
            elif "." not in posixpath.basename(path).strip("."):
                self._folder(name, source, path)

    def _folder(self, name: str, source: Source, path: str) -> None:
        """Add the usual files of a mounted folder that are there."""
        try:
            self._open(source, path)
        except FileError as error:
            if error.what != _IS_FOLDER:
                return
        for known in _IN_FOLDER:
            try:
                document = self._open(source, posixpath.join(path, known))
            except FileError as error:
                if error.what not in (NO_FILE, _IS_FOLDER):
                    return
            else:
                self._text(name, known, document)

    def _text(self, name: str, path: str, document: Document) -> None:
        text = document.data[:MAX_TEXT].decode("utf-8", "replace")
        self._add(name, posixpath.basename(path), text, pack(1, 1, document.number))

    def _add(self, name: str, file: str, text: str, mark: int) -> None:
        """Add the text of a file, as long as all together are not too much."""
        self._text_left -= len(text)
        if self._text_left < 0:
            error = FileError(file, "too much to look into", "import fewer projects at once")
            self._not_read(mark, f"services.{name}", error)
        else:
            self.found.append(Hint(name, "text", file, text, mark))

    def _configs(self, name: str, source: Source) -> None:
        for index, (item, mark) in enumerate(_items(source.service, "configs")):
            config = item.get("source") if type(item) is Map else item
            described = source.contents.get(config) if isinstance(config, str) else None
            if type(described) is not Map:
                continue
            content, path = described.get("content"), described.get("file")
            if isinstance(content, str):
                place = described.mark_of("content")
                self._add(name, str(config), content[:MAX_TEXT], place)
            elif isinstance(path, str) and not _SECRET.search(path):
                try:
                    self._text(name, path, self._open(source, path))
                except FileError as error:
                    self._not_read(mark, f"services.{name}.configs[{index}]", error)

    def _commands(self, name: str, service: Map) -> None:
        """Add the commands that no other part of the inventory holds as they are."""
        check = service.get("healthcheck")
        test = check.get("test") if type(check) is Map else None
        self._command(name, "healthcheck", test, service)
        self._command(name, "entrypoint", service.get("entrypoint"), service)
        for key in ("pre_start", "post_start", "pre_stop"):
            for hook, _ in _items(service, key):
                command = hook.get("command") if type(hook) is Map else None
                self._command(name, key, command, service)

    def _command(self, name: str, key: str, command: Any, service: Map) -> None:
        words = [str(word) for word in as_seq(command) if isinstance(word, str)]
        if words:
            self.found.append(Hint(name, "text", key, " ".join(words), service.mark_of(key)))


def _items(service: Map, key: str) -> list[tuple[Any, int]]:
    """Return the items of a list, or of a single one, with their marks."""
    listed = as_seq(service.get(key))
    fallback = service.mark_of(key) if key in service else 0
    marks = listed.marks if type(service.get(key)) is Seq else [fallback] * len(listed)
    return list(zip(listed, marks, strict=False))


def _bound(item: Any) -> str | None:
    """Return the path of a bind mount beside the project; None for anything else."""
    if type(item) is Map:
        path = item.get("source") if item.get("type") == "bind" else None
        return path if isinstance(path, str) and path[:1] == "." else None
    if not isinstance(item, str) or item[:1] != ".":
        return None
    path, colon, _ = partition(item, ":")
    return path if colon else None


def labels_with(scope: Scope, native: Map, from_files: Map) -> None:
    """Add labels of files below those that the service states itself."""
    if not from_files:
        return
    joined = Map()
    own = native.get("labels")
    for part in (from_files, own if type(own) is Map else Map()):
        for (label, value), mark in zip(part.items(), part.marks, strict=False):
            joined.put(label, value, mark)
    native.put("labels", joined, scope.services.mark_of(scope.name))

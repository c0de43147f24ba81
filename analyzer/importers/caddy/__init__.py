"""A Caddyfile, or Caddy's JSON -> routes from sites to upstreams.

Services are known from elsewhere; a draft of this importer holds routes only. Environment
variables of the server are not known here: ``{$NAME:default}`` is its default.

Source: https://caddyserver.com/docs/caddyfile, https://caddyserver.com/docs/json/
"""

import re
from collections.abc import Sequence

from analyzer import jsonfile
from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.importers.caddy import adapted, caddyfile
from analyzer.importers.caddy.blocks import Caddyfile
from analyzer.inventory.draft import Draft
from analyzer.tree import Map

_JSON = re.compile(rb'"apps"\s*:\s*\{')
_APP = re.compile(rb'"(?:http|layer4)"\s*:\s*\{[^{}]*"servers"\s*:', re.DOTALL)
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file is a Caddyfile by its name, or Caddy's JSON by what is in it."""
    base = name.rpartition("/")[2].lower()
    if base == "caddyfile" or base.endswith(".caddyfile"):
        return True
    return base.endswith(".json") and bool(_JSON.search(head) and _APP.search(head))


def read(documents: Sequence[Document], files: Files, host: str | None) -> tuple[Draft, ...]:
    """Return a draft of routes for each configuration that no other one imports.

    Args:
        documents: Caddyfiles and JSON.
        files: opens what a Caddyfile imports, inside its folder.
        host: the machine that the proxy runs on, when the user said so.

    Raises:
        InventoryError: a file of JSON is none.
    """
    configurations = [document for document in documents if _OBJECT.match(document.data)]
    texts = [document for document in documents if document not in configurations]
    read_files = [(document, Caddyfile(document, files)) for document in texts]
    drafts = []
    readings = [(document, caddyfile.Reading(file, host)) for document, file in read_files]
    parts = _parts([(document.number, file.imported) for document, file in read_files])
    for document, reading in readings:
        if document.number not in parts:
            routes, remarks = tuple(reading.routes), tuple(reading.remarks)
            drafts.append(Draft(Map(), None, (), routes, remarks))
    problems: list[Problem] = []
    for document in configurations:
        try:
            tree = jsonfile.parse(document.data, document.name, document.number)
        except jsonfile.JsonError as error:
            problems.append(error.problem)
            continue
        routes = tuple(adapted.Reading(tree, host).routes) if isinstance(tree, Map) else ()
        drafts.append(Draft(Map(), None, (), routes, ()))
    if problems:
        raise InventoryError(problems)
    return tuple(drafts)


def _parts(imports: Sequence[tuple[int, set[int]]]) -> set[int]:
    """Return the files that another one imports; of those that import each other, not the first."""
    importing = dict(imports)
    order = {number: place for place, (number, _) in enumerate(imports)}
    return {
        part
        for number, parts in imports
        for part in parts
        if number not in importing.get(part, ()) or order[number] < order[part]
    }

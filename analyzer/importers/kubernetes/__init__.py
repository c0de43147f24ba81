"""Kubernetes: manifests, and what ``kubectl get -o yaml|json`` prints -> one draft per namespace.

Manifests as they are applied: templates of Helm charts and overlays of Kustomize have to be
rendered first. Values of a Secret are never read.

Source: https://kubernetes.io/docs/reference/kubernetes-api/
"""

import re
from collections.abc import Sequence

from analyzer import yamlfile
from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.importers.kubernetes.estate import drafts_of
from analyzer.importers.kubernetes.objects import Objects
from analyzer.inventory.draft import Draft
from analyzer.jsonfile import JsonError
from analyzer.jsonfile import parse_all as parse_json
from analyzer.tree import pack

_KEYS = re.compile(rb"^(?:apiVersion|kind):[ \t]*[\"']?[A-Za-z]", re.MULTILINE)
_JSON_KEYS = re.compile(rb'"(apiVersion|kind)"[ \t\r\n]*:[ \t\r\n]*"')
_TEMPLATE = b"{{"


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file has ``apiVersion`` and ``kind`` as keys of a document."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith((b"{", b"[")):
        return {match[1] for match in _JSON_KEYS.finditer(begins)} == {b"apiVersion", b"kind"}
    if name.endswith((".json", ".md", ".txt", ".nix")):
        return False
    return {match[0][:4] for match in _KEYS.finditer(begins)} == {b"apiV", b"kind"}


def read(
    documents: Sequence[Document],
    files: Files,  # noqa: ARG001 - a manifest names no file that is to be read
    host: str | None,
) -> tuple[Draft, ...]:
    """Return one draft for each namespace; ``host`` is where all runs that names no node.

    Raises:
        InventoryError: no document is an object of Kubernetes.
    """
    objects = Objects()
    problems: list[Problem] = []
    for document in documents:
        try:
            trees, found = _trees(document)
        except (yamlfile.YamlError, JsonError) as error:
            found = [error.problem]
            trees = []
        if found and _TEMPLATE in document.data:
            trees, found = [], [_template(document)]
        for problem in found:
            mark = pack(problem.line or 1, problem.column or 1, document.number)
            objects.say(mark, problem.path, "broken", f"{problem.what}; {problem.remedy}")
        problems += found
        for tree in trees:
            objects.add(tree)
    if not objects.found and not objects.known:
        nothing = Problem(documents[0].name, 1, 1, "", "no object of Kubernetes", _REMEDY)
        raise InventoryError(problems or [nothing])
    return drafts_of(objects, host)


_REMEDY = "give manifests, or the output of kubectl get -A -o yaml"


def _trees(document: Document) -> tuple[list[object], list[Problem]]:
    """Return the documents of a file as trees, and problems that did not stop the reading."""
    if document.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        try:
            return parse_json(document.data, document.name, document.number), []
        except JsonError:
            if document.name.endswith(".json"):
                raise
    return yamlfile.parse_all(document.data, document.name, number=document.number)


def _template(document: Document) -> Problem:
    """Return what is wrong with a template of a Helm chart."""
    before, _, _ = document.data.partition(_TEMPLATE)
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    remedy = "render it first: helm template RELEASE CHART"
    what = "a template with {{ }}, not a manifest"
    return Problem(document.name, before.count(b"\n") + 1, column, "", what, remedy)

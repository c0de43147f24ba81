"""Reads what engines print, as the program would, for the tests of the podman importer."""

import json
from pathlib import Path

from analyzer.files import Document, Files
from analyzer.importers import podman
from analyzer.tree import Map, Seq

SAMPLES = Path(__file__).parent / "podman"


def drafts(*contents, host=None):
    """Return the drafts of contents: bytes, text, or anything that becomes JSON."""
    documents = [
        Document(f"f{number}.json", number, f"/f{number}.json", "/", _bytes(content))
        for number, content in enumerate(contents)
    ]
    return podman.read(documents, Files(), host)


def _bytes(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def sample(engine, *names):
    """Return the bytes of recorded files."""
    return [(SAMPLES / engine / f"{name}.json").read_bytes() for name in names]


def plain(value):
    """Return a tree without marks; every mapping and list has a mark for each entry."""
    if isinstance(value, Map):
        assert len(value) == len(value.marks)
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Seq):
        assert len(value) == len(value.marks)
        return [plain(item) for item in value]
    return None if value is None else str(value)


def services(found):
    """Return the services of drafts by name."""
    return {
        name: plain(entry)
        for draft in found
        for name, entry in draft.tree.get("services", {}).items()
    }


def remarks(found, reach=None):
    """Return paths of remarks and what is said of them."""
    return {
        remark.path: remark.text
        for draft in found
        for remark in draft.remarks
        if reach in (None, remark.reach)
    }

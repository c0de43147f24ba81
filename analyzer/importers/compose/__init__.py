"""Compose projects -> drafts: one for each project, as Compose itself would read its files.

Source: https://github.com/compose-spec/compose-spec
"""

import posixpath
from collections.abc import Sequence

from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.importers.compose.drafting import draft_of
from analyzer.importers.compose.loading import Loader
from analyzer.importers.compose.projects import STANDARD, Group, base_name, groups, recognises
from analyzer.inventory.draft import Draft
from analyzer.tree import Map

__all__ = ["read", "recognises"]


def read(
    documents: Sequence[Document], files: Files, host: str | None = None
) -> tuple[Draft, ...]:
    """Return a draft for each project that the files describe.

    Raises:
        InventoryError: no service can be read from any of them.
    """
    base = _common_root(documents)
    drafts: list[tuple[Group, Loader, Draft | None]] = []
    problems: list[Problem] = []
    for group in groups(documents, Loader(files)):
        loader = Loader(files)
        drafts.append((group, loader, draft_of(group, loader, base, host)))
        problems += loader.problems
    parts = _parts(drafts)
    kept = [
        draft
        for index, (_, _, draft) in enumerate(drafts)
        if draft is not None and index not in parts
    ]
    if not any(draft.tree.get("services") for draft in kept):
        name = documents[0].name if documents else ""
        remedy = "write services: with one name a line, each with its image"
        raise InventoryError(problems or [Problem(name, 0, 0, "", "no services in it", remedy)])
    kept += [
        Draft(Map(), remarks=tuple(loader.remarks))
        for _, loader, draft in drafts
        if draft is None and loader.remarks
    ]
    return tuple(kept)


def _common_root(documents: Sequence[Document]) -> str:
    """Return the folder that paths are shown relative to: what was given, or what holds it all."""
    roots = sorted({document.root for document in documents if document.root})
    if not roots:
        return ""
    return roots[0] if len(roots) == 1 else posixpath.commonpath(roots)


def _parts(drafts: Sequence[tuple[Group, Loader, Draft | None]]) -> set[int]:
    """Return which projects are included by another one, or are what services are extended from.

    Of two that use each other the first one stays.
    """
    by_number: dict[int, list[int]] = {}
    for index, (_, loader, _) in enumerate(drafts):
        for number in loader.included | loader.extended:
            by_number.setdefault(number, []).append(index)
    parts = set()
    for index, (group, loader, _) in enumerate(drafts):
        for other in by_number.get(group.documents[0].number, ()):
            user, user_loader, _ = drafts[other]
            if other == index or not _uses(user_loader, group):
                continue
            if not (_uses(loader, user) and index < other):
                parts.add(index)
    return parts


def _uses(loader: Loader, group: Group) -> bool:
    first = group.documents[0]
    if first.number in loader.included:
        return True
    return base_name(first) not in STANDARD and all(
        document.number in loader.extended for document in group.documents
    )

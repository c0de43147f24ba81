"""Reads outputs of Nix in tests."""

import json
from pathlib import Path
from typing import Any

from analyzer.files import Document
from analyzer.importers import nixos
from analyzer.inventory.draft import Draft

SAMPLES = Path(__file__).parent / "nixos"
EXPRESSION = Path(nixos.__file__).with_name("estate.nix")


def document(text: str, name: str = "nix.json") -> Document:
    """Return a document of a text."""
    return Document(name, 0, name, ".", text.encode())


def read(data: Any, host: str | None = None) -> Draft:
    """Return the draft of data as Nix would print it."""
    (draft,) = nixos.read([document(json.dumps(data))], None, host)  # type: ignore[arg-type]
    return draft


def sample(name: str, host: str | None = None) -> Draft:
    """Return the draft of a sample."""
    return read(json.loads((SAMPLES / name).read_text()), host)


def container(**options: Any) -> dict[str, Any]:
    """Return what one container becomes, as plain data."""
    draft = read({"app": {"image": "app:1", **options}, "other": {"image": "other:1"}})
    return dict(draft.tree["services"]["app"])


def remarks(draft: Draft) -> list[tuple[str, str]]:
    """Return path and reach of each remark."""
    return [(remark.path, remark.reach) for remark in draft.remarks]

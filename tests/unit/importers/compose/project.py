"""Files of a project, written into a folder -> what the importer makes of them."""

from pathlib import Path
from typing import Any

from analyzer.files import Files
from analyzer.importers import compose
from analyzer.importers.compose.projects import recognises
from analyzer.inventory.draft import Draft


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder; return it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def drafts(root: Path, files: dict[str, str], *given: str, host: str | None = None) -> list[Draft]:
    """Return the drafts of the files given, or of those that a search of the folder finds."""
    write(root, files)
    found = sorted(name for name in files if recognises(name, files[name].encode()))
    door = Files()
    documents = [door.given(str(root / name), str(root)) for name in given or found]
    return list(compose.read(documents, door, host))


def draft(root: Path, files: dict[str, str], *given: str, host: str | None = None) -> Draft:
    """Return the only draft."""
    (only,) = drafts(root, files, *given, host=host)
    return only


def service(root: Path, text: str, name: str = "a", **more: str) -> Any:
    """Return one service of a project of one file, ``stack/compose.yaml``."""
    files = {"stack/compose.yaml": text, **{f"stack/{key}": value for key, value in more.items()}}
    return draft(root, files).tree["services"][name]


def remarks(of: Draft) -> list[tuple[str, str]]:
    """Return path and reach of each remark."""
    return [(remark.path, remark.reach) for remark in of.remarks]

"""Samples of Compose projects -> what we make of them."""

import re
from pathlib import Path
from typing import Any

from analyzer.files import Files
from analyzer.importers import compose
from analyzer.inventory.draft import Draft

_VARIABLE = re.compile(r"\$\{UNSET_\w+\}|\$\{ZZ\}|\$\{S\}")


def read_case(folder: Path) -> tuple[Draft, ...]:
    """Return the drafts of the files that a folder gives: named in given.txt, or by Compose."""
    files = Files()
    given = folder / "given.txt"
    if given.exists():
        names = given.read_text().split()
    else:
        names = [
            path.name
            for path in sorted(folder.iterdir())
            if path.is_file() and compose.recognises(path.name, path.read_bytes()[:65536])
        ]
    documents = [files.given(str(folder / name), str(folder)) for name in names]
    return compose.read(documents, files, None)


def known_text(value: Any) -> Any:
    """Return a text as Compose shows it, which puts nothing where a variable is not set."""
    return _VARIABLE.sub("", value) if isinstance(value, str) else value

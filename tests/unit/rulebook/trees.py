"""Rule files written in a test, read as the program reads them."""

from typing import Any

from analyzer.errors import Problem
from analyzer.rulebook.reader import RuleReader
from analyzer.tree import Map
from analyzer.yamlfile import parse


def tree_of(text: str) -> Map:
    """Return the tree of a YAML text that has no problems."""
    tree, problems = parse(text.encode(), "rules/test.yaml")
    assert not problems
    assert isinstance(tree, Map)
    return tree


def reader_of(text: str, file: str = "rules/criteria/test/x.yaml") -> RuleReader:
    """Return a reader of a YAML text with no problems yet."""
    return RuleReader(tree_of(text), file, "", [])


def brief(problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Return line, path and what of every problem."""
    return [(problem.line, problem.path, problem.what) for problem in problems]


def folder_of(tmp_path: Any, **files: str) -> str:
    """Write rule files, ``__`` for a slash and ``_`` for a hyphen, and return their folder."""
    for name, text in files.items():
        path = tmp_path / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(tmp_path)

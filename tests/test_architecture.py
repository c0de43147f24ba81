"""What the import contracts cannot say about the shape of the project."""

import ast
from pathlib import Path

import pytest

from tests.benchmarks.installed import ROOT

UNIT = ROOT / "tests" / "unit"
DATA_PACKAGES = ("rules", "reports")


@pytest.mark.parametrize("test", sorted(UNIT.rglob("test_*.py")), ids=lambda path: path.name)
def test_a_unit_test_mirrors_a_module(test: Path) -> None:
    name = test.relative_to(UNIT).with_name(test.name.removeprefix("test_"))
    candidates = [
        base / path
        for base in (ROOT / "analyzer", ROOT / "tests")
        for path in (name, name.with_suffix(""))
    ]
    assert any(path.exists() for path in candidates), f"no module {name}"


@pytest.mark.parametrize("package", DATA_PACKAGES)
def test_data_packages_hold_no_code(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert [path.name for path in modules] == ["__init__.py"]
    (docstring,) = ast.parse(modules[0].read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr)


def test_nothing_imports_what_is_slow_to_start() -> None:
    slow = ("dataclasses", "enum", "pydantic")
    for path in (ROOT / "analyzer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & set(slow), path

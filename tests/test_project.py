"""The project's own files agree with each other."""

import re
import tomllib
from typing import Any

import analyzer
from tests.benchmarks.installed import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_development_tools_are_the_same_for_old_and_new_pip() -> None:
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    assert extra == PYPROJECT["dependency-groups"]["dev"]


def test_dependencies_have_lower_bounds_only() -> None:
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    for requirement in (*PYPROJECT["project"]["dependencies"], *extra):
        assert re.fullmatch(r"[\w-]+>=[\d.]+", requirement), requirement


def test_every_lint_that_is_left_out_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    ignores = re.search(r"^ignore = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    assert ignores is not None
    for line in ignores[1].splitlines():
        assert re.fullmatch(r'    "[A-Z]+\d+", +# .+', line), line


def test_the_changelog_knows_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in changelog or f"## [{analyzer.__version__}]" in changelog

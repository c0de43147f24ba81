"""Values -> text. A format is one module with ``render`` and one line in a table of formats."""

import importlib
from collections.abc import Mapping
from typing import Any

Formats = Mapping[str, str]

FORMATS: Formats = {
    "md": "analyzer.reporting.markdown",
    "json": "analyzer.reporting.json_report",
    "text": "analyzer.reporting.terminal",
    "adr": "analyzer.reporting.adr",
    "sarif": "analyzer.reporting.sarif",
    "github": "analyzer.reporting.annotations",
}
"""Format -> the module whose ``render(assessment) -> str`` prints it; imported when asked for."""

COMPARING = frozenset({"md", "json", "text"})
"""Formats of a report that can hold a ``comparison`` with an earlier one."""

COMPARISON_FORMATS: Formats = {
    "md": "analyzer.reporting.comparison.markdown",
    "json": "analyzer.reporting.comparison.json_form",
    "text": "analyzer.reporting.comparison.terminal",
}

GRID_FORMATS: Formats = {
    "text": "analyzer.reporting.grid.terminal",
    "md": "analyzer.reporting.grid.markdown",
    "json": "analyzer.reporting.grid.json_form",
    "html": "analyzer.reporting.grid.html",
    "svg": "analyzer.reporting.grid.svg",
}
CHANGE_FORMATS: Formats = {
    "text": "analyzer.reporting.change.terminal",
    "md": "analyzer.reporting.change.markdown",
    "json": "analyzer.reporting.change.json_form",
}

HISTORY_FORMATS: Formats = {
    "text": "analyzer.reporting.history.terminal",
    "md": "analyzer.reporting.history.markdown",
    "json": "analyzer.reporting.history.json_form",
    "html": "analyzer.reporting.history.html",
    "svg": "analyzer.reporting.history.svg",
}

DEFAULT_FORMAT = "md"
_ENDINGS = {"markdown": "md", "txt": "text", "htm": "html"}


def render(value: Any, form: str = DEFAULT_FORMAT, formats: Formats = FORMATS, **more: Any) -> str:
    """Return a value in one of its formats, ending in a newline unless it is empty."""
    text: str = importlib.import_module(formats[form]).render(value, **more)
    return text


def format_for(
    target: str | None, formats: Formats = FORMATS, otherwise: str = DEFAULT_FORMAT
) -> str:
    """Return the format that a file's ending asks for."""
    ending = target[target.rfind(".") + 1 :].lower() if target and "." in target else ""
    form = _ENDINGS.get(ending, ending)
    return form if form in formats else otherwise

"""Assessment -> text. A format is one module with ``render`` and one line in `FORMATS`."""

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.assessment import Assessment

FORMATS: Mapping[str, str] = {
    "md": "analyzer.reporting.markdown",
    "json": "analyzer.reporting.json_report",
    "text": "analyzer.reporting.terminal",
}
"""Format -> the module whose ``render(assessment) -> str`` prints it; imported when asked for."""

DEFAULT_FORMAT = "md"
_ENDINGS = {".markdown": "md", ".txt": "text", **{f".{name}": name for name in FORMATS}}


def render(assessment: "Assessment", form: str = DEFAULT_FORMAT) -> str:
    """Return the report of an assessment in a format, ending in a newline."""
    text: str = importlib.import_module(FORMATS[form]).render(assessment)
    return text


def format_for(target: str | None) -> str:
    """Return the format that a file's ending asks for."""
    ending = target[target.rfind(".") :].lower() if target and "." in target else ""
    return _ENDINGS.get(ending, DEFAULT_FORMAT)

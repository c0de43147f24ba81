"""The Jinja2 environment of ``reports/``: strict, compact, and compiled ahead in a wheel.

Templates hold wording and order. What they print was escaped and given its unit before, by
`escape` and `numbers`, so a template needs no filter that it could forget.
"""

import re
from pathlib import Path

import jinja2

import reports

_BLANK_LINES = re.compile(r"\n{3,}")
COMPILED = Path(__file__).parent.parent / "_compiled" / "templates"


def create_environment() -> jinja2.Environment:
    """Return an environment that reads what the wheel compiled, else the plain templates.

    Compiled templates are only good for the version of Jinja2 that wrote them; they lie in a
    folder named after it, so with any other version the plain ones are compiled again.
    """
    compiled = COMPILED / jinja2.__version__
    loader: jinja2.BaseLoader
    if compiled.is_dir():
        loader = jinja2.ModuleLoader(str(compiled))
    else:
        loader = jinja2.FileSystemLoader(reports.__path__[0])
    return jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown: escaped by analyzer.reporting.escape
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def tidy(text: str) -> str:
    """Return what a template gave with one blank line at most in a row, and one newline at the end."""
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"

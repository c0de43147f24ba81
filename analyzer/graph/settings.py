"""Text of a configuration file -> its settings: key and value, line by line, in any format.

No format is parsed: a line of YAML, INI, TOML, JSON, nginx or a Caddyfile is some key and a value.
Comments are left out. What is read here is never shown.
"""

import re
from collections.abc import Iterator

_LINE = re.compile(
    r"""[\s\-{,]*(?:export\s+|set\s+)?["']?([A-Za-z_][\w.\-]{0,80})["']?\s*(?:[:=]\s*|\s)(.*)""",
    re.ASCII,
)
_COMMENT = ("#", "//", ";", "<!--")
_MAX_LINES = 3000
_MAX_LINE = 4000


def settings(text: str) -> Iterator[tuple[str, str]]:
    """Yield key and value of each line that has both; a value without its quotes and commas."""
    for line in text.split("\n", _MAX_LINES)[:_MAX_LINES]:
        stripped = line[:_MAX_LINE].strip()
        if not stripped or stripped.startswith(_COMMENT):
            continue
        match = _LINE.fullmatch(stripped)
        if match is not None and match[2]:
            yield match[1], match[2].partition(" #")[0].strip(" \t\"',;{}")

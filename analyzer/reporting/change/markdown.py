"""A what-if of hosts -> Markdown."""

from collections.abc import Iterator

from analyzer.reporting.change import WhatIf
from analyzer.reporting.change.sentences import sections
from analyzer.reporting.comparison import markdown
from analyzer.reporting.escape import code, line


def render(found: WhatIf) -> str:
    """Return what each loss means, then what changed."""
    changed = markdown.render(found.comparison)
    return "\n".join([*_losses(found), changed.rstrip() or "Nothing else changes."]) + "\n"


def _losses(found: WhatIf) -> Iterator[str]:
    for loss in found.losses:
        yield f"# What if {code(loss.host)} is lost"
        yield ""
        for section in sections(loss):
            if section.lines:
                yield f"**{section.title}**"
                yield ""
                yield from (f"- {line(text)}" for text in section.lines)
                if section.more:
                    yield f"- and {section.more:,} more, in the JSON form"
                yield ""

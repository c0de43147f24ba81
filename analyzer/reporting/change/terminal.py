"""A what-if of hosts -> text for a terminal."""

import textwrap
from collections.abc import Iterator

from analyzer.reporting.change import WhatIf
from analyzer.reporting.change.sentences import sections
from analyzer.reporting.comparison import terminal
from analyzer.reporting.escape import visible

WIDTH = 80


def render(found: WhatIf) -> str:
    """Return what each loss means, then what changed."""
    return "\n".join([*_losses(found), terminal.render(found.comparison)]).rstrip() + "\n"


def _losses(found: WhatIf) -> Iterator[str]:
    for loss in found.losses:
        yield visible(f"what if {loss.host} is lost")
        for section in sections(loss):
            yield f"{section.title.lower()}:"
            for text in section.lines:
                yield from textwrap.wrap(
                    visible(text),
                    WIDTH,
                    initial_indent="  - ",
                    subsequent_indent="    ",
                    break_on_hyphens=False,
                )
        yield ""

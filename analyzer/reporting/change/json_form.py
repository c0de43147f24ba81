"""A what-if of hosts -> JSON."""

from typing import Any

from analyzer.comparison.loss import Loss
from analyzer.reporting.change import WhatIf
from analyzer.reporting.comparison import json_form
from analyzer.reporting.json_report import write

FORMAT = 1


def render(found: WhatIf) -> str:
    """Return the losses and the comparison."""
    tree = {
        "format": FORMAT,
        "losses": [_loss(loss) for loss in found.losses],
        "comparison": json_form.document(found.comparison),
    }
    return "".join(write(tree)) + "\n"


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "host": loss.host,
        "stopped": list(loss.stopped),
        "elsewhere": [item._asdict() for item in loss.elsewhere],
        "degraded": [item._asdict() for item in loss.degraded],
        "restarts": [item._asdict() for item in loss.restarts],
        "stuck": [item._asdict() for item in loss.stuck],
        "lost": list(loss.lost),
        "unsure": list(loss.unsure),
        "entries": list(loss.entries),
        "untouched": loss.untouched,
    }

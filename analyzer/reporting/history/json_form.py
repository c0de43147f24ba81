"""History -> JSON: every commit with exact scores, and where the answer turned."""

from typing import Any

from analyzer.comparison.history import Gap, History, Point
from analyzer.reporting.document.values import exact, number
from analyzer.reporting.history import words
from analyzer.reporting.json_report import write

FORMAT = 1


def render(history: History) -> str:
    """Return the history as JSON."""
    tree = {
        "format": FORMAT,
        "name": history.name,
        "commits": [_moment(moment) for moment in history.moments],
        "turns": [
            {
                "commit": found.commit.short,
                "before": found.before,
                "after": found.after,
                "before_feasible": found.before_feasible,
                "after_feasible": found.after_feasible,
                "why": words.turn(found),
            }
            for found in history.turns
        ],
    }
    return "".join(write(tree)) + "\n"


def _moment(moment: Point | Gap) -> dict[str, Any]:
    commit = moment.commit._asdict()
    if isinstance(moment, Gap):
        return {**commit, "why_not": moment.why}
    return {
        **commit,
        "why_not": None,
        "recommended": moment.recommended,
        "feasible": moment.feasible,
        "verdict": moment.verdict,
        "stars": moment.stars,
        "scores": {option: exact(score) for option, score in sorted(moment.scores.items())},
        "memory_bytes": moment.memory_bytes,
        "hours": number(moment.hours),
        "findings": dict(moment.findings),
        "hosts": moment.hosts,
        "services": moment.services,
        "questions": moment.questions,
    }

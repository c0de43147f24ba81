"""Comparison -> JSON: everything that changed, each list with the largest effect first."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from analyzer.comparison.changes import Cause, Comparison, Explanation
from analyzer.comparison.model import DecisionState, Snapshot
from analyzer.reporting.document.values import exact, number
from analyzer.reporting.json_report import write

FORMAT = 1


def render(comparison: Comparison) -> str:
    """Return the comparison as JSON."""
    return "".join(write(document(comparison))) + "\n"


def document(found: Comparison) -> dict[str, Any]:
    """Return the tree, by `analyzer.reporting.comparison.schema`."""
    return {
        "format": FORMAT,
        "empty": found.is_empty,
        "answer_changed": found.answer_changed,
        "before": _side(found.before),
        "after": _side(found.after),
        "incomparable": [item._asdict() for item in found.incomparable],
        "explanation": _explanation(found.explanation) if found.explanation else None,
        "estate": [
            {
                "part": item.part,
                "subject": item.subject,
                "field": item.field,
                "before": list(item.before),
                "after": list(item.after),
                "before_place": item.before_place,
                "after_place": item.after_place,
                "private": item.private,
                "effect": None if item.effect is None else _scores(item.effect),
            }
            for item in found.estate
        ],
        "edges": [item._asdict() for item in found.edges],
        "facts": [
            {
                "name": item.name,
                "before": _state(item.before),
                "after": _state(item.after),
                "criteria": list(item.criteria),
                "effect": exact(item.effect),
            }
            for item in found.facts
        ],
        "criteria": [
            {
                "criterion": item.criterion,
                "moved": _scores(item.moved),
                "before": _weighing(item.before),
                "after": _weighing(item.after),
            }
            for item in found.weighings
        ],
        "gates": [
            {"gate": item.gate, "before": _plain(item.before), "after": _plain(item.after)}
            for item in found.gates
        ],
        "findings": [
            {
                "finding": item.finding,
                "subject": item.subject,
                "before": _plain(item.before),
                "after": _plain(item.after),
            }
            for item in found.findings
        ],
        "waves": [item._asdict() for item in found.waves],
        "memory": [item._asdict() for item in found.memory],
        "questions": [item._asdict() for item in found.questions],
    }


def _side(snapshot: Snapshot) -> dict[str, Any]:
    scope = snapshot.scope._asdict()
    return {
        "label": snapshot.label,
        "scope": scope
        | {
            "weights": dict(snapshot.scope.weights),
            "what_if": list(snapshot.scope.what_if),
            "files": list(snapshot.scope.files),
        },
        "decision": _decision(snapshot.decision),
        "plan": {
            "total_hours": number(snapshot.plan.total_hours),
            "calendar_weeks": number(snapshot.plan.calendar_weeks),
            "exposure": snapshot.plan.exposure,
            "improvement_hours": number(snapshot.plan.improvement_hours),
        },
    }


def _decision(decision: DecisionState) -> dict[str, Any]:
    found = decision._asdict()
    for name in ("share", "known_weight", "weight_radius"):
        found[name] = number(found[name])
    found["options"] = {
        option: {
            "score": exact(item.score),
            "low": exact(item.low),
            "high": exact(item.high),
            "share": number(item.share),
            "ruled_out_by": list(item.ruled_out_by),
        }
        for option, item in decision.options.items()
    }
    return found


def _explanation(found: Explanation) -> dict[str, Any]:
    return {
        "of": found.of,
        "level": found.level,
        "undone": [_cause(cause) for cause in found.undone],
        "undone_smallest": found.undone_smallest,
        "alone": [_cause(cause) for cause in found.alone],
        "alone_smallest": found.alone_smallest,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return cause._asdict() | {"before": list(cause.before), "after": list(cause.after)}


def _scores(moved: Mapping[Any, Fraction]) -> dict[str, str]:
    return {option: exact(by) for option, by in sorted(moved.items())}


def _state(state: Any) -> dict[str, Any] | None:
    if state is None:
        return None
    value = state.value
    return {"value": value if isinstance(value, str) else number(value), "unit": state.unit}


def _weighing(state: Any) -> dict[str, Any] | None:
    if state is None:
        return None
    found: dict[str, Any] = state._asdict()
    return found | {"scores": _scores(state.scores), "facts": list(state.facts)}


def _plain(state: Any) -> dict[str, Any] | None:
    if state is None:
        return None
    return {k: list(v) if isinstance(v, tuple) else v for k, v in state._asdict().items()}

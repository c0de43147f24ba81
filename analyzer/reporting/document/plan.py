"""The plans of all three options, as JSON values."""

from typing import Any

from analyzer.plan.model import Plan, Wave
from analyzer.reporting.document.values import number, place


def plan(found: Plan) -> dict[str, Any]:
    """Return waves, what stays, what is proved, improvements and mirrors."""
    exposure = found.exposure
    return {
        "preparation_hours": number(found.preparation_hours),
        "total_hours": number(found.total_hours),
        "calendar_weeks": number(found.calendar_weeks),
        "exposure": {
            "value": exposure.value,
            "lower_bound": exposure.lower_bound,
            "proven_optimal": exposure.proven_optimal,
            "by_name_order": exposure.by_name_order,
            "without_class_rule": exposure.without_class_rule,
        },
        "earlier": found.earlier._asdict() if found.earlier else None,
        "waves": [_wave(wave) for wave in found.waves],
        "never": [
            {
                "service": item.service,
                "reason": "; ".join(item.reasons),
                "reasons": list(item.reasons),
                "source": place(item.source),
            }
            for item in found.never
        ],
        "procedures": [
            {
                "class": item.service_class,
                "checks": list(item.checks),
                "steps": [step._asdict() for step in item.steps],
                "rollback": item.rollback,
            }
            for item in found.procedures
        ],
        "improvements": [
            {
                "id": item.id,
                "title": item.title,
                "text": item.text,
                "services": list(item.services),
                "hours": number(item.hours),
                "benefit": number(item.benefit),
                "protects": item.protects,
                "scope": item.scope,
            }
            for item in found.improvements
        ],
        "improvement_hours": number(found.improvement_hours),
        "test_cluster": {
            "host": found.test_host,
            "mirrors": [mirror._asdict() for mirror in found.mirrors],
            "measurements": list(found.measurements),
        },
    }


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        "number": wave.number,
        "class": wave.service_class,
        "groups": list(wave.groups),
        "services": list(wave.services),
        "effort_hours": number(wave.effort_hours),
        "calendar_weeks": number(wave.calendar_weeks),
        "exposure_after": wave.exposure_after,
        "memory": [host._asdict() for host in wave.memory],
        "oversized": wave.oversized,
        "stop_then_start": list(wave.stop_then_start),
    }

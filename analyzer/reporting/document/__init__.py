"""Assessment -> the tree of the JSON report: plain values, each list in a fixed order."""

from typing import Any

from analyzer import __version__
from analyzer.assessment import Assessment
from analyzer.graph.export import to_json_graph
from analyzer.reporting.answer import answer
from analyzer.reporting.document.decision import decision, unknowns
from analyzer.reporting.document.estate import (
    facts,
    failover,
    findings,
    footprint,
    hosts,
    needs,
    services,
    volumes,
)
from analyzer.reporting.document.plan import plan

FORMAT = 1
"""Raised when a key goes away or changes its meaning; new keys do not raise it."""


def document(assessment: Assessment) -> dict[str, Any]:
    """Return everything that is known, by the schema in `analyzer.reporting.schema`."""
    found = answer(assessment)
    inventory, settings = assessment.inventory, assessment.settings
    return {
        "format": FORMAT,
        "tool": {"name": "k8sadvisor", "version": __version__},
        "rules": {"fingerprint": assessment.rulebook.fingerprint},
        "settings": {
            "profile": settings.profile,
            "weights": dict(settings.weights),
            "what_if": list(settings.what_if),
            "effort": settings.effort,
            "date": settings.today or None,
        },
        "estate": {
            "name": inventory.name,
            "files": list(inventory.files),
            "hosts": len(inventory.hosts),
            "services": len(inventory.services),
            "unread": list(inventory.unread),
        },
        "summary": {
            "headline": found.headline,
            "reasons": [reason.text for reason in found.reasons],
            "first": [thing.title for thing in found.first],
        },
        "decision": decision(assessment),
        "unknowns": unknowns(assessment),
        "footprint": footprint(assessment),
        "failover": failover(assessment),
        "findings": findings(assessment),
        "expired_waivers": list(assessment.facts.expired_waivers),
        "plan": plan(assessment.plan),
        "graph": to_json_graph(assessment.topology),
        "hosts": hosts(assessment),
        "services": services(assessment),
        "volumes": volumes(assessment),
        "needs": needs(assessment),
        "facts": facts(assessment),
    }

"""The JSON Schema (draft 2020-12) of the JSON report, one function a section.

Keys may be added without a new ``format``; a reader has to ignore those it does not know.
"""

from typing import get_args

from analyzer.decision.model import GateStatus, Verdict
from analyzer.facts.model import FailoverClass, Pin
from analyzer.inventory.model import EdgeKind, Runtime
from analyzer.plan.model import CLASSES, Effort
from analyzer.reporting.schema_plan import plan_schema
from analyzer.reporting.schema_terms import (
    COUNT,
    FLAG,
    FRACTION,
    NUMBER,
    OPTION,
    PLACE,
    SHARE,
    TEXT,
    VALUE,
    Schema,
    array,
    choice,
    fields,
    maybe,
)
from analyzer.rulebook.model import SEVERITIES, Scope

STATED: Schema = {
    "description": "What the inventory states, as texts by field; never the value of a variable.",
    "type": "object",
    "additionalProperties": array(TEXT),
}
CITATIONS = array(
    {
        "type": "object",
        "properties": {"guide": TEXT, "url": TEXT, "says": TEXT, "read": TEXT},
        "anyOf": [{"required": ["guide"]}, {"required": ["url"]}],
    }
)


def json_report_schema() -> Schema:
    """Return the schema of the whole report."""
    report = fields(
        "What k8sadvisor found out about one estate.",
        format={"const": 1},
        tool=fields(name=TEXT, version=TEXT),
        rules=fields(fingerprint=TEXT),
        settings=fields(
            profile=TEXT,
            weights={"type": "object", "additionalProperties": COUNT},
            what_if=array(TEXT),
            effort=choice(*get_args(Effort)),
            date=maybe(TEXT),
        ),
        estate=fields(
            name=TEXT, files=array(TEXT), hosts=COUNT, services=COUNT, unread=array(TEXT)
        ),
        summary=fields(headline=TEXT, reasons=array(TEXT), first=array(TEXT)),
        decision=_decision(),
        unknowns=array(_unknown()),
        footprint=_footprint(),
        failover=fields(
            checklist=array(fields(id=TEXT, title=TEXT, passed=maybe(FLAG), text=TEXT))
        ),
        findings=array(_finding()),
        expired_waivers=array(TEXT),
        plan=plan_schema(),
        graph=_graph(),
        hosts=array(fields(id=TEXT, stated=STATED, source=PLACE)),
        services=array(_service()),
        volumes=array(fields(id=TEXT, stated=STATED, source=PLACE)),
        needs=STATED,
        facts=array(
            fields(
                name=TEXT,
                value=VALUE,
                unit=TEXT,
                text=TEXT,
                low=VALUE,
                high=VALUE,
                sources=array(PLACE),
            )
        ),
    )
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "k8sadvisor report",
    }
    return head | report


def _decision() -> Schema:
    flip = fields(input=TEXT, from_=VALUE, to=VALUE, becomes=OPTION, text=TEXT)
    return fields(
        recommended=OPTION,
        verdict=choice(*get_args(Verdict)),
        verdict_reason=TEXT,
        feasible=FLAG,
        unconstrained=OPTION,
        opening=TEXT,
        profile=TEXT,
        options=array(_option()),
        contributions=array(_contribution()),
        gates=array(
            fields(
                id=TEXT,
                title=TEXT,
                status=choice(*get_args(GateStatus)),
                rules_out=array(OPTION),
                says=TEXT,
                lifted_by=TEXT,
                reason=TEXT,
                sources=CITATIONS,
            )
        ),
        flips=array(flip),
        flip_sets=array(fields(changes=array(flip), becomes=OPTION)),
        weight_flips=array(fields(criterion=TEXT, weight=COUNT, flips_at=NUMBER, becomes=OPTION)),
        robustness=fields(
            weight_radius=NUMBER,
            against=maybe(OPTION),
            weight_share_low=SHARE,
            weight_share_high=SHARE,
        ),
        confidence=fields(
            stars={"type": "integer", "minimum": 1, "maximum": 5},
            share=SHARE,
            known_facts=COUNT,
            all_facts=COUNT,
            known_weight=SHARE,
        ),
    )


def _option() -> Schema:
    return fields(
        id=OPTION,
        score=NUMBER,
        low=NUMBER,
        high=NUMBER,
        exact=fields(score=FRACTION, low=FRACTION, high=FRACTION),
        share=SHARE,
        ruled_out_by=array(TEXT),
        conditional_on=array(TEXT),
    )


def _contribution() -> Schema:
    return fields(
        "Added up over all criteria, the exact scores are the options' scores.",
        criterion=TEXT,
        title=TEXT,
        weight=COUNT,
        known=FLAG,
        for_kubernetes=NUMBER,
        for_testing_first=NUMBER,
        scores={"type": "object", "propertyNames": OPTION, "additionalProperties": NUMBER},
        exact={"type": "object", "propertyNames": OPTION, "additionalProperties": FRACTION},
        facts=array(TEXT),
        text=TEXT,
        reason=TEXT,
        remedy=TEXT,
        sources=CITATIONS,
    )


def _unknown() -> Schema:
    return fields(
        "An open question, with the answers assumed until it is answered.",
        fact=TEXT,
        ask=TEXT,
        write=TEXT,
        reason=TEXT,
        swing=NUMBER,
        could_flip=FLAG,
        assumed=array(fields(value=VALUE, weight=COUNT)),
        relative_to=maybe(TEXT),
        rule=maybe(PLACE),
    )


def _footprint() -> Schema:
    span = fields("Bytes.", low=COUNT, typical=COUNT, high=COUNT)
    return fields(
        hosts=array(
            fields(
                host=TEXT,
                role=choice("server", "agent", "none"),
                pods=COUNT,
                podman_bytes=span,
                k3s_bytes=span,
                pods_bytes=span,
                added_bytes=span,
                guide_bytes=COUNT,
                memory_bytes=maybe(COUNT),
                free_bytes=maybe({"type": "integer"}),
                share_of_free=maybe(NUMBER),
                meets_minimum=maybe(FLAG),
                over_pod_limit=FLAG,
            )
        ),
        figures=array(
            fields(id=TEXT, low=NUMBER, typical=NUMBER, high=NUMBER, unit=TEXT, sources=CITATIONS)
        ),
    )


def _finding() -> Schema:
    return fields(
        "Advice on one subject; ``waived`` is the reason why the owner accepts it.",
        id=TEXT,
        scope=choice(*get_args(Scope)),
        subject=TEXT,
        severity=choice(*SEVERITIES),
        title=TEXT,
        text=TEXT,
        remedy=TEXT,
        hours=NUMBER,
        source=PLACE,
        cites=array(TEXT),
        waived=maybe(TEXT),
    )


def _graph() -> Schema:
    evidence = {"type": "object", "required": ["kind", "text"], "properties": {"kind": TEXT}}
    return fields(
        "An edge goes from the service that needs to the one that is needed.",
        edges=array(
            fields(
                from_=TEXT,
                to=TEXT,
                kind=choice(*get_args(EdgeKind)),
                confidence=SHARE,
                evidence=array(evidence),
            )
        ),
        groups=array({"type": "object", "required": ["name", "members"]}),
    )


def _service() -> Schema:
    return fields(
        id=TEXT,
        host=maybe(TEXT),
        runtime=maybe(choice(*get_args(Runtime))),
        image=maybe(TEXT),
        role=maybe(TEXT),
        stateful=maybe(FLAG),
        pins=array(fields(kind=choice(*get_args(Pin)), text=TEXT)),
        pins_known=maybe(FLAG),
        data_only=maybe(FLAG),
        failover=maybe(choice(*get_args(FailoverClass))),
        class_=maybe(choice(*CLASSES)),
        effort_hours=maybe(NUMBER),
        source=PLACE,
        origin=maybe(TEXT),
        stated=STATED,
    )

"""The JSON Schema (draft 2020-12) of a comparison, as `json_form` writes it.

Keys may be added without a new ``format``; a reader has to ignore those it does not know.
"""

from typing import get_args

from analyzer.comparison.model import Part
from analyzer.decision.model import GateStatus, Verdict
from analyzer.reporting.schema_terms import (
    COUNT,
    FLAG,
    FRACTION,
    NUMBER,
    OPTION,
    SHARE,
    TEXT,
    VALUE,
    Schema,
    array,
    choice,
    fields,
    maybe,
)
from analyzer.rulebook.model import OPTIONS, SEVERITIES

_EFFECT: Schema = {
    "description": "How far it moves the score of each option, exactly.",
    "type": "object",
    "properties": dict.fromkeys(OPTIONS, FRACTION),
}
_TEXTS = array(TEXT)


def comparison_schema() -> Schema:
    """Return the schema of a comparison."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "k8sadvisor comparison",
    }
    return head | fields(
        "What changed from one assessment to another; every list with the largest effect first.",
        format={"const": 1},
        empty=FLAG,
        answer_changed=FLAG,
        before=_side(),
        after=_side(),
        incomparable=array(fields(what=TEXT, why=TEXT)),
        explanation=maybe(_explanation()),
        estate=array(_change()),
        edges=array(
            fields(dependent=TEXT, dependency=TEXT, before=maybe(TEXT), after=maybe(TEXT))
        ),
        facts=array(
            fields(
                name=TEXT,
                before=maybe(fields(value=VALUE, unit=TEXT)),
                after=maybe(fields(value=VALUE, unit=TEXT)),
                criteria=_TEXTS,
                effect=FRACTION,
            )
        ),
        criteria=array(
            fields(criterion=TEXT, moved=_EFFECT, before=maybe(_state()), after=maybe(_state()))
        ),
        gates=array(fields(gate=TEXT, before=maybe(_gate()), after=maybe(_gate()))),
        findings=array(
            fields(finding=TEXT, subject=TEXT, before=maybe(_finding()), after=maybe(_finding()))
        ),
        waves=array(fields(service=TEXT, before=maybe(COUNT), after=maybe(COUNT))),
        memory=array(fields(host=TEXT, before_bytes=maybe(COUNT), after_bytes=maybe(COUNT))),
        questions=array(fields(fact=TEXT, before=TEXT, after=TEXT)),
    )


def _side() -> Schema:
    option = fields(score=FRACTION, low=FRACTION, high=FRACTION, share=SHARE, ruled_out_by=_TEXTS)
    return fields(
        label=TEXT,
        scope={"type": "object"},
        decision=fields(
            recommended=OPTION,
            verdict=choice(*get_args(Verdict)),
            feasible=FLAG,
            unconstrained=OPTION,
            opening=TEXT,
            stars=COUNT,
            share=SHARE,
            known_facts=COUNT,
            all_facts=COUNT,
            known_weight=SHARE,
            weight_radius=NUMBER,
            options={"type": "object", "propertyNames": OPTION, "additionalProperties": option},
        ),
        plan=fields(
            total_hours=NUMBER,
            calendar_weeks=maybe(NUMBER),
            exposure=COUNT,
            improvement_hours=NUMBER,
        ),
    )


def _change() -> Schema:
    return fields(
        part=choice(*get_args(Part)),
        subject=TEXT,
        field=TEXT,
        before=_TEXTS,
        after=_TEXTS,
        before_place=TEXT,
        after_place=TEXT,
        private=FLAG,
        effect=maybe(_EFFECT),
    )


def _explanation() -> Schema:
    cause = fields(
        part=choice(*get_args(Part), "fact"),
        subject=TEXT,
        field=TEXT,
        before=_TEXTS,
        after=_TEXTS,
        place=TEXT,
    )
    return fields(
        "Undoing exactly these changes brings the old answer back; made alone they give the new.",
        of=choice("recommendation", "verdict"),
        level=choice("inventory", "facts"),
        undone=array(cause),
        undone_smallest=FLAG,
        alone=array(cause),
        alone_smallest=FLAG,
    )


def _state() -> Schema:
    return fields(title=TEXT, weight=COUNT, known=FLAG, scores=_EFFECT, facts=_TEXTS, text=TEXT)


def _gate() -> Schema:
    return fields(
        title=TEXT,
        status=choice(*get_args(GateStatus)),
        rules_out=array(OPTION),
        says=TEXT,
        lifted_by=TEXT,
    )


def _finding() -> Schema:
    return fields(
        severity=choice(*SEVERITIES), title=TEXT, text=TEXT, place=TEXT, waived=maybe(TEXT)
    )

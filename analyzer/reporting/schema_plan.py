"""The part of the report's schema that is about the plans of all three options."""

from typing import get_args

from analyzer.plan.model import CLASSES
from analyzer.reporting.schema_terms import (
    COUNT,
    FLAG,
    NUMBER,
    PLACE,
    TEXT,
    Schema,
    array,
    choice,
    fields,
    maybe,
)
from analyzer.rulebook.model import PROTECTS, Scope


def plan_schema() -> Schema:
    """Return the schema of the report's ``plan``."""
    size = maybe({"type": "integer"})
    memory = fields(
        host=TEXT, total_bytes=size, during_bytes=size, after_bytes=size, fits=maybe(FLAG)
    )
    step = fields(title=TEXT, text=TEXT)
    return fields(
        preparation_hours=NUMBER,
        total_hours=NUMBER,
        calendar_weeks=maybe(NUMBER),
        exposure=fields(
            "Dependencies across platforms, by weight, summed over the waves.",
            value=COUNT,
            lower_bound=COUNT,
            proven_optimal=FLAG,
            by_name_order=COUNT,
            without_class_rule=maybe(COUNT),
        ),
        earlier=maybe(
            fields(
                "With --previous: of the services that still move, how many kept their wave.",
                kept=COUNT,
                services=COUNT,
            )
        ),
        waves=array(
            fields(
                number={"type": "integer", "minimum": 1},
                class_=choice(*CLASSES),
                groups=array(TEXT),
                services=array(TEXT),
                effort_hours=NUMBER,
                calendar_weeks=maybe(NUMBER),
                exposure_after=COUNT,
                memory=array(memory),
                oversized=FLAG,
                stop_then_start=array(TEXT),
            )
        ),
        never=array(fields(service=TEXT, reason=TEXT, reasons=array(TEXT), source=PLACE)),
        procedures=array(
            fields(class_=choice(*CLASSES), checks=array(TEXT), steps=array(step), rollback=TEXT)
        ),
        improvements=array(
            fields(
                id=TEXT,
                title=TEXT,
                text=TEXT,
                services=array(TEXT),
                hours=NUMBER,
                benefit=NUMBER,
                protects=choice(*PROTECTS),
                scope=choice(*get_args(Scope)),
            )
        ),
        improvement_hours=NUMBER,
        test_cluster=fields(
            host=maybe(TEXT),
            mirrors=array(fields(service=TEXT, reason=TEXT)),
            measurements=array(TEXT),
        ),
    )

"""What the owner wants: readers of budgets, of effort and of unmet needs; the keys of ``needs``."""

import re
from fractions import Fraction
from typing import Any

from analyzer.inventory import unmet
from analyzer.inventory.fields import Field, Reader, Record, found, list_of, refuse
from analyzer.inventory.model import Budget
from analyzer.inventory.scalars import (
    boolean,
    choice,
    count,
    level,
    number,
    size,
    switch,
    text,
)
from analyzer.inventory.suggestion import closest
from analyzer.units import parse_percent

MOST_HOSTS = 1000
HOURS_OF_A_WEEK = 168
MOST_EFFORT_WEEKS = 1040

_EFFORT = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_size = size(zero=True)


def _read_budget(value: Any) -> Budget:
    if isinstance(value, str) and value.rstrip().endswith("%"):
        share = parse_percent(value.strip())
        if share is None or share > 1:
            refuse(f"{found(value)} is not a share of the memory", "write it as 10%")
        return Budget(None, share)
    return Budget(_size.read(value), None)


budget = Reader(_read_budget, {"type": ["string", "integer"]})
"""``1GiB``, or ``10%`` of each host's memory."""


def _read_effort(value: Any) -> dict[str, Fraction]:
    match = _EFFORT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        remedy = "write it in weeks or in hours of work, as in 6w or 40h"
        refuse(f"{found(value)} is not an effort", remedy)
    amount, unit = Fraction(match[1]), match[2][0].lower()
    weeks = {"h": amount / HOURS_OF_A_WEEK, "d": amount / 7, "w": amount}[unit]
    if weeks > MOST_EFFORT_WEEKS:
        refuse(f"{found(value)} is more than 20 years", "check the number and its unit")
    return {"effort_budget_hours": amount} if unit == "h" else {"effort_budget_weeks": weeks}


effort = Reader(_read_effort, {"type": "string", "pattern": r"^\d+(\.\d+)?\s*[hHdDwW]"})
"""``6w`` or ``30d`` on the calendar, or ``40h`` of work."""


def _read_need(value: Any) -> str:
    need = unmet.canonical(text.read(value))
    if unmet.classify(need) == "unknown":
        near = closest(need, unmet.spellings())
        if near is not None:
            refuse(f"{found(value)} is no known need", f"did you mean '{unmet.canonical(near)}'?")
    return need


_needs = list_of(Reader(_read_need, {"type": "string", "examples": list(unmet.known())}))
unmet_needs = Reader(lambda value: tuple(sorted(set(_needs.read(value)))), _needs.schema)
"""Ids of what is missed today, sorted; an empty list says that nothing is."""


def _yes(key: str, about: str) -> Field:
    return Field(key, key, boolean, about)


def _level(key: str, about: str) -> Field:
    return Field(key, key, level, about + " none, low, medium or high.")


NEEDS = Record(
    "needs",
    (
        Field(
            "outages",
            "outages",
            choice("none", "some", "repeated", also=switch("some", "none")),
            "Was something down that should have come back by itself? none, some or repeated.",
        ),
        Field(
            "failover",
            "failover",
            choice("none", "wanted", "required", also=switch("wanted", "none")),
            "Must services restart on another host by themselves? none, wanted or required.",
        ),
        _level("learning_kubernetes", "Is learning Kubernetes a goal, and not yet met?"),
        _level("simplicity", "How much does low upkeep matter?"),
        Field(
            "hours_per_week",
            "hours_per_week",
            number(0, HOURS_OF_A_WEEK),
            "Hours a week that all operators together have for this.",
        ),
        Field("operators", "operators", count(1, 1000), "How many people run this."),
        Field(
            "unmet_needs",
            "unmet_needs",
            unmet_needs,
            f"What is missed today: {', '.join(unmet.known())}, or words of your own.",
        ),
        _yes("leaving_kubernetes", "Runs Kubernetes today and thinks of leaving it."),
        _yes("evaluate_first", "Wants to compare before committing."),
        Field("planned_hosts", "planned_hosts", count(1, MOST_HOSTS), "Hosts within two years."),
        Field(
            "kubernetes_experience",
            "kubernetes_experience",
            choice("none", "some", "production", also=switch("some", "none")),
            "Experience with Kubernetes: none, some or production.",
        ),
        Field(
            "overhead_budget",
            "overhead_budget",
            budget,
            "Memory that a platform may take on each host: 1GiB or 10%.",
        ),
        Field("effort_budget", None, effort, "What a migration may take: 6w, 30d or 40h."),
        _level("standardisation", "How much do standard, portable definitions matter?"),
        _level("zero_downtime_updates", "How much do updates without a gap matter?"),
        _level("disruption_tolerance", "How much disruption is acceptable meanwhile?"),
        _level("multi_tenant", "How much must several teams be kept apart?"),
        Field(
            "shared_storage",
            "shared_storage",
            choice("none", "shared", "replicated", also=switch("shared", "none")),
            "Storage that every host reaches: none, shared (a NAS) or replicated.",
        ),
    ),
)

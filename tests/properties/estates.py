"""Base facts of estates drawn at random, the unknown among them; shared by the properties.

A value is one that an inventory can state or an answer to the fact's question. ``None`` is
unknown, a pair is unknown with bounds.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from analyzer.decision.judging import Judge
from analyzer.decision.problem import Problem, make_problem
from analyzer.facts import gathering  # noqa: F401 - fills the catalogue
from analyzer.facts.catalogue import BASE, add_derived
from analyzer.facts.model import Fact, Facts
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import Rulebook, Value

LEVELS = ("none", "low", "medium", "high")
YES_NO = ("no", "yes")
SHARES = (0, Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(7, 9), 1)

VALUES: dict[str, tuple[Value, ...]] = {
    "hosts.count": (1, 2, 3, 4, 6),
    "needs.planned_hosts": (1, 2, 3, 4, 6, 9),
    "needs.failover": ("none", "wanted", "required"),
    "needs.outages": ("none", "some", "repeated"),
    "needs.learning_kubernetes": LEVELS,
    "needs.simplicity": LEVELS,
    "needs.standardisation": LEVELS,
    "needs.zero_downtime_updates": LEVELS,
    "needs.multi_tenant": LEVELS,
    "needs.disruption_tolerance": LEVELS,
    "needs.kubernetes_experience": ("none", "some", "production"),
    "needs.shared_storage": ("none", "shared", "replicated"),
    "needs.operators": (1, 2, 5),
    "needs.hours_per_week": (1, Fraction(5, 2), 3, 8, 20, 40),
    "needs.evaluate_first": YES_NO,
    "needs.leaving_kubernetes": YES_NO,
    "needs.satisfied": YES_NO,
    "needs.unmet.orchestrator": (0, 1, 2, 3, 6),
    "needs.unmet.podman": (0, 1, 2, 3, 6),
    "needs.effort_budget_weeks": (0, 2, 6, 26, 60),
    "needs.effort_budget_hours": (0, 0, 40, 600),
    "recovery.required": YES_NO,
    "bootstrap.cycles": (0, 0, 0, 1),
    "hosts.sites": (1, 2, 3),
    "hosts.together": YES_NO,
    "hosts.can_carry_server": YES_NO,
    "test.place": ("none", "vm", "spare"),
    "overhead.share_of_free": SHARES,
    "overhead.budget_ratio": (0, Fraction(1, 2), 1, Fraction(3, 2), 4),
    "memory.spread": SHARES,
    "services.free_share": SHARES,
    "services.data_only_share": SHARES,
    "services.stateful_share": SHARES,
    "services.busiest_share": SHARES,
    "services.native_share": SHARES,
    "edges.cross_host_share": SHARES,
    "effort.hours": (120, 141, 180, 240, 600),
}
"""Values that a fact can take, rising where there is an order."""

ALWAYS_KNOWN = (
    "hosts.count",
    "needs.effort_budget_weeks",
    "needs.effort_budget_hours",
    "recovery.required",
    "bootstrap.cycles",
)
BOUNDED = ("services.free_share", "services.data_only_share", "services.stateful_share")

BaseFacts = dict[str, Any]


@cache
def rulebook() -> Rulebook:
    """Return the shipped rules."""
    return load_rulebook()


def weights(profile: str) -> Mapping[str, int]:
    """Return a shipped profile's weights."""
    return rulebook().profiles[profile].weights


PROFILES = tuple(rulebook().profiles)


@st.composite
def base_facts(draw: st.DrawFn, *, unknown: int | None = None) -> BaseFacts:
    """Return values by base fact; of ``unknown`` in 12 the value is not known."""
    gaps = draw(st.sampled_from((0, 1, 3, 8))) if unknown is None else unknown
    chosen: BaseFacts = {}
    for name, values in VALUES.items():
        gap = name not in ALWAYS_KNOWN and draw(st.integers(1, 12)) <= gaps
        if gap and name in BOUNDED and draw(st.booleans()):
            low, high = sorted(draw(st.tuples(st.sampled_from(SHARES), st.sampled_from(SHARES))))
            chosen[name] = (low, high) if low < high else low
        else:
            chosen[name] = None if gap else draw(st.sampled_from(values))
    chosen["hosts.listed"] = chosen["hosts.count"] + draw(st.integers(0, 1))
    chosen["hosts.servers"] = draw(st.integers(0, chosen["hosts.count"]))
    return chosen


def facts_of(values: BaseFacts) -> Facts:
    """Return the facts of an estate with these base facts; those not named are unknown."""
    base = {}
    for name, fact in BASE.items():
        value = values.get(name)
        low, high = value if isinstance(value, tuple) else (None, None)
        known = None if isinstance(value, tuple) else value
        base[name] = Fact(name, known, fact.unit, "", (), low, high)
    every = add_derived(base, rulebook())
    return Facts(every, {}, {}, {}, {}, {}, (), (), (), (), ())


def problem_of(values: BaseFacts, profile: str = "homelab") -> Problem:
    """Return the decision problem of base facts."""
    return make_problem(facts_of(values), rulebook(), weights(profile))


def judge_of(values: BaseFacts, profile: str = "homelab") -> Judge:
    """Return the judge of base facts."""
    return Judge(problem_of(values, profile))

"""Assessment -> what of it can be compared."""

from fractions import Fraction

from analyzer import __version__
from analyzer.assessment import Assessment
from analyzer.comparison import stated
from analyzer.comparison.model import (
    DecisionState,
    FactState,
    FindingState,
    FlipState,
    GateState,
    PlanState,
    Scope,
    Score,
    Snapshot,
    Weighing,
)
from analyzer.plan.model import Plan
from analyzer.rulebook.model import Value

PLACES = 4
"""Decimals that a report gives to what it does not give exactly; memory is in whole bytes."""


def take(assessment: Assessment, label: str = "") -> Snapshot:
    """Return what of an assessment can be compared, named as the user named its input."""
    inventory, topology = assessment.inventory, assessment.topology
    return Snapshot(
        label=label,
        scope=_scope(assessment),
        hosts={name: stated.host(host) for name, host in inventory.hosts.items()},
        services={name: stated.service(each) for name, each in inventory.services.items()},
        volumes={name: stated.volume(volume) for name, volume in inventory.volumes.items()},
        needs=stated.needs(inventory.needs),
        edges={(edge.dependent, edge.dependency): edge.kind for edge in topology.edges},
        facts={
            name: FactState(rounded(fact.value), fact.unit, fact.text)
            for name, fact in sorted(assessment.facts.values.items())
        },
        decision=_decision(assessment),
        weighings=_weighings(assessment),
        gates=_gates(assessment),
        flips=tuple(
            FlipState(flip.input, rounded(flip.before), rounded_value(flip.after), flip.becomes)
            for flip in assessment.decision.flips
        ),
        findings={
            (found.finding.id, subject_of(found.finding.scope, found.subject)): FindingState(
                found.finding.severity,
                found.finding.title,
                found.text,
                str(found.source),
                found.waived,
            )
            for found in assessment.facts.findings
        },
        plan=_plan(assessment.plan),
        memory_bytes={
            item.host: item.added_bytes[1] if item.role != "none" else 0
            for item in assessment.facts.footprint
        },
        questions={item.fact: item.ask for item in assessment.decision.unknowns},
        assessment=assessment,
    )


def subject_of(scope: str, subject: str) -> str:
    """Return the subject of a finding; of the whole estate none, for its name may change."""
    return "" if scope == "estate" else subject


def rounded(value: Value | None) -> Value | None:
    """Return a value as a report gives it: four decimals, whole ones as integers."""
    return None if value is None else rounded_value(value)


def rounded_value(value: Value) -> Value:
    """Return a value that is known as a report gives it."""
    return value if isinstance(value, str) else _number(value)


def _number(value: Fraction | int) -> Fraction | int:
    short = round(Fraction(value), PLACES)
    return short.numerator if short.denominator == 1 else short


def share(value: Fraction) -> Fraction:
    """Return a fraction rounded as a report gives it."""
    return Fraction(_number(value))


def _scope(assessment: Assessment) -> Scope:
    inventory, settings = assessment.inventory, assessment.settings
    return Scope(
        version=__version__,
        rules=assessment.rulebook.fingerprint,
        profile=settings.profile,
        weights=tuple(sorted(dict(settings.weights).items())),
        what_if=settings.what_if,
        today=settings.today,
        name=inventory.name,
        files=inventory.files,
        unread=len(inventory.unread),
    )


def _decision(assessment: Assessment) -> DecisionState:
    found = assessment.decision
    sure = found.confidence
    return DecisionState(
        recommended=found.recommended,
        verdict=found.verdict,
        feasible=found.feasible,
        unconstrained=found.unconstrained,
        opening=found.opening,
        stars=sure.stars,
        share=share(sure.share),
        known_facts=sure.known_facts,
        all_facts=sure.all_facts,
        known_weight=share(sure.known_weight),
        weight_radius=share(found.robustness.weight_radius),
        options={
            item.id: Score(item.score, item.low, item.high, share(item.share), item.ruled_out_by)
            for item in sorted(found.options, key=lambda item: item.id)
        },
    )


def _weighings(assessment: Assessment) -> dict[str, Weighing]:
    found = sorted(assessment.decision.contributions, key=lambda item: item.criterion.id)
    return {
        item.criterion.id: Weighing(
            item.criterion.title,
            item.weight,
            item.known,
            dict(sorted(item.scores.items())),
            item.criterion.facts,
            item.text,
        )
        for item in found
    }


def _gates(assessment: Assessment) -> dict[str, GateState]:
    found = sorted(assessment.decision.gates, key=lambda item: item.gate.id)
    return {
        item.gate.id: GateState(
            item.gate.title, item.status, item.gate.rules_out, item.says, item.lifted_by
        )
        for item in found
    }


def _plan(plan: Plan) -> PlanState:
    weeks = plan.calendar_weeks
    return PlanState(
        waves={name: wave.number for wave in plan.waves for name in sorted(wave.services)},
        total_hours=share(plan.total_hours),
        calendar_weeks=None if weeks is None else share(weeks),
        exposure=plan.exposure.value,
        improvement_hours=share(plan.improvement_hours),
    )

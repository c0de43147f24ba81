"""Appendix D: the whole order of migration, wave by wave, and how each class moves."""

from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.plan.model import Earlier, Exposure, HostMemory, Procedure, Wave
from analyzer.reporting.escape import code, escape, line
from analyzer.reporting.numbers import count, hours, size, weeks
from analyzer.reporting.views.rows import NAMES_LIMIT, Row, Rows, listed, table
from analyzer.reporting.wording import CLASS_WORDS, mark


class Manual(NamedTuple):
    """How services of one class move."""

    title: str
    checks: tuple[str, ...]
    steps: tuple[str, ...]
    rollback: str


class Order(NamedTuple):
    """Waves, memory of the hosts they touch, exposure, and the procedures."""

    needed: bool
    total: str
    waves: Rows
    memory: Rows
    blind: str
    exposure: tuple[str, ...]
    oversized: tuple[str, ...]
    stop_then_start: str
    manuals: tuple[Manual, ...]


def order(assessment: Assessment) -> Order:
    """Return appendix D."""
    plan = assessment.plan
    touched = [(wave.number, host) for wave in plan.waves for host in wave.memory]
    memory = [entry for entry in touched if entry[1].during_bytes is not None]
    blind = sorted({host.host for _, host in touched if host.during_bytes is None})
    stopped = tuple(service for wave in plan.waves for service in wave.stop_then_start)
    total = (
        f"{hours(plan.preparation_hours)} of preparation and {count(len(plan.waves), 'wave')}: "
    )
    total += f"{hours(plan.total_hours)}, {weeks(plan.calendar_weeks)}"
    return Order(
        needed=assessment.decision.recommended == "incremental",
        total=total,
        waves=table(plan.waves, _wave),
        memory=table(memory, _memory),
        blind=listed(blind),
        exposure=(*_earlier(plan.earlier), *exposure(plan.exposure)),
        oversized=tuple(
            f"wave {wave.number}: {listed(wave.services)}" for wave in plan.waves if wave.oversized
        )[:NAMES_LIMIT],
        stop_then_start=listed(stopped),
        manuals=tuple(map(_manual, plan.procedures)),
    )


def _earlier(found: Earlier | None) -> tuple[str, ...]:
    """Return what is kept of an earlier plan."""
    if found is None:
        return ()
    return (
        f"Waves kept from an earlier plan: {found.kept:,} of {count(found.services, 'service')}.",
    )


def exposure(found: Exposure) -> tuple[str, ...]:
    """Return what is proved about the order, and what other rules would cost."""
    lines = []
    if found.proven_optimal:
        lines.append(f"Exposure J = {found.value:,} edge-waves: optimal (proved).")
    elif found.lower_bound > 0:
        lines.append(
            f"Exposure J = {found.value:,} edge-waves; no plan under these rules can be below"
            f" {found.lower_bound:,}."
        )
    else:
        lines.append(f"Exposure J = {found.value:,} edge-waves; not certified.")
    lines.append(f"In order of name it would be {found.by_name_order:,}.")
    other = found.without_class_rule
    if other is not None:
        cost = found.value - other
        lines.append(
            f"Moving what has no state first, as the migration guide wants it, costs"
            f" {cost:,} of these edge-waves; without that rule the order found has {other:,}."
            if cost > 0
            else "Moving what has no state first, as the migration guide wants it, costs nothing."
        )
    return tuple(lines)


def _wave(wave: Wave) -> Row:
    return (
        str(wave.number),
        CLASS_WORDS[wave.service_class],
        listed(wave.services),
        hours(wave.effort_hours),
        weeks(wave.calendar_weeks),
        f"{wave.exposure_after:,}",
    )


def _memory(entry: tuple[int, HostMemory]) -> Row:
    number, host = entry
    return (
        str(number),
        code(host.host),
        size(host.total_bytes),
        size(host.during_bytes),
        size(host.after_bytes),
        mark(host.fits),
    )


def _manual(procedure: Procedure) -> Manual:
    return Manual(
        title=CLASS_WORDS[procedure.service_class],
        checks=tuple(map(line, procedure.checks)),
        steps=tuple(f"{line(step.title)}: {escape(step.text)}" for step in procedure.steps),
        rollback=escape(procedure.rollback),
    )

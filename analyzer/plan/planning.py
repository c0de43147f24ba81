"""Inventory, topology, facts and rules -> Plan: all three options', whichever is recommended."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from analyzer.facts.effort import calendar_weeks, preparation_hours
from analyzer.facts.model import Facts
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory
from analyzer.plan.earlier import kept
from analyzer.plan.groups import Movement, movement
from analyzer.plan.improvements import improvement_hours, improvements
from analyzer.plan.mirrors import measurements, mirrors, spare_host
from analyzer.plan.model import Effort, Exposure, Never, Plan, ServiceClass
from analyzer.plan.ordering import Order, name_order, order
from analyzer.plan.steps import procedures
from analyzer.plan.waves import build_waves, wave_hours
from analyzer.rulebook.model import Rulebook

PRICED_GROUPS = 200
"""Up to so many groups the order without the class rule is worth its time: see `_price`."""


def make_plan(  # noqa: PLR0913 - one argument a stage, and what the owner chose
    inventory: Inventory,
    topology: Topology,
    facts: Facts,
    rulebook: Rulebook,
    effort: Effort,
    hours_per_week: Fraction | None,
    *,
    pinned: Mapping[str, int] | None = None,
    pilots: Collection[str] | None = None,
) -> Plan:
    """Return waves, improvements and mirrors.

    ``effort`` is what the order may cost, in iterations. ``pinned`` are the waves of a plan already
    under way, by service, counted from 1: they are kept where classes and memory allow. ``pilots``
    are the services that go first, as that plan chose them; None chooses anew.

    Raises:
        RulesError: a figure is missing or has the wrong unit.
    """
    moved = movement(inventory, topology, facts, rulebook, pinned, pilots=pilots)
    found = order(moved.problem, effort)
    waves = build_waves(moved, found, inventory, facts, rulebook, hours_per_week)
    preparation = preparation_hours(inventory, rulebook)
    total = preparation + wave_hours(waves)
    work = improvements(facts.findings, inventory, rulebook)
    return Plan(
        waves=waves,
        never=_never(inventory, facts),
        exposure=_exposure(moved, found),
        preparation_hours=preparation,
        total_hours=total,
        calendar_weeks=calendar_weeks(total, hours_per_week),
        improvements=work,
        improvement_hours=improvement_hours(work),
        mirrors=mirrors(inventory, topology, facts, rulebook, moved),
        measurements=measurements(rulebook),
        test_host=spare_host(inventory, topology, facts, rulebook),
        class_of=_class_of(moved),
        procedures=procedures(wave.service_class for wave in waves),
        earlier=kept(waves, pinned or {}),
    )


def _never(inventory: Inventory, facts: Facts) -> tuple[Never, ...]:
    """Return the services that stay, sorted by name."""
    services = inventory.services
    return tuple(
        Never(name, reasons, services[name].source)
        for name, reasons in sorted(facts.never.items())
    )


def _exposure(moved: Movement, found: Order) -> Exposure:
    """Return what the order exposes, beside the order by name and the one without classes."""
    return Exposure(
        value=found.value,
        lower_bound=found.lower_bound,
        proven_optimal=found.proven_optimal,
        by_name_order=name_order(moved.problem),
        without_class_rule=_price(moved),
    )


def _price(moved: Movement) -> int | None:
    """Return J of the best order found without the guide's stateless-first rule, if cheap to find.

    The difference is what the rule costs. There is no useful bound on it, so it is best known only.
    A plan under way has its order already, so nothing is left to compare.
    """
    if len(moved.groups) > PRICED_GROUPS or moved.problem.pinned:
        return None
    return order(moved.problem._replace(class_rule=False), "quick").value


def _class_of(moved: Movement) -> dict[str, ServiceClass]:
    """Return the class of every service that moves, sorted by name."""
    classes = {
        name: moved.class_of(number)
        for number, group in enumerate(moved.groups)
        for name in group.members
    }
    return dict(sorted(classes.items()))

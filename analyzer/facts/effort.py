"""Services -> hours of migration work, and hours -> weeks at the owner's pace."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from analyzer.facts.figures import figure, hours
from analyzer.inventory.model import Inventory, Service
from analyzer.rulebook.model import Rulebook

DEMANDING_ROLES = frozenset({"database", "auth"})
"""Roles that everything else depends on: they take ``service.database-or-auth.factor`` times."""

PHASES = ("guide.preparation", "guide.infrastructure", "guide.optimisation")
"""The guide's phases 1, 2 and 4, whose length does not depend on the number of services."""

SETTING_UP = "guide.infrastructure"
"""The phase that is over where a cluster runs already."""

Rates = Mapping[tuple[bool, bool], Fraction]
"""Hours by (keeps state, is a database or sign-in)."""


def rates(rulebook: Rulebook) -> Rates:
    """Return the hours for every kind of service.

    Raises:
        RulesError: a figure is missing, or its unit is neither hours nor weeks.
    """
    factor = figure(rulebook, "service.database-or-auth.factor").typical
    stateless = hours(rulebook, "service.stateless")[1]
    stateful = hours(rulebook, "service.stateful")[1]
    return {
        (False, False): stateless,
        (True, False): stateful,
        (False, True): stateless * factor,
        (True, True): stateful * factor,
    }


def effort_hours(
    service: Service,
    stateful: bool | None,  # noqa: FBT001 - a fact, not a switch
    role: str,
    table: Rates,
) -> Fraction:
    """Return the hours to move one service; 0 for what is no container or in a cluster already.

    ``stateful`` None, unknown, counts as stateful: data that nobody knew of is what goes wrong.
    """
    if not service.is_container or service.runtime == "kubernetes":
        return _NONE
    return table[stateful is not False, role in DEMANDING_ROLES]


def service_hours(
    inventory: Inventory,
    stateful: Mapping[str, bool | None],
    roles: Mapping[str, str],
    rulebook: Rulebook,
) -> dict[str, Fraction]:
    """Return the hours of every service by name, moved or not.

    Raises:
        RulesError: a figure is missing, or its unit is neither hours nor weeks.
    """
    table = rates(rulebook)
    return {
        name: effort_hours(service, stateful.get(name), roles.get(name, ""), table)
        for name, service in inventory.services.items()
    }


def total_hours(efforts: Iterable[Fraction]) -> Fraction:
    """Return the exact sum; adding by denominator makes 100,000 terms take milliseconds."""
    numerators: dict[int, int] = {}
    for effort in efforts:
        denominator = effort.denominator
        numerators[denominator] = numerators.get(denominator, 0) + effort.numerator
    parts = (Fraction(numerator, denominator) for denominator, numerator in numerators.items())
    return sum(parts, _NONE)


def preparation_hours(inventory: Inventory, rulebook: Rulebook) -> Fraction:
    """Return the hours of the phases before and after the services move.

    A cluster that runs services today needs no setting up, and no preparation at all where
    everything runs in it.

    Raises:
        RulesError: a figure is missing, or its unit is neither hours nor weeks.
    """
    runtimes = {s.runtime for s in inventory.services.values() if s.is_container}
    if "kubernetes" not in runtimes:
        return set_up_hours(rulebook)
    left = (phase for phase in PHASES if phase != SETTING_UP and len(runtimes) > 1)
    return sum((hours(rulebook, phase)[1] for phase in left), _NONE)


def set_up_hours(rulebook: Rulebook) -> Fraction:
    """Return the hours of the same phases for a cluster that does not run yet.

    Raises:
        RulesError: a figure is missing, or its unit is neither hours nor weeks.
    """
    return sum((hours(rulebook, phase)[1] for phase in PHASES), _NONE)


def calendar_weeks(work_hours: Fraction, hours_per_week: Fraction | None) -> Fraction | None:
    """Return the weeks that so many hours take; None when the pace is unknown or nothing."""
    return work_hours / hours_per_week if hours_per_week else None


_NONE = Fraction(0)

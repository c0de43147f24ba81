"""Derived facts by hand; each is a pure function of the values given."""

from fractions import Fraction

import pytest

from analyzer.facts import gathering  # noqa: F401 - fills the catalogue
from analyzer.facts.catalogue import DERIVED, evaluate, figure_values
from analyzer.rulebook.loading import load_rulebook

FIGURES = figure_values(load_rulebook())


def value(fact, **values):
    """Return a derived fact; ``__`` stands for a dot."""
    given = {name.replace("__", "."): given for name, given in values.items()}
    return evaluate(fact, {**FIGURES, **given})


@pytest.mark.parametrize(
    ("count", "listed", "planned", "expected"),
    [(2, 2, 2, 2), (2, 2, 4, 4), (3, 3, 1, 3), (2, 3, 3, 2), (2, 3, 4, 3)],
)
def test_planned_hosts_count_beyond_all_that_are_listed(count, listed, planned, expected):
    """Hosts kept out of a cluster are listed; a plan below today takes none away."""
    known = {"hosts__count": count, "hosts__listed": listed, "needs__planned_hosts": planned}
    assert value("hosts.planned", **known) == expected


@pytest.mark.parametrize(
    ("servers", "together", "planned", "expected"),
    [(3, "yes", 3, 3), (3, "no", 3, 1), (2, "yes", 4, 3), (0, "no", 3, 0), (2, "no", 5, 3)],
)
def test_servers_at_one_site(servers, together, planned, expected):
    """Three hosts listed; where they do not stand together one of them counts, and what is added."""
    known = {"hosts__servers": servers, "hosts__together": together, "hosts__listed": 3}
    assert value("failover.servers", **known, needs__planned_hosts=planned) == expected


@pytest.mark.parametrize(
    ("failover", "recovery", "required", "demand"),
    [
        ("none", "no", "no", 0),
        ("wanted", "no", "no", Fraction(2, 3)),
        ("required", "no", "yes", 1),
        ("none", "yes", "yes", 1),
        ("wanted", "yes", "yes", 1),
    ],
)
def test_how_much_failover_is_asked_for(failover, recovery, required, demand):
    known = {"needs__failover": failover, "recovery__required": recovery}
    assert value("failover.required", **known) == required
    assert value("failover.demand", **known) == demand


@pytest.mark.parametrize(
    ("failover", "recovery", "expected"),
    [
        ("none", "no", "not wanted"),
        ("wanted", "yes", "required by a recovery time"),
        ("required", "yes", "required"),
    ],
)
def test_the_wish_for_failover_says_where_it_comes_from(failover, recovery, expected):
    known = {"needs__failover": failover, "recovery__required": recovery}
    assert value("failover.wish", **known) == expected


@pytest.mark.parametrize(
    ("storage", "free", "data", "movable"),
    [
        ("none", Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)),
        ("shared", Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)),
        ("replicated", Fraction(3, 4), Fraction(1, 2), 1),  # bounds of two unknowns may exceed 1
    ],
)
def test_what_can_run_elsewhere_with_the_storage_there_is(storage, free, data, movable):
    known = {
        "services__free_share": free,
        "services__data_only_share": data,
        "needs__shared_storage": storage,
    }
    assert value("services.movable_share", **known) == movable
    assert value("services.pinned_share", **known) == 1 - movable


@pytest.mark.parametrize(
    ("servers", "delivered"), [(2, 0), (3, Fraction(1, 2)), (5, Fraction(1, 2))]
)
def test_failover_takes_a_quorum(servers, delivered):
    known = {"failover__servers": servers, "services__movable_share": Fraction(1, 2)}
    assert value("failover.deliverable", **known) == delivered
    assert value("failover.effective", **known, failover__demand=Fraction(2, 3)) == (
        delivered * Fraction(2, 3)
    )


@pytest.mark.parametrize(("pace", "weeks"), [(5, 28), (Fraction(7, 2), 40), (0, 560)])
def test_weeks_at_the_owners_pace(pace, weeks):
    """A pace of nothing counts as a quarter of an hour, so that the weeks stay a number."""
    assert value("effort.calendar_weeks", effort__hours=140, needs__hours_per_week=pace) == weeks


@pytest.mark.parametrize(
    ("weeks_budget", "hours_budget", "by_weeks", "by_hours", "pressure"),
    [
        (0, 0, 0, 0, Fraction(28, 52)),
        (7, 0, 4, 0, 4),
        (0, 70, 0, 2, 2),
    ],
)
def test_budgets_in_weeks_and_in_hours(weeks_budget, hours_budget, by_weeks, by_hours, pressure):
    """140 hours at five a week are 28 weeks; without a budget a year is the measure."""
    known = {
        "effort__hours": 140,
        "needs__hours_per_week": 5,
        "needs__effort_budget_weeks": weeks_budget,
        "needs__effort_budget_hours": hours_budget,
    }
    assert value("effort.budget_ratio", **known) == by_weeks
    assert value("effort.hours_ratio", **known) == by_hours
    assert value("effort.pressure", **known) == pressure


def test_a_budget_in_hours_needs_no_pace():
    assert value("effort.hours_ratio", effort__hours=140, needs__effort_budget_hours=40) == 3.5
    assert value("effort.budget_ratio", effort__hours=140, needs__effort_budget_weeks=4) is None


@pytest.mark.parametrize(
    ("tolerance", "risk"),
    [("none", 1), ("low", 1), ("medium", Fraction(1, 2)), ("high", 0)],
)
def test_state_is_a_risk_as_far_as_interruptions_are_not_tolerable(tolerance, risk):
    known = {"services__stateful_share": Fraction(4, 5), "needs__disruption_tolerance": tolerance}
    assert value("disruption.risk", **known) == risk * Fraction(4, 5)


@pytest.mark.parametrize(("place", "room"), [("none", "no"), ("vm", "yes"), ("spare", "yes")])
def test_room_for_a_test_cluster(place, room):
    assert value("test.room", test__place=place) == room


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_nothing_is_derived_from_the_unknown(name):
    assert evaluate(name, dict(FIGURES)) is None

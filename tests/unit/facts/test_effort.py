from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.effort import (
    calendar_weeks,
    effort_hours,
    preparation_hours,
    rates,
    service_hours,
    set_up_hours,
    total_hours,
)
from tests.unit.plan.small import host, inventory, many, rulebook, service


@pytest.mark.parametrize(("stateful", "weeks"), [(False, 2), (True, 3), (None, 3)])
def test_fifty_services_take_the_guides_two_to_three_weeks(stateful, weeks):
    estate = inventory([host("a")], many(50))
    state = dict.fromkeys(estate.services, stateful)
    total = total_hours(service_hours(estate, state, {}, rulebook()).values())
    assert calendar_weeks(total, Fraction(40)) == weeks


def test_the_phases_add_up_to_more_than_the_headline():
    """1 + 1 + (2 to 3) + 1 weeks are 5 to 6; the guide says 4 to 6."""
    figures = rulebook().figures
    fixed = calendar_weeks(set_up_hours(rulebook()), Fraction(40))
    migration, headline = figures["guide.migration"], figures["guide.headline"]
    assert (fixed + migration.low, fixed + migration.high) == (5, 6)
    assert (headline.low, headline.high) == (4, 6)


@pytest.mark.parametrize(
    ("stateful", "role", "hours"),
    [
        (False, "app", Fraction("1.6")),
        (True, "app", Fraction("2.4")),
        (None, "", Fraction("2.4")),
        (True, "database", Fraction("4.8")),
        (False, "auth", Fraction("3.2")),
    ],
)
def test_hours_of_one_service(stateful, role, hours):
    assert effort_hours(service("x"), stateful, role, rates(rulebook())) == hours


@pytest.mark.parametrize("runtime", ["systemd", "external", "kubernetes"])
def test_what_runs_in_no_container_or_in_a_cluster_already_takes_no_hours(runtime):
    assert effort_hours(service("x", runtime=runtime), True, "", rates(rulebook())) == 0


@pytest.mark.parametrize(
    ("runtimes", "weeks"),
    [(["podman"], 3), (["podman", "kubernetes"], 2), (["kubernetes"], 0), ([], 3)],
)
def test_a_cluster_that_runs_is_not_set_up_again(runtimes, weeks):
    """Phases 1, 2 and 4 take a week each; the second one is the setting up."""
    services = [service(runtime, runtime=runtime) for runtime in runtimes]
    services.append(service("native", runtime="systemd"))
    prepared = preparation_hours(inventory([host("a")], services), rulebook())
    assert calendar_weeks(prepared, Fraction(40)) == weeks


def test_weeks_at_the_owners_pace():
    assert calendar_weeks(Fraction(200), Fraction(5)) == 40
    assert calendar_weeks(Fraction(200), None) is None
    assert calendar_weeks(Fraction(200), Fraction(0)) is None


@given(st.lists(st.fractions(0, 100, max_denominator=40), max_size=20))
def test_the_total_is_the_exact_sum(efforts):
    assert total_hours(efforts) == sum(efforts, Fraction(0))

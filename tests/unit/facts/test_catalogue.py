"""The catalogue: facts declared once, derived ones as functions of base ones, unknown kept unknown."""

from fractions import Fraction

import pytest

from analyzer.facts import catalogue, gathering
from analyzer.facts.catalogue import (
    BASE,
    DERIVED,
    add_derived,
    base,
    base_facts_of,
    derived,
    evaluate,
    figure_values,
    read_base,
    share,
)
from analyzer.facts.model import Fact
from analyzer.inventory.model import Source
from analyzer.rulebook.loading import load_rulebook

RULEBOOK = load_rulebook()


@pytest.fixture
def own(monkeypatch):
    """A catalogue of three base facts and two derived ones: total = a + b, all = total + c."""
    monkeypatch.setattr(catalogue, "BASE", {})
    monkeypatch.setattr(catalogue, "DERIVED", {})

    @base("a", "hosts")
    def first(estate):
        """How many.

        More of the docstring is no part of the meaning.
        """
        return catalogue.Reading(estate, "read", (Source("i.yaml", 3, 1),))

    @base("b", "")
    def second(estate):  # noqa: ARG001 - reads nothing
        """How many more."""
        return catalogue.Reading(None, "not stated", (), 1, 5)

    @derived("total", "hosts", ("a", "b"))
    def total(a, b):
        """How many together."""
        return a + b

    @derived("all", "hosts", ("total", "c", "figure.quorum-servers"))
    def everything(together, c, quorum):
        """How many at all."""
        return together + c + quorum


@pytest.mark.usefixtures("own")
def test_a_fact_is_declared_by_its_function():
    assert catalogue.BASE["a"][:3] == ("a", "hosts", "How many.")
    assert catalogue.DERIVED["total"][:4] == ("total", "hosts", "How many together.", ("a", "b"))


@pytest.mark.usefixtures("own")
def test_base_facts_are_read_in_order_of_name_with_bounds_and_sources():
    assert read_base(4) == {
        "a": Fact("a", 4, "hosts", "read", (Source("i.yaml", 3, 1),)),
        "b": Fact("b", None, "", "not stated", (), 1, 5),
    }


@pytest.mark.usefixtures("own")
def test_the_base_facts_of_a_fact_are_found_through_others():
    assert base_facts_of("a") == ("a",)
    assert base_facts_of("all") == ("a", "b", "c", "figure.quorum-servers")


@pytest.mark.usefixtures("own")
def test_evaluation_is_remembered_and_unknown_where_anything_is():
    values = {"a": 1, "b": 2, "figure.quorum-servers": 3}
    assert evaluate("total", values) == 3
    assert values["total"] == 3
    assert evaluate("all", values) is None
    assert evaluate("nothing", values) is None
    assert evaluate("all", {"total": 10, "c": 1, "figure.quorum-servers": 3}) == 14


@pytest.mark.usefixtures("own")
def test_derived_facts_are_added_with_the_sources_of_what_they_rest_on():
    facts = {name: fact._replace(value=2) for name, fact in read_base(4).items()}
    found = add_derived(facts, RULEBOOK)
    assert list(found) == ["a", "all", "b", "total"]
    assert found["total"] == Fact(
        "total", 4, "hosts", "How many together.", (Source("i.yaml", 3, 1),)
    )
    assert found["all"].value is None


def test_figures_are_values_under_their_own_names():
    values = figure_values(RULEBOOK)
    assert values["figure.quorum-servers"] == 3
    assert values["figure.failover-wanted"] == Fraction(2, 3)


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 3, Fraction(1, 3)), (0, 0, 0)])
def test_a_share_of_nothing_is_none(part, whole, expected):
    assert share(part, whole) == expected


def test_the_shipped_catalogue_is_whole():
    """Every fact says what it means; every derived one rests on facts and figures that exist."""
    assert gathering.gather is not None
    figures = figure_values(RULEBOOK)
    for fact in (*BASE.values(), *DERIVED.values()):
        assert fact.meaning.endswith("."), fact.name
    for name in DERIVED:
        for need in base_facts_of(name):
            assert need in BASE or need in figures, (name, need)
    assert not set(BASE) & set(DERIVED)


def test_every_fact_that_a_rule_reads_and_that_can_be_unknown_has_a_question():
    """Else the decision could not say what it may be. These are told by every inventory."""
    told = {
        "bootstrap.cycles",
        "hosts.count",
        "hosts.listed",
        "hosts.servers",
        "needs.effort_budget_hours",
        "needs.effort_budget_weeks",
    }
    read = {fact for one in RULEBOOK.criteria.values() for fact in one.facts}
    for gate in RULEBOOK.gates.values():
        read |= set(catalogue_facts(gate.when))
    bases = {name for fact in read for name in base_facts_of(fact) if name in BASE}
    assert bases - set(RULEBOOK.questions) == told


def catalogue_facts(condition):
    """Return the facts of a condition."""
    if hasattr(condition, "fact"):
        return [condition.fact]
    return [fact for part in condition.parts for fact in catalogue_facts(part)]

"""The catalogue of facts about one subject."""

from fractions import Fraction

import pytest

from analyzer.facts.findings import CATALOGUE
from analyzer.facts.per_service import service_facts
from analyzer.facts.subjects import MAX_RANGE, context, level, shown
from analyzer.inventory.model import Port
from analyzer.rulebook.loading import load_rulebook
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()
ALL = [fact for facts in CATALOGUE.values() for fact in facts.values()]


def around(*records):
    estate = build.inventory(*records)
    topology = topology_of(estate)
    return context(estate, topology, service_facts(estate, topology, RULEBOOK))


@pytest.mark.parametrize("fact", ALL, ids=lambda fact: fact.name)
def test_a_fact_has_a_meaning_and_its_values_are_of_its_kind(fact):
    records = [build.host("h"), build.service("x", host="h", image="postgres:16")]
    here = around(*records)
    subject = {"service": records[1], "host": records[0], "estate": here.inventory}[fact.scope]
    value = fact.read(subject, here)
    assert fact.meaning.endswith(".")
    assert CATALOGUE[fact.scope][fact.name] is fact
    if fact.kind == "number":
        assert value is None or isinstance(value, int | Fraction)
    elif fact.levels:
        assert value is None or value in fact.levels
    else:
        assert isinstance(value, str)


def test_declaring_a_fact_makes_its_docstring_the_catalogues_entry():
    facts = {}

    @level(facts, "host.odd", key="cluster other")
    def odd(host, _):
        """Whether it is odd.

        More than the catalogue shows.
        """
        return "yes" if host.name else None

    fact = facts["host.odd"]
    assert (fact.scope, fact.meaning, fact.keys) == (
        "host",
        "Whether it is odd.",
        ("cluster", "other"),
    )
    assert fact.read is odd


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2**30, "bytes", "1 GiB"),
        (Fraction(300), "seconds", "5 min"),
        (Fraction(17, 20), "share", "85 %"),
        (3, "services", "3"),
        ("a, b", "", "a, b"),
        (None, "hosts", "an unknown number of"),
    ],
)
def test_values_are_shown_with_their_unit(value, unit, expected):
    assert shown(value, unit) == expected


def test_containers_are_counted_where_they_run():
    here = around(
        build.host("h"),
        build.host("empty"),
        build.service("a", host="h"),
        build.service("native", host="h", runtime="systemd"),
        build.service("nowhere"),
    )
    assert {host: [s.name for s in found] for host, found in here.containers_on.items()} == {
        "empty": [],
        "h": ["a"],
    }


def published(name, number, *, count=1, host_ip=None, host="h"):
    return build.service(name, host=host, ports=(Port(80, number, count, "tcp", host_ip),))


def test_clashes_name_the_port_and_the_other_service():
    here = around(build.host("h"), published("a", 8080, count=3), published("b", 8082))
    assert here.clashes == {"a": "8082/tcp with b", "b": "8082/tcp with a"}


@pytest.mark.parametrize("number", [0, None])
def test_ports_that_the_engine_picks_never_clash(number):
    assert around(build.host("h"), published("a", number), published("b", number)).clashes == {}


def test_a_huge_range_is_not_spelled_out():
    here = around(build.host("h"), published("a", 1, count=65535), published("b", MAX_RANGE + 1))
    assert here.clashes == {}

from analyzer.facts.per_service import service_facts
from analyzer.rulebook.loading import load_rulebook
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()


def test_every_service_has_every_fact_but_only_those_that_stay_a_reason():
    estate = build.inventory(
        build.host("h"),
        build.service("caddy", host="h", image="caddy:2", lines={"volumes": 1}),
        build.service("whoogle", host="h", image="benbusby/whoogle-search", lines={"volumes": 1}),
    )
    facts = service_facts(estate, topology_of(estate), RULEBOOK)
    for of_each in (facts.images, facts.roles, facts.uses, facts.stateful, facts.pins):
        assert list(of_each) == ["caddy", "whoogle"]
    assert list(facts.never) == ["caddy"]


def test_nothing_in_nothing_out():
    estate = build.inventory(build.host("h"))
    assert not any(service_facts(estate, topology_of(estate), RULEBOOK))

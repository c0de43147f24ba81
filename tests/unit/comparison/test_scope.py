"""What cannot be compared is said, never passed over."""

from analyzer.comparison.comparing import compare
from tests.unit.comparison.test_conditions import NOW, REQUIRED


def other(**changes):
    return NOW._replace(scope=NOW.scope._replace(**changes))


def test_other_rules_leave_only_what_is_listed():
    found = compare(other(rules="x"), REQUIRED)
    assert "made with other rules" in found.incomparable[0].why
    assert [change.subject for change in found.estate] == ["failover"]
    assert (found.weighings, found.gates, found.findings, found.facts) == ((), (), (), ())
    assert not compare(other(rules="x"), NOW).is_empty


def test_another_version_says_so():
    assert "k8sadvisor 0.0.9" in compare(other(version="0.0.9"), NOW).incomparable[0].why


def test_other_weights_leave_facts_and_gates():
    found = compare(other(weights=(("learning", 9),)), REQUIRED)
    assert found.gates
    assert not found.weighings
    assert "learning=9" in found.incomparable[0].why


def test_another_estate_is_not_the_same_one_later():
    few = {name: NOW.services[name] for name in list(NOW.services)[:3]}
    found = compare(other(name="office")._replace(services=few), NOW)
    assert "different estates" in found.incomparable[0].why
    assert not found.estate


def test_a_new_name_is_a_change_where_the_services_are_the_same():
    found = compare(other(name="house"), NOW)
    assert not found.incomparable
    assert [(change.part, change.after) for change in found.estate] == [("estate", ("home",))]


def test_places_not_understood_are_told():
    found = compare(other(unread=3), NOW)
    assert "3 places" in found.incomparable[0].why


def test_a_report_that_does_not_say_what_it_is_of():
    old = NOW._replace(hosts=None, services=None, volumes=None, needs=None, assessment=None)
    found = compare(old, REQUIRED)
    assert found.gates
    assert "write it anew" in found.incomparable[0].why

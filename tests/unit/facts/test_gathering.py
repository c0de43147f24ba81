"""All facts of an estate at once."""

from analyzer.facts.catalogue import BASE, DERIVED
from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.inventory.model import Waiver
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from tests import build

RULEBOOK = load_rulebook()


def gathered(*records, today="", **fields):
    estate = build.inventory(*records, **fields)
    return gather(estate, build_topology(estate, RuleImages(RULEBOOK)), RULEBOOK, today)


def app(name, **fields):
    return build.service(name, host="h", runtime="podman", lines={"volumes": 1}, **fields)


def test_every_fact_of_the_catalogue_is_there_in_order():
    found = gathered(build.host("h"), app("web"))
    assert list(found.values) == sorted({*BASE, *DERIVED})
    assert all(fact.name == name for name, fact in found.values.items())


def test_what_is_unknown_and_can_be_asked_is_asked():
    found = gathered(build.host("h"), app("web"), needs=build.wishes(failover="none"))
    asked = {question.fact for question in found.unknown}
    assert "needs.outages" in asked
    assert "needs.failover" not in asked
    assert all(found.values[name].value is None for name in asked)
    known = {name for name, fact in found.values.items() if fact.value is not None}
    assert set(RULEBOOK.questions) - asked <= known


def test_everything_by_service_names_every_service():
    found = gathered(build.host("h"), app("web"), app("vpn", migrate="never"))
    for of_each in (found.pins, found.stateful, found.roles, found.effort_hours):
        assert set(of_each) == {"web", "vpn"}
    assert set(found.never) == {"vpn"}
    assert [row.host for row in found.footprint] == ["h"]
    assert found.checklist


def test_waivers_expire_only_against_a_stated_day():
    """Without a day nothing expires, so that the same file gives the same report tomorrow."""
    waiver = Waiver("image-not-pinned", "web", "small", "2026-06-30", build.SOURCE)
    records = (build.host("h"), app("web", image="nginx:latest"))

    def waived(today):
        found = gathered(*records, today=today, waivers=[waiver])
        (one,) = (f for f in found.findings if f.finding.id == "image-not-pinned")
        return one.waived, found.expired_waivers != ()

    assert waived("") == ("small", False)
    assert waived("2026-06-30") == ("small", False)
    assert waived("2026-07-01") == (None, True)


def test_the_order_of_the_inventory_changes_nothing():
    records = [build.host("h"), build.host("g"), app("web", needs=["db"]), app("db"), app("x")]
    assert gathered(*records) == gathered(*reversed(records))


def test_environment_values_stay_inside():
    secret = "correct-horse-battery"  # noqa: S105 - a canary
    found = gathered(
        build.host("h"), app("web", env={"DB_PASSWORD": secret, "DB_HOST": "db"}), app("db")
    )
    assert secret not in repr(found)

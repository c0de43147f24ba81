"""Estates in between: what is undone is undone, and what belongs together stays together."""

from analyzer.comparison.undoing import Pair
from analyzer.inventory.checks import dangling
from tests.build import host, inventory, service, volume, wishes

OLD = inventory(
    host("a", memory="8GiB"),
    service("web", host="a", image="nginx:1", needs=["db"]),
    service("db", host="a", image="postgres:16"),
    needs=wishes(planned_hosts=2, failover="none"),
)
NEW = inventory(
    host("a", memory="16GiB"),
    host("b"),
    service("web", host="b", image="nginx:1", needs=["cache"]),
    service("cache", host="b", image="redis:7"),
    volume("data", host="b"),
    needs=wishes(planned_hosts=3, failover="none"),
)
ALL = {
    ("need", "planned_hosts", ""),
    ("host", "a", "memory"),
    ("host", "b", ""),
    ("service", "web", "host"),
    ("service", "web", "depends_on"),
    ("service", "cache", ""),
    ("service", "db", ""),
    ("volume", "data", ""),
}


def closed(*keys, pair=None):
    return (pair or Pair(OLD, NEW)).close(frozenset(keys))


def test_changes_are_what_a_person_would_undo():
    assert set(Pair(OLD, NEW).changes) == ALL


def test_nothing_undone_is_the_new_one_and_everything_the_old_one():
    pair = Pair(OLD, NEW)
    assert pair.between(frozenset()) == NEW
    back = pair.between(frozenset(pair.changes))
    assert back._replace(needs=back.needs._replace(lines={})) == OLD._replace(
        needs=OLD.needs._replace(lines={})
    )


def test_one_field_is_undone_alone():
    between = Pair(OLD, NEW).between(frozenset({("host", "a", "memory")}))
    assert between.hosts["a"].memory_bytes == OLD.hosts["a"].memory_bytes
    assert between._replace(hosts=NEW.hosts) == NEW


def test_a_host_that_goes_takes_what_came_onto_it():
    assert closed(("host", "b", "")) == {
        ("host", "b", ""),
        ("service", "web", "host"),
        ("service", "cache", ""),
        ("service", "web", "depends_on"),
        ("service", "db", ""),
        ("volume", "data", ""),
    }


def test_a_dependency_on_what_is_gone_brings_it_back():
    assert closed(("service", "web", "depends_on")) == {
        ("service", "web", "depends_on"),
        ("service", "db", ""),
    }


def test_every_closed_set_is_an_estate_without_loose_ends():
    for pair in (Pair(OLD, NEW), Pair(NEW, OLD)):
        for key in pair.changes:
            found = pair.close(frozenset({key}))
            assert found is not None
            assert not dangling(pair.between(found))


def test_a_network_and_what_it_is_written_in_are_one_change():
    old = inventory(host("a"), service("x", host="a", network_mode="host"))
    new = inventory(host("a"), service("x", host="a", networks=("net",)))
    assert Pair(old, new).changes == (("service", "x", "network_mode"),)


def test_places_are_no_change():
    moved = OLD._replace(
        services={
            name: each._replace(
                source=each.source._replace(line=99),
                lines=dict.fromkeys(each.lines, 99),
                depends_on=tuple(need._replace(line=99) for need in each.depends_on),
            )
            for name, each in OLD.services.items()
        }
    )
    assert Pair(OLD, moved).changes == ()


def test_an_empty_list_that_is_stated_is_not_one_that_is_missing():
    stated = service("x", host="a", lines={"volumes": 3})
    old, new = (inventory(host("a"), each) for each in (service("x", host="a"), stated))
    assert Pair(old, new).changes == (("service", "x", "volumes"),)
    assert (
        "volumes"
        not in Pair(old, new).between(frozenset({("service", "x", "volumes")})).services["x"].lines
    )

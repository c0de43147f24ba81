from fractions import Fraction

import pytest

from analyzer.plan.groups import movement, resident_bytes
from analyzer.plan.model import CLASSES
from tests.unit.plan.small import (
    GB,
    MIB,
    edge,
    facts,
    host,
    inventory,
    many,
    rulebook,
    service,
    topology,
)


def move(services, edges=(), together=(), hosts=None, pinned=None, **found):
    estate = inventory(hosts or [host("a")], services)
    return movement(
        estate, topology(estate, edges, together), facts(estate, **found), rulebook(), pinned
    )


def classes(moved):
    return {group.name: moved.class_of(n) for n, group in enumerate(moved.groups)}


def test_a_group_with_one_member_that_stays_stays_whole():
    services = [service("app"), service("sidecar"), service("vpn"), service("web")]
    moved = move(services, together=[("sidecar", "vpn")], never=["vpn"])
    assert moved.problem.names == ("app", "web")


@pytest.mark.parametrize("runtime", ["systemd", "external", "kubernetes"])
def test_only_containers_outside_kubernetes_move(runtime):
    assert move([service("x", runtime=runtime), service("y")]).problem.names == ("y",)


def test_effort_in_tenths_of_a_day():
    """Stateless 1.6 h are 2 units of 0.8 h, stateful 3, a database 6; a group adds up."""
    services = [service("db"), service("plain"), service("state"), service("x"), service("y")]
    moved = move(
        services,
        together=[("x", "y")],
        stateful={"db": True, "state": True, "x": None},
        roles={"db": "database"},
    )
    assert dict(zip(moved.problem.names, moved.problem.effort, strict=True)) == {
        "db": 6,
        "plain": 2,
        "state": 3,
        "x": 5,
    }
    assert moved.problem.capacity == 25


def test_efforts_round_up_to_whole_units():
    rules = rulebook()
    figures = dict(rules.figures)
    figures["plan.unit"] = figures["plan.unit"]._replace(typical=Fraction(1))
    estate = inventory([host("a")], [service("x")])
    moved = movement(estate, topology(estate), facts(estate), rules._replace(figures=figures))
    assert (moved.problem.effort, moved.problem.capacity) == ((2,), 20)


def test_classes():
    high = {"criticality": "high"}
    services = [service(name) for name in ("auth", "known", "p1", "p2", "p3", "unknown", "z")]
    services += [service("critical", **high), service("worst", **high)]
    moved = move(
        services,
        edges=[edge("known", "z")],
        stateful={"known": True, "unknown": None, "worst": True},
        roles={"auth": "auth"},
    )
    assert classes(moved) == {
        "auth": "stateful",
        "critical": "stateless-critical",
        "known": "stateful",
        "p1": "pilot",
        "p2": "pilot",
        "p3": "pilot",
        "unknown": "stateful",
        "worst": "stateful-critical",
        "z": "stateless",
    }


def test_one_stateful_or_critical_member_decides_for_its_group():
    services = [service("a"), service("b", criticality="high"), service("c")]
    moved = move(services, together=[("a", "b", "c")], stateful={"c": True})
    assert classes(moved) == {"a": "stateful-critical"}


def test_pilots_are_those_with_least_to_break():
    services = [service(name) for name in "abcde"]
    moved = move(services, edges=[edge("a", "b"), edge("c", "b", "soft")])
    assert [name for name, kind in classes(moved).items() if kind == "pilot"] == ["c", "d", "e"]


def test_risk_is_four_for_each_that_needs_it_and_one_for_each_member():
    services = [service(name) for name in "abcd"]
    moved = move(services, edges=[edge("a", "c"), edge("b", "c")], together=[("c", "d")])
    assert dict(zip(moved.problem.names, moved.problem.risk, strict=True)) == {
        "a": 1,
        "b": 1,
        "c": 4 * 2 + 2,
    }


def test_memory_rows_and_headroom():
    """a is the server: 8 GB less 4 used, less 1000 MB and 2 pods of 11 MB: 2978 MB or 2840 MiB."""
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=4 * GB), host("b")]
    services = [
        service("x", "a", memory_bytes=100 * MIB + 1),
        service("y", "a", memory_limit_bytes=50 * MIB),
        service("z", "b", memory_bytes=GB),
    ]
    moved = move(services, hosts=hosts, together=[("x", "z")])
    assert moved.hosts == ("a",)  # what is free on b is unknown: no row for it
    assert moved.problem.headroom == (2978 * 10**6 // MIB,) == (2840,)
    assert moved.problem.memory == (((0, 101),), ((0, 50),))


def test_a_full_host_has_no_headroom_and_unknown_sizes_ask_for_none():
    full = [host("a", memory_bytes=2 * GB, memory_used_bytes=2 * GB)]
    moved = move([service("x")], hosts=full)
    assert (moved.problem.headroom, moved.problem.memory) == ((0,), ((),))


def test_measured_memory_wins_over_the_limit():
    assert resident_bytes(service("x", memory_bytes=1, memory_limit_bytes=2)) == 1
    assert resident_bytes(service("x", memory_limit_bytes=2)) == 2
    assert resident_bytes(service("x")) is None


def test_pinned_services_pin_their_groups_to_the_earliest_wave():
    services = [service(name) for name in "abc"]
    pinned = {"c": 3, "b": 2, "a": 4, "gone": 1}
    moved = move(services, together=[("b", "c")], pinned=pinned)
    assert moved.problem.pinned == ((0, 2), (1, 1))


def pilots_of(names, pilots, pinned):
    services = [service(name) for name in names]
    estate = inventory([host("a")], services)
    found = facts(estate)
    moved = movement(estate, topology(estate, ()), found, rulebook(), pinned, pilots=pilots)
    return [g.name for n, g in enumerate(moved.groups) if moved.class_of(n) == "pilot"]


def test_pilots_of_an_earlier_plan_stay_pilots_and_new_services_fill_their_number():
    chosen = pilots_of("abcdefgh", None, {})
    assert chosen == list("abc")
    waves = dict.fromkeys("fgh", 1) | dict.fromkeys("abcde", 2)
    assert pilots_of("abcdefgh", "fgh", waves) == list("fgh")
    assert pilots_of("abcdefghij", "fgh", waves) == list("fgh")
    assert pilots_of("abcdeghij", "fgh", waves) == list("ghi")  # f has moved, i and j are new


def test_pilots_that_have_all_moved_are_not_replaced():
    waves = dict.fromkeys("fgh", 1) | dict.fromkeys("abcde", 2)
    assert pilots_of("abcdeij", "fgh", waves) == []
    assert pilots_of("abc", (), {"a": 1}) == []


def test_nothing_moves():
    moved = move([service("x")], never=["x"])
    assert (moved.groups, moved.problem.names, moved.problem.edges) == ((), (), ())


def test_the_order_of_the_file_changes_nothing():
    services, edges = many(9), [edge("s003", "s001"), edge("s001", "s007", "soft")]
    state = {"s003": True, "s005": None}
    forward = move(services, edges, stateful=state)
    backward = move(services[::-1], edges[::-1], stateful=state)
    assert forward == backward
    assert set(classes(forward).values()) <= set(CLASSES)

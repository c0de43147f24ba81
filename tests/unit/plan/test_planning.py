from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.groups import movement
from analyzer.plan.ordering import exposure
from analyzer.plan.planning import PRICED_GROUPS, make_plan
from tests.unit.plan.small import (
    GB,
    MB,
    edge,
    facts,
    host,
    inventory,
    many,
    rulebook,
    service,
    topology,
)


def planned(services, edges=(), together=(), hosts=None, pace=Fraction(5), pinned=None, **found):
    estate = inventory(hosts or [host("a")], services)
    graph, known = topology(estate, edges, together), facts(estate, **found)
    plan = make_plan(estate, graph, known, rulebook(), "normal", pace, pinned=pinned)
    return plan, movement(estate, graph, known, rulebook(), pinned)


def test_hours_and_weeks_of_a_small_migration():
    """120 h for the phases, 1.6 + 2.4 h for two services: 124 h, 24.8 weeks at 5 hours a week."""
    plan, _ = planned([service("web"), service("wiki")], stateful={"wiki": True})
    assert [wave.services for wave in plan.waves] == [("web",), ("wiki",)]
    assert [wave.service_class for wave in plan.waves] == ["pilot", "stateful"]
    assert (plan.preparation_hours, plan.total_hours) == (120, 124)
    assert plan.calendar_weeks == Fraction("24.8")
    assert [item.service_class for item in plan.procedures] == ["pilot", "stateful"]
    assert plan.class_of == {"web": "pilot", "wiki": "stateful"}
    assert plan.exposure.proven_optimal


def test_what_stays_says_why():
    plan, _ = planned([service("vpn"), service("web")], never=["vpn"])
    (never,) = plan.never
    assert (never.service, never.reasons, never.source.line) == ("vpn", ("stays",), 1)
    assert all("vpn" not in wave.services for wave in plan.waves)


def test_nothing_moves_and_the_plan_is_empty_but_whole():
    plan, _ = planned([service("unit", runtime="systemd")])
    assert (plan.waves, plan.class_of, plan.procedures) == ((), {}, ())
    assert (plan.exposure.value, plan.total_hours) == (0, 120)


def test_exposure_adds_up_from_the_waves_and_beats_the_order_by_name():
    """app -> db (2), stateless before stateful: it crosses after the wave of app only."""
    services = [service("app", criticality="high"), service("db"), service("z")]
    plan, _ = planned(services, [edge("app", "db")], stateful={"db": True})
    left = [wave.exposure_after for wave in plan.waves]
    assert (left, plan.exposure.value) == ([0, 4, 0], sum(left) + 3)
    assert plan.exposure.value <= plan.exposure.by_name_order


def test_the_class_rule_costs_exposure():
    """A critical app and its stateful database could share a wave, were it not for the classes."""
    services = [service("app"), service("db"), *many(4)]
    edges = [edge("app", "db"), edge("app", "s000"), edge("s001", "db")]
    plan, _ = planned(services, edges, stateful={"db": True})
    assert plan.exposure.without_class_rule < plan.exposure.value


def test_the_price_of_the_class_rule_is_left_out_when_it_takes_long():
    plan, _ = planned(many(PRICED_GROUPS + 1))
    assert plan.exposure.without_class_rule is None
    plan, _ = planned(many(PRICED_GROUPS))
    assert plan.exposure.without_class_rule is not None


def test_no_wave_breaks_a_hosts_memory():
    """3978 MB are free beside K3s and two pods; 3 GB and 2 GB do not run twice in one wave."""
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=3 * GB)]
    services = [service("x", memory_bytes=3 * GB), service("y", memory_bytes=2 * GB)]
    plan, _ = planned(services, hosts=hosts)
    assert [len(wave.services) for wave in plan.waves] == [1, 1]
    assert all(row.fits for wave in plan.waves for row in wave.memory)
    services.append(service("z", memory_bytes=4 * GB))
    plan, _ = planned(services, hosts=hosts)
    assert [w.stop_then_start for w in plan.waves if "z" in w.services] == [("z",)]


def test_a_plan_under_way_is_kept():
    services = [service(name) for name in "abcdefghijklmnopqrstuvwxyz"]
    before, _ = planned(services, stateful=dict.fromkeys("klmnopqrstuvwxyz", True))
    pinned = {name: wave.number for wave in before.waves for name in wave.services}
    after, _ = planned(services, stateful=dict.fromkeys("klmnopqrstuvwxyz", True), pinned=pinned)
    assert [w.services for w in after.waves] == [w.services for w in before.waves]


names = [f"s{number:03d}" for number in range(8)]
some_edges = st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=10)


@pytest.mark.parametrize("seeded", [True, False])
@given(
    some_edges,
    st.lists(st.sampled_from([None, False, True]), min_size=8, max_size=8),
    st.sets(st.sampled_from(names)),
    st.sets(st.sampled_from(names), min_size=2, max_size=3),
)
def test_every_group_moves_whole_and_once(seeded, pairs, states, never, together):
    edges = [edge(u, v, "hard" if seeded else "soft") for u, v in sorted(set(pairs)) if u != v]
    services = many(8, memory_bytes=10 * MB)
    state = dict(zip(names, states, strict=True))
    plan, moved = planned(
        services, edges, [tuple(together)], stateful=state, never=never, pace=None
    )
    placed = [name for wave in plan.waves for name in wave.services]
    stays = set(never) | (together if together & never else set())
    assert sorted(placed) == sorted(set(names) - stays)
    wave_of = {group: wave.number for wave in plan.waves for group in wave.groups}
    order = tuple(wave_of[group.name] for group in moved.groups)
    assert exposure(moved.problem, order) == plan.exposure.value >= plan.exposure.lower_bound
    for wave in plan.waves:
        assert {plan.class_of[name] for name in wave.services} == {wave.service_class}

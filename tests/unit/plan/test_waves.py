from fractions import Fraction

from analyzer.plan.groups import movement
from analyzer.plan.model import HostMemory
from analyzer.plan.ordering import Order
from analyzer.plan.waves import EVERY_HOST_UP_TO, build_waves, wave_hours
from tests.unit.plan.small import (
    GB,
    MB,
    facts,
    host,
    inventory,
    many,
    rulebook,
    service,
    topology,
)


def plan(hosts, services, wave_of, *, together=(), pace=None, oversized=(), stopped=(), **found):
    estate = inventory(hosts, services)
    known = facts(estate, **found)
    moved = movement(estate, topology(estate, together=together), known, rulebook())
    last = max(wave_of)
    order = Order(
        wave_of=tuple(wave_of),
        waves=last,
        value=0,
        lower_bound=0,
        proven_optimal=False,
        cuts=tuple(range(10, 10 + last)),
        oversized=tuple(oversized),
        stop_then_start=tuple(stopped),
        iterations=0,
    )
    return build_waves(moved, order, estate, known, rulebook(), pace)


def test_waves_hold_whole_groups_sorted():
    services = [service(name) for name in "abcd"]
    first, second = plan([host("a")], services, [2, 1, 1], together=[("a", "d")])
    assert (first.number, first.groups, first.services) == (1, ("b", "c"), ("b", "c"))
    assert (second.number, second.groups, second.services) == (2, ("a",), ("a", "d"))
    assert (first.exposure_after, second.exposure_after) == (10, 11)


def test_hours_and_weeks_at_the_owners_pace():
    services = [service("x"), service("y"), service("z")]
    waves = plan([host("a")], services, [1, 1, 2], pace=Fraction(5), stateful={"z": True})
    assert [wave.effort_hours for wave in waves] == [Fraction("3.2"), Fraction("2.4")]
    assert [wave.calendar_weeks for wave in waves] == [Fraction(16, 25), Fraction(12, 25)]
    assert wave_hours(waves) == Fraction("5.6")
    assert plan([host("a")], services, [1, 1, 2])[0].calendar_weeks is None


def test_every_service_runs_twice_during_its_wave_only():
    """8 GB, 4 in use; K3s takes 1000 MB at once, a pod 11 MB from its wave on.

    Wave 1 moves 500 MB: during 4000 + 1000 + 11 + 500, after 5011. Wave 2 moves 3 GB: during
    5022 + 3000 = 8022 MB, which does not fit.
    """
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=4 * GB)]
    services = [service("x", memory_bytes=500 * MB), service("y", memory_bytes=3 * GB)]
    first, second = plan(hosts, services, [1, 2])
    assert first.memory == (HostMemory("a", 8 * GB, 5511 * MB, 5011 * MB, True),)
    assert second.memory == (HostMemory("a", 8 * GB, 8022 * MB, 5022 * MB, False),)


def test_what_stops_before_it_starts_never_runs_twice():
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=4 * GB)]
    (wave,) = plan(hosts, [service("x", memory_bytes=6 * GB)], [1], stopped=[0])
    assert wave.memory == (HostMemory("a", 8 * GB, 5011 * MB, 5011 * MB, True),)
    assert wave.stop_then_start == ("x",)


def test_unknown_sizes_leave_during_unknown_unless_the_known_ones_are_too_much():
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=4 * GB)]
    (wave,) = plan(hosts, [service("x"), service("y", memory_bytes=GB)], [1, 1])
    assert wave.memory == (HostMemory("a", 8 * GB, None, 5022 * MB, None),)
    (wave,) = plan(hosts, [service("x"), service("y", memory_bytes=6 * GB)], [1, 1])
    assert wave.memory[0].fits is False


def test_unknown_hosts_stay_unknown():
    (wave,) = plan([host("a", memory_bytes=8 * GB)], [service("x", memory_bytes=GB)], [1])
    assert wave.memory == (HostMemory("a", 8 * GB, None, None, None),)


def test_services_outside_the_clusters_hosts_touch_no_memory():
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=GB), host("out", cluster="never")]
    (wave,) = plan(hosts, [service("x", "out", memory_bytes=GB), service("y", None)], [1, 1])
    assert [row.host for row in wave.memory] == ["a"]
    assert wave.memory[0].during_bytes == wave.memory[0].after_bytes == 2 * GB


def test_replicas_are_pods():
    hosts = [host("a", memory_bytes=8 * GB, memory_used_bytes=GB)]
    (wave,) = plan(hosts, [service("x", memory_bytes=0, replicas=3)], [1])
    assert wave.memory[0].after_bytes == 2033 * MB


def test_large_plans_list_only_the_hosts_a_wave_touches():
    hosts = [host("a"), host("b")]
    services = [*many(EVERY_HOST_UP_TO), service("z", "b")]
    waves = plan(hosts, services, range(1, len(services) + 1))
    assert {row.host for row in waves[0].memory} == {"a"}
    assert {row.host for row in waves[-1].memory} == {"b"}
    both = plan(hosts, services[:2], [1, 2])
    assert [row.host for row in both[0].memory] == ["a", "b"]


def test_oversized_waves_say_so():
    services = [service("x"), service("y")]
    first, second = plan([host("a")], services, [1, 2], oversized=[1])
    assert (first.oversized, second.oversized) == (False, True)

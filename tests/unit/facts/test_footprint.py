from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.footprint import NO_ROOM, footprints
from tests.unit.plan.small import GB, MB, host, inventory, many, rulebook, service


def rows(hosts, services=(), never=()):
    estate = inventory(hosts, services)
    found = footprints(estate, rulebook(), dict.fromkeys(never, ("stays",)))
    return {row.host: row for row in found}


@pytest.mark.parametrize(
    ("pods", "megabytes"), [(5, 1018), (10, 1268), (25, 2018), (50, 3268), (100, 5768)]
)
def test_the_guides_parts_do_not_add_up_to_its_total(pods, megabytes):
    """512 MB for the server + 256 MB for the agent + 50 MB for each pod."""
    hosts = [host("a", memory_bytes=64 * GB), host("b", memory_bytes=8 * GB)]
    found = rows(hosts, many(pods, "a"))
    assert sum(row.guide_bytes for row in found.values()) == megabytes * MB
    assert rulebook().figures["guide.total.memory"].typical == 1000


def test_the_estate_behind_the_guide():
    """27 containers on a server and 3 on an agent, added up by hand.

    Typical: 1000 + 27 x 11 = 1297 MB and 300 + 3 x 11 = 333 MB; low and high likewise with
    512/5, 256/5 and 1600/14, 512/14. The guide's figures: 512 + 27 x 50 and 256 + 3 x 50.
    """
    services = many(27, "storage") + [service(f"c{n}", "cloud") for n in range(3)]
    found = rows(
        [
            host("cloud", memory_bytes=24 * GB, memory_used_bytes=20 * GB),
            host("storage", memory_bytes=32 * GB, memory_used_bytes=30 * GB),
        ],
        services,
    )
    storage, cloud = found["storage"], found["cloud"]
    assert (storage.role, storage.pods, cloud.role, cloud.pods) == ("server", 27, "agent", 3)
    assert storage.added_bytes == (647 * MB, 1297 * MB, 1978 * MB)
    assert cloud.added_bytes == (271 * MB, 333 * MB, 554 * MB)
    assert storage.guide_bytes == 1862 * MB
    assert cloud.guide_bytes == 406 * MB
    assert storage.podman_bytes == (51_300_000,) * 3
    assert storage.share_of_free == Fraction(1297, 2000)
    assert cloud.share_of_free == Fraction(333, 4000)


def test_what_stays_or_runs_in_no_container_is_no_pod():
    services = [
        service("app"),
        service("vpn"),
        service("unit", runtime="systemd"),
        service("dns", runtime="external"),
        service("web", replicas=3),
    ]
    assert rows([host("a")], services, never=["vpn"])["a"].pods == 4


def test_containers_without_a_place_in_the_cluster_count_on_the_first_server():
    found = rows(
        [host("a"), host("out", cluster="never")], [service("x", "out"), service("y", None)]
    )
    assert (found["a"].pods, found["out"].pods) == (2, 0)
    assert found["out"].role == "none"
    assert found["out"].added_bytes == (0, 0, 0)
    assert found["out"].meets_minimum is None


@pytest.mark.parametrize(("memory", "meets"), [(None, None), (1999 * MB, False), (2 * GB, True)])
def test_documented_minimum(memory, meets):
    assert rows([host("a", memory_bytes=memory)])["a"].meets_minimum is meets


def test_free_memory_is_unknown_unless_both_figures_are():
    found = rows([host("a", memory_bytes=4 * GB)], [service("x")])["a"]
    assert (found.free_bytes, found.share_of_free) == (None, None)


def test_a_full_host_has_no_room():
    found = rows([host("a", memory_bytes=4 * GB, memory_used_bytes=5 * GB)])["a"]
    assert (found.free_bytes, found.share_of_free) == (0, NO_ROOM)


def test_the_kubelet_takes_110_pods():
    assert not rows([host("a")], many(110))["a"].over_pod_limit
    assert rows([host("a")], many(111))["a"].over_pod_limit


@given(st.integers(0, 300), st.integers(1, 64), st.integers(0, 64))
def test_figures_rise_and_more_pods_never_cost_less(pods, total, used):
    hosts = [host("a", memory_bytes=total * GB, memory_used_bytes=used * GB)]
    fewer, more = rows(hosts, many(pods))["a"], rows(hosts, many(pods + 1))["a"]
    low, typical, high = fewer.added_bytes
    assert low <= typical <= high
    assert fewer.added_bytes < more.added_bytes
    assert 0 <= fewer.share_of_free <= more.share_of_free <= NO_ROOM

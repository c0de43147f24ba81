"""The checks about services: C6 to C10."""

import pytest

from analyzer.inventory.model import Port, Volume
from tests.unit.facts.test_failover import home, of
from tests.unit.plan.small import GB, HERE, host, inventory, many, pins, service


def tied(estate, *kinds, unknown=False):
    return {name: pins(name, *kinds, unknown=unknown) for name in estate.services}


@pytest.mark.parametrize(
    ("storage", "hosts", "passed"),
    [
        ("none", "abc", False),
        ("shared", "ab", True),
        ("replicated", "abc", True),
        ("replicated", "ab", False),  # Longhorn wants 3
        (None, "abc", None),
    ],
)
def test_c6_storage(storage, hosts, passed):
    estate = inventory(home(*hosts), [service("db")], shared_storage=storage)
    assert of(estate, tied(estate, "data"))["C6"].passed is passed


def test_c6_nothing_kept_needs_no_storage_but_nothing_known_is_unknown():
    estate = inventory(home("a"), [service("web")])
    assert of(estate)["C6"].passed is True
    assert of(estate, tied(estate, unknown=True))["C6"].passed is None


def test_c6_names_the_host_that_serves_shared_storage():
    volume = Volume("/srv", HERE, reach="shared", host="b")
    estate = inventory(home("a", "b"), [service("db")], [volume])
    check = of(estate, tied(estate, "data"))["C6"]
    assert check.passed is True
    assert check.text.endswith("the loss of b still loses it")


@pytest.mark.parametrize(
    ("storage", "passed"), [("shared", True), ("replicated", None), ("none", None)]
)
def test_c7_release(storage, passed):
    estate = inventory(home("a"), [service("db")], shared_storage=storage)
    assert of(estate, tied(estate, "data"))["C7"].passed is passed


@pytest.mark.parametrize(
    ("places", "passed"), [((), None), (("a",), False), (("a", "b"), None), ((None,), None)]
)
def test_c8_one_proxy_is_a_single_way_in(places, passed):
    proxies = [service(f"caddy{n}", place) for n, place in enumerate(places)]
    estate = inventory(home("a", "b"), proxies)
    roles = {proxy.name: "proxy" for proxy in proxies}
    assert of(estate, roles=roles)["C8"].passed is passed


def test_c8_open_web_ports_are_a_way_in_whatever_the_image_is():
    def web(name, place, published):
        return service(name, place, ports=(Port(80, published, 1, "tcp", None),))

    hosts = home("a", "b")
    assert of(inventory(hosts, [web("x", "a", 443), web("y", "b", 8080)]))["C8"].passed is False
    assert of(inventory(hosts, [web("x", "a", 443), web("y", "b", 80)]))["C8"].passed is None


def sized(name, total, used):
    return host(name, site="home", memory_bytes=total * GB, memory_used_bytes=used * GB)


def room(hosts, services, kinds=()):
    estate = inventory(hosts, services)
    return of(estate, tied(estate, *kinds))["C9"]


def test_c9_the_survivors_carry_the_lost_host():
    """b has 8 - 2 GB free less 1 GB of K3s: 4 GB fit, 6 GB do not."""
    hosts = [sized("a", 8, 6), sized("b", 8, 2)]
    assert room(hosts, [service("x", "a", memory_bytes=4 * GB)]).passed is True
    check = room(hosts, [service("x", "a", memory_bytes=6 * GB)])
    assert check.passed is False
    assert check.text.startswith("a runs 5.6 GiB, the others have")


def test_c9_what_is_known_can_fail_it_and_only_complete_knowledge_passes():
    hosts = [sized("a", 8, 6), sized("b", 8, 2)]
    large, small = service("x", "a", memory_bytes=6 * GB), service("x", "a", memory_bytes=GB)
    unsized = service("y", "a")
    assert room(hosts, [large, unsized]).passed is False
    assert room(hosts, [small, unsized]).passed is None
    unknown = host("b", site="home", memory_bytes=8 * GB)
    assert room([hosts[0], unknown], [small]).passed is None
    assert room([hosts[0], host("b", site="home", memory_bytes=4 * GB)], [large]).passed is False
    assert room([hosts[0], host("b", site="home")], [large]).passed is None


def test_c9_counts_what_only_data_ties_and_not_what_hardware_does():
    hosts = [sized("a", 8, 6), sized("b", 8, 2)]
    large = [service("x", "a", memory_bytes=6 * GB)]
    assert room(hosts, large, ["data"]).passed is False
    assert room(hosts, large, ["data", "device"]).passed is True


def test_c9_the_kubelet_limit_counts_too():
    hosts = [sized("a", 64, 1), sized("b", 64, 1)]
    services = many(100, "a", memory_bytes=1) + [
        service(f"b{n}", "b", memory_bytes=1) for n in range(11)
    ]
    check = room(hosts, services)
    assert check.passed is False
    assert check.text.startswith("a runs 100 pods, the others take 99; b runs 11 pods")
    assert room(hosts, services[:-1]).passed is True  # 100 + 10 are 110


def test_c9_one_host_has_nowhere_to_go():
    assert room([sized("a", 8, 1)], []).passed is False


def test_c10_architectures():
    mixed = [host("a", arch="amd64"), host("b", arch="arm64")]
    both = service("x", architectures=("amd64", "arm64"))
    estate = inventory(mixed, [both])
    assert of(estate)["C10"].passed is True
    check = of(estate, tied(estate, "architecture"))["C10"]
    assert check.passed is False
    assert check.text == "hosts are amd64 and arm64; single-architecture images: x"
    assert of(inventory(mixed, [service("x")]))["C10"].passed is None
    assert of(inventory([host("a", arch="amd64"), host("b")]))["C10"].passed is None
    assert of(inventory(mixed[:1], [service("x")]))["C10"].passed is True

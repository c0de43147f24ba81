"""What the hosts are: how many, where, and what they can carry."""

from fractions import Fraction

import pytest

from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.inventory.model import Budget
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from tests.build import host, inventory, service, wishes

RULEBOOK = load_rulebook()
MEGABYTE = 10**6


def facts(*records, **stated):
    estate = inventory(*records, needs=wishes(**stated))
    found = gather(estate, build_topology(estate, RuleImages(RULEBOOK)), RULEBOOK).values
    return {name: fact.value for name, fact in found.items()}


def app(name, on=None, **fields):
    return service(name, host=on, runtime="podman", lines={"volumes": 1}, **fields)


def test_hosts_kept_out_are_listed_and_not_counted():
    found = facts(host("a"), host("b", cluster="never"), host("c", cluster="agent"))
    assert (found["hosts.listed"], found["hosts.count"]) == (3, 2)


class TestServers:
    @pytest.mark.parametrize(
        ("hosts", "servers"),
        [
            ([host("a", site="x")], 1),
            ([host("a", site="x"), host("b", site="x"), host("c", site="y")], 2),
            ([host("a", site="x"), host("b"), host("c", site="y")], 2),  # b may stand at either
            ([host("a"), host("b"), host("c")], 3),
            ([host(n, site="x", failure_domain="rack") for n in "abc"], 1),
            ([host("a", site="x", failure_domain="rack"), host("b", site="x")], 2),
            ([host("a", memory="1GiB"), host("b", memory="2GiB")], 1),
            ([host("a", arch="riscv64"), host("b", arch="arm64"), host("c", arch="amd64")], 2),
            ([host("a", cluster="never")], 0),
        ],
    )
    def test_one_for_each_failure_domain_at_the_best_site(self, hosts, servers):
        assert facts(*hosts)["hosts.servers"] == servers

    @pytest.mark.parametrize(
        ("hosts", "together"),
        [
            ([host("a")], "yes"),
            ([host("a"), host("b")], None),
            ([host("a", site="x"), host("b", site="y")], "yes"),
            ([host("a", site="x"), host("b", memory="1GiB")], "yes"),  # b counts nowhere
        ],
    )
    def test_whether_the_sites_are_known(self, hosts, together):
        assert facts(*hosts)["hosts.together"] == together


@pytest.mark.parametrize(
    ("hosts", "sites"),
    [
        ([host("a")], 1),
        ([host("a"), host("b")], None),
        ([host("a", site="x"), host("b")], None),
        ([host("a", site="x"), host("b", site="x")], 1),
        ([host("a", site="x"), host("b", site="y"), host("c")], 2),  # two already decide
        ([host("a", site="x"), host("b", site="y", cluster="never")], 1),
    ],
)
def test_at_how_many_sites(hosts, sites):
    assert facts(*hosts)["hosts.sites"] == sites


@pytest.mark.parametrize(
    ("hosts", "able"),
    [
        ([host("a")], None),
        ([host("a", memory="1GiB")], "no"),
        ([host("a", memory="2GiB")], None),
        ([host("a", memory="4GiB")], "yes"),  # twice the minimum
        ([host("a", memory="4GiB", used="3.9GiB")], "no"),
        ([host("a", memory="2GiB", used="1GiB")], "yes"),
        ([host("a", memory="1GiB"), host("b")], None),
        ([host("a"), host("b", memory="4GiB")], "yes"),
        ([host("a", memory="4GiB", cluster="never")], "no"),
    ],
)
def test_whether_some_host_can_carry_a_server(hosts, able):
    assert facts(*hosts)["hosts.can_carry_server"] == able


class TestPlaceOfATest:
    @pytest.mark.parametrize(
        ("spare", "place"),
        [
            (host("b"), "spare"),
            (host("b", memory="8GiB", cluster="never"), "spare"),  # no part of the cluster to come
            (host("b", memory="1GiB"), None),
        ],
    )
    def test_an_idle_machine_that_is_large_enough(self, spare, place):
        assert facts(host("a"), spare, app("web", "a"))["test.place"] == place

    def test_no_machine_is_known_to_be_idle_while_a_service_is_not_placed(self):
        records = [host("a", can_host_vms=False), host("b", can_host_vms=False)]
        assert facts(*records, app("web", "a"), app("api"))["test.place"] == "none"
        assert facts(*records, app("web", "a"))["test.place"] == "spare"

    @pytest.mark.parametrize(
        ("fields", "place"),
        [
            ({"memory": "16GiB", "used": "4GiB", "can_host_vms": True}, "vm"),
            ({"memory": "16GiB", "used": "4GiB", "can_host_vms": False}, "none"),
            ({"memory": "16GiB", "used": "4GiB"}, None),
            ({"memory": "16GiB", "used": "14GiB", "can_host_vms": True}, "none"),
            ({"memory": "16GiB", "can_host_vms": True}, None),
            ({"memory": "3GiB", "can_host_vms": True}, "none"),  # no room even when idle
            ({}, None),
        ],
    )
    def test_a_virtual_machine_beside_what_runs(self, fields, place):
        assert facts(host("a", **fields), app("web", "a"))["test.place"] == place


@pytest.mark.parametrize(
    ("hosts", "spread"),
    [
        ([host("a")], 0),
        ([host("a", memory="10GiB", used="8GiB"), host("b", memory="20GiB", used="6GiB")], 1),
        ([host("a", memory="10GiB", used="8GiB"), host("b", memory="20GiB")], None),
    ],
)
def test_how_unevenly_memory_is_used(hosts, spread):
    """80 % against 30 %: a half."""
    assert facts(*hosts)["memory.spread"] == (spread and Fraction(spread, 2))


class TestOverhead:
    """A server and one pod take 1,011 MB typically and 517 MB at the least."""

    def found(self, memory_bytes, used_bytes, budget=None):
        one = host("a")._replace(memory_bytes=memory_bytes, memory_used_bytes=used_bytes)
        return facts(one, app("web", "a"), overhead_budget=budget)

    def test_share_of_what_is_free_on_the_tightest_host(self):
        assert self.found(4022 * MEGABYTE, 2000 * MEGABYTE)["overhead.share_of_free"] == (
            Fraction(1, 2)
        )
        assert self.found(4022 * MEGABYTE, None)["overhead.share_of_free"] is None

    def test_a_full_host_counts_as_ten_times_too_little(self):
        full = self.found(4000 * MEGABYTE, 4000 * MEGABYTE)
        assert full["overhead.share_of_free"] == 10

    @pytest.mark.parametrize(
        ("budget", "memory", "ratio"),
        [
            (None, 8000, 0),
            (Budget(517 * MEGABYTE, None), None, 1),
            (Budget(None, Fraction(1, 10)), 5170, 1),
            (Budget(None, Fraction(1, 10)), 2585, 2),
            (Budget(None, Fraction(1, 10)), None, None),
        ],
    )
    def test_the_low_estimate_over_the_budget(self, budget, memory, ratio):
        found = self.found(memory and memory * MEGABYTE, None, budget)
        assert found["overhead.budget_ratio"] == ratio


def test_the_busiest_host_and_no_guess_among_unplaced():
    records = [host("a"), host("b"), app("x", "a"), app("y", "b"), app("z", "b")]
    assert facts(*records)["hosts.busiest"] == "b"
    assert facts(host("a"), host("b"), app("x", "b"), app("y", "a"))["hosts.busiest"] == "a"
    assert facts(host("a"), app("x"))["hosts.busiest"] is None

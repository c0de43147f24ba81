"""What the services are as a whole: shares, with bounds where some are unknown."""

from fractions import Fraction

import pytest

from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from tests.build import depends, host, inventory, mounts, service

RULEBOOK = load_rulebook()
A, B = host("a"), host("b")


def gathered(*records):
    estate = inventory(*records)
    return gather(estate, build_topology(estate, RuleImages(RULEBOOK)), RULEBOOK).values


def facts(*records):
    return {name: fact.value for name, fact in gathered(*records).items()}


def free(name, on="a", **fields):
    return service(name, host=on, runtime="podman", lines={"volumes": 1}, **fields)


def kept(name):
    return free(name, stateful=True, mounts=mounts("/srv/kept:/data"))


def device(name):
    return free(name, devices=("/dev/dri",))


def unclear(name):
    return service(name, host="a", runtime="podman")


def unit(name):
    return service(name, host="a", runtime="systemd")


def outside(name):
    return service(name, runtime="external")


def test_counts():
    found = facts(A, free("web"), unit("dns"), outside("bank"))
    assert (found["services.count"], found["services.containers"]) == (3, 1)


def test_shares_of_the_containers_by_what_ties_them():
    found = facts(A, free("web"), free("api"), kept("db"), device("tv"), unit("dns"))
    assert found["services.free_share"] == Fraction(1, 2)
    assert found["services.data_only_share"] == Fraction(1, 4)
    assert found["services.stateful_share"] == Fraction(1, 4)


def test_what_is_not_stated_widens_a_share_to_its_bounds():
    """Of four containers one is free and one unclear: a quarter to a half."""
    found = gathered(A, free("web"), unclear("app"), kept("db"), device("tv"))
    share = found["services.free_share"]
    assert (share.value, share.low, share.high) == (None, Fraction(1, 4), Fraction(1, 2))
    assert "1 of 4 unknown" in share.text
    tied = found["services.data_only_share"]
    assert (tied.value, tied.low, tied.high) == (None, Fraction(1, 4), Fraction(1, 2))
    state = found["services.stateful_share"]
    assert (state.value, state.low, state.high) == (None, Fraction(1, 4), Fraction(1, 2))


@pytest.mark.parametrize(
    ("records", "share"),
    [
        ([A, free("x"), free("y")], 1),
        ([A, service("x", runtime="podman")], 1),  # one host: nowhere else to run
        ([A, B, free("x"), free("y"), free("z", "b")], Fraction(2, 3)),
        ([A, B, free("x"), service("y", runtime="podman")], None),
        ([A, B, service("y", runtime="podman")], None),
    ],
)
def test_the_share_on_the_busiest_host(records, share):
    assert facts(*records)["services.busiest_share"] == share


@pytest.mark.parametrize(
    ("records", "share"),
    [
        ([A], None),
        ([A, outside("bank")], None),
        ([A, free("web"), unit("dns"), outside("bank")], Fraction(1, 2)),
        ([A, unit("dns")], 1),
    ],
)
def test_native_units_among_what_is_ours(records, share):
    assert facts(*records)["services.native_share"] == share


def test_dependencies_that_cross_hosts():
    """Of three dependencies one leads from a to b; one to a service of unknown place does not."""
    web = free("web", depends_on=(depends("db"), depends("cache"), depends("queue")))
    queue = service("queue", runtime="podman")
    found = facts(A, B, web, free("db", "b"), free("cache"), queue)
    assert found["edges.cross_host_share"] == Fraction(1, 3)
    assert facts(A, B, free("web"))["edges.cross_host_share"] == 0
    assert facts(A, B)["edges.cross_host_share"] is None


def test_hours_of_preparation_and_of_what_can_move():
    """Three phases of a week of 40 hours; 1.6 hours without state and 2.4 with it."""
    assert facts(A, free("web"), kept("files"))["effort.hours"] == Fraction("124")
    staying = free("vpn", migrate="never")
    assert facts(A, free("web"), staying)["effort.hours"] == Fraction("121.6")
    assert facts(A, unit("dns"))["effort.hours"] is None


def test_bootstrap_cycles_of_services_that_would_move():
    joining = host("a", depends_on=(depends("sign-in"),))
    found = gathered(joining, free("sign-in"))["bootstrap.cycles"]
    assert found.value == 1
    assert "sign-in" in found.text
    assert facts(joining, free("sign-in", migrate="never"))["bootstrap.cycles"] == 0
    assert gathered(A, free("web"))["bootstrap.cycles"].text == "none found"


@pytest.mark.parametrize(
    "name", ["free_share", "data_only_share", "stateful_share", "busiest_share", "native_share"]
)
def test_nothing_is_known_of_no_services(name):
    assert facts(A, B)[f"services.{name}"] is None

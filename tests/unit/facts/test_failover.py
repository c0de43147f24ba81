"""The estate-wide checks C1 to C5 and C11 to C14, and the checklist as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.control_plane import listed
from analyzer.facts.failover import checklist
from analyzer.facts.footprint import footprints
from analyzer.graph.model import BootstrapCycle
from analyzer.inventory.model import Dependency
from tests.unit.plan.small import GB, host, inventory, pins, rulebook, service, topology


def checks(hosts, services=(), **needs):
    return of(inventory(hosts, services, **needs))


def of(estate, tied=None, roles=None, graph=None):
    found = checklist(
        estate,
        graph or topology(estate),
        tied or {name: pins(name) for name in estate.services},
        roles or {},
        footprints(estate, rulebook(), {}),
        rulebook(),
    )
    return {check.id: check for check in found}


def home(*names, **fields):
    return [host(name, site="home", **fields) for name in names]


def test_ids_run_from_1_to_14():
    assert list(checks(home("a"))) == [f"C{number}" for number in range(1, 15)]


@pytest.mark.parametrize(
    ("names", "passed", "text"),
    [
        ("a", False, "1 host at site home can be servers, quorum needs 3: no loss is tolerated"),
        ("ab", False, "2 hosts at site home can be servers, quorum needs 3: no loss is tolerated"),
        ("abc", True, "3 hosts at site home: 3 servers tolerate the loss of 1"),
        ("abcd", True, "4 hosts at site home: 3 servers tolerate the loss of 1"),
        ("abcde", True, "5 hosts at site home: 5 servers tolerate the loss of 2"),
    ],
)
def test_c1_quorum(names, passed, text):
    check = checks(home(*names))["C1"]
    assert (check.passed, check.text) == (passed, text)


def test_c1_counts_planned_hosts_at_the_best_site():
    check = checks([*home("a", "b"), host("c", site="cloud")], planned_hosts=4)["C1"]
    assert check.passed is True
    assert check.text.startswith("3 hosts at site home, 1 of them planned")


def test_c1_is_unknown_while_sites_are():
    assert checks([host(name) for name in "abc"])["C1"].passed is None
    assert checks([host(name) for name in "ab"])["C1"].passed is False


def test_c2_two_servers_are_worse_than_one():
    check = checks(home("a", "b", cluster="server"))["C2"]
    assert check.passed is False
    assert "a and b are marked as servers" in check.text
    assert checks(home("a", "b", "c", cluster="server"))["C2"].passed is True
    assert (
        checks(home("a", "b"))["C2"].text
        == "with 2 hosts, make one the server and the other an agent"
    )


@pytest.mark.parametrize(
    ("hosts", "passed"),
    [
        ([host("a")], True),
        (home("a", "b"), True),
        ([host("a", site="home"), host("b", site="cloud")], False),
        ([host("a", site="home"), host("b")], None),
        ([*home("a", "b", "c"), host("d", site="cloud")], True),
        (
            [
                *home("a", "b"),
                host("c", site="cloud", cluster="server"),
                *home("d", cluster="server"),
            ],
            False,
        ),
    ],
)
def test_c3_servers_at_one_site(hosts, passed):
    assert checks(hosts)["C3"].passed is passed


def test_c4_two_servers_on_one_hypervisor_lose_the_majority():
    spread = [*home("a", "b", failure_domain="box"), *home("c")]
    assert checks(spread)["C4"].passed is False
    assert checks(home("a", "b", "c"))["C4"].passed is True
    assert checks(home("a"))["C4"].passed is False


def test_c5_never_claims_an_address_it_cannot_see():
    assert checks(home("a", "b"))["C5"].passed is False
    assert checks(home("a", "b", "c"))["C5"].passed is None


@pytest.mark.parametrize(
    ("hosts", "passed"),
    [
        (home("a", "b"), True),
        ([host("a", site="home"), host("b", site="cloud")], False),
        ([host("a", site="home"), host("b")], None),
        ([host("a")], True),
    ],
)
def test_c11_network(hosts, passed):
    assert checks(hosts)["C11"].passed is passed


@pytest.mark.parametrize(
    ("disks", "passed"),
    [(["ssd"], True), (["sd"], False), ([None], None), (["nvme", "hdd", "ssd"], False)],
)
def test_c12_disk_of_the_servers(disks, passed):
    hosts = [host(f"h{n}", site="home", disk=disk) for n, disk in enumerate(disks)]
    assert checks(hosts)["C12"].passed is passed


def test_c12_an_agents_disk_does_not_matter():
    assert checks([host("a", disk="ssd", cluster="server"), host("b", disk="sd")])["C12"].passed


def test_c13_bootstrap():
    estate = inventory(home("a"), [service("dex")])
    cycle = BootstrapCycle(("host a", "service dex", "host a"), ("dex",))
    found = of(estate, graph=topology(estate)._replace(bootstrap_cycles=(cycle,)))["C13"]
    assert (found.passed, found.text) == (False, "a circle: host a → service dex → host a")
    assert of(estate)["C13"].passed is None
    needs = (Dependency("dex", "", "hard", "", 1),)
    assert checks(home("a", depends_on=needs), [service("dex", None)])["C13"].passed is True


@pytest.mark.parametrize(
    ("memory", "used", "passed"),
    [
        (1 * GB, 0, False),  # below the documented 2 GB
        (4 * GB, 3 * GB, False),  # 1 GB free, the high estimate is 1.6 GB
        (4 * GB, 2 * GB, True),
        (4 * GB, None, None),
        (None, None, None),
    ],
)
def test_c14_memory(memory, used, passed):
    hosts = home("a", memory_bytes=memory, memory_used_bytes=used)
    assert checks(hosts)["C14"].passed is passed


def test_an_estate_without_hosts_is_no_crash():
    assert not any(
        check.passed for check in checks([]).values() if check.id in ("C1", "C9", "C14")
    )


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
    ],
)
def test_sentences_list_names(names, text):
    assert listed(names) == text


@given(st.permutations("abcd"), st.integers(0, 6))
def test_more_planned_hosts_never_break_quorum(names, planned):
    before = checks(home(*names[:2]), planned_hosts=planned)["C1"].passed
    after = checks(home(*names[:2]), planned_hosts=planned + 1)["C1"].passed
    assert before <= after

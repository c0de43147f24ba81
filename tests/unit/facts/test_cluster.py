import pytest

from analyzer.facts.cluster import (
    eligible_servers,
    node_roles,
    server_site,
    tolerated_losses,
    usable_servers,
)
from tests.unit.plan.small import GB, host, inventory, rulebook, service


@pytest.mark.parametrize(("servers", "losses"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 2)])
def test_quorum_table(servers, losses):
    assert tolerated_losses(servers) == losses


@pytest.mark.parametrize(("hosts", "servers"), [(0, 0), (1, 1), (2, 1), (3, 3), (4, 3), (5, 5)])
def test_servers_are_odd_and_tolerate_as_much_as_all_hosts_would(hosts, servers):
    assert usable_servers(hosts) == servers
    assert tolerated_losses(servers) == tolerated_losses(hosts)


def roles(*hosts, services=(), **needs):
    return dict(node_roles(inventory(hosts, services, **needs), rulebook()))


def test_two_hosts_make_a_server_and_an_agent():
    found = roles(host("cloud", memory_bytes=24 * GB), host("storage", memory_bytes=32 * GB))
    assert found == {"cloud": "agent", "storage": "server"}


def test_without_memory_the_host_with_most_containers_is_the_server():
    found = roles(host("a"), host("b"), services=[service("x", "b"), service("y", "b")])
    assert found == {"a": "agent", "b": "server"}


def test_three_hosts_of_one_site_are_three_servers_and_a_fourth_elsewhere_an_agent():
    home = [host(name, site="home") for name in "abc"]
    assert roles(*home, host("z", site="cloud", memory_bytes=64 * GB)) == {
        "a": "server",
        "b": "server",
        "c": "server",
        "z": "agent",
    }


def test_three_hosts_of_three_sites_have_one_server():
    found = roles(*(host(name, site=name) for name in "abc"))
    assert sorted(found.values()) == ["agent", "agent", "server"]


def test_what_the_owner_marks_is_kept():
    found = roles(
        host("a", cluster="never"), host("b", cluster="server"), host("c", memory_bytes=64 * GB)
    )
    assert found == {"a": "none", "b": "server", "c": "agent"}


def test_hosts_too_small_or_of_another_architecture_or_agents_are_no_servers():
    estate = inventory(
        [
            host("agent", cluster="agent"),
            host("never", cluster="never"),
            host("old", arch="riscv64"),
            host("small", memory_bytes=GB),
            host("unknown"),
            host("good", arch="arm64", memory_bytes=2 * GB),
        ]
    )
    assert [h.name for h in eligible_servers(estate, rulebook())] == ["good", "unknown"]


def test_planned_hosts_come_to_the_best_site():
    estate = inventory([host("a", site="home"), host("b", site="cloud")], planned_hosts=4)
    site = server_site(estate, rulebook())
    assert (site.site, site.hosts, site.added, site.total) == ("cloud", ("b",), 2, 3)


def test_fewer_planned_than_listed_takes_nothing_away():
    estate = inventory([host("a", site="home"), host("b", site="home")], planned_hosts=1)
    assert server_site(estate, rulebook()).total == 2


def test_a_host_that_stays_out_is_listed_all_the_same():
    """Three planned, three listed, one of them never: nobody said that a fourth will come."""
    hosts = [host("a", site="home"), host("b", site="home"), host("c", cluster="never")]
    site = server_site(inventory(hosts, planned_hosts=3), rulebook())
    assert (site.added, site.total) == (0, 2)


def test_hosts_of_unknown_site_are_possible_not_certain():
    estate = inventory([host("a", site="home"), host("b"), host("c")])
    site = server_site(estate, rulebook())
    assert (site.total, site.possible) == (1, 3)


def test_no_host_may_join():
    site = server_site(inventory([host("a", cluster="never")]), rulebook())
    assert (site.site, site.total, site.possible) == (None, 0, 0)

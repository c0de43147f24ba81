"""Circles through hosts."""

from typing import Any

from analyzer.graph.model import BootstrapCycle
from tests.build import depends, host, inventory, service, topology_of


def cycles(*records: Any) -> tuple[BootstrapCycle, ...]:
    """Return the bootstrap cycles of an estate."""
    return topology_of(inventory(*records)).bootstrap_cycles


def needing(name: str, *needs: str) -> Any:
    """Return a host that needs services."""
    return host(name, depends_on=tuple(map(depends, needs)))


def test_a_host_that_needs_its_own_container() -> None:
    found = cycles(needing("one", "login"), service("login", host="one", runtime="podman"))
    assert found == (BootstrapCycle(("host one", "service login", "host one"), ("login",)),)


def test_what_stays_on_its_host_starts_with_it() -> None:
    one = needing("one", "login")
    assert cycles(one, service("login", host="one", runtime="systemd")) == ()
    assert cycles(one, service("login", host="one", migrate="never")) == ()


def test_two_hosts_that_wait_for_each_other() -> None:
    found = cycles(
        needing("one", "dns"),
        needing("two", "vpn"),
        service("dns", host="two", runtime="systemd"),
        service("vpn", host="one", runtime="systemd"),
    )
    path = ("host one", "service dns", "host two", "service vpn", "host one")
    assert found == (BootstrapCycle(path, ("dns", "vpn")),)


def test_a_circle_through_what_a_service_needs() -> None:
    found = cycles(
        needing("one", "dex"),
        host("two"),
        service("dex", host="two", runtime="systemd", needs=["ldap"]),
        service("ldap", host="one", runtime="systemd"),
    )
    path = ("host one", "service dex", "service ldap", "host one")
    assert found == (BootstrapCycle(path, ("dex", "ldap")),)


def test_no_circle() -> None:
    assert cycles(needing("one", "dex"), host("two"), service("dex", host="two")) == ()
    assert cycles(needing("one", "gone", "lost"), service("lost")) == ()
    soft = service("dex", host="two", depends_on=(depends("ldap", "soft"),))
    assert cycles(needing("one", "dex"), host("two"), soft, service("ldap", host="one")) == ()

"""Shared named networks inform, and only where nothing else is known."""

from analyzer.graph.networks import SAME_NETWORK, network_ties
from analyzer.inventory.model import Service
from tests.build import service


def ties(names: str, network: str = "back", tied: frozenset[tuple[str, str]] = frozenset()):  # type: ignore[no-untyped-def]
    """Return the ends of the ties between services of one network."""
    services: dict[str, Service] = {n: service(n, networks=(network,), host="h") for n in names}
    return [(tie.first, tie.second) for tie in network_ties(services, tied)]


def test_a_small_network_ties_weakly_in_a_star() -> None:
    assert ties("abc") == [("a", "b"), ("a", "c")]
    services = {n: service(n, networks=("back",), host="h") for n in "ab"}
    (tie,) = network_ties(services, set())
    assert (tie.kind, tie.confidence, tie.groups) == ("soft", SAME_NETWORK, False)


def test_common_large_and_single_networks_say_nothing() -> None:
    assert ties("ab", "default") == []
    assert ties("ab", "shop_default") == []
    assert ties("ab", "proxy") == []
    assert ties("abcdefg") == []
    assert ties("a") == []


def test_whoever_is_tied_already_gets_no_more_ties() -> None:
    assert ties("abc", tied=frozenset({("b", "a")})) == [("a", "c")]
    assert ties("ab", tied=frozenset({("b", "a")})) == []


def test_networks_of_two_hosts_are_two_networks() -> None:
    services = {n: service(n, networks=("back",), host=n) for n in "ab"}
    assert list(network_ties(services, set())) == []

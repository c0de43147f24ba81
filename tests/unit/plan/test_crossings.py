import pytest

from analyzer.graph.model import Evidence
from analyzer.plan.crossings import crossings
from tests.unit.plan.small import HERE, edge, facts, host, inventory, service, topology


def weigh(services, edges, roles=None, never=()):
    """Return the crossings with every service its own group, numbered by name, but ``never``."""
    estate = inventory([host("a")], services)
    moving = [name for name in estate.services if name not in never]
    group_of = {name: number for number, name in enumerate(moving)}
    found = facts(estate, roles=roles, never=never)
    return crossings(estate, topology(estate, edges), found, group_of, len(moving))


def test_weights_by_kind_and_criticality():
    services = [service("app"), service("db", criticality="high"), service("web")]
    found = weigh(services, [edge("app", "db"), edge("web", "app", "soft"), edge("web", "db")])
    assert found.edges == ((0, 1, 4), (0, 2, 1), (1, 2, 4))
    assert found.fan_in == (1, 2, 0)
    assert found.degree == (5, 8, 5)


def test_both_directions_and_repeats_add_up_to_one_pair():
    found = weigh([service("x"), service("y")], [edge("x", "y"), edge("y", "x", "soft")])
    assert found.edges == ((0, 1, 3),)
    assert found.fan_in == (1, 1)


def test_dependencies_with_what_stays_weigh_from_the_wave_of_the_move():
    services = [service("app"), service("vpn"), service("unit", runtime="systemd")]
    edges = [edge("app", "vpn"), edge("unit", "app", "soft"), edge("unit", "vpn")]
    found = weigh(services, edges, never=["vpn", "unit"])
    assert (found.edges, found.stay, found.degree) == ((), (3,), (3,))


@pytest.mark.parametrize("runtime", ["external", "kubernetes"])
def test_what_neither_moves_now_nor_later_crosses_anyway(runtime):
    services = [service("app"), service("mail", runtime=runtime)]
    assert weigh(services, [edge("app", "mail")], never=["mail"]).stay == (0,)


def test_the_proxy_is_the_switch_and_does_not_count():
    services = [service("app"), service("caddy")]
    found = weigh(services, [edge("caddy", "app")], roles={"caddy": "proxy"}, never=["caddy"])
    assert (found.stay, found.fan_in) == ((0,), (0,))
    routed = edge("caddy", "app")._replace(evidence=(Evidence("proxy", "label", HERE),))
    assert weigh(services, [routed], never=["caddy"]).stay == (0,)


def test_uncertain_edges_inform_only():
    services = [service("x"), service("y")]
    assert weigh(services, [edge("x", "y", confidence=59)]).edges == ()
    assert weigh(services, [edge("x", "y", confidence=60)]).edges == ((0, 1, 2),)


def test_a_shared_volume_ties_without_direction():
    found = weigh([service("x"), service("y")], [edge("x", "y", "soft", symmetric=True)])
    assert (found.edges, found.fan_in) == (((0, 1, 1),), (0, 0))

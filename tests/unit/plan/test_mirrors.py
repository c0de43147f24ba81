from analyzer.plan import mirrors as subject
from analyzer.plan.groups import movement
from analyzer.rulebook.model import Image
from tests.unit.plan.small import GB, edge, facts, host, inventory, rulebook, service, topology

SIMPLE = Image("simple", ("simple",), "web", None, (), (), (), "", mirror=True)
RULES = rulebook()._replace(images={"simple": SIMPLE}, image_index={"simple": "simple"})


def mirrors(services, edges=(), together=(), **found):
    estate = inventory([host("a")], services)
    graph, known = topology(estate, edges, together), facts(estate, **found)
    moved = movement(estate, graph, known, RULES)
    return {m.service: m.reason for m in subject.mirrors(estate, graph, known, RULES, moved)}


def test_three_stateless_one_stateful_and_a_pair():
    services = [service(name) for name in ("app", "db", "p", "q", "r", "s")]
    state = {"app": None, "db": True}
    found = mirrors(services, [edge("app", "db")], stateful=state)
    assert list(found) == ["p", "q", "r", "db", "app"]
    assert found["db"].startswith("keeps data: run it on a copy")
    assert found["app"] == "needs db: shows how services find each other"


def test_images_known_to_mirror_well_come_first_then_those_with_few_ties():
    services = [service(name) for name in "abcd"]
    services.append(service("z", image="docker.io/simple:1"))
    found = mirrors(services, [edge("a", "b", "soft")])
    assert list(found)[:3] == ["z", "c", "d"]


def test_critical_services_groups_and_those_that_act_outside_are_left_alone():
    services = [
        service("backup"),
        service("critical", criticality="high"),
        service("one"),
        service("two"),
        service("dns"),
        service("stays"),
    ]
    roles = {"backup": "backup", "dns": "dns"}
    assert mirrors(services, together=[("one", "two")], roles=roles, never=["stays"]) == {}


def test_unknown_state_is_mirrored_neither_as_stateless_nor_as_stateful():
    assert mirrors([service("x")], stateful={"x": None}) == {}


def test_uncertain_and_shared_volume_edges_make_no_pair():
    services = [service("x"), service("y")]
    unsure = [edge("x", "y", confidence=30), edge("y", "x", "soft", symmetric=True)]
    assert all("needs" not in why for why in mirrors(services, unsure).values())


def place(hosts, services=()):
    estate = inventory(hosts, services)
    return subject.spare_host(estate, topology(estate), facts(estate), rulebook())


def test_a_machine_with_nothing_on_it_is_where_to_test():
    hosts = [host("a", memory_bytes=8 * GB), host("b", memory_bytes=4 * GB)]
    assert place(hosts, [service("x", "a")]) == "b"


def test_else_a_virtual_machine_where_four_gigabytes_are_free():
    room = {"memory_bytes": 16 * GB, "memory_used_bytes": 8 * GB}
    assert place([host("a", can_host_vms=True, **room)], [service("x")]) == "a"
    assert place([host("a", can_host_vms=False, **room)], [service("x")]) is None
    assert place([host("a", **room)], [service("x")]) is None


def test_measurements_name_the_figures_to_compare_with():
    found = subject.measurements(rulebook())
    assert found[0] == "Memory of k3s.service after a week: published figures are 512 to 1600 MB."
    assert "1.6 hours without data and 2.4 hours with data" in found[3]
    assert "120 hours" in found[4]
    assert "340 to 360 s by default" in found[5]

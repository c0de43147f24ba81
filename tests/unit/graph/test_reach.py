"""Who reaches whom, and how near."""

from typing import Any

from analyzer.graph.reach import Nearness, Reach
from analyzer.inventory.model import Service
from tests.build import service


def near(one: dict[str, Any], other: dict[str, Any]) -> Nearness | None:
    """Return how near a service is to another on the same host; the same both ways round."""
    app, db = (service(name, host="h", **fields) for name, fields in (("app", one), ("db", other)))
    services = {"app": app, "db": db}
    reach = Reach(services, ["db"])
    found = reach.near(app).get("db")
    assert reach.around("db").get("app") == found
    return found


P, Q = {"project": "p"}, {"project": "q"}
NET = {"networks": ("net",)}


def test_nearness() -> None:
    assert near({**P, **NET}, {**P, **NET}) == "stack"
    assert near({**P, **NET}, {**Q, **NET}) == "network"
    assert near(NET, NET) == "network"
    assert near(P, P) == "stack"
    assert near({}, {}) == "host"
    assert near(P, Q) is None
    assert near({**P, **NET}, {**P, "networks": ("other",)}) is None
    assert near({**P, "network_mode": "host"}, {**P, **NET}) == "stack"
    assert near({**P, **NET}, {**P, "network_mode": "host"}) == "stack"
    assert near({"network_mode": "none"}, {}) is None


def test_a_shared_network_namespace_is_where_its_owner_is() -> None:
    services = {
        "vpn": service("vpn", networks=("net",)),
        "app": service("app", network_mode="service:vpn"),
        "db": service("db", networks=("net",)),
    }
    assert Reach(services, ["db"]).near(services["app"]) == {"db": "network"}


def test_a_crowd_is_searched_by_stack() -> None:
    services: dict[str, Service] = {
        f"db{number}": service(f"db{number}", networks=("net",), project=str(number % 50))
        for number in range(200)
    }
    services["app"] = service("app", networks=("net",), project="7")
    reach = Reach(services, [name for name in services if name != "app"])
    assert sorted(reach.near(services["app"])) == ["db107", "db157", "db57", "db7"]
    assert "app" in reach.around("db57")

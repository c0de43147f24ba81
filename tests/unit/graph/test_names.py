"""Names and addresses: who answers to them, seen from where."""

from typing import Any

from analyzer.graph.names import Match, Resolver
from analyzer.inventory.model import Port, Service
from tests.build import host, inventory, service


def published(number: int, target: int = 80) -> tuple[Port, ...]:
    """Return one published port."""
    return (Port(target, number, 1, "tcp", None),)


def resolve(origin: str, address: str, port: int | None, *services: Service) -> Match | None:
    """Return what an address means inside a service of an estate with two hosts."""
    estate = inventory(
        host("a", addresses=("10.0.0.1/24", "a.net.example.org")), host("b"), *services
    )
    resolver = Resolver(estate, {"mariadb": (3306,)})
    return resolver.resolve(estate.services[origin], address, port)


def on_a(name: str, **fields: Any) -> Service:
    """Return a service on host a."""
    return service(name, host="a", **fields)


APP = on_a("app")


def test_every_name_of_a_service() -> None:
    db = on_a("shop_db_1", container_name="Shop-DB", hostname="store", aliases=("db",))
    for name in ("shop_db_1", "shop-db", "store", "db"):
        match = resolve("app", name, None, APP, db)
        assert match is not None
        assert match.service == "shop_db_1"
    assert resolve("app", "shop", None, APP, db) is None


def test_the_name_that_compose_gives_a_container() -> None:
    app, db = on_a("app", project="shop"), on_a("db", project="shop")
    for name in ("shop-db-1", "shop_db_1", "my-shop_db_1"):
        match = resolve("app", name, None, app, db)
        assert match is not None
        assert match.service == "db"
    assert resolve("app", "shop-x-1", None, app, db) is None
    assert resolve("app", "shop-db-1", None, app, db._replace(project="other")) is None


def test_an_alias_of_many_means_the_one_on_the_own_network() -> None:
    stacks = [
        service
        for stack in ("one", "two")
        for service in (
            on_a(f"{stack}-app", networks=(stack,)),
            on_a(f"{stack}-db", networks=(stack,), aliases=("db",)),
        )
    ]
    match = resolve("two-app", "db", 5432, *stacks)
    assert match is not None
    assert match.service == "two-db"
    assert resolve("app", "db", 5432, APP, *stacks) is None


def test_networks_with_nothing_in_common_cast_doubt() -> None:
    one, other = on_a("one", networks=("x",)), on_a("other", networks=("y",))
    match = resolve("one", "other", 80, one, other)
    assert match is not None
    assert match.doubt == 20
    assert resolve("one", "other", 80, one, other._replace(networks=("x", "y"))) == Match(
        "other", "name", port_known=False, doubt=0
    )


def test_a_name_with_a_domain() -> None:
    db = on_a("db", networks=("back",))
    app = on_a("app", networks=("back",))
    for name in ("db.back", "db.dns.podman"):
        match = resolve("app", name, 5432, app, db)
        assert match is not None
        assert match.service == "db"
    assert resolve("app", "db.example.org", 5432, app, db) is None


def test_an_address_of_a_host_with_a_port_it_publishes() -> None:
    web = on_a("web", ports=published(8080))
    caller = service("app", host="b")
    for address in ("10.0.0.1", "a.net.example.org", "a", "a.lan", "a.tail1234.ts.net"):
        assert resolve("app", address, 8080, caller, web) == Match(
            "web", "published-port", port_known=True, doubt=0
        )
        assert resolve("app", address, 80, caller, web) is None
        assert resolve("app", address, None, caller, web) is None


def test_the_gateway_leads_to_the_own_host() -> None:
    native = on_a("mariadb", runtime="systemd")
    elsewhere = service("other", host="b", ports=published(3306))
    for name in ("host.containers.internal", "host.docker.internal", "172.17.0.1"):
        match = resolve("app", name, 3306, APP, native, elsewhere)
        assert match == Match("mariadb", "host-gateway", port_known=True, doubt=0)


def test_extra_hosts_and_links_rename() -> None:
    native = on_a("mariadb", runtime="systemd")
    app = on_a("app", extra_hosts=("db:host-gateway", "far=10.0.0.1"), links=("cache:kv",))
    for name, found in (("db", "mariadb"), ("far", "mariadb"), ("kv", "cache")):
        match = resolve("app", name, 3306, app, native, on_a("cache"))
        assert match is not None
        assert match.service == found


def test_localhost_is_the_own_network_namespace() -> None:
    web = on_a("web", ports=published(8080))
    assert resolve("app", "localhost", 8080, APP, web) is None
    match = resolve("app", "127.0.0.1", 8080, on_a("app", network_mode="host"), web)
    assert match is not None
    assert match.service == "web"
    vpn = on_a("vpn")
    inside = [on_a(name, network_mode="service:vpn") for name in ("torrent", "indexer")]
    inside[0] = inside[0]._replace(ports=(Port(9091, None, 1, "tcp", None),))
    match = resolve("indexer", "localhost", 9091, vpn, *inside)
    assert match == Match("torrent", "network-namespace", port_known=True, doubt=0)


def test_two_services_on_one_port_mean_neither() -> None:
    twins = [on_a(name, ports=published(80)) for name in ("one", "two")]
    assert resolve("app", "a", 80, APP, *twins) is None


def test_a_namespace_that_leads_in_circles_ends() -> None:
    ring = [on_a("x", network_mode="service:y"), on_a("y", network_mode="service:x")]
    assert resolve("x", "nobody", 80, *ring) is None
    assert resolve("x", "localhost", 80, *ring) is None


def test_unknown_hosts_are_one_place() -> None:
    match = resolve("x", "y", 80, service("x"), service("y"))
    assert match is not None
    assert match.service == "y"

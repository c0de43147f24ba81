"""Who needs what stands beside it, where nothing names it."""

from typing import Any

import pytest

from analyzer.graph.edges import find_edges
from analyzer.graph.images import products
from analyzer.graph.model import Edge
from analyzer.inventory.model import Service
from tests.build import inventory, service, shipped_images


def stack(name: str, **fields: Any) -> Service:
    """Return a service of one stack on its own network."""
    return service(name, **{"host": "h", "project": "p", "networks": ("p_default",), **fields})


def edges(*services: Service) -> dict[tuple[str, str], Edge]:
    """Return the edges that have a direction."""
    estate = inventory(*services)
    found = find_edges(estate, products(estate.services, shipped_images())).edges
    return {(edge.dependent, edge.dependency): edge for edge in found if not edge.symmetric}


def sure(*services: Service) -> list[tuple[str, str]]:
    """Return the edges that bind."""
    return sorted(pair for pair, edge in edges(*services).items() if edge.binds)


DB = stack("db", image="postgres:16")
REDIS = stack("redis", image="valkey/valkey:8")


def test_a_product_calls_what_it_is_known_to_call() -> None:
    immich = stack("server", image="ghcr.io/immich-app/immich-server:release")
    model = stack("ml", image="ghcr.io/immich-app/immich-machine-learning")
    found = edges(immich, model, DB, REDIS)
    assert sorted(found) == [("server", "db"), ("server", "ml"), ("server", "redis")]
    assert [found[pair].kind for pair in sorted(found)] == ["hard", "soft", "hard"]
    assert {edge.evidence[0].kind for edge in found.values()} == {"product"}


def test_names_of_variables_are_enough_and_their_values_are_not_needed() -> None:
    app = stack("app", image="example/thing", env={"REDIS_URL": "", "DB_PASSWORD": ""})
    found = edges(app, DB, REDIS)
    assert {pair: edge.evidence[0].text for pair, edge in found.items()} == {
        ("app", "db"): "variable DB_PASSWORD speaks of such a store",
        ("app", "redis"): "variable REDIS_URL speaks of such a store",
    }


@pytest.mark.parametrize(
    "variable", ["DB_TYPE", "DATABASE_FILE", "USE_REDIS_ENABLED", "DBUS_ADDRESS", "ADB_HOST"]
)
def test_a_variable_that_also_stands_without_a_store_proves_nothing(variable: str) -> None:
    other = stack("other", image="example/other", env={"DATABASE_URL": ""})
    assert sure(stack("app", image="x/app", env={variable: ""}), other, DB) == [("other", "db")]


def test_the_only_application_beside_a_store_uses_it() -> None:
    app = stack("app", image="example/thing")
    assert edges(app, DB)["app", "db"].confidence == 70
    watchtower = stack("watchtower", image="containrrr/watchtower")
    assert sure(app, DB, watchtower) == [("app", "db")]
    assert sure(watchtower, DB) == []
    assert sure(stack("frontend", image="example/front"), DB) == []


def test_a_store_with_a_known_user_is_not_shared_out() -> None:
    app = stack("app", image="example/thing", env={"DATABASE_URL": "postgres://u:p@db/x"})
    assert sure(app, stack("cron", image="example/tool"), DB) == [("app", "db")]


def test_a_store_belongs_to_whom_it_is_called_after() -> None:
    stacks = [
        stack("shop", image="example/shop"),
        stack("blog", image="example/blog"),
        stack("shop-db", image="mariadb:11"),
        stack("store2", container_name="blog_mysql", image="mariadb:11"),
    ]
    assert sure(*stacks) == [("blog", "store2"), ("shop", "shop-db")]


def test_of_two_like_stores_without_an_owner_none_is_chosen() -> None:
    app = stack("app", image="x/app", env={"DATABASE_URL": ""})
    assert sure(app, stack("app2", image="y/tool"), DB, stack("db2", image="mariadb")) == []


def test_a_product_that_can_do_without_leaves_anothers_database_alone() -> None:
    gitea = stack("gitea", image="gitea/gitea")
    app = stack("app", image="example/thing", env={"DATABASE_URL": "postgres://u:p@db/x"})
    others = [app, DB, *(stack(name, image="plexinc/pms-docker") for name in ("a", "b", "c"))]
    assert sure(gitea, *others) == [("app", "db")]
    named = gitea._replace(environment=app.environment)
    assert ("gitea", "db") in sure(named, *others)


def test_twins_need_the_same_stores() -> None:
    env = {"DB_HOST": "db", "REDIS_HOST": "redis"}
    web = stack("web", image="example/site:1", env=env)
    worker = stack("worker", image="example/site:1", command=("work",))
    assert sure(web, worker, DB, REDIS) == [
        ("web", "db"),
        ("web", "redis"),
        ("worker", "db"),
        ("worker", "redis"),
    ]
    tools = [one._replace(image="alpine:3") for one in (web, worker)]
    assert ("worker", "db") not in sure(*tools, DB, REDIS)


def test_what_cannot_be_reached_is_not_needed() -> None:
    app = stack("app", image="x/app", env={"DATABASE_URL": ""})
    assert sure(app, DB._replace(networks=("p_other",))) == []
    assert sure(app, DB._replace(host="elsewhere")) == []
    bare = [one._replace(networks=(), project=None) for one in (app, DB)]
    assert edges(*bare) == {}
    shop = bare[0]._replace(name="shop"), bare[1]._replace(name="shop-db")
    assert sure(*shop) == [("shop", "shop-db")]


def test_stores_need_nothing_and_the_owner_dismisses() -> None:
    assert edges(DB, REDIS._replace(environment=stack("x", env={"DB_URL": ""}).environment)) == {}
    app = stack("app", image="x/app", env={"DATABASE_URL": ""}, not_depends_on=("db",))
    assert edges(app, DB) == {}

"""What services look for."""

from typing import Any

from analyzer.graph.images import products
from analyzer.graph.seeking import Needs, find_targets
from tests.build import service, shipped_images


def needs(**fields: Any) -> list[tuple[list[str], bool, str]]:
    """Return the needs of a service."""
    app = service("app", **fields)
    slots = Needs(products({"app": app}, shipped_images())).of(app)
    return [(sorted(map(str, slot.keys)), slot.by_product, slot.variable) for slot in slots]


def test_databases_are_alternatives() -> None:
    assert needs(image="requarks/wiki:2") == [(["3306", "5432"], True, "")]
    assert needs(env={"DB_HOST": ""}) == [(["27017", "3306", "5432"], False, "DB_HOST")]
    variables = {"DB_HOST": "", "POSTGRES_PASSWORD": "", "REDIS_HOST": ""}
    assert needs(env=variables) == [
        (["5432"], False, "POSTGRES_PASSWORD"),
        (["6379"], False, "REDIS_HOST"),
    ]
    assert needs(image="requarks/wiki:2", env={"DB_HOST": ""}) == [
        (["3306", "5432"], True, "DB_HOST")
    ]
    assert needs(env={"TZ": "x"}) == []


def test_targets_are_stores_and_what_a_product_calls() -> None:
    services = {
        "sonarr": service("sonarr", image="linuxserver/sonarr"),
        "prowlarr": service("prowlarr", image="linuxserver/prowlarr"),
        "kv": service("kv", image="valkey/valkey"),
        "x": service("x", image="nginx"),
    }
    targets = find_targets(products(services, shipped_images()))
    assert {name: target.key for name, target in targets.items()} == {
        "prowlarr": "prowlarr",
        "kv": 6379,
    }

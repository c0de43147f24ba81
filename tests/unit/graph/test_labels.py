"""Labels with addresses."""

from analyzer.graph.values import value_clues
from tests.build import inventory, service, shipped_images

AUTH = service("auth", image="authelia/authelia")


def found(labels: dict[str, str], proxy: str = "caddy:2") -> list[tuple[str, str]]:
    """Return what the labels of a service say of others."""
    estate = inventory(service("app", labels=labels), AUTH, service("edge", image=proxy))
    clues = value_clues(estate, shipped_images(), (), ())
    return [(clue.dependent, clue.dependency) for clue in clues if clue.evidence.kind == "label"]


def test_the_proxy_needs_what_a_label_names() -> None:
    assert found({"caddy.forward_auth": "auth:9091"}) == [("edge", "auth")]
    assert found({"caddy.reverse_proxy": "{{upstreams 80}}"}) == []
    assert found({"caddy.forward_auth": "auth:9091"}, "traefik") == []
    assert found({"note": "http://auth:9091"}) == []

"""Routes written on services."""

import pytest

from analyzer.graph.proxies import proxy_clues
from analyzer.inventory.model import Service
from tests.build import service

TRAEFIK = service("edge", image="docker.io/traefik:v3", host="h")


def routes(*services: Service) -> list[tuple[str, str]]:
    """Return who routes to whom."""
    return [(clue.dependent, clue.dependency) for clue in proxy_clues(services)]


@pytest.mark.parametrize(
    ("image", "fields"),
    [
        ("traefik", {"labels": {"traefik.enable": "true"}}),
        ("traefik:v3", {"labels": {"traefik.http.routers.app.rule": "Host(`x`)"}}),
        ("lucaslorentz/caddy-docker-proxy", {"labels": {"caddy": "x", "caddy.reverse_proxy": ""}}),
        ("lucaslorentz/caddy-docker-proxy:ci", {"labels": {"caddy_0": "x"}}),
        ("nginxproxy/nginx-proxy", {"env": {"VIRTUAL_HOST": "app.example.org"}}),
    ],
)
def test_the_only_proxy_of_the_host_serves_a_labelled_service(image: str, fields: dict) -> None:  # type: ignore[type-arg]
    app = service("app", host="h", **fields)
    assert routes(service("edge", image=image, host="h"), app) == [("edge", "app")]


def test_no_route_without_a_label_a_proxy_or_with_two() -> None:
    app = service("app", host="h", labels={"traefik.enable": "true"})
    off = service("off", host="h", labels={"traefik.enable": "false", "traefik.http.x": ""})
    plain = service("plain", host="h", labels={"org.example": "traefik"})
    assert routes(TRAEFIK, off, plain) == []
    assert routes(app) == []
    assert routes(TRAEFIK, TRAEFIK._replace(name="edge2"), app) == []
    assert routes(TRAEFIK, app._replace(host="other")) == []
    assert routes(service("edge", image="caddy", host="h"), app) == []


def test_a_route_says_nothing_about_its_value() -> None:
    app = service("app", host="h", labels={"traefik.http.routers.app.rule": "canary"})
    (clue,) = proxy_clues([TRAEFIK, app])
    assert "canary" not in repr(clue)
    assert (clue.kind, clue.confidence) == ("soft", 85)

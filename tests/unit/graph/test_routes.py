"""Routes of a proxy's configuration."""

from analyzer.graph.values import value_clues
from analyzer.inventory.draft import Route
from tests.build import inventory, service, shipped_images


def test_a_proxy_is_known_by_its_image_or_by_its_name() -> None:
    route = Route("nginx-proxy", None, "x", "app:80", None, 0)
    app = service("app")
    for proxy in (
        service("edge", image="nginxproxy/nginx-proxy:1"),
        service("nginx-proxy", runtime="systemd"),
    ):
        (clue,) = value_clues(inventory(app, proxy), shipped_images(), (), [route])
        assert (clue.dependent, clue.dependency, clue.kind) == (proxy.name, "app", "soft")
        assert clue.confidence >= 90

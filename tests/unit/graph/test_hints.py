"""Configuration texts and env files."""

from analyzer.graph.values import value_clues
from analyzer.inventory.draft import Hint
from tests.build import inventory, service, shipped_images

OTHERS = (service("web", image="nginx"), service("cache", image="redis"), service("app"))


def found(name: str, text: str) -> list[tuple[str, int]]:
    """Return what a text given to a service names, and how sure that is."""
    estate = inventory(service("one"), *OTHERS)
    clues = value_clues(estate, shipped_images(), [Hint("one", "text", name, text, 0)], [])
    return [(clue.dependency, clue.confidence) for clue in clues]


def test_addresses_count_and_words_only_where_an_address_is_meant() -> None:
    assert found("nginx.conf", "proxy_pass http://app:3000;") == [("app", 85)]
    assert found("x.ini", "host = cache\nname = app\ntitle = web") == [("cache", 85)]
    assert found("x.txt", "the app is on the web with cache") == []


def test_a_health_check_proves_less() -> None:
    assert found("health check", "curl -f http://web:80/up") == [("web", 60)]

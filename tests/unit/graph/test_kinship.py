"""Words that tell whose a store is."""

import pytest

from analyzer.graph.kinship import akin, owner_words, store_words
from tests.build import service


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shop-db", {"shop"}),
        ("immich_postgres", {"immich"}),
        ("db_for_firefly", {"firefly"}),
        ("fireflyiiidb", {"fireflyiii"}),
        ("paperless-broker-1", {"paperless"}),
        ("postgres", set()),
        ("redis-cache01", set()),
    ],
)
def test_words_of_stores(name: str, words: set[str]) -> None:
    assert store_words(service(name)) == words


def test_words_of_applications() -> None:
    app = service("app", container_name="Nextcloud_App", image="ghcr.io/thing/server:1")
    assert owner_words(app) == {"nextcloud", "thing"}
    assert owner_words(service("web", image="lscr.io/linuxserver/bookstack")) == {"bookstack"}


def test_kinship() -> None:
    assert akin({"shop"}, {"shop", "x"})
    assert akin({"firefly"}, {"fireflyiii"})
    assert not akin({"app"}, {"apple"})
    assert not akin({"shop"}, {"blog"})
    assert not akin((), {"x"})

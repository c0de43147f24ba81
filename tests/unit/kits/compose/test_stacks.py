"""Services keep in a stack the name that their Compose file gives them."""

from typing import NamedTuple

import pytest

from analyzer.inventory.model import Source
from analyzer.kits.compose.stacks import from_compose, names_inside


class One(NamedTuple):
    """What is asked of a service here."""

    name: str
    project: str | None = None
    host: str | None = None
    aliases: tuple[str, ...] = ()
    networks: tuple[str, ...] = ("default",)
    origin: str | None = None
    source: Source = Source("inventory.yaml", 1, 1)


def inside(*services):
    return names_inside({one.name: one for one in services})


def test_a_service_that_was_told_apart_by_its_stack_has_its_short_name():
    found = inside(One("a-db", "a", aliases=("db",)), One("b-db", "b", aliases=("db",)))
    assert found == {"a-db": "db", "b-db": "db"}


def test_a_service_whose_own_name_begins_with_the_stack_keeps_it():
    found = inside(One("media-db", "media"), One("db", "other"))
    assert found == {"media-db": "media-db", "db": "db"}


def test_an_alias_of_the_owner_makes_no_name():
    assert inside(One("media-db", "media", aliases=("db",))) == {"media-db": "media-db"}


def test_a_service_without_networks_has_no_alias_and_still_its_short_name():
    found = inside(One("a-vpn", "a", networks=()), One("b-vpn", "b", networks=()))
    assert found == {"a-vpn": "vpn", "b-vpn": "vpn"}


def test_one_stack_on_two_hosts():
    found = inside(
        One("media-db-nas", "media", "nas", ("db",)), One("media-db-pi", "media", "pi", ("db",))
    )
    assert set(found.values()) == {"db"}


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (One("a", "p", origin="stacks/p/docker-compose.yml:3"), True),
        (One("a", "p", origin="stacks/p/prod.yaml:3"), True),
        (One("a", "p", origin="storage.json:3"), False),
        (One("a", "p"), False),
        (One("a", source=Source("docker-compose.prod.yml", 1, 1)), True),
        (One("a", "p", origin="web.container:1"), False),
    ],
)
def test_what_comes_from_a_compose_file(service, expected):
    assert from_compose(service) is expected

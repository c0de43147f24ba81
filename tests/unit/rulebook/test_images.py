"""Image references, and what the shipped rules know of images."""

from collections import Counter

import pytest

from analyzer.rulebook.images import RuleImages, known_image, repository
from analyzer.rulebook.loading import load_rulebook

RULEBOOK = load_rulebook()
ROLES = frozenset(
    "ai app auth automation backup cache chat ci database dhcp dns download game git infrastructure "
    "job lan mail media monitoring proxy queue registry storage tunnel ui update vpn web".split()
)
PINS = frozenset({"device", "host-name", "host-network", "lan", "vpn"})


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("postgres", "postgres"),
        ("postgres:16-alpine", "postgres"),
        ("docker.io/library/redis:7", "redis"),
        ("ghcr.io/linuxserver/plex:latest", "linuxserver/plex"),
        ("lscr.io/linuxserver/grocy", "linuxserver/grocy"),
        ("registry.example:5000/team/app:1", "team/app"),
        ("localhost/app", "app"),
        ("mcr.microsoft.com/mssql/server:2022-latest", "mssql/server"),
        ("qdrant/qdrant@sha256:00", "qdrant/qdrant"),
        ("Example/App:V1", "example/app"),
    ],
)
def test_repository(image, expected):
    assert repository(image) == expected


@pytest.mark.parametrize(
    ("image", "role", "stateful"),
    [
        ("ghcr.io/linuxserver/nextcloud", "storage", True),
        ("ghcr.io/flaresolverr/flaresolverr:latest", "web", False),
        ("ghcr.io/kieraneglin/pinchflat:latest", "download", True),
        ("ghcr.io/gurucomputing/headscale-ui:latest", "ui", False),
        ("benbusby/whoogle-search:latest", "web", False),
        ("frooodle/s-pdf:latest", "web", False),
        ("haugene/transmission-openvpn", "vpn", True),
        ("vaultwarden/server:1.32", "app", True),
        ("ghcr.io/goauthentik/server:2025.2", "auth", True),
        ("docker.io/bitnami/postgresql:16", "database", True),
        ("ghcr.io/zalando/spilo-16:3.2", "database", True),
        ("ghcr.io/ferretdb/ferretdb:1.24", "database", False),
        ("cockroachdb/cockroach:v24", "database", True),
        ("solr:9", "database", True),
        ("casbin/casdoor:v1", "auth", True),
        ("ghcr.io/nextcloud-releases/all-in-one:latest", "storage", True),
        ("jc21/nginx-proxy-manager:2", "proxy", True),
    ],
)
def test_well_known_images(image, role, stateful):
    found = known_image(RULEBOOK, image)
    assert (found.role, found.stateful) == (role, stateful)


@pytest.mark.parametrize(
    ("image", "ports"),
    [
        ("osixia/openldap:1.5", (389, 636)),
        ("bitnami/openldap:2.6", (1389, 1636)),
        ("mcr.microsoft.com/azure-sql-edge", (1433,)),
        ("unheard/of", ()),
    ],
)
def test_where_images_listen(image, ports):
    assert RuleImages(RULEBOOK).ports(image) == ports


@pytest.mark.parametrize("image", [None, "", "unheard/of:1", "example/server", "my/web:1"])
def test_what_is_not_known_is_none(image):
    assert known_image(RULEBOOK, image) is None


def test_no_name_belongs_to_two_families():
    names = Counter(name for image in RULEBOOK.images.values() for name in image.match)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("image", RULEBOOK.images.values(), ids=lambda image: image.id)
def test_entries_are_well_formed(image):
    assert image.match
    assert all(repository(name) == name for name in image.match)
    assert image.role in ROLES
    assert set(image.pins) <= PINS
    assert all(0 < port < 65536 for port in image.ports)
    assert not (image.mirror and image.stateful)
    assert not (image.mirror and image.role in ("auth", "proxy", "vpn", "dns", "database"))


def test_what_a_family_uses_is_a_family_and_not_itself():
    for image in RULEBOOK.images.values():
        assert set(image.uses) <= set(RULEBOOK.images), image.id
        assert image.id not in image.uses

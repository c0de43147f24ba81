"""Shared storage: who moves together, who is only tied."""

import itertools
from typing import Any

import pytest

from analyzer.graph.clues import Tie
from analyzer.graph.storage import storage_ties
from analyzer.inventory.model import Mount, Service
from tests.build import service, volume


def ties(*services: Service, **volumes: Any) -> list[Tie]:
    """Return the ties of services on one host."""
    placed = {s.name: s if s.host else s._replace(host="box") for s in services}
    described = {name: volume(name, reach=reach) for name, reach in volumes.items()}
    return storage_ties({name: placed[name] for name in sorted(placed)}, described)


def pairs(found: list[Tie]) -> list[tuple[str, str, str, bool]]:
    """Return the ends, kind and grouping of ties."""
    return sorted((tie.first, tie.second, tie.kind, tie.groups) for tie in found)


def using(name: str, *written: str, **fields: Any) -> Service:
    """Return a service with mounts in short syntax."""
    return service(name, mounts=written, **fields)


def test_two_writers_of_a_private_folder_move_together() -> None:
    found = ties(using("web", "/srv/app:/data"), using("cron", "/srv/app:/data"))
    assert pairs(found) == [("cron", "web", "hard", True)]
    assert found[0].evidence[0].text == "both write /srv/app"


def test_a_reader_is_tied_and_does_not_move_along() -> None:
    found = ties(using("web", "/srv/app:/data"), using("backup", "/srv/app:/data:ro"))
    assert pairs(found) == [("backup", "web", "soft", False)]


def test_readers_have_nothing_to_do_with_each_other() -> None:
    assert ties(using("a", "/srv/app:/x:ro"), using("b", "/srv/app:/x:ro")) == []


def test_a_library_ties_and_does_not_group() -> None:
    names = ("bazarr", "plex", "radarr", "sonarr")
    found = ties(*(using(name, "/mnt/storage/media:/media") for name in names))
    assert [tie.groups for tie in found] == [False] * 3
    assert {tie.kind for tie in found} == {"soft"}
    two = ties(using("plex", "/tank/movies:/m"), using("radarr", "/tank/movies:/m"))
    assert pairs(two) == [("plex", "radarr", "soft", False)]


def test_three_stacks_in_one_folder_make_a_library_and_one_stack_does_not() -> None:
    assert all(not tie.groups for tie in ties(*(using(n, "/x/y:/d") for n in "abc")))
    stack = [using(f"paperless-{part}", "/x/media:/d") for part in ("web", "worker", "cron")]
    assert pairs(ties(*stack)) == [
        ("paperless-cron", "paperless-web", "hard", True),
        ("paperless-cron", "paperless-worker", "hard", True),
    ]


def test_overlap_goes_by_parts_of_the_path() -> None:
    inside = ties(using("web", "/srv/app:/data"), using("editor", "/srv/app/www:/www"))
    assert pairs(inside) == [("editor", "web", "hard", True)]
    assert ties(using("web", "/srv/app:/data"), using("other", "/srv/app2:/data")) == []
    assert ties(using("web", "/srv/app:/data"), using("other", "/srv/ap:/data")) == []


def test_the_spelling_of_a_path_does_not_matter() -> None:
    spellings = ("/srv/app", "/srv/app/", "/srv//app", "/srv/./app", "/srv/x/../app")
    for one, other in itertools.combinations(spellings, 2):
        assert len(ties(using("a", f"{one}:/d"), using("b", f"{other}:/d"))) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/etc/localtime",
        "/dev/dri",
        "/run/podman/podman.sock",
        "/var/run/docker.sock",
        "/srv/engine.sock",
        "/proc",
        "/sys/class",
        "/",
        "/mnt",
        "/var/lib",
    ],
)
def test_what_holds_no_data_ties_nothing(path: str) -> None:
    assert ties(using("a", f"{path}:/x"), using("b", f"{path}:/x")) == []


def test_a_file_of_settings_is_read_whatever_the_mount_says() -> None:
    assert ties(using("a", "/srv/app.yml:/c"), using("b", "/srv/app.yml:/c")) == []
    certificates = ties(using("a", "/srv/certs:/c"), using("b", "/srv/certs:/c"))
    assert [tie.groups for tie in certificates] == [False]


def test_named_volumes() -> None:
    found = ties(using("web", "data:/d"), using("cron", "data:/d"), using("x", "other:/d"))
    assert pairs(found) == [("cron", "web", "hard", True)]
    assert pairs(ties(using("a", "movies:/d"), using("b", "movies:/d"))) == [
        ("a", "b", "soft", False)
    ]


def test_hosts_share_only_what_the_network_carries() -> None:
    web, cron = using("web", "data:/d", host="one"), using("cron", "data:/d", host="two")
    assert ties(web, cron) == []
    assert pairs(ties(web, cron, data="shared")) == [("cron", "web", "soft", False)]


def test_relative_paths_are_shared_within_one_file() -> None:
    mount = (Mount("bind", "./data", "/d", read_only=False, line=1),)
    one, other = service("a", mounts=mount), service("b", mounts=mount)
    (tie,) = ties(one, other)
    assert tie.evidence[0].text == "both write data"
    elsewhere = other._replace(source=other.source._replace(file="other.yaml"))
    assert ties(one, elsewhere) == []


def test_k_users_of_one_place_have_at_most_k_minus_1_ties() -> None:
    users = [using(f"s{n:03}", "/mnt/storage/media:/m") for n in range(300)]
    outside = using("sync", "/mnt/storage:/s")
    assert len(ties(*users)) == 299
    assert len(ties(*users, outside)) == 300


def test_whoever_has_the_folder_above_too_is_the_hub() -> None:
    hub = using("torrent", "/mnt/pool:/pool", "/mnt/pool/media:/m")
    found = ties(hub, using("plex", "/mnt/pool/media:/m"), using("audio", "/mnt/pool/media:/m"))
    assert {(tie.first, tie.second) for tie in found} == {
        ("plex", "torrent"),
        ("audio", "torrent"),
    }


def test_a_dismissed_pair_leaves_the_others_tied() -> None:
    users = {name: using(name, "/srv/app:/d", host="box") for name in ("app-a", "app-b", "app-c")}
    apart = frozenset({("app-a", "app-b"), ("app-b", "app-a")})
    assert pairs(storage_ties(users, {}, apart)) == [("app-a", "app-c", "hard", True)]

import pytest

from analyzer.facts.mounts import is_engine_socket, mounts_known, reach, use_of, uses_of
from analyzer.inventory.model import Mount
from tests import build


@pytest.mark.parametrize(
    ("written", "use"),
    [
        ("/var/data/plex:/config", "data"),
        ("/mnt/storage/media:/media:ro", "data"),
        ("qdrant_storage:/qdrant/storage", "data"),
        ("/var/data/fb/filebrowser.db:/database/filebrowser.db", "data"),
        ("/home:/srv", "data"),
        ("/var/lib/ghost/content:/var/lib/ghost/content", "data"),
        ("/var/data/fb/settings.json:/config/settings.json", "config"),
        ("/srv/Caddyfile:/etc/caddy/Caddyfile", "config"),
        ("/srv/prometheus:/etc/prometheus:ro", "config"),
        ("/srv/prometheus:/etc/prometheus", "data"),
        ("/etc/localtime:/etc/localtime:ro", "system"),
        ("/:/rootfs:ro", "system"),
        ("/proc:/host/proc:ro", "system"),
        ("/run/agenix/token:/token", "system"),
        ("/run/podman/podman.sock:/var/run/docker.sock:ro", "socket"),
        ("/run/mysqld/mysqld.sock:/db.sock", "socket"),
        ("/dev/dri:/dev/dri", "device"),
        ("/dev/ttyUSB0:/dev/zigbee", "device"),
        ("/dev/rtc:/dev/rtc", "system"),
        ("cache:/root/.cache/cache", "scratch"),
        ("/srv/transcode:/transcode", "scratch"),
        ("logs:/var/log/nginx", "scratch"),
    ],
)
def test_what_a_mount_is_for(written, use):
    (mount,) = build.mounts(written)
    assert use_of(mount) == use


@pytest.mark.parametrize("kind", ["tmpfs", "anonymous"])
def test_what_goes_with_the_container_is_scratch(kind):
    assert use_of(Mount(kind, "", "/data", read_only=False, line=1)) == "scratch"


def test_uses_sort_a_services_mounts_and_mapped_devices():
    service = build.service(
        "x",
        devices=("/dev/dri:/dev/dri",),
        mounts=("/srv/x:/data", "/run/docker.sock:/s", "/dev/snd:/dev/snd", "/proc:/p"),
    )
    uses = uses_of(service)
    assert [mount.source for mount in uses.data] == ["/srv/x"]
    assert uses.sockets == ("/run/docker.sock",)
    assert uses.devices == ("/dev/dri", "/dev/snd")


def test_only_an_engines_socket_commands_it():
    assert is_engine_socket("/run/user/1000/podman/podman.sock")
    assert not is_engine_socket("/run/mysqld/mysqld.sock")


def test_mounts_are_known_when_listed_or_said_to_be_none():
    assert mounts_known(build.service("x", mounts=("/a:/a",)))
    assert mounts_known(build.service("x", lines={"volumes": 3}))
    assert not mounts_known(build.service("x", image="nginx"))


def test_reach_is_the_longest_described_path_and_local_where_nothing_is_said():
    volumes = build.inventory(
        build.volume("/mnt/nas", reach="shared"),
        build.volume("/mnt/nas/scratch", reach="local"),
        build.volume("db", reach="replicated"),
        build.volume("undescribed"),
    ).volumes
    reach_of = reach(volumes)
    expected = {
        "/mnt/nas/media:/m": "shared",
        "/mnt/nas:/m": "shared",
        "/mnt/nas/scratch/x:/m": "local",
        "/mnt/nas2:/m": "local",
        "/srv:/m": "local",
        "db:/m": "replicated",
        "undescribed:/m": "local",
        "unlisted:/m": "local",
    }
    mounts = build.mounts(*expected)
    assert [reach_of(mount) for mount in mounts] == list(expected.values())


def test_without_any_description_everything_is_local():
    assert reach({})(build.mounts("/mnt/nas:/m")[0]) == "local"

import pytest

from analyzer.inventory.model import Mount
from analyzer.inventory.mounts import devices, mounts, tmpfs
from tests.unit.inventory.nodes import faults, read


@pytest.mark.parametrize(
    ("written", "kind", "source", "target", "read_only"),
    [
        ("/srv/db:/data", "bind", "/srv/db", "/data", False),
        ("/srv/db:/data:ro", "bind", "/srv/db", "/data", True),
        ("/srv/db:/data:ro,z", "bind", "/srv/db", "/data", True),
        ("/srv/db:/data:rw,Z", "bind", "/srv/db", "/data", False),
        ("./conf:/etc/app:rroot", "bind", "./conf", "/etc/app", False),
        ("~/x:/x", "bind", "~/x", "/x", False),
        ("data:/data", "volume", "data", "/data", False),
        ("/var/lib/cache", "anonymous", "", "/var/lib/cache", False),
        ("C:\\data:/data", "bind", "C:\\data", "/data", False),
        ("{type: bind, source: /a, target: /b}", "bind", "/a", "/b", False),
        ("{type: bind, source: /a, target: /b, read_only: true}", "bind", "/a", "/b", True),
        (
            "{type: volume, source: v, target: /b, volume: {nocopy: true}}",
            "volume",
            "v",
            "/b",
            False,
        ),
        ("{type: volume, target: /b}", "anonymous", "", "/b", False),
        ("{type: tmpfs, target: /b, tmpfs: {size: 9}}", "tmpfs", "", "/b", False),
        ("{type: image, source: alpine, target: /b}", "anonymous", "", "/b", True),
        ("{type: npipe, source: /p, target: /b}", "bind", "/p", "/b", False),
    ],
)
def test_forms_of_the_compose_specification(written, kind, source, target, read_only):
    written = written if written.startswith("{") else f"'{written}'"
    assert read(mounts, f"[{written}]") == (Mount(kind, source, target, read_only, 1),)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("'server:/export:/data'", "has too many parts; use the long form"),
        ("'C:/data:/data'", "has too many parts"),
        ("'a:/b:ro:c'", "has too many parts"),
        ("'data:relative'", "has no absolute path in the container"),
        ("'a:'", "has an empty part"),
        ("':/data'", "has an empty part"),
        ("''", "has an empty part"),
        ("'${DATA}:/data'", "holds a variable"),
        ("{source: /a, target: /b}", "without 'type' or 'target'"),
        ("{type: bind, target: /b}", "a bind mount without 'source'"),
        ("{type: nfs, target: /b}", "'nfs' is not one of bind, volume"),
        ("[a]", "a list where a mount is expected"),
    ],
)
def test_bad_mounts(written, what):
    found = faults(mounts, f"['/ok:/ok', {written}]")
    assert what in found[0]
    assert found[0].startswith("[1]")


def test_each_mount_knows_its_line():
    assert [mount.line for mount in read(mounts, "- /a:/a\n- type: tmpfs\n  target: /t\n")] == [
        1,
        2,
    ]
    assert "a list of mounts" in faults(mounts, "/a:/a")[0]


def test_tmpfs():
    assert read(tmpfs, "/run") == {"mounts": (Mount("tmpfs", "", "/run", False, 0),)}
    both = read(tmpfs, "[/run, '/cache:size=64m']")["mounts"]
    assert [mount.target for mount in both] == ["/run", "/cache"]


def test_devices_are_named_by_the_host():
    written = "[/dev/dri, '/dev/ttyUSB0:/dev/tty:rwm', nvidia.com/gpu=all, {source: /dev/kvm}]"
    expected = ("/dev/dri", "/dev/ttyUSB0", "nvidia.com/gpu=all", "/dev/kvm")
    assert read(devices, written) == expected
    assert "a device without 'source'" in faults(devices, "[{target: /dev/x}]")[0]

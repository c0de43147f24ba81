import pytest

from tests.unit.importers.quadlet.units_in import draft_of

VOLUME = (
    "[Volume]\nVolumeName=real\nDriver=local\nType=nfs\nDevice=nas:/x\nOptions=password=hunter2\n"
)


def mount_of(said: str):
    units = {"sub/a.container": f"[Container]\nImage=q\n{said}\n", "v.volume": VOLUME}
    (mount,) = draft_of(units).tree["services"]["a"]["volumes"]
    return mount


@pytest.mark.parametrize(
    ("said", "mount"),
    [
        ("Volume=/a:/b:ro,Z", "/a:/b:ro,Z"),
        ("Volume=./a:/b", "./sub/a:/b"),
        ("Volume=../a:/b", "./a:/b"),
        ("Volume=%h/a:/b", "/root/a:/b"),
        ("Volume=v.volume:/b:z", "real:/b:z"),
        ("Volume=gone.volume:/b", "systemd-gone:/b"),
        ("Volume=named:/b", "named:/b"),
        ("Volume=/b", "/b"),
        ("Volume=/a:/b:ro,upperdir=/c", {"type": "bind", "source": "/a", "target": "/b", "read_only": "true"}),
        ("Mount=type=bind,src=a,dst=/b,ro", {"type": "bind", "source": "./sub/a", "target": "/b", "read_only": "true"}),
        ("Mount=type=bind,src=/a,target=/b,readonly=false", {"type": "bind", "source": "/a", "target": "/b"}),
        ("Mount=type=volume,source=v.volume,destination=/b", {"type": "volume", "source": "real", "target": "/b"}),
        ("Mount=type=tmpfs,destination=/b", {"type": "tmpfs", "target": "/b"}),
        ("Mount=type=image,source=i.image,destination=/b", {"type": "image", "source": "i.image", "target": "/b"}),
    ],
)  # fmt: skip
def test_mounts(said, mount):
    assert mount_of(said) == mount


def test_a_volume_unit_is_a_volume_without_its_credentials():
    draft = draft_of({"v.volume": VOLUME})
    assert draft.tree["volumes"] == {
        "real": {"driver": "local", "driver_opts": {"type": "nfs", "device": "nas:/x"}}
    }
    assert "hunter2" not in str(draft)

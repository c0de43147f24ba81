"""Containers of systemd-nspawn."""

from tests.importers.nixos_reading import read, remarks, sample


def test_a_small_system_is_a_native_service():
    draft = sample("storage.json")
    sandbox = draft.tree["services"]["sandbox"]
    assert sandbox["runtime"] == "systemd"
    assert sandbox["ports"] == ["2222:22/tcp"]
    assert sandbox["volumes"] == [
        {"type": "bind", "source": "/var/data/sandbox", "target": "/data", "read_only": "false"}
    ]
    assert ("nspawn.sandbox.nspawn", "kept") in remarks(draft)


def test_its_name_gives_way_to_a_container():
    data = {"k8sadvisor": 1, "containers": {"x": {"image": "x"}}, "nspawn": {"x": {}, "y": []}}
    assert list(read(data).tree["services"]) == ["x", "container@x"]

import pytest

from analyzer.inventory.hosts import HOST, VOLUME, volume_reach
from analyzer.inventory.model import Host
from tests.unit.inventory.nodes import node


@pytest.mark.parametrize(
    ("written", "reach"),
    [
        ("{}", None),
        ("{driver: local}", "local"),
        ("{driver: local, driver_opts: {type: nfs, o: 'addr=10.0.0.1,rw'}}", "shared"),
        ("{driver_opts: {type: NFS4}}", "shared"),
        ("{driver_opts: {type: cifs}}", "shared"),
        ("{driver_opts: {type: tmpfs}, driver: local}", None),
        ("{driver: vieux/sshfs}", "shared"),
        ("{driver: driver.longhorn.io}", "replicated"),
        ("{driver: rook-ceph-block}", "replicated"),
        ("{driver: cephfs}", "shared"),
        ("{driver: rook-nfs}", "shared"),
        ("{driver: linstor}", "replicated"),
        ("{driver: mystery}", None),
        ("{driver: linstor, storage: local}", "local"),
        ("{storage: replicated}", "replicated"),
    ],
)
def test_who_reaches_a_volume(written, reach):
    assert volume_reach(VOLUME.read(node(written))) == reach


def test_every_attribute_of_a_host_has_its_key():
    attributes = {field.attribute for field in HOST.fields} - {None}
    assert attributes == set(Host._fields) - {"name", "source", "lines", "files"}


def test_addresses_add_up():
    written = node("{address: 10.0.0.1, addresses: [a.lan, b.lan], notes: under the stairs}")
    assert HOST.read(written) == {"addresses": ("a.lan", "b.lan", "10.0.0.1")}

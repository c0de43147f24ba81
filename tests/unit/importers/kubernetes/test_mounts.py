"""Volumes of pods."""

import pytest

from analyzer.importers.kubernetes.mounts import VOLUME_KINDS
from tests.importers.kubernetes_reading import deployment, made, read, remarks

# https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ (v1.34)
EVERY_KIND = """awsElasticBlockStore azureDisk azureFile cephfs cinder configMap csi downwardAPI
emptyDir ephemeral fc flexVolume flocker gcePersistentDisk gitRepo glusterfs hostPath image iscsi
nfs persistentVolumeClaim photonPersistentDisk portworxVolume projected quobyte rbd scaleIO secret
storageos vsphereVolume""".split()


def test_every_kind_of_volume_is_read():
    assert sorted(VOLUME_KINDS) == sorted(EVERY_KIND)


def mounted(source, **mount):
    pod = {"volumes": [{"name": "v", **source}]}
    mounts = [{"name": "v", "mountPath": "/m", **mount}]
    return deployment(pod=pod, volumeMounts=mounts)


def volumes(*objects):
    return read(*objects)[0].tree["services"]["app"].get("volumes")


@pytest.mark.parametrize(
    ("source", "mount", "expected"),
    [
        ({"persistentVolumeClaim": {"claimName": "c"}}, {}, "c:/m"),
        ({"persistentVolumeClaim": {"claimName": "c", "readOnly": True}}, {}, "c:/m:ro"),
        ({"hostPath": {"path": "/srv"}}, {}, "/srv:/m"),
        ({"hostPath": {"path": "/srv"}}, {"subPath": "x", "readOnly": True}, "/srv/x:/m:ro"),
        ({"nfs": {"server": "nas", "path": "/x"}}, {}, "nas/x:/m"),
        ({"csi": {"driver": "smb.csi.k8s.io"}}, {}, "app/v:/m"),
        ({"iscsi": {"targetPortal": "x"}}, {}, "app/v:/m"),
        (
            {"nfs": {"server": "fd00::1", "path": "/x"}},
            {"readOnly": True},
            {"type": "volume", "source": "fd00::1/x", "target": "/m", "read_only": "true"},
        ),
    ],
)
def test_a_volume_becomes_a_mount(source, mount, expected):
    assert volumes(mounted(source, **mount)) == [expected]


def test_scratch_space_is_gone_with_the_pod():
    entry = read(mounted({"emptyDir": {}}))[0].tree["services"]["app"]
    assert entry["tmpfs"] == ["/m"]
    assert "volumes" not in entry


def test_a_device_of_the_host_is_a_device():
    draft = read(mounted({"hostPath": {"path": "/dev/dri"}}))[0]
    entry = draft.tree["services"]["app"]
    assert entry["devices"] == ["/dev/dri"]
    assert "volumes" not in entry


@pytest.mark.parametrize(
    "source",
    [
        {"secret": {"secretName": "s"}},
        {"projected": {"sources": [{"secret": {"name": "s"}}]}},
    ],
)
def test_a_secret_is_named(source):
    entry = read(mounted(source))[0].tree["services"]["app"]
    assert entry["secrets"] == ["s"]
    assert "volumes" not in entry


def test_a_mounted_configmap_is_told_and_a_missing_one_said():
    data = made("ConfigMap", "c", data={"app.conf": "db = postgres:5432"})
    given = read(mounted({"configMap": {"name": "c"}}), data)[0]
    assert [hint[:4] for hint in given.hints] == [
        ("app", "text", "app.conf", "db = postgres:5432")
    ]
    missing = read(mounted({"configMap": {"name": "c"}}))[0]
    assert remarks(missing) == [("Deployment/app.volumes.c", "no bearing")]


def test_network_storage_of_a_pod_is_a_shared_volume():
    draft = read(mounted({"nfs": {"server": "nas", "path": "/x"}}))[0]
    assert draft.tree["volumes"] == {"nas/x": {"storage": "shared", "driver": "nfs"}}


def test_two_containers_that_mount_one_place_count_once():
    pod = {"volumes": [{"name": "v", "hostPath": {"path": "/srv"}}]}
    mounts = [{"name": "v", "mountPath": "/m"}]
    one = deployment(pod=pod, volumeMounts=mounts)
    containers = one["spec"]["template"]["spec"]["containers"] = [
        {"name": "a", "image": "a", "volumeMounts": mounts},
        {"name": "b", "image": "b", "volumeMounts": mounts},
    ]
    assert len(containers) == 2
    assert len(volumes(one)) == 1


@pytest.mark.parametrize(
    ("one", "path", "reach"),
    [
        (mounted({"moonbase": {}}), "Deployment/app.volumes.v", "not understood"),
        (
            mounted({"emptyDir": {}}, shape="x"),
            "Deployment/app.volumeMounts.shape",
            "not understood",
        ),
        (mounted({"emptyDir": {}}, name="w"), "Deployment/app.volumeMounts", "broken"),
    ],
)
def test_what_cannot_be_mounted_is_said(one, path, reach):
    assert (path, reach) in remarks(*read(one))


def test_a_raw_device_of_a_claim_is_its_volume():
    pod = {"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}]}
    one = deployment(pod=pod, volumeDevices=[{"name": "v", "devicePath": "/dev/x"}])
    assert volumes(one) == ["c:/dev/x"]


def test_a_store_of_secrets_is_a_secret():
    entry = read(mounted({"csi": {"driver": "secrets-store.csi.k8s.io"}}))[0].tree["services"]
    assert entry["app"]["secrets"] == ["v"]

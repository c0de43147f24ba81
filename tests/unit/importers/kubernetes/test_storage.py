"""Claims, volumes and classes."""

import pytest

from analyzer.importers.kubernetes.storage import (
    Storage,
    claim_name,
    only_node,
    reach_of_source,
    reach_of_words,
)
from tests.importers.kubernetes_reading import made, objects_of, tree


@pytest.mark.parametrize(
    ("words", "reach"),
    [
        ("local-path", "local"),
        ("rancher.io/local-path", "local"),
        ("openebs-hostpath", "local"),
        ("microk8s-hostpath", "local"),
        ("topolvm-provisioner", "local"),
        ("nfs-csi", "shared"),
        ("nfs.csi.k8s.io", "shared"),
        ("rook-cephfs", "shared"),
        ("smb.csi.k8s.io", "shared"),
        ("driver.longhorn.io", "replicated"),
        ("rook-ceph.rbd.csi.ceph.com", "replicated"),
        ("gold", None),
        ("", None),
    ],
)
def test_the_name_of_a_class_or_driver_tells_its_reach(words, reach):
    assert reach_of_words(words) == reach


@pytest.mark.parametrize(
    ("source", "reach"),
    [
        ({"nfs": {"server": "nas", "path": "/x"}}, "shared"),
        ({"hostPath": {"path": "/x"}}, "local"),
        ({"local": {"path": "/x"}}, "local"),
        ({"csi": {"driver": "driver.longhorn.io"}}, "replicated"),
        ({"rbd": {}}, "replicated"),
        ({"iscsi": {}}, None),
    ],
)
def test_what_a_volume_is_made_from_tells_its_reach(source, reach):
    assert reach_of_source(tree(source)) == reach


def volume(spec, *objects):
    return Storage(objects_of(*objects)).volume(tree(spec), "default", "data")


def test_a_claim_of_a_known_class():
    entry = volume({"storageClassName": "longhorn"})
    assert entry == {"storage": "replicated", "driver": "longhorn"}


def test_a_class_with_a_name_of_its_own_is_its_provisioner():
    gold = made("StorageClass", "gold", provisioner="nfs.csi.k8s.io")
    entry = volume({"storageClassName": "gold"}, gold)
    assert entry == {"storage": "shared", "driver": "nfs.csi.k8s.io"}


def test_a_claim_without_a_class_takes_the_default_if_it_is_known():
    fast = made("StorageClass", "fast", provisioner="rancher.io/local-path")
    fast["metadata"]["annotations"] = {"storageclass.kubernetes.io/is-default-class": "true"}
    assert volume({}, fast)["storage"] == "local"
    assert volume({}) == {}


def test_many_readers_share_what_no_name_tells():
    assert (
        volume({"storageClassName": "x", "accessModes": ["ReadWriteMany"]})["storage"] == "shared"
    )
    assert "storage" not in volume({"storageClassName": "x", "accessModes": ["ReadWriteOnce"]})


NODE = {
    "nodeSelectorTerms": [
        {
            "matchExpressions": [
                {"key": "kubernetes.io/hostname", "operator": "In", "values": ["attic"]}
            ]
        }
    ]
}


@pytest.mark.parametrize("bound", ["volumeName", "claimRef"])
def test_a_local_volume_is_on_its_node(bound):
    spec = {"local": {"path": "/data"}, "nodeAffinity": {"required": NODE}}
    claim = {"storageClassName": "manual"}
    if bound == "volumeName":
        claim["volumeName"] = "disk"
    else:
        spec["claimRef"] = {"name": "data", "namespace": "default"}
    entry = volume(claim, made("PersistentVolume", "disk", spec))
    assert entry == {"storage": "local", "driver": "manual", "host": "attic"}


def test_one_node_is_named_only_by_one_name():
    assert only_node(tree(NODE)) == "attic"
    both = tree({"nodeSelectorTerms": NODE["nodeSelectorTerms"] * 2})
    assert only_node(both) is None
    assert only_node(None) is None


def test_claims_are_told_apart_by_namespace():
    assert claim_name("default", "data") == "data"
    assert claim_name("media", "data") == "media/data"

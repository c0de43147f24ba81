"""Claims, persistent volumes and storage classes -> volumes, and who can open each.

Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
"""

import re
from typing import Any

from analyzer.importers.kubernetes.objects import Object, Objects, below, maps, text
from analyzer.tree import Map

_REACHES = (
    ("local", re.compile(r"local|host-?path|lvm|zfs|microk8s|standard-rwo-local")),
    ("shared", re.compile(r"nfs|smb|cifs|gluster|cephfs|sshfs|seaweed|juicefs|efs")),
    ("replicated", re.compile(r"longhorn|rook|ceph|rbd|linstor|piraeus|openebs|mayastor|drbd")),
)
"""By words in the name of a class or of its driver, the first that fits.

Source: https://docs.k3s.io/storage (local-path), https://longhorn.io/docs/latest/ (driver.longhorn.io),
https://github.com/kubernetes-csi/csi-driver-nfs, https://rook.io/docs/rook/latest/
"""
_SHARED_SOURCES = ("nfs", "cephfs", "glusterfs", "azureFile", "quobyte")
_REPLICATED_SOURCES = ("rbd", "portworxVolume", "storageos")
NETWORK_SOURCES = frozenset(
    """awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker
    gcePersistentDisk glusterfs iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO
    storageos vsphereVolume""".split()
)
"""Sources of volumes that lie somewhere else; most are gone from Kubernetes, and are read still."""
_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"


def reach_of_words(words: str) -> str | None:
    """Return who can open storage of a class or driver of that name, or None."""
    for reach, pattern in _REACHES:
        if pattern.search(words.lower()):
            return reach
    return None


def reach_of_source(source: Map) -> str | None:
    """Return who can open what a volume is made from."""
    if any(kind in source for kind in _SHARED_SOURCES):
        return "shared"
    if any(kind in source for kind in _REPLICATED_SOURCES):
        return "replicated"
    if "hostPath" in source or "local" in source:
        return "local"
    return reach_of_words(text(below(source, "csi"), "driver"))


def claim_name(namespace: str, claim: str) -> str:
    """Return the name of a claim's volume: claims are told apart by their namespace."""
    return claim if namespace == "default" else f"{namespace}/{claim}"


class Storage:
    """What the given objects say of volumes."""

    def __init__(self, objects: Objects) -> None:
        """Look the classes up, and which of them is the default."""
        self._objects = objects
        classes = objects.of("StorageClass")
        self._classes = {one.name: text(one.body, "provisioner") for one in classes}
        self._default = next(
            (
                one.name
                for one in classes
                if text(below(one.body, "metadata", "annotations"), _DEFAULT_CLASS) == "true"
            ),
            "",
        )
        self._bound = {
            (text(claim, "namespace") or "default", text(claim, "name")): volume
            for volume in objects.of("PersistentVolume")
            for claim in [below(volume.spec, "claimRef")]
            if claim
        }

    def volume(self, claim: Map, namespace: str, name: str) -> Map:
        """Return the entry of the volume that a claim's ``spec`` asks for."""
        entry = Map(claim.mark)
        stated = text(claim, "storageClassName")
        kind = stated or self._default
        driver = self._classes.get(kind) or kind
        bound = self._bound_to(claim, namespace, name)
        reach = reach_of_source(bound.spec) if bound else None
        reach = reach or reach_of_words(self._classes.get(kind, "")) or reach_of_words(kind)
        modes = claim.get("accessModes")
        if reach is None and modes and "ReadWriteMany" in modes:
            reach = "shared"
        if reach is not None:
            entry.put("storage", reach, claim.mark_of("storageClassName"))
        if driver:
            entry.put("driver", driver, claim.mark_of("storageClassName"))
        node = only_node(below(bound.spec, "nodeAffinity", "required")) if bound else None
        if node and reach == "local":
            entry.put("host", node, bound.mark if bound else claim.mark)
        return entry

    def _bound_to(self, claim: Map, namespace: str, name: str) -> Object | None:
        volume = text(claim, "volumeName")
        if volume:
            return self._objects.get("PersistentVolume", "default", volume)
        return self._bound.get((namespace, name))


def only_node(selector: Any) -> str | None:
    """Return the one node that a node selector allows by its name, or None.

    Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
    """
    terms = maps(selector.get("nodeSelectorTerms")) if type(selector) is Map else []
    if len(terms) != 1:
        return None
    for rule in [*maps(terms[0].get("matchExpressions")), *maps(terms[0].get("matchFields"))]:
        key, values = text(rule, "key"), rule.get("values")
        by_name = key in ("kubernetes.io/hostname", "metadata.name")
        if by_name and text(rule, "operator") == "In" and values and len(values) == 1:
            return str(values[0])
    return None

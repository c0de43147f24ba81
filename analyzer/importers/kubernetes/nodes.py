"""Nodes -> hosts.

Source: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/
"""

from analyzer.importers.kubernetes.objects import Objects, below, maps, text
from analyzer.importers.kubernetes.quantities import cpus, memory
from analyzer.tree import Map, Seq

_SERVER_LABELS = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")
_ARCH_LABEL = "kubernetes.io/arch"


def hosts_of(objects: Objects) -> Map:
    """Return an entry for each Node."""
    hosts = Map()
    for node in objects.of("Node"):
        status = below(node.body, "status")
        labels = below(node.body, "metadata", "labels")
        entry = Map(node.mark)
        told = {
            "arch": text(below(status, "nodeInfo"), "architecture") or text(labels, _ARCH_LABEL),
            "cpus": cpus(text(below(status, "capacity"), "cpu") or "none"),
            "memory": memory(text(below(status, "capacity"), "memory") or "none"),
            "os": text(below(status, "nodeInfo"), "osImage"),
            "runtime": _runtime(text(below(status, "nodeInfo"), "kubeletVersion")),
            "cluster": "server" if any(key in labels for key in _SERVER_LABELS) else "agent",
        }
        for key, value in told.items():
            if value:
                entry.put(key, value, node.mark)
        addresses = Seq(node.mark)
        for address in maps(status.get("addresses")):
            found = text(address, "address")
            if found and found != node.name and found not in addresses:
                addresses.add(found, address.mark)
        if addresses:
            entry.put("addresses", addresses, addresses.mark)
        hosts.put(node.name, entry, node.mark)
    return hosts


def _runtime(kubelet: str) -> str:
    """Return the engine in words: ``v1.34.1+k3s1`` -> k3s 1.34.1."""
    version, _, build = kubelet.removeprefix("v").partition("+")
    return f"{'k3s' if build.startswith('k3s') else 'kubernetes'} {version}" if version else ""

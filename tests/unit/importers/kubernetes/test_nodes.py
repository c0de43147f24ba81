"""Nodes."""

from tests.importers.kubernetes_reading import made, read

STATUS = {
    "capacity": {"cpu": "4", "memory": "8145392Ki", "pods": "110"},
    "addresses": [
        {"type": "InternalIP", "address": "192.168.1.7"},
        {"type": "Hostname", "address": "attic"},
    ],
    "nodeInfo": {
        "architecture": "arm64",
        "kubeletVersion": "v1.34.1+k3s1",
        "osImage": "Debian GNU/Linux 13 (trixie)",
    },
}


def test_a_node_is_a_host():
    node = made("Node", "attic", status=STATUS)
    node["metadata"]["labels"] = {"node-role.kubernetes.io/control-plane": "true"}
    (draft,) = read(node)
    assert draft.tree["hosts"] == {
        "attic": {
            "arch": "arm64",
            "cpus": "4",
            "memory": "8145392Ki",
            "os": "Debian GNU/Linux 13 (trixie)",
            "runtime": "k3s 1.34.1",
            "cluster": "server",
            "addresses": ["192.168.1.7"],
        }
    }


def test_a_node_that_says_nothing_is_an_agent():
    (draft,) = read(made("Node", "attic"))
    assert draft.tree["hosts"] == {"attic": {"cluster": "agent"}}

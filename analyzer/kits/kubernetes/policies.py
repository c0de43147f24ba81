"""Networks of an app -> the policy that keeps it as separate as it was.

Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/; K3s has a
controller for them (https://docs.k3s.io/networking/networking-services#network-policy-controller).
"""

from typing import Any

from analyzer.kits.kubernetes.apps import App, metadata, network_label
from analyzer.kits.kubernetes.ports import Opening

Object = dict[str, Any]


def policy(app: App, ports: tuple[Opening, ...]) -> Object | None:
    """Return what lets in who shared a network, and everybody to what is published.

    None where nothing separated it: on the host's network, or on the engine's own bridge.
    """
    modes = {spec.service.network_mode for spec in app.specs}
    networks = sorted({network for spec in app.specs for network in spec.service.networks})
    if "host" in modes or (not networks and "none" not in modes):
        return None
    rules: list[Object] = (
        [
            {
                "from": [
                    {
                        "namespaceSelector": {},
                        "podSelector": {"matchLabels": {network_label(network): "member"}},
                    }
                    for network in networks
                ]
            }
        ]
        if networks
        else []
    )
    published = [port for port in ports if port.published is not None]
    if published:
        listed = [{"port": port.target, "protocol": port.protocol.upper()} for port in published]
        rules.append({"ports": listed})
    body: Object = {"podSelector": {"matchLabels": app.selector}, "policyTypes": ["Ingress"]}
    body["ingress"] = rules
    if not networks:
        body["policyTypes"] = ["Ingress", "Egress"]
        body["egress"] = []
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(app),
        "spec": body,
    }

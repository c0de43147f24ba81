"""Names of services that stay outside, and of other namespaces, for those that moved.

Source: https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
and #externalname.
"""

import ipaddress
from collections.abc import Iterable
from typing import Any

from analyzer.graph.model import Edge
from analyzer.inventory.model import Host, Service
from analyzer.kits.kubernetes.apps import App, namespace
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.model import Status

Object = dict[str, Any]


def neighbours(
    material: Material, apps: Iterable[App], moved: set[str], ledger: Ledger
) -> dict[str, list[Object]]:
    """Return by namespace the Services that stand for what lies outside of it."""
    found: dict[tuple[str, str], list[Object]] = {}
    services = material.assessment.inventory.services
    for app in apps:
        for edge in (edge for spec in app.specs for edge in material.needs.get(spec.name, ())):
            if not edge.binds or edge.symmetric:
                continue
            dependency = services[edge.dependency]
            space = namespace(material, material.specs[edge.dependency])
            if edge.dependency in moved:
                _say_address(material, app, edge, ledger)
                if space != app.namespace:
                    name = material.labels[edge.dependency]
                    found[app.namespace, name] = [_elsewhere(app.namespace, name, space)]
                continue
            if dependency.network_mode and dependency.network_mode.startswith(
                ("service:", "container:")
            ):
                continue
            _stays(material, app, dependency, found, ledger)
    by_namespace: dict[str, list[Object]] = {}
    for (space, _), objects in sorted(found.items()):
        by_namespace.setdefault(space, []).extend(objects)
    return by_namespace


_BY_ADDRESS = frozenset({"published-port", "host-gateway"})


def _say_address(material: Material, app: App, edge: Edge, ledger: Ledger) -> None:
    """Tell of a service that is called by an address of its host, which it leaves."""
    found = [one for one in edge.evidence if one.kind in _BY_ADDRESS]
    if not found:
        return
    name = material.labels[edge.dependency]
    ports = material.service(edge.dependency).ports
    where = f"{name}:{ports[0].target}" if ports else name
    text = f"calls it by an address of its host ({found[0].text}); in the cluster write {where}"
    ledger.person(app.main, f"depends_on.{edge.dependency}", text)


def stand_in(space: str, name: str, service: Service, host: Host | None) -> list[Object]:
    """Return a Service that leads to a service of a host; none where no address of it is known.

    An address comes before a name: a name leads to other ports only as they are on the host.
    """
    addresses = host.addresses if host else ()
    address = next((one for one in addresses if _is_address(one)), None)
    named = next((one for one in addresses if "." in one and not _is_address(one)), None)
    if address is not None and any(port.published for port in service.ports):
        return _endpoints(space, name, service, address)
    return [_external(space, name, named)] if named is not None else []


def _meta(space: str, name: str) -> Object:
    return {
        "name": name,
        "namespace": space,
        "labels": {"app.kubernetes.io/managed-by": "k8sadvisor"},
    }


def _elsewhere(space: str, name: str, target: str) -> Object:
    address = f"{name}.{target}.svc.cluster.local"
    return _external(space, name, address)


def _external(space: str, name: str, address: str) -> Object:
    spec = {"type": "ExternalName", "externalName": address}
    return {"apiVersion": "v1", "kind": "Service", "metadata": _meta(space, name), "spec": spec}


def _stays(
    material: Material,
    app: App,
    dependency: Service,
    found: dict[tuple[str, str], list[Object]],
    ledger: Ledger,
) -> None:
    """Add a Service for one that stays outside, where the address of its host is known."""
    host = material.assessment.inventory.hosts.get(dependency.host or "")
    name = material.labels[dependency.name]
    ports = [port for port in dependency.ports if port.published]
    addresses = host.addresses if host else ()
    address = next((one for one in addresses if _is_address(one)), None)
    named = next((one for one in addresses if "." in one and not _is_address(one)), None)
    objects = stand_in(app.namespace, name, dependency, host)
    if objects:
        found[app.namespace, name] = objects
    where = address or named
    if (
        where is not None
        and not ports
        and (dependency.network_mode == "host" or not dependency.is_container)
    ):
        text = f"reaches {dependency.name} by that name at {where}, at the ports it opens there"
        ledger.approximated(app.main, f"depends_on.{dependency.name}", text)
        return
    if where is None:
        text = f"needs {dependency.name}, which stays outside: give its host an address in the inventory"
    elif not ports:
        text = f"needs {dependency.name}, which stays outside and publishes no port: publish one on {where}"
    else:
        changed = [port for port in ports if port.published != port.target]
        text = f"reaches {dependency.name} by that name at {where}"
        if address is None and changed:
            text += f"; its port there is {changed[0].published}: change it in the settings"
    status: Status = "approximated" if where and ports else "person"
    ledger.say(app.main, f"depends_on.{dependency.name}", status, text)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _endpoints(space: str, name: str, dependency: Service, address: str) -> list[Object]:
    """Return a Service without a selector, and where it leads."""
    listed = [port for port in dependency.ports if port.published and port.count == 1]
    ports = [
        {
            "name": f"{one.protocol}-{one.target}",
            "port": one.target,
            "protocol": one.protocol.upper(),
        }
        for one in listed
    ]
    there = [
        {
            "name": f"{one.protocol}-{one.target}",
            "port": one.published,
            "protocol": one.protocol.upper(),
        }
        for one in listed
    ]
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": _meta(space, name),
        "spec": {"ports": ports},
    }
    meta = _meta(space, name)
    meta["labels"] = {**meta["labels"], "kubernetes.io/service-name": name}
    kind = "IPv6" if ":" in address else "IPv4"
    slices = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": meta,
        "addressType": kind,
        "endpoints": [{"addresses": [address], "conditions": {"ready": True}}],
        "ports": there,
    }
    return [service, slices]

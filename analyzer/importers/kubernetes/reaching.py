"""Services, Ingresses and routes -> names that workloads answer to, ports, and routes.

Source: https://kubernetes.io/docs/concepts/services-networking/service/,
https://kubernetes.io/docs/concepts/services-networking/ingress/,
https://gateway-api.sigs.k8s.io/reference/spec/ and
https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/
"""

import re
from collections.abc import Iterator, Mapping

from analyzer.importers.kubernetes.containers import add_exposed, new_sheet
from analyzer.importers.kubernetes.objects import Object, Objects, below, maps, pairs, text
from analyzer.inventory.draft import Route
from analyzer.inventory.sheet import Sheet, texts
from analyzer.inventory.sites import reach_of
from analyzer.tree import Map, Seq

NETWORK = "default"
"""Every pod reaches every other, so there is but one network, and it ties nobody to anybody."""
_RULE = re.compile(r"Host(?:SNI)?\(([^)]{0,2000})\)")
_QUOTED = re.compile(r"[`\"']([^`\"']{1,255})[`\"']")
_GATEWAY_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_TRAEFIK_ROUTES = ("IngressRoute", "IngressRouteTCP", "IngressRouteUDP")
PROXY = "ingress"


def names_of(service: Object) -> list[str]:
    """Return the names that the cluster's DNS gives a Service.

    Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
    """
    full = f"{service.name}.{service.namespace}"
    return [service.name, full, f"{full}.svc", f"{full}.svc.cluster.local"]


def give_names(sheet: Sheet, service: Object) -> None:
    """Let a workload answer to a Service's names, on its ports."""
    mark = service.mark
    if sheet.entry.get("network") != "host":
        networks = sheet.below("network", mark)
        settings = networks.get(NETWORK)
        if type(settings) is not Map:
            settings = Map(mark)
            settings.put("aliases", Seq(mark), mark)
            networks.put(NETWORK, settings, mark)
        for name in names_of(service):
            if name not in settings["aliases"]:
                settings["aliases"].add(name, mark)
    for port in maps(service.spec.get("ports")):
        _port(sheet, service, port)


def _port(sheet: Sheet, service: Object, port: Map) -> None:
    """Add a port of a Service: published on nodes, or open to other pods."""
    number, target = text(port, "port"), text(port, "targetPort")
    protocol = (text(port, "protocol") or "TCP").lower()
    inside = target if target.isdecimal() else number
    kind = text(service.spec, "type")
    published = text(port, "nodePort") if kind == "NodePort" else ""
    if kind == "LoadBalancer" or service.spec.get("externalIPs"):
        published = number
    if published:
        sheet.add("ports", f"{published}:{inside}/{protocol}", port.mark)
    if number:
        add_exposed(sheet, f"{number}/{protocol}", port.mark)


def outside(service: Object, objects: Objects) -> Sheet | None:
    """Return a sheet for a Service that leads out of the cluster, or None."""
    target = text(service.spec, "externalName")
    addresses = [] if service.spec.get("selector") else _addresses(service, objects)
    if not target and not addresses:
        return None
    sheet = new_sheet(service.name, service.path, service.mark)
    sheet.put("runtime", "external", service.mark)
    give_names(sheet, service)
    if target:
        sheet.put("hostname", target, service.spec.mark_of("externalName"))
    for address in addresses:
        sheet.add("extra_hosts", f"{service.name}:{address}", service.mark)
    return sheet


def _addresses(service: Object, objects: Objects) -> list[str]:
    """Return the addresses that somebody wrote down for a Service without a selector."""
    found = objects.get("Endpoints", service.namespace, service.name)
    subsets = maps(found.body.get("subsets")) if found else []
    addresses = [address for subset in subsets for address in maps(subset.get("addresses"))]
    return [text(address, "ip") for address in addresses if "targetRef" not in address]


def selects(service: Object, labels: Mapping[str, str]) -> bool:
    """Return whether a Service's selector fits the labels of a workload's pods."""
    wanted = pairs(below(service.spec, "selector"))
    return bool(wanted) and all(labels.get(key) == value for key, value in wanted.items())


def routes(objects: Objects) -> Iterator[tuple[str, Route]]:
    """Yield namespace and route of every Ingress, IngressRoute and route of a Gateway."""
    for ingress in objects.of("Ingress"):
        for site, backend in _ingress(ingress):
            yield from _route(objects, ingress, site, backend)
    for entry in objects.of(*_TRAEFIK_ROUTES):
        for rule in maps(entry.spec.get("routes")):
            matches = _RULE.findall(text(rule, "match"))
            sites = [site for match in matches for site in _QUOTED.findall(match)]
            yield from _all_routes(objects, entry, sites, rule.get("services"))
    for entry in objects.of(*_GATEWAY_ROUTES):
        sites = [site for site, _ in texts(entry.spec.get("hostnames"))]
        for rule in maps(entry.spec.get("rules")):
            yield from _all_routes(objects, entry, sites, rule.get("backendRefs"))


def _all_routes(
    objects: Objects, entry: Object, sites: list[str], backends: object
) -> Iterator[tuple[str, Route]]:
    """Yield the route from each site to each backend."""
    for backend in maps(backends):
        for site in sites or [""]:
            yield from _route(objects, entry, site, backend)


def _ingress(ingress: Object) -> Iterator[tuple[str, Map]]:
    """Yield site and backend of an Ingress, also of its forms before networking.k8s.io/v1."""
    for key in ("defaultBackend", "backend"):
        if below(ingress.spec, key):
            yield "", below(ingress.spec, key)
    for rule in maps(ingress.spec.get("rules")):
        for path in maps(below(rule, "http").get("paths")):
            yield text(rule, "host"), below(path, "backend")


def _route(
    objects: Objects, entry: Object, site: str, backend: Map
) -> Iterator[tuple[str, Route]]:
    """Yield the route to a backend that is a Service."""
    service = below(backend, "service")
    name = text(service, "name") or text(backend, "serviceName") or text(backend, "name")
    if not name or text(backend, "kind") not in ("", "Service"):
        return
    namespace = text(backend, "namespace") or entry.namespace
    stated = below(service, "port")
    port = (
        text(stated, "number")
        or text(stated, "name")
        or text(backend, "servicePort")
        or text(backend, "port")
    )
    upstream = f"{name}.{namespace}"
    number = port if port.isdecimal() else _named(objects, namespace, name, port)
    if number:
        upstream += f":{number}"
    yield entry.namespace, Route(PROXY, None, site, upstream, reach_of(site), backend.mark)


def _named(objects: Objects, namespace: str, name: str, port: str) -> str:
    """Return the number of a Service's port by the port's name."""
    service = objects.get("Service", namespace, name)
    for stated in maps(service.spec.get("ports")) if service and port else ():
        if text(stated, "name") == port:
            return text(stated, "port")
    return ""

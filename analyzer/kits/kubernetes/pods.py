"""An app -> the pod that it becomes: its containers, its volumes and what they share."""

from typing import Any

from analyzer.kits.kubernetes.apps import App, network_label, node_of
from analyzer.kits.kubernetes.containers import container
from analyzer.kits.kubernetes.ports import Opening
from analyzer.kits.kubernetes.storage import Mounting
from analyzer.kits.kubernetes.unsupported import unsupported
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import label
from analyzer.kits.spec import Spec

SAFE_SYSCTLS = frozenset(
    """kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies
    net.ipv4.ping_group_range net.ipv4.ip_unprivileged_port_start
    net.ipv4.ip_local_reserved_ports net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout
    net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes""".split()
)
"""Source: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls"""
_GATEWAY = "host-gateway"
_LONGEST_NAME = 63


def pod(
    material: Material, app: App, ports: tuple[Opening, ...], making: Mounting
) -> dict[str, Any] | None:
    """Return the ``spec`` of the app's pod; None when one of its containers cannot be made."""
    ledger = making.ledger
    made = [container(material, app, spec, ports, making) for spec in app.specs]
    for spec in app.specs:
        unsupported(spec, ledger)
    containers = [one for one in made if one is not None]
    if len(containers) < len(made):
        return None
    first: dict[str, Any] = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": _patience(app, ledger),
    }
    _placed(material, app, first, making)
    _network(app, first, ledger)
    _shared_spaces(app, first, ledger)
    context = _security(app, making)
    if context:
        first["securityContext"] = context
    if app.sharing:  # the gateway starts first and runs as long as the pod: a native sidecar
        first["initContainers"] = [{**_ordered(containers[0]), "restartPolicy": "Always"}]
        containers = containers[1:]
    first["containers"] = containers
    if making.volumes.listed:
        first["volumes"] = sorted(making.volumes.listed.values(), key=lambda one: str(one["name"]))
    return first


def _ordered(gateway: dict[str, Any]) -> dict[str, Any]:
    """Return a gateway's container so that the others wait until it is ready.

    Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ (containers start
    once the sidecar's startup probe has passed).
    """
    ready = gateway.get("readinessProbe")
    if ready is None or "startupProbe" in gateway:
        return gateway
    return {**gateway, "startupProbe": {**ready, "periodSeconds": 5, "failureThreshold": 60}}


def _patience(app: App, ledger: Ledger) -> int:
    """Return how long the pod has to stop: the longest of its services', 10 seconds as today."""
    longest = 10
    for spec in app.specs:
        if spec.has("stop_grace_period"):
            found = spec.seconds("stop_grace_period")
            if found is not None:
                longest = max(longest, found)
                ledger.converted(spec, "stop_grace_period")
        if spec.has("stop_signal"):
            text = (
                "the image's own signal is sent; the field for another one is not open everywhere"
            )
            ledger.impossible(spec, "stop_signal", f"{text}: end the program in a preStop hook")
    return longest


def _placed(material: Material, app: App, made: dict[str, Any], making: Mounting) -> None:
    """Tie the pod to its node where something on it is needed, and to the image's architecture."""
    service = app.main.service
    node = node_of(material, app)
    host_bound = making.volumes.on_host or service.network_mode == "host"
    host_bound = host_bound or any(spec.service.devices for spec in app.specs)
    selector: dict[str, str] = {}
    if host_bound and node is not None:
        selector["kubernetes.io/hostname"] = node
    elif host_bound:
        text = "no host is stated, and its data lies on one: name it, or the pod may start elsewhere, empty"
        making.ledger.person(app.main, "host", text, blocking=True)
    written = (
        (app.main.text("platform") or "").rpartition("/")[2] if app.main.has("platform") else ""
    )
    known = service.architectures
    if written or known:
        selector["kubernetes.io/arch"] = "arm" if written.startswith("v") else written or known[0]
        if written:
            making.ledger.converted(app.main, "platform", "only nodes of this architecture")
    if selector:
        made["nodeSelector"] = dict(sorted(selector.items()))


def _network(app: App, made: dict[str, Any], ledger: Ledger) -> None:
    main = app.main
    mode = main.service.network_mode
    if mode == "host":
        made |= {"hostNetwork": True, "dnsPolicy": "ClusterFirstWithHostNet"}
    for spec in app.specs:
        for key in ("network_mode", "network", "networks"):
            if spec.has(key):
                _say_network(spec, key, ledger)
        _names(spec, made, ledger)
        _resolver(spec, made, ledger)
        _host_name(spec, made, main=spec is main, ledger=ledger)


def _host_name(spec: Spec, made: dict[str, Any], *, main: bool, ledger: Ledger) -> None:
    name = spec.text("hostname")
    if name is None:
        return
    if main and len(name) <= _LONGEST_NAME and label(name) == name.lower():
        made["hostname"] = name.lower()
        ledger.converted(spec, "hostname")
    else:
        text = "a pod has one host name, of letters, digits and hyphens; this one is not set"
        ledger.approximated(spec, "hostname", text)


def _say_network(spec: Spec, key: str, ledger: Ledger) -> None:
    mode = spec.service.network_mode or ""
    if mode == "host":
        ledger.converted(spec, key, "the node's own network, so one such pod a node")
    elif mode.startswith(("service:", "container:")):
        ledger.converted(
            spec, key, "in the same pod, which starts with the one whose network it is"
        )
    elif mode == "none":
        text = "a pod always has a network; the policy of the kit lets nothing in, and nothing out"
        ledger.approximated(spec, key, text)
    elif mode == "bridge" or not spec.service.networks:
        ledger.converted(spec, key, "the cluster's own network")
    else:
        text = "one network for all pods; a policy lets in who shared a network, and what is published"
        ledger.approximated(spec, key, text)


def _names(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    """Add names of ``extra_hosts``; the address of the host itself is not known beforehand."""
    by_address: dict[str, list[str]] = {}
    for entry in spec.service.extra_hosts:
        name, _, address = entry.partition(":")
        if address == _GATEWAY:
            text = f"{name} meant the host: set it to the node's address, or call the host by its name"
            ledger.person(spec, "extra_hosts", text)
        else:
            by_address.setdefault(address.strip("[]"), []).append(name)
    if by_address:
        known = made.setdefault("hostAliases", [])
        known += [
            {"ip": ip, "hostnames": sorted(names)} for ip, names in sorted(by_address.items())
        ]
        ledger.converted(spec, "extra_hosts")
    if spec.has("links"):
        ledger.converted(spec, "links", "by the name of the other's Service")


def _resolver(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    servers, searches = spec.words("dns"), spec.words("dns_search")
    options = spec.words("dns_opt")
    config: dict[str, Any] = made.get("dnsConfig", {})
    if servers:
        config["nameservers"] = list(servers)[:3]
        text = "asked after the cluster's own, which has to know the other services"
        ledger.approximated(spec, "dns", text)
    if searches:
        config["searches"] = list(searches)
        ledger.converted(spec, "dns_search")
    if options:
        split = (one.partition(":") for one in options)
        config["options"] = [
            {"name": name, "value": value} if value else {"name": name} for name, _, value in split
        ]
        ledger.converted(spec, "dns_opt")
    if config:
        made["dnsConfig"] = config


def _shared_spaces(app: App, made: dict[str, Any], ledger: Ledger) -> None:
    for spec in app.specs:
        _host_spaces(spec, made, ledger)
        if spec.has("init"):
            _init(spec, made, alone=len(app.specs) == 1, ledger=ledger)
        if spec.text("userns_mode") == "host":
            ledger.converted(spec, "userns_mode")
        elif spec.has("userns_mode"):
            made["hostUsers"] = False
            text = "a range of its own, chosen by the kubelet; a given one cannot be had"
            ledger.approximated(spec, "userns_mode", text)


def _host_spaces(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    for key, field in (("pid", "hostPID"), ("ipc", "hostIPC")):
        mode = spec.text(key)
        if mode == "host":
            made[field] = True
            ledger.converted(spec, key)
        elif mode in ("private", "shareable"):
            ledger.converted(spec, key, "the pod's own")
        elif mode is not None:
            ledger.impossible(spec, key, "only containers of one pod share it: put both into one")


def _init(spec: Spec, made: dict[str, Any], *, alone: bool, ledger: Ledger) -> None:
    asked = spec.flag("init")
    if asked and alone:
        made["shareProcessNamespace"] = True
        text = "the pod's own first process ends what is left over, and sees all of its processes"
        ledger.approximated(spec, "init", text)
    elif asked:
        ledger.impossible(spec, "init", "put tini into the image")
    else:
        ledger.converted(spec, "init")


def _security(app: App, making: Mounting) -> dict[str, Any]:
    """Return the pod's ``securityContext``: the group of its claims, more groups, sysctls."""
    made: dict[str, Any] = {}
    groups: set[int] = set()
    sysctls: dict[str, str] = {}
    for spec in app.specs:
        _, _, group = (spec.service.user or "").partition(":")
        if making.volumes.claims and group.isdecimal():
            made |= {"fsGroup": int(group), "fsGroupChangePolicy": "OnRootMismatch"}
        asked = spec.words("group_add")
        if asked is not None:
            groups |= {int(one) for one in asked if one.isdecimal()}
            names = [one for one in asked if not one.isdecimal()]
            if names:
                text = f"{', '.join(names)}: write the number that the group has on the node"
                making.ledger.person(spec, "group_add", text)
            else:
                making.ledger.converted(spec, "group_add")
        found = spec.pairs("sysctls")
        if found is not None:
            sysctls |= found
            _say_sysctls(spec, found, making.ledger)
    if groups:
        made["supplementalGroups"] = sorted(groups)
    if sysctls:
        made["sysctls"] = [{"name": name, "value": sysctls[name]} for name in sorted(sysctls)]
    return made


def _say_sysctls(spec: Spec, found: dict[str, str], ledger: Ledger) -> None:
    unsafe = sorted(found.keys() - SAFE_SYSCTLS)
    if unsafe:
        listed = ",".join(unsafe)
        text = (
            f"start K3s with --kubelet-arg=allowed-unsafe-sysctls={listed}, or the pod is refused"
        )
        ledger.person(spec, "sysctls", text)
    else:
        ledger.converted(spec, "sysctls")


def pod_labels(app: App) -> dict[str, str]:
    """Return the labels of the app's pods: who they are, and the networks that they are on."""
    found = {
        **app.selector,
        "app.kubernetes.io/part-of": app.namespace,
        "app.kubernetes.io/managed-by": "k8sadvisor",
    }
    for spec in app.specs:
        for network in spec.service.networks:
            found[network_label(network)] = "member"
    return dict(sorted(found.items()))

"""Ports of an app -> container ports, Services, and how the outside comes in.

Sources: https://kubernetes.io/docs/concepts/services-networking/service/ (several ports need names;
a node port lies in 30000 to 32767; a headless Service needs no port) and
https://docs.k3s.io/networking/networking-services#service-load-balancer.
"""

from typing import Any, NamedTuple

from analyzer.inventory.model import Port
from analyzer.kits.kubernetes.apps import App
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import number
from analyzer.kits.spec import Spec

NODE_PORT_LOW, NODE_PORT_HIGH = 30_000, 32_767
LARGEST_RANGE = 200
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - what a file says, nothing listens
_LOOPBACK = ("127.", "::1", "localhost")


class Opening(NamedTuple):
    """One port of an app.

    ``node_port`` is where every node answers for it; ``host_ip`` and ``host_port`` where only the
    pod's own node does. ``published`` is the port on the host today, None where there is none.
    """

    spec: str
    target: int
    protocol: str
    published: int | None
    node_port: int | None
    host_ip: str | None
    host_port: int | None

    @property
    def name(self) -> str:
        """Return the port's name: protocol and number, 15 characters at most."""
        return f"{self.protocol}-{self.target}"

    @property
    def outside(self) -> int | None:
        """Return the port of the node at which it can be reached from outside."""
        return self.node_port or self.host_port


class Doors:
    """Hands out node ports: the same to the same port of the same service, while no other has it."""

    def __init__(self) -> None:
        """Start with none taken."""
        self._taken: dict[int, str] = {}

    def keep(self, port: int, owner: str) -> bool:
        """Take a port as it is; return whether it could be had."""
        if not NODE_PORT_LOW <= port <= NODE_PORT_HIGH or port in self._taken:
            return False
        self._taken[port] = owner
        return True

    def take(self, owner: str) -> int:
        """Return a free port that stands for its owner."""
        port = number(owner, NODE_PORT_LOW, NODE_PORT_HIGH, self._taken)
        self._taken[port] = owner
        return port


def openings(material: Material, app: App, doors: Doors, ledger: Ledger) -> tuple[Opening, ...]:
    """Return the ports of an app, each number and protocol once, sorted."""
    found: dict[tuple[str, int], Opening] = {}
    for spec in app.specs:
        keys = [
            *(key for key, _ in spec.listed("ports")),
            *(key for key, _ in spec.listed("expose")),
        ]
        for at, port in enumerate(_in_order(spec)):
            key = keys[at] if at < len(keys) else "ports"
            for one in _expanded(spec, port, key, ledger):
                made = _opening(app, spec, one, key, doors, ledger)
                known = found.get((made.protocol, made.target))
                if known is None or (known.published is None and made.published is not None):
                    found[made.protocol, made.target] = made
        if not spec.service.ports:
            for target in _known(material, spec):
                found.setdefault(
                    ("tcp", target), Opening(spec.name, target, "tcp", None, None, None, None)
                )
    return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))


def _in_order(spec: Spec) -> list[Port]:
    """Return the ports as they are listed: those of ``ports``, then those of ``expose``."""
    opened = [port for port in spec.service.ports if port.published is not None]
    return opened + [port for port in spec.service.ports if port.published is None]


def _known(material: Material, spec: Spec) -> tuple[int, ...]:
    image = material.image(spec)
    return image.ports if image else ()


def _expanded(spec: Spec, port: Port, key: str, ledger: Ledger) -> list[Port]:
    if port.count > LARGEST_RANGE:
        text = f"{port.count} ports in a range; a Service lists each: use hostNetwork, or a smaller range"
        ledger.person(spec, key, text)
        return []
    first = port.published
    return [
        port._replace(
            target=port.target + step, published=first + step if first else first, count=1
        )
        for step in range(port.count)
    ]


def is_loopback(address: str | None) -> bool:
    """Return whether an address is the host's own."""
    return bool(address) and str(address).startswith(_LOOPBACK)


def _opening(app: App, spec: Spec, port: Port, key: str, doors: Doors, ledger: Ledger) -> Opening:
    made = Opening(spec.name, port.target, port.protocol, port.published, None, None, None)
    if port.published is None:
        ledger.converted(spec, key, "open to other pods by the name of the Service")
        return made
    if app.main.service.network_mode == "host":
        ledger.converted(spec, key, "the pod has the host's network, so the port is the host's")
        return made
    owner = f"{app.namespace}/{app.name}/{port.protocol}/{port.target}"
    if port.host_ip and port.host_ip not in _EVERYWHERE:
        local = is_loopback(port.host_ip)
        door = doors.take(owner) if local or not port.published else port.published
        what = f"port {door} of {port.host_ip} on its node"
        ledger.approximated(
            spec, key, f"was port {port.published or 'any'}; is {what}, nowhere else"
        )
        return made._replace(host_ip="127.0.0.1" if local else port.host_ip, host_port=door)
    if port.published and doors.keep(port.published, owner):
        ledger.converted(spec, key, "the same port, on every node")
        return made._replace(node_port=port.published)
    door = doors.take(owner)
    text = f"was port {port.published or 'any'} of the host, is {door} of every node: change who calls it"
    ledger.approximated(spec, key, text)
    return made._replace(node_port=door)


def container_ports(
    spec: Spec, ports: tuple[Opening, ...], *, host_network: bool
) -> list[dict[str, Any]]:
    """Return the ``ports`` of one container of the app."""
    found = []
    for port in ports:
        if port.spec != spec.name:
            continue
        made: dict[str, Any] = {
            "name": port.name,
            "containerPort": port.target,
            "protocol": port.protocol.upper(),
        }
        if port.host_port is not None and not host_network:
            made |= {"hostIP": port.host_ip, "hostPort": port.host_port}
        found.append(made)
    return found


def service_spec(app: App, ports: tuple[Opening, ...]) -> dict[str, Any]:
    """Return the ``spec`` of an app's Service; without a port it is headless, for its name alone."""
    made: dict[str, Any] = {"selector": app.selector}
    if not ports:
        return {"clusterIP": "None", **made}
    outside = any(port.node_port for port in ports)
    made["type"] = "NodePort" if outside else "ClusterIP"
    if outside:
        made["externalTrafficPolicy"] = "Cluster"
    made["ports"] = [_service_port(port) for port in ports]
    return made


def inside_only(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the ``spec`` of a Service for another name of an app, open to pods only."""
    made = {key: value for key, value in spec.items() if key != "externalTrafficPolicy"}
    if "type" in made:
        made["type"] = "ClusterIP"
    if "ports" in made:
        made["ports"] = [
            {key: value for key, value in port.items() if key != "nodePort"}
            for port in made["ports"]
        ]
    return made


def _service_port(port: Opening) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": port.name,
        "port": port.target,
        "targetPort": port.target,
        "protocol": port.protocol.upper(),
    }
    if port.node_port is not None:
        made["nodePort"] = port.node_port
    return made

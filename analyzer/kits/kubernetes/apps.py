"""Services -> apps: what becomes one pod, where it lives and what it is called."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.naming import label
from analyzer.kits.spec import Spec

JOINING = ("service:", "container:")
_RESERVED = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})


class App(NamedTuple):
    """One pod: the service that it is named after, and those that share its network.

    Where others share the network of the first, as behind a VPN, it starts before them.
    """

    name: str
    namespace: str
    main: Spec
    sharing: tuple[Spec, ...]

    @property
    def specs(self) -> tuple[Spec, ...]:
        """Return all services of the pod, the one that it is named after first."""
        return (self.main, *self.sharing)

    @property
    def selector(self) -> dict[str, str]:
        """Return the labels that find its pods."""
        return {"app.kubernetes.io/name": self.name}


def gateway(spec: Spec, known: Mapping[str, Spec]) -> str | None:
    """Return the service whose network a service shares, None where it has one of its own."""
    mode = spec.service.network_mode or ""
    for start in JOINING:
        if mode.startswith(start):
            name = mode.removeprefix(start)
            if name in known:
                return name
            named = (one.name for one in known.values() if one.service.container_name == name)
            return next(named, name)
    return None


def apps(material: Material, ledger: Ledger, names: Iterable[str]) -> list[App]:
    """Return the apps of some services, sorted by name; who shares a network comes along.

    A service that shares the network of one that is not known stays out: the ledger says so.
    """
    known = material.specs
    leader: dict[str, str] = {}
    for name in sorted(names):
        end, seen = name, {name}
        while (above := gateway(known[end], known)) is not None and above not in seen:
            seen.add(above)
            if above not in known:
                text = f"shares the network of {above}, which no file describes; describe it"
                ledger.person(known[name], _network_key(known[name]), text, blocking=True)
                break
            end = above
        else:
            leader[name] = end
    leader.update((end, end) for end in set(leader.values()))
    found = []
    for end in sorted(set(leader.values())):
        sharing = tuple(known[name] for name in sorted(leader) if leader[name] == end != name)
        found.append(
            App(material.labels[end], namespace(material, known[end]), known[end], sharing)
        )
    return sorted(found, key=lambda app: (app.namespace, app.name))


def namespace(material: Material, spec: Spec) -> str:
    """Return the namespace of a service: its stack's, else the estate's.

    Inside of a stack names resolve as they do today, because each stack has its own names.
    """
    made = material.stacks[spec.name]
    return f"{made}-apps" if made in _RESERVED else made


def _network_key(spec: Spec) -> str:
    return "network_mode" if spec.has("network_mode") else "network"


def node_of(material: Material, app: App) -> str | None:
    """Return the node that an app is tied to by what it needs of a host, None without one."""
    return material.node(app.main)


def network_label(network: str) -> str:
    """Return the label that a pod on a network carries."""
    return f"network/{label(network, 'net')}"


def metadata(app: App, name: str | None = None) -> dict[str, Any]:
    """Return the ``metadata`` of an object of an app, which has the app's name unless told."""
    return {
        "name": name or app.name,
        "namespace": app.namespace,
        "labels": {**app.selector, "app.kubernetes.io/managed-by": "k8sadvisor"},
    }

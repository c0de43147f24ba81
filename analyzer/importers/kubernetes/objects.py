"""Documents -> objects by kind, lists taken apart; kinds that say nothing here are said.

Source: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from typing import Any, NamedTuple

from analyzer.importers.kubernetes.tables import DEFAULTS, OBJECT, SPECS
from analyzer.inventory.draft import Reach, Remark
from analyzer.inventory.sheet import entries, says_nothing
from analyzer.tree import Map, Seq, type_names

WORKLOADS = frozenset(
    """CronJob DaemonSet Deployment Job Pod ReplicaSet ReplicationController StatefulSet""".split()
)
_READ = frozenset(
    """ConfigMap Endpoints GRPCRoute HTTPRoute Ingress IngressRoute IngressRouteTCP
    IngressRouteUDP Node PersistentVolume PersistentVolumeClaim Secret Service
    StorageClass TCPRoute TLSRoute UDPRoute""".split()
)
_NOT_RENDERED = {
    "HelmChart": "helm template",
    "HelmChartConfig": "helm template",
    "HelmRelease": "helm template",
    "Kustomization": "kubectl kustomize",
    "Application": "argocd app manifests",
    "ApplicationSet": "argocd app manifests",
}
_NO_BEARING = frozenset(
    """APIService Certificate CertificateRequest CertificateSigningRequest ClusterIssuer
    ClusterRole ClusterRoleBinding ClusterSecretStore ComponentStatus ControllerRevision CSIDriver
    CSINode CSIStorageCapacity CustomResourceDefinition DeviceClass EndpointSlice Event ExternalSecret
    FlowSchema Gateway GatewayClass GitRepository HelmRepository HorizontalPodAutoscaler
    IngressClass IPAddress IPAddressPool Issuer L2Advertisement Lease LimitRange
    LocalSubjectAccessReview Middleware MiddlewareTCP MutatingWebhookConfiguration Namespace
    NetworkPolicy
    NodeMetrics OCIRepository PodDisruptionBudget PodMetrics PodMonitor PodTemplate PriorityClass
    PriorityLevelConfiguration PrometheusRule ReferenceGrant ResourceClaim ResourceClaimTemplate
    ResourceQuota ResourceSlice Role RoleBinding RuntimeClass SealedSecret SecretStore
    ServersTransport ServiceAccount ServiceCIDR ServiceMonitor TLSOption TLSStore
    ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration
    VerticalPodAutoscaler VolumeAttachment VolumeAttributesClass VolumeSnapshot
    VolumeSnapshotClass VolumeSnapshotContent""".split()
)
_DEFAULT = "default"
_MOST_NESTED = 20


class Object(NamedTuple):
    """One object; ``namespace`` is ``default`` for what states none."""

    kind: str
    namespace: str
    name: str
    body: Map
    mark: int

    @property
    def spec(self) -> Map:
        """Return ``spec``, empty when it is not there."""
        return below(self.body, "spec")

    @property
    def path(self) -> str:
        """Return how the object is cited: ``Deployment/web``."""
        return f"{self.kind}/{self.name}"


class Objects:
    """The objects of all files, and what was said of others."""

    def __init__(self) -> None:
        """Start empty."""
        self.found: dict[tuple[str, str, str], Object] = {}
        self._by_kind: dict[tuple[str, str | None], list[Object]] = {}
        self.known = 0
        self.remarks: list[Remark] = []

    def say(self, mark: int, path: str, reach: Reach, text: str) -> None:
        """Add a remark."""
        self.remarks.append(Remark(mark, path, reach, text))

    def of(self, *kinds: str, namespace: str | None = None) -> list[Object]:
        """Return the objects of some kinds, of one namespace or all, in order of kind and name."""
        found = [one for kind in sorted(kinds) for one in self._by_kind.get((kind, namespace), ())]
        return sorted(found, key=lambda one: one[:3])

    def get(self, kind: str, namespace: str, name: str) -> Object | None:
        """Return one object, if it was given."""
        return self.found.get((kind, namespace, name))

    def add(self, tree: Any, depth: int = 0) -> None:
        """Add the object or objects of a document; an empty document is none."""
        if tree is None:
            return
        if type(tree) is not Map:
            what = f"{type_names.get(type(tree), 'nothing')} where an object is expected"
            self.say(getattr(tree, "mark", 0), "", "broken", what)
            return
        kind, items = tree.get("kind"), tree.get("items")
        if not isinstance(kind, str) or not isinstance(tree.get("apiVersion"), str):
            self.say(tree.mark, "", "broken", "a document without apiVersion and kind")
        elif kind.endswith("List") and type(items) is Seq and depth < _MOST_NESTED:
            for item in items:
                if type(item) is Map and kind != "List":
                    _complete(item, kind.removesuffix("List"), tree)
                self.add(item, depth + 1)
        else:
            self._keep(kind, tree)

    def _keep(self, kind: str, tree: Map) -> None:
        metadata = below(tree, "metadata")
        name, namespace = metadata.get("name"), metadata.get("namespace") or _DEFAULT
        path = f"{kind}/{name}" if isinstance(name, str) else kind
        self.known += kind in _NO_BEARING or kind in _NOT_RENDERED
        if kind in _NOT_RENDERED:
            what = f"not rendered: give the output of {_NOT_RENDERED[kind]} as well"
            self.say(tree.mark, path, "not understood", what)
        elif kind in _NO_BEARING:
            self.say(tree.mark, path, "no bearing", "nothing here depends on this kind")
        elif kind not in WORKLOADS and kind not in _READ:
            self.say(tree.mark, path, "not understood", "no known kind of object")
        elif not isinstance(name, str) or not name or not isinstance(namespace, str):
            self.say(tree.mark, path, "broken", "an object without metadata.name")
        elif (kind, namespace, name) in self.found:
            self.say(tree.mark, path, "broken", "given twice; the first one counts")
        else:
            one = Object(kind, namespace, name, tree, tree.mark)
            self.found[kind, namespace, name] = one
            self._account(one)
            for place in (namespace, None):
                self._by_kind.setdefault((kind, place), []).append(one)

    def _account(self, one: Object) -> None:
        """Say what becomes of keys outside of pods that are not simply used."""
        levels = [(one.body, OBJECT, "")]
        if one.kind in SPECS:
            levels.append((one.spec, SPECS[one.kind], "spec."))
        for level, table, prefix in levels:
            for key, value, mark in entries(level):
                path = f"{one.path}.{prefix}{key}"
                if key not in table:
                    self.say(mark, path, "not understood", "no known key")
                elif table[key] == "none" and not _is_default(key, value):
                    self.say(mark, path, "no bearing", "nothing here depends on it")


def _is_default(key: str, value: Any) -> bool:
    """Return whether a value is what the API server fills in, or says nothing."""
    return says_nothing(value) or value in DEFAULTS.get(key, ())


def _complete(item: Map, kind: str, around: Map) -> None:
    """Give an item of a typed list the kind that only the list states."""
    if "kind" not in item:
        item.put("kind", kind, item.mark)
    if "apiVersion" not in item:
        item.put("apiVersion", around["apiVersion"], item.mark)


def below(tree: Any, *steps: str) -> Map:
    """Return the mapping that a path of keys leads to, an empty one when there is none."""
    for step in steps:
        tree = tree.get(step) if type(tree) is Map else None
    return tree if type(tree) is Map else Map()


def maps(value: Any) -> list[Map]:
    """Return the mappings in a list; what is no mapping is passed over."""
    return [item for item in value if type(item) is Map] if type(value) is Seq else []


def text(tree: Map, key: str) -> str:
    """Return a text, empty when it is not there."""
    value = tree.get(key)
    return str(value) if isinstance(value, str) else ""


def pairs(tree: Map) -> dict[str, str]:
    """Return the entries of a mapping whose values are texts, such as labels."""
    return {key: str(value) for key, value, _ in entries(tree) if isinstance(value, str)}

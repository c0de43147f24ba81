"""A workload -> a service: its pod's main container, with what the others need beside it.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from analyzer.importers.kubernetes.containers import Containers, account, new_sheet, security
from analyzer.importers.kubernetes.mounts import Mounts
from analyzer.importers.kubernetes.objects import Object, Objects, below, maps, pairs, text
from analyzer.importers.kubernetes.storage import only_node
from analyzer.importers.kubernetes.tables import POD, WORKLOAD
from analyzer.inventory.draft import Hint
from analyzer.inventory.sheet import Sheet, entries, texts
from analyzer.tree import Map, Seq

_TEMPLATES = {"Pod": (), "CronJob": ("jobTemplate", "spec", "template")}
_MAIN = "kubectl.kubernetes.io/default-container"
_STAYING = frozenset(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"))
_RESTARTS = {"Always": "always", "OnFailure": "on-failure", "Never": "no"}
_FROM_OTHERS = ("volumes", "tmpfs", "secrets", "devices", "cap_add", "gpus", "privileged")
"""What the whole service needs when any of its containers does."""


def labels_of(workload: Object) -> dict[str, str]:
    """Return the labels of a workload's pods."""
    return pairs(below(_pod_template(workload), "metadata", "labels"))


def _pod_template(workload: Object) -> Map:
    if workload.kind == "Pod":
        return workload.body
    return below(workload.spec, *_TEMPLATES.get(workload.kind, ("template",)))


def service_of(workload: Object, name: str, objects: Objects, volumes: Map) -> Sheet:
    """Return the sheet of a workload.

    Args:
        workload: what runs pods.
        name: how the service is called.
        objects: everything that was given.
        volumes: takes entries of network storage that pods name themselves.
    """
    sheet = new_sheet(name, workload.path, workload.mark)
    sheet.put("runtime", "kubernetes", workload.mark)
    sheet.beside("kind", workload.kind, workload.mark)
    _spec(sheet, workload)
    template = _pod_template(workload)
    pod = below(template, "spec")
    on_host = text(pod, "hostNetwork") == "true"
    mounts = Mounts(workload, objects, volumes)
    mounts.declare(sheet, pod, workload.spec.get("volumeClaimTemplates"))
    reader = Containers(objects, workload.namespace)
    containers = _main_first(maps(pod.get("containers")), below(template, "metadata"))
    for at, container in enumerate(containers):
        if at == 0:
            reader.read(sheet, container, on_host=on_host)
            mounts.mount(sheet, container)
        else:
            _beside(sheet, container, reader, mounts)
    if not containers:
        sheet.say("containers", "broken", "a pod without containers", workload.mark)
    for container in maps(pod.get("initContainers")):
        _before(sheet, container, reader, mounts)
    _pod(sheet, workload, pod, on_host=on_host)
    labels = below(template, "metadata", "labels")
    if labels:
        sheet.put("labels", labels, labels.mark)
    return sheet


def _spec(sheet: Sheet, workload: Object) -> None:
    """Take over what the workload itself says."""
    levels = [workload.spec] if workload.kind != "Pod" else []
    if workload.kind == "CronJob":
        levels.append(below(workload.spec, "jobTemplate", "spec"))
    for level in levels:
        for key, value, mark in entries(level):
            account(sheet, key, value, mark, WORKLOAD)
    if text(workload.spec, "replicas"):
        mark = workload.spec.mark_of("replicas")
        sheet.put("scale", workload.spec["replicas"], mark)


def _main_first(containers: list[Map], metadata: Map) -> list[Map]:
    """Return the containers with the main one first: the one that is named so, else the first."""
    named = text(below(metadata, "annotations"), _MAIN)
    return sorted(containers, key=lambda container: bool(named) and container.get("name") != named)


def _beside(sheet: Sheet, container: Map, reader: Containers, mounts: Mounts) -> None:
    """Add what another container of the pod needs; keep its image."""
    name = text(container, "name")
    other = new_sheet(sheet.name, f"{sheet.path}.{name}", container.mark)
    reader.read(other, container, on_host=False)
    mounts.mount(other, container)
    for variable, value, mark in entries(other.entry.get("environment")):
        if isinstance(value, str):
            sheet.hints.append(Hint(sheet.name, "variable", variable, value, mark))
    for port, mark in texts(other.entry.get("expose")):
        sheet.add("expose", port, mark)
    for port, mark in texts(other.entry.get("ports")):
        sheet.add("ports", port, mark)
    _needs_too(sheet, other)
    others = sheet.below(sheet.extension, container.mark)
    if type(others.get("containers")) is not Map:
        others.put("containers", Map(container.mark), container.mark)
    others["containers"].put(name, other.entry.get("image"), container.mark)
    sheet.remarks += other.remarks
    sheet.hints += other.hints
    sheet.say(f"containers.{name}", "kept", "runs in the same pod as the service", container.mark)


def _needs_too(sheet: Sheet, other: Sheet) -> None:
    for key in _FROM_OTHERS:
        value = other.entry.get(key)
        if type(value) is Seq:
            for item, mark in zip(value, value.marks, strict=False):
                if item not in (sheet.entry.get(key) or ()):
                    sheet.add(key, item, mark)
        elif value is not None and sheet.entry.get(key) in (None, "false"):
            sheet.put(key, value, other.entry.mark_of(key))


def _before(sheet: Sheet, container: Map, reader: Containers, mounts: Mounts) -> None:
    """Tell what a container that runs first waits for, and keep its image."""
    name = text(container, "name")
    if text(container, "restartPolicy") == "Always":  # a sidecar
        _beside(sheet, container, reader, mounts)
        return
    words = [word for key in ("command", "args") for word, _ in texts(container.get(key))]
    mark = container.mark
    if words:
        sheet.hints.append(Hint(sheet.name, "text", f"init {name}", " ".join(words), mark))
    for variable in maps(container.get("env")):
        value = variable.get("value")
        if isinstance(value, str):
            told = Hint(sheet.name, "variable", text(variable, "name"), str(value), mark)
            sheet.hints.append(told)
    held = new_sheet(sheet.name, f"{sheet.path}.{name}", mark)
    mounts.mount(held, container)
    sheet.remarks += held.remarks
    sheet.hints += held.hints
    first = sheet.below(sheet.extension, mark)
    if type(first.get("initContainers")) is not Map:
        first.put("initContainers", Map(mark), mark)
    first["initContainers"].put(name, container.get("image"), mark)
    sheet.say(f"initContainers.{name}", "kept", "runs before the service starts", mark)


def _pod(sheet: Sheet, workload: Object, pod: Map, *, on_host: bool) -> None:
    """Take over what the pod says for all its containers."""
    for key, value, mark in entries(pod):
        account(sheet, key, value, mark, POD)
    if on_host:
        sheet.put("network", "host", pod.mark_of("hostNetwork"))
    if text(pod, "hostname"):
        sheet.put("hostname", pod["hostname"], pod.mark_of("hostname"))
    policy = text(pod, "restartPolicy") or ("Always" if workload.kind in _STAYING else "")
    if policy:
        sheet.put("restart", _RESTARTS.get(policy, policy), pod.mark_of("restartPolicy"))
    _pod_security(sheet, below(pod, "securityContext"))
    _placement(sheet, pod)
    for alias in maps(pod.get("hostAliases")):
        for host, mark in texts(alias.get("hostnames")):
            sheet.add("extra_hosts", f"{host}:{text(alias, 'ip')}", mark)


def _pod_security(sheet: Sheet, context: Map) -> None:
    """Add a pod's ``securityContext`` where the container's does not say otherwise."""
    held = new_sheet(sheet.name, sheet.path, context.mark)
    security(held, context)
    if "user" not in sheet.entry and "user" in held.entry:
        sheet.put("user", held.entry["user"], held.entry.mark_of("user"))
    sheet.remarks += held.remarks


def _placement(sheet: Sheet, pod: Map) -> None:
    """Say on which node the pod has to run, and keep what else it asks of nodes."""
    selector = below(pod, "nodeSelector")
    affinity = below(pod, "affinity")
    required = "requiredDuringSchedulingIgnoredDuringExecution"
    node = (
        text(pod, "nodeName")
        or text(selector, "kubernetes.io/hostname")
        or only_node(below(affinity, "nodeAffinity", required))
    )
    if node:
        sheet.put("host", node, pod.mark)
    arch = selector.get("kubernetes.io/arch")
    if isinstance(arch, str):
        sheet.add("architectures", arch, selector.mark_of("kubernetes.io/arch"))
    others = [
        key for key in selector if key not in ("kubernetes.io/hostname", "kubernetes.io/arch")
    ]
    if others:
        mark = pod.mark_of("nodeSelector")
        sheet.keep("nodeSelector", selector, mark, "which nodes it may run on")
    if affinity:
        sheet.keep("affinity", affinity, pod.mark_of("affinity"), "which nodes it may run on")

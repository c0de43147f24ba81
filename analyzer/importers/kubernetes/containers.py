"""A container of a pod -> native keys.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
"""

import re
from collections.abc import Callable
from typing import Any

from analyzer.importers.kubernetes.mounts import add_secret
from analyzer.importers.kubernetes.objects import Objects, below, maps, text
from analyzer.importers.kubernetes.quantities import cpus, memory
from analyzer.importers.kubernetes.tables import CONTAINER, DEFAULTS, EXTENSION, SECURITY
from analyzer.inventory.draft import Hint
from analyzer.inventory.sheet import Sheet, entries, says_nothing, texts
from analyzer.tree import Map, Seq

_REFERENCE = re.compile(r"\$\(([A-Za-z_][A-Za-z0-9_.-]{0,200})\)")
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_RESOURCES = ("memory", "cpu", "ephemeral-storage")
_GPU = re.compile(r"(?:^|[./])(?:gpu|i915|xe|mig-.*)(?:$|[.-])")


class Containers:
    """Reads containers; looks ConfigMaps up."""

    def __init__(self, objects: Objects, namespace: str) -> None:
        """Start with the objects of the estate."""
        self._objects, self._namespace = objects, namespace

    def read(self, sheet: Sheet, container: Map, *, on_host: bool) -> None:
        """Fill a sheet; ``on_host`` says that its ports are the host's."""
        for key, value, mark in entries(container):
            account(sheet, key, value, mark, CONTAINER)
        for key, native in (("image", "image"), ("workingDir", "working_dir")):
            if container.get(key) is not None:
                sheet.put(native, container[key], container.mark_of(key))
        if "image" not in sheet.entry:
            sheet.say("image", "broken", "a container without an image", container.mark)
        policy = text(container, "imagePullPolicy")
        if policy:
            words = {"Always": "always", "IfNotPresent": "missing", "Never": "never"}
            sheet.put("pull_policy", words.get(policy, policy), container.mark)
        for key, native in (("stdin", "stdin_open"), ("tty", "tty")):
            if text(container, key) == "true":
                sheet.put(native, "true", container.mark_of(key))
        _command(sheet, container)
        _ports(sheet, container, on_host=on_host)
        self._environment(sheet, container)
        _resources(sheet, below(container, "resources"))
        security(sheet, below(container, "securityContext"))
        _probes(sheet, container)

    def _environment(self, sheet: Sheet, container: Map) -> None:
        """Take over variables; those of a Secret by name only."""
        for source in maps(container.get("envFrom")):
            self._all_of(sheet, source)
        known: dict[str, str] = {}
        for variable in maps(container.get("env")):
            name = text(variable, "name")
            mark = variable.mark
            if not name:
                sheet.say("env", "broken", "a variable without a name", mark)
                continue
            value = variable.get("value")
            if isinstance(value, str):
                value = _REFERENCE.sub(lambda match: known.get(match[1], match[0]), value)
            elif "valueFrom" in variable:
                value = self._from(sheet, below(variable, "valueFrom"), name)
            if isinstance(value, str):
                known[name] = value[:10_000]
            elif value is not None:
                sheet.broken(f"env.{name}", value, "one value", mark)
                continue
            sheet.below("environment", mark).put(name, value, mark)

    def _from(self, sheet: Sheet, source: Map, name: str) -> str | None:
        """Return the value that a ConfigMap gives a variable, if it was given."""
        for key in source:
            if key not in _VALUE_SOURCES:
                sheet.say(f"env.{name}.{key}", "not understood", "no known source", source.mark)
        secret = below(source, "secretKeyRef")
        add_secret(sheet, text(secret, "name"), secret.mark)
        wanted = below(source, "configMapKeyRef")
        data = self._data(text(wanted, "name"))
        value = data.get(text(wanted, "key")) if data is not None else None
        return str(value) if isinstance(value, str) else None

    def _all_of(self, sheet: Sheet, source: Map) -> None:
        """Take over all variables of a ConfigMap, or name the Secret that they come from."""
        add_secret(sheet, text(below(source, "secretRef"), "name"), source.mark)
        name = text(below(source, "configMapRef"), "name")
        if not name:
            return
        data = self._data(name)
        if data is None:
            what = f"variables of the ConfigMap {name}, which was not given"
            sheet.say("envFrom", "no bearing", what, source.mark)
            return
        prefix = text(source, "prefix")
        for key, value, mark in entries(data):
            if isinstance(value, str):
                sheet.hints.append(Hint(sheet.name, "variable", prefix + key, str(value), mark))

    def _data(self, name: str) -> Map | None:
        found = self._objects.get("ConfigMap", self._namespace, name) if name else None
        return None if found is None else below(found.body, "data")


_VALUE_SOURCES = frozenset(
    "configMapKeyRef fieldRef fileKeyRef resourceFieldRef secretKeyRef".split()
)


def account(sheet: Sheet, key: str, value: Any, mark: int, table: Any) -> None:
    """Say what becomes of a key that is not simply used; keep it where the table says so."""
    treatment = table.get(key)
    if treatment == "used" or says_nothing(value) or value in DEFAULTS.get(key, ()):
        return
    if treatment == "kept":
        sheet.keep(key, _without_headers(value), mark, "for whoever converts the service")
    elif treatment == "none":
        sheet.say(key, "no bearing", "nothing here depends on it", mark)
    else:
        sheet.say(key, "not understood", "no known key", mark)


def _without_headers(value: Any) -> Any:
    """Return a copy without headers of HTTP requests, which may hold a token."""
    if type(value) is Map:
        kept = Map(value.mark)
        for key, item, mark in entries(value):
            if key != "httpHeaders":
                kept.put(key, _without_headers(item), mark)
        return kept
    if type(value) is Seq:
        items = Seq(value.mark)
        for item, mark in zip(value, value.marks, strict=False):
            items.add(_without_headers(item), mark)
        return items
    return value


def _command(sheet: Sheet, container: Map) -> None:
    words = Seq(container.mark_of("command"))
    for key in ("command", "args"):
        for word, mark in texts(container.get(key)):
            words.add(word, mark)
    if words:
        sheet.put("command", words, words.marks[0])


def _ports(sheet: Sheet, container: Map, *, on_host: bool) -> None:
    for port in maps(container.get("ports")):
        number, published = text(port, "containerPort"), text(port, "hostPort")
        protocol = (text(port, "protocol") or "TCP").lower()
        published = published or (number if on_host else "")
        if published:
            address = text(port, "hostIP")
            bound = f"{address}:{published}" if address else published
            sheet.add("ports", f"{bound}:{number}/{protocol}", port.mark)
        elif number:
            add_exposed(sheet, f"{number}/{protocol}", port.mark)


def add_exposed(sheet: Sheet, port: str, mark: int) -> None:
    """Add a port that other pods reach, once."""
    if port not in (sheet.entry.get("expose") or ()):
        sheet.add("expose", port, mark)


def _resources(sheet: Sheet, resources: Map) -> None:
    limits = below(resources, "limits")
    readers: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
        ("memory", "memory", memory),
        ("cpu", "cpus", cpus),
    )
    for key, native, read in readers:
        if key in limits:
            found = read(text(limits, key))
            if found is None:
                sheet.say(f"resources.limits.{key}", "broken", "no quantity", limits.mark_of(key))
            else:
                sheet.below("limits", limits.mark).put(native, found, limits.mark_of(key))
    for key, _, mark in entries(limits):
        if key in _RESOURCES or key.startswith("hugepages-"):
            continue
        if _GPU.search(key):
            sheet.put("gpus", "all", mark)
        else:
            sheet.add("devices", key, mark)
    requests = below(resources, "requests")
    if requests:
        mark = resources.mark_of("requests")
        sheet.keep("requests", requests, mark, "what the scheduler sets aside")


def security(sheet: Sheet, context: Map) -> None:
    """Add what a ``securityContext`` says."""
    for key, value, mark in entries(context):
        account(sheet, key, value, mark, SECURITY)
    if text(context, "privileged"):
        sheet.put("privileged", context["privileged"], context.mark_of("privileged"))
    if text(context, "runAsUser"):
        sheet.put("user", context["runAsUser"], context.mark_of("runAsUser"))
    if text(context, "readOnlyRootFilesystem") == "true":
        sheet.put("read_only", "true", context.mark_of("readOnlyRootFilesystem"))
    capabilities = below(context, "capabilities")
    for key, native in (("add", "cap_add"), ("drop", "cap_drop")):
        for name, mark in texts(capabilities.get(key)):
            sheet.add(native, name, mark)


def _probes(sheet: Sheet, container: Map) -> None:
    """Make the first probe the health check; keep the others."""
    stated = [key for key in _PROBES if type(container.get(key)) is Map and container[key]]
    for key in stated[:1]:
        probe, mark = container[key], container.mark_of(key)
        check = sheet.below("healthcheck", mark)
        check.put("test", _test(probe), mark)
        period = text(probe, "periodSeconds")
        if period:
            check.put("interval", f"{period}s", probe.mark_of("periodSeconds"))
        for name, value, _ in entries(below(probe, "exec")):
            words = " ".join(word for word, _ in texts(value))
            sheet.hints.append(Hint(sheet.name, "text", f"{key}.{name}", words, mark))
    for key in stated:
        sheet.beside(key, _without_headers(container[key]), container.mark_of(key))


def _test(probe: Map) -> Seq:
    """Return a probe as a command: its own, or a word for what the kubelet does."""
    test = Seq(probe.mark)
    test.add("CMD", probe.mark)
    for word, mark in texts(below(probe, "exec").get("command")):
        test.add(word, mark)
    for kind in ("httpGet", "tcpSocket", "grpc"):
        action = below(probe, kind)
        if action:
            test.add(kind, action.mark)
            test.add(text(action, "port") + text(action, "path"), action.mark)
    return test


def new_sheet(name: str, path: str, mark: int) -> Sheet:
    """Return an empty sheet of this format."""
    return Sheet(name, path, mark, EXTENSION)

"""A ``.kube`` unit and the manifest it names -> a service for each container that Podman starts.

Only what Podman plays is read. The containers of a pod share its network: the first one holds it.

Source: https://docs.podman.io/en/latest/markdown/podman-kube-play.1.html
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analyzer import yamlfile
from analyzer.importers.quadlet.container import attached, outside
from analyzer.importers.quadlet.estate import Estate, keep, sequence
from analyzer.importers.quadlet.network import network
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map, Seq

_TEMPLATED = frozenset({"Deployment", "DaemonSet", "Job", "StatefulSet", "ReplicaSet"})
_READ = frozenset({
    "args", "command", "env", "envFrom", "image", "name", "ports", "resources", "volumeMounts",
})  # fmt: skip


class _Pod(NamedTuple):
    name: str
    spec: Map
    mark: int


def services(estate: Estate, unit: Unit) -> dict[str, Map]:
    """Return the services of a unit; one that stands for all when its manifest cannot be read."""
    section = estate.own(unit)
    found: dict[str, Map] = {}
    paths = section.words("Yaml")
    if not paths:
        estate.remark(unit.mark, unit.name, "broken", "no Yaml: Podman refuses it")
    for path, mark in paths:
        for pod in _pods(estate, unit, path, mark):
            found |= _pod_services(estate, unit, pod, found)
    if not found:
        found[unit.base] = Map(unit.mark)
    first = next(iter(found.values()))
    attached(first, "ports", sequence(section.lines("PublishPort")))
    joined = network(estate, unit, section)
    if joined is not None:
        first.take("network")
        first.put("network", joined, section.lines("Network")[0].mark)
    keep(section, "Kube", first)
    outside(estate, unit, first)
    for entry in found.values():
        entry.put("runtime", "podman", unit.mark)
        if estate.host:
            entry.put("host", estate.host, 0)
    return found


def _pods(estate: Estate, unit: Unit, path: str, mark: int) -> Iterator[_Pod]:
    """Yield the pods of a manifest."""
    where = f"{unit.name}.Kube.Yaml"
    document = estate.beside(unit, path)
    if document is None:
        what = "the manifest is not in the folder that was given, so its containers are not known"
        estate.remark(mark, where, "broken", what)
        return
    try:
        roots, _ = yamlfile.parse_all(document.data, document.name, number=document.number)
    except yamlfile.YamlError as error:
        what = f"the manifest is no YAML that can be read: {error.problem.what}"
        estate.remark(mark, where, "broken", what)
        return
    for root in roots:
        if not isinstance(root, Map):
            continue
        kind, name = _text(root, "kind"), _text(_map(root, "metadata"), "name")
        spec = _map(root, "spec")
        if kind in _TEMPLATED:
            spec, name = _map(_map(spec, "template"), "spec"), f"{name}-pod"
        elif kind != "Pod":
            what = f"a {kind[:40] or 'document without kind'} is no container"
            estate.remark(root.mark, f"{unit.name}.{kind[:40]}", "no bearing", what)
            continue
        yield _Pod(name, spec, root.mark)


def _pod_services(estate: Estate, unit: Unit, pod: _Pod, taken: dict[str, Map]) -> dict[str, Map]:
    """Return a service for each container of a pod."""
    found: dict[str, Map] = {}
    volumes = _volumes(pod.spec)
    holder = ""
    for container in _items(pod.spec, "containers"):
        short = _text(container, "name") or "container"
        name = f"{pod.name}-{short}" if short in taken or short in found else short
        entry = _container(container, volumes)
        entry.put("container_name", f"{pod.name}-{short}", container.mark)
        if holder:
            entry.put("network", f"service:{holder}", container.mark)
        elif _text(pod.spec, "hostNetwork").lower() == "true":
            entry.put("network", "host", pod.spec.mark_of("hostNetwork"))
        holder = holder or name
        if entry.get("ports") and name != holder:
            attached(found[holder], "ports", entry.take("ports"))
        for key in container:
            if key not in _READ:
                path = f"{unit.name}.{short}.{key}"
                estate.remark(container.mark_of(key), path, "no bearing", "not read of a manifest")
        found[name] = entry
    return found


def _container(container: Map, volumes: dict[str, str]) -> Map:
    """Return a service in native keys."""
    entry = Map(container.mark)
    image = _text(container, "image")
    if image:
        entry.put("image", image, container.mark_of("image"))
    _put(entry, "ports", _ports(container))
    _put(entry, "environment", _environment(container))
    _put(entry, "volumes", _mounts(container, volumes))
    words = [word for key in ("command", "args") for word in _texts(container, key)]
    command = Seq(container.mark)
    for word in words:
        command.add(word, container.mark)
    _put(entry, "command", command)
    limits = Map(container.mark)
    stated = _map(_map(container, "resources"), "limits")
    for key, native in (("memory", "memory"), ("cpu", "cpus")):
        value = _text(stated, key)
        if value:
            limits.put(native, _cpus(value) if key == "cpu" else value, stated.mark_of(key))
    _put(entry, "limits", limits)
    return entry


def _cpus(written: str) -> str:
    """Return processors of thousandths: ``1500m`` is 1.5."""
    thousandths = written.removesuffix("m")
    if not written.endswith("m") or not thousandths.isdecimal() or len(thousandths) > 9:  # noqa: PLR2004
        return written
    return f"{int(thousandths) // 1000}.{int(thousandths) % 1000:03}"


def _ports(container: Map) -> Seq:
    """Return the ports that are published on the host."""
    found = Seq()
    for port in _items(container, "ports"):
        target, published = _text(port, "containerPort"), _text(port, "hostPort")
        if published:
            protocol = (_text(port, "protocol") or "tcp").lower()
            address = _text(port, "hostIP")
            written = f"{published}:{target}/{protocol}"
            found.add(f"{address}:{written}" if address else written, port.mark)
    return found


def _environment(container: Map) -> Map:
    found = Map()
    for variable in _items(container, "env"):
        name = _text(variable, "name")
        if name:
            value = variable.get("value")
            found.put(name, value if isinstance(value, str) else None, variable.mark)
    return found


def _volumes(spec: Map) -> dict[str, str]:
    """Return the source of each volume of a pod: a path of the host or a claim's name."""
    found = {}
    for volume in _items(spec, "volumes"):
        name = _text(volume, "name")
        path = _text(_map(volume, "hostPath"), "path")
        claim = _text(_map(volume, "persistentVolumeClaim"), "claimName")
        if path or claim:
            found[name] = path or claim
    return found


def _mounts(container: Map, volumes: dict[str, str]) -> Seq:
    found = Seq()
    for mount in _items(container, "volumeMounts"):
        source, target = volumes.get(_text(mount, "name")), _text(mount, "mountPath")
        if source and target:
            long = Map(mount.mark)
            long.put("type", "bind" if source[:1] in "/." else "volume", mount.mark)
            long.put("source", source, mount.mark)
            long.put("target", target, mount.mark)
            if _text(mount, "readOnly").lower() == "true":
                long.put("read_only", "true", mount.mark)
            found.add(long, mount.mark)
    return found


def _put(entry: Map, key: str, value: Map | Seq) -> None:
    if value:
        entry.put(key, value, value.marks[0])


def _map(tree: Map, key: str) -> Map:
    found = tree.get(key)
    return found if isinstance(found, Map) else Map(tree.mark)


def _items(tree: Map, key: str) -> list[Map]:
    found: Any = tree.get(key)
    return [item for item in found if isinstance(item, Map)] if isinstance(found, Seq) else []


def _texts(tree: Map, key: str) -> list[str]:
    found: Any = tree.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, Seq) else []


def _text(tree: Map, key: str) -> str:
    found = tree.get(key)
    return str(found) if isinstance(found, str) else ""

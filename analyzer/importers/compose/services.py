"""A service of a merged project -> the same service in the inventory's words."""

from collections.abc import Callable, Mapping
from typing import Any

from analyzer.importers.compose import mapping
from analyzer.importers.compose.forms import as_seq, mount_target
from analyzer.importers.compose.keys import ANY, KEYS, cleaned
from analyzer.importers.compose.mapping import Scope, settled, shown
from analyzer.tree import Map, Seq

SOCKET = "/var/run/docker.sock"
_SERVICE = KEYS["services"].below[ANY]
_PLAIN = frozenset(
    """annotations build command configs entrypoint logging models post_start pre_start pre_stop
    provider""".split()
)
"""Free text and what only converters read: variables that nothing sets stay as they were written."""
_TOGETHER = frozenset(
    """networks network_mode depends_on labels label_file env_file volumes_from runtime extends
    use_api_socket""".split()
)
"""Keys that are read together with others, below."""

Handler = Callable[[Any, Scope, int], Any]
_HANDLERS: Mapping[str, Handler] = {
    "image": mapping.image,
    "ports": mapping.ports,
    "volumes": mapping.mounts,
    "secrets": mapping.secrets,
}


def translated(service: Map, scope: Scope, outside: Mapping[str, str]) -> Map:
    """Return a service in native keys.

    Args:
        service: merged, with paths as they are to be shown.
        scope: what it is read in.
        outside: variables that a name without a value is taken over from.
    """
    native = Map(service.mark)
    service = cleaned(service, _SERVICE)
    for (key, value), mark in zip(service.items(), service.marks, strict=False):
        if value is None or key in _TOGETHER:
            continue
        if key == "environment":
            new = _environment(value, outside)
        elif key in _HANDLERS:
            new = _HANDLERS[key](value, scope, mark)
        elif key in _PLAIN:
            new = shown(value)
        else:
            new = settled(_value(key, value), scope, key, mark)
        if new is not None:
            native.put(key, new, mark)
    _together(native, service, scope)
    return native


def _value(key: str, value: Any) -> Any:
    """Return a value as native readers take it: a health check's command as it is written."""
    if key == "healthcheck" and type(value) is Map and "test" in value:
        value.put("test", shown(value["test"]), value.mark_of("test"))
    if key == "deploy" and type(value) is Map:
        value = cleaned(value, _SERVICE.below["deploy"])  # a copy: its labels are read below
        value.take("labels")
    return value


def _environment(value: Any, outside: Mapping[str, str]) -> Map:
    """Return variables with their values; a name alone gets its value from the project's."""
    pairs = mapping.pairs(value)
    for name, known in pairs.items():
        if known is None and name in outside:
            found = outside[name]
            pairs[name] = mapping.taken_over(name, found)
    return pairs


def _together(native: Map, service: Map, scope: Scope) -> None:
    """Add what several keys say together."""
    network, mark = mapping.network(service, scope)
    if network is not None:
        native.put("network", network, mark)
    needed, mark = mapping.dependencies(service, scope)
    if needed:
        native.put("depends_on", needed, mark)
    labels = _labels(service)
    if labels:
        native.put("labels", labels, service.mark_of("labels"))
    if service.get("env_file") is not None:
        paths = _env_files(service["env_file"])
        if paths:
            native.put("env_files", paths, service.mark_of("env_file"))
    foreign = mapping.foreign_volumes(service, service.mark_of("volumes_from"))
    if foreign:
        native.put("volumes_from", foreign, foreign.mark)
    _engine_keys(native, service, scope)
    _more_mounts(native, service, scope)


def _labels(service: Map) -> Map:
    """Return the labels of the container and, below them, those that Swarm gives the service."""
    labels = Map()
    deploy = service.get("deploy")
    of_swarm = deploy.get("labels") if type(deploy) is Map else None
    for part in (of_swarm, service.get("labels")):
        pairs = mapping.pairs(part)
        for (name, value), mark in zip(pairs.items(), pairs.marks, strict=False):
            labels.put(name, value, mark)
    return labels


def _env_files(value: Any) -> Seq:
    paths = Seq()
    listed = as_seq(value)
    for item, mark in zip(listed, listed.marks, strict=False):
        path = item.get("path") if type(item) is Map else item
        if isinstance(path, str) and path:
            paths.add(shown(path), mark)
    return paths


def _engine_keys(native: Map, service: Map, scope: Scope) -> None:
    """Add what tells how it runs: an OCI runtime, a provider, profiles that are not active."""
    written = service.get("runtime")
    if isinstance(written, str):
        mark = service.mark_of("runtime")
        known = settled(written, scope, "runtime", mark)
        if known and known.lower() in _OCI_RUNTIMES:
            native.put("runtime", known, mark)
        elif known:
            kept = Map(mark)
            kept.put("runtime", known, mark)
            native.put("x-compose", kept, mark)
    if type(service.get("provider")) is Map:
        native.put("runtime", "external", service.mark_of("provider"))


_OCI_RUNTIMES = frozenset({"runc", "crun", "runsc", "kata", "youki", "sysbox-runc", "nvidia"})


def _more_mounts(native: Map, service: Map, scope: Scope) -> None:
    """Add the mounts of ``volumes_from`` and of ``use_api_socket``; a target has one mount."""
    own = native.get("volumes")
    joined = Seq(service.mark)
    targets = set()
    for part in (own if type(own) is Seq else Seq(), _taken_over(service, scope)):
        for item, mark in zip(part, part.marks, strict=False):
            if mount_target(item) not in targets:
                targets.add(mount_target(item))
                joined.add(item, mark)
    if joined:
        native.put("volumes", joined, service.mark_of("volumes" if own else "volumes_from"))


def _taken_over(service: Map, scope: Scope) -> Seq:
    """Return mounts that a service does not list itself."""
    added = Seq()
    for name, read_only in mapping.volume_sources(service).items():
        other = scope.services.get(name)
        if type(other) is Map and name != scope.name:
            found = mapping.mounts(other.get("volumes"), scope._replace(broken=_silent), 0)
            for item, mark in zip(found, found.marks, strict=False):
                added.add(_read_only(item) if read_only else item, mark)
    if str(service.get("use_api_socket")).lower() == "true":
        added.add(f"{SOCKET}:{SOCKET}", service.mark_of("use_api_socket"))
    return added


def _silent(_mark: int, _path: str, _text: str) -> None:
    """Forget a fault that the service it stands in reports itself."""


def _read_only(item: Any) -> Any:
    """Return a mount for reading only."""
    if type(item) is Map:
        fresh = Map(item.mark)
        fresh.update(item)
        fresh.marks = item.marks[:]
        fresh.put("read_only", "true", item.mark)
        return fresh
    if not isinstance(item, str) or ":" not in item:
        return item
    source, _, rest = item.partition(":")
    return f"{source}:{rest.partition(':')[0]}:ro"


def profiles(service: Map) -> frozenset[str]:
    """Return the profiles of a service; without any it is always started."""
    return frozenset(item for item in as_seq(service.get("profiles")) if isinstance(item, str))

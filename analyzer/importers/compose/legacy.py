"""The first version of the format -> today's: services at the top level, keys of other names.

Source: https://docs.docker.com/reference/compose-file/legacy-versions/
"""

from typing import Any

from analyzer.tree import Map, Tagged

_TODAY = frozenset(
    {
        "services",
        "include",
        "version",
        "name",
        "networks",
        "volumes",
        "secrets",
        "configs",
        "models",
    }
)
_RENAMED = {"net": "network_mode"}
_NESTED = {
    "log_driver": ("logging", "driver"),
    "log_opt": ("logging", "options"),
    "dockerfile": ("build", "dockerfile"),
}


def is_first_version(root: Map) -> bool:
    """Return whether the top level of a file is its services, which have an image or a build."""
    if not root or not _TODAY.isdisjoint(root):
        return False
    return all(
        name.startswith("x-") or (type(value) is Map and ("image" in value or "build" in value))
        for name, value in root.items()
    )


def modern(root: Map) -> Map:
    """Return a file's tree with its services under ``services`` and today's names of keys."""
    if not is_first_version(root):
        return root
    services, fresh = Map(root.mark), Map(root.mark)
    for (name, value), mark in zip(root.items(), root.marks, strict=False):
        if type(value) is Map and not name.startswith("x-"):
            services.put(name, _service(value, root), mark)
        else:
            fresh.put(name, value, mark)
    fresh.put("services", services, root.mark)
    return fresh


def _service(service: Map, services: Map) -> Map:
    """Return a service with today's keys; without networks it is on the engine's own bridge."""
    fresh = Map(service.mark)
    for (key, value), mark in zip(service.items(), service.marks, strict=False):
        if key in _NESTED:
            _nest(fresh, service, key, mark)
        elif key in _RENAMED:
            fresh.put(_RENAMED[key], _joined(value, services), mark)
        elif key not in fresh:
            fresh.put(key, value, mark)
    if "network_mode" not in fresh and "networks" not in fresh:
        fresh.put("network_mode", "bridge", service.mark)
    return fresh


def _nest(fresh: Map, service: Map, key: str, mark: int) -> None:
    """Put a key where it belongs today: ``dockerfile`` into ``build``."""
    outer, inner = _NESTED[key]
    present = fresh.get(outer, service.get(outer))
    long = Map(mark)
    if type(present) is Map:
        for (name, value), place in zip(present.items(), present.marks, strict=False):
            long.put(name, value, place)
    elif present is not None and type(present) is not Tagged:
        long.put("context", present, service.mark_of(outer))
    long.put(inner, service[key], mark)
    fresh.put(outer, long, service.mark_of(outer) if outer in service else mark)


def _joined(value: Any, services: Map) -> Any:
    """Return a network mode; ``container:`` meant a service when there is one of that name."""
    if isinstance(value, str) and value.startswith("container:"):
        target = value.removeprefix("container:")
        return f"service:{target}" if target in services else value
    return value

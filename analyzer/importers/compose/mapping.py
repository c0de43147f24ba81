"""The keys of a service whose form an inventory does not share: ports, mounts, networks, ties."""

from collections.abc import Callable
from typing import Any, NamedTuple

from analyzer.importers.compose.engine import DEFAULT_NETWORK, Engine
from analyzer.importers.compose.forms import as_named, as_pairs, as_seq
from analyzer.importers.compose.interpolation import Partial
from analyzer.importers.compose.paths import is_path
from analyzer.tree import Map, Resolved, Seq

Broken = Callable[[int, str, str], None]
NOTHING_SETS = "nothing sets "
_UNSET = "give it a value in the project's .env"
_NAMESPACES = ("network_mode", "ipc", "pid", "uts", "cgroup")
_SERVICE, _CONTAINER = "service:", "container:"
_OPTIONS_AT = 2
_GONE = "no service of this project"


class Scope(NamedTuple):
    """What one service is read in: names of the engine, all services, and where faults go."""

    name: str
    engine: Engine
    services: Map
    declared_volumes: frozenset[str]
    broken: Broken

    def unset(self, mark: int, path: str, value: Partial) -> None:
        """Keep that a value is not known."""
        names = ", ".join(value.missing)
        self.broken(mark, f"services.{self.name}.{path}", f"{NOTHING_SETS}{names}; {_UNSET}")


def settled(value: Any, scope: Scope, path: str, mark: int) -> Any:
    """Return a value without the parts that depend on variables that nothing sets."""
    if type(value) is Partial:
        scope.unset(mark, path, value)
        return None
    if type(value) is Map:
        fresh = Map(value.mark)
        for (key, item), place in zip(value.items(), value.marks, strict=False):
            known = settled(item, scope, f"{path}.{key}", place)
            if known is not None or item is None:
                fresh.put(key, known, place)
        return fresh
    if type(value) is Seq:
        listed = Seq(value.mark)
        for index, (item, place) in enumerate(zip(value, value.marks, strict=False)):
            known = settled(item, scope, f"{path}[{index}]", place)
            if known is not None:
                listed.add(known, place)
        return listed
    return None if type(value) is Resolved and not value else value


def shown(value: Any) -> Any:
    """Return a value in which variables that nothing sets stand as they were written."""
    if type(value) is Partial:
        return Resolved(str(value), value.written)
    if type(value) is Map:
        fresh = Map(value.mark)
        fresh.update((key, shown(item)) for key, item in value.items())
        fresh.marks = value.marks[:]
        return fresh
    if type(value) is Seq:
        listed = Seq(value.mark)
        listed.extend(map(shown, value))
        listed.marks = value.marks[:]
        return listed
    return value


def pairs(value: Any) -> Map:
    """Return variables or labels as a mapping; what they are worth is shown as it stands."""
    found: Map = shown(as_pairs(value))
    return found


def image(value: Any, scope: Scope, mark: int) -> Any:
    """Return an image; one whose own name is not known is None."""
    if type(value) is not Partial:
        return value or None
    last = value.rpartition("/")[2].partition("@")[0].partition(":")[0]
    if "$" in last:
        scope.unset(mark, "image", value)
        return None
    return Resolved(str(value), value.written)


def ports(value: Any, scope: Scope, mark: int) -> Seq:
    """Return ports; where the host's part is not known, the container's part alone."""
    fresh = Seq(mark)
    listed = as_seq(value)
    for index, (item, place) in enumerate(zip(listed, listed.marks, strict=False)):
        path = f"ports[{index}]"
        known = _port(item, scope, path, place or mark)
        if known is not None:
            fresh.add(known, place or mark)
    return fresh


def _port(item: Any, scope: Scope, path: str, mark: int) -> Any:
    if type(item) is Map:
        known = settled(item, scope, path, mark)
        return known if "target" in known or "target" not in item else None
    if type(item) is Resolved:
        return Resolved(item.lstrip(":"), item.written) if item.strip(":") else None
    if type(item) is not Partial:
        return item
    scope.unset(mark, path, item)
    rest, _, target = item.rpartition(":")
    published = rest.rpartition(":")[2]
    if "$" in target:
        return None
    return f"{published}:{target}" if published and "$" not in published else target


def mounts(value: Any, scope: Scope, mark: int) -> Seq:
    """Return mounts: volumes by the engine's name; a path that is not known stays as written."""
    fresh = Seq(mark)
    listed = as_seq(value)
    for index, (item, place) in enumerate(zip(listed, listed.marks, strict=False)):
        known = _mount(item, scope, f"volumes[{index}]", place or mark)
        if known is not None:
            fresh.add(known, place or mark)
    return fresh


def _mount(item: Any, scope: Scope, path: str, mark: int) -> Any:
    if type(item) is Map:
        return _long_mount(item, scope, path, mark)
    if not isinstance(item, str):
        return item
    if type(item) is Partial:
        scope.unset(mark, path, item)
        return _unknown_mount(item, scope, mark)
    source, colon, rest = item.partition(":")
    if not colon or is_path(source) or rest[:1] == "\\":
        return item
    return f"{_volume(source, scope, path, mark)}:{rest}"


def _unknown_mount(item: Partial, scope: Scope, mark: int) -> Any:
    """Return a mount of which a part is not known; without a known target it is none."""
    parts = item.split(":")
    if len(parts) == 1 or "$" in parts[1]:
        return None
    source = parts[0] if is_path(parts[0]) else scope.engine.volume(parts[0])
    long = Map(mark)
    long.put("type", "bind" if is_path(parts[0]) else "volume", mark)
    long.put("source", source, mark)
    long.put("target", parts[1], mark)
    if "ro" in parts[_OPTIONS_AT:]:
        long.put("read_only", "true", mark)
    return long


def _long_mount(item: Map, scope: Scope, path: str, mark: int) -> Any:
    source = item.get("source")
    if type(source) is Partial:
        scope.unset(item.mark_of("source"), f"{path}.source", source)
        item = _with(item, "source", str(source))
    known = settled(item, scope, path, mark)
    source = known.get("source")
    if known.get("type") == "volume" and isinstance(source, str) and "$" not in source:
        return _with(known, "source", _volume(source, scope, path, mark))
    return known if "target" in known else None


def _with(node: Map, key: str, value: Any) -> Map:
    copy = Map(node.mark)
    copy.update(node)
    copy.marks = node.marks[:]
    copy[key] = value
    return copy


def _volume(name: str, scope: Scope, path: str, mark: int) -> str:
    if name not in scope.declared_volumes:
        where = f"services.{scope.name}.{path}"
        scope.broken(mark, where, "a volume that is not declared; list it under volumes:")
    return scope.engine.volume(name)


def network(service: Map, scope: Scope) -> tuple[Any, int]:
    """Return the native ``network`` of a service and its mark."""
    mode = service.get("network_mode")
    if isinstance(mode, str) and mode:
        mark = service.mark_of("network_mode")
        if type(mode) is Partial:
            scope.unset(mark, "network_mode", mode)
            return None, mark
        return mode, mark
    named = as_named(service.get("networks"))
    mark = service.mark_of("networks")
    fresh = Map(mark)
    for (name, value), place in zip(named.items(), named.marks, strict=False):
        fresh.put(
            scope.engine.network(name), settled(value, scope, f"networks.{name}", place), place
        )
    if not fresh and "networks" not in service and mode is None:
        fresh.put(scope.engine.network(DEFAULT_NETWORK), None, service.mark)
    return fresh or None, mark


def dependencies(service: Map, scope: Scope) -> tuple[Map, int]:
    """Return what a service depends on, said or meant, and where; only services that exist."""
    said = as_named(service.get("depends_on"))
    mark = service.mark_of("depends_on")
    fresh = Map(mark)
    for (name, value), place in zip(said.items(), said.marks, strict=False):
        if name in scope.services:
            known = settled(value, scope, f"depends_on.{name}", place)
            fresh.put(name, known if type(known) is Map else None, place)
        else:
            path = f"services.{scope.name}.depends_on.{name}"
            scope.broken(place, path, f"{_GONE}; correct the name")
    for key, name in _implied(service):
        place = service.mark_of(key)
        if name not in scope.services:
            path = f"services.{scope.name}.{key}"
            scope.broken(place, path, f"{_GONE}; correct the name")
        elif name not in fresh and name != scope.name:
            fresh.put(name, None, place)
    return fresh, mark


def _implied(service: Map) -> list[tuple[str, str]]:
    """Return key and name of services that others are started after without ``depends_on``."""
    implied = [("links", link.partition(":")[0]) for link in _texts(service.get("links"))]
    for key in _NAMESPACES:
        value = service.get(key)
        if isinstance(value, str) and value.startswith(_SERVICE):
            implied.append((key, value.removeprefix(_SERVICE)))
    return implied + [("volumes_from", name) for name in volume_sources(service)]


def _texts(value: Any) -> list[str]:
    return [item for item in as_seq(value) if isinstance(item, str)]


def volume_sources(service: Map) -> dict[str, bool]:
    """Return the services whose mounts a service takes over, and whether only for reading."""
    found = {}
    for item in _texts(service.get("volumes_from")):
        if not item.startswith(_CONTAINER):
            name, _, mode = item.partition(":")
            found[name] = mode == "ro"
    return found


def foreign_volumes(service: Map, mark: int) -> Seq:
    """Return the items of ``volumes_from`` that name a container and no service."""
    foreign = Seq(mark)
    for item in _texts(service.get("volumes_from")):
        if item.startswith(_CONTAINER):
            foreign.add(shown(item), mark)
    return foreign


def secrets(value: Any, scope: Scope, mark: int) -> Seq:
    """Return the names of secrets as the engine knows them."""
    fresh = Seq(mark)
    listed = as_seq(value)
    for item, place in zip(listed, listed.marks, strict=False):
        name = item.get("source") if type(item) is Map else item
        if isinstance(name, str) and name:
            fresh.add(scope.engine.secrets.get(name, str(name)), place)
    return fresh


def taken_over(name: str, value: str) -> Resolved:
    """Return the value of a variable that a service takes over from outside."""
    return Resolved(str(value), f"${{{name}}}")

"""What an inventory states of a host, a service or a volume -> texts that can be compared.

The texts may be shown: of what people write secrets into only names are among them. What may not
be shown is compared as a value and kept nowhere.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from analyzer.comparison.model import Fields, Stated
from analyzer.inventory.model import (
    Budget,
    Dependency,
    Healthcheck,
    Host,
    Mount,
    Needs,
    Port,
    Service,
    Volume,
)
from analyzer.units import decimal, format_duration, parse_duration, written_size

_PLACES = 3
Texts = tuple[str, ...]
_Say = Callable[[Any], Texts]


def _text(value: object) -> Texts:
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return (decimal(value, _PLACES),) if isinstance(value, Fraction) else (_harmless(str(value)),)


def _texts(values: Iterable[object]) -> Texts:
    return tuple(sorted(_harmless(str(value)) for value in values))


def _harmless(text: str) -> str:
    """Return a text, without what stands in an address: a name and a password may."""
    scheme, found, _ = text.partition("://")
    return f"{scheme}://…" if found else text


def _size(value: int) -> Texts:
    return (written_size(value),)


def _duration(value: Fraction) -> Texts:
    """Return a duration exactly: in words where they say it, else in seconds."""
    words = format_duration(value)
    return (words if parse_duration(words) == value else f"{value} s",)


def _ports(ports: Iterable[Port]) -> Texts:
    return tuple(sorted(map(_port, ports)))


def _port(port: Port) -> str:
    last = f"-{port.target + port.count - 1}" if port.count > 1 else ""
    inside = f"{port.target}{last}/{port.protocol}"
    if port.published is None:
        return inside
    more = f"-{port.published + port.count - 1}" if port.count > 1 and port.published else ""
    address = f"{port.host_ip}:" if port.host_ip else ""
    return f"{address}{port.published or 'any'}{more}:{inside}"


def _mounts(mounts: Iterable[Mount]) -> Texts:
    return tuple(sorted(map(_mount, mounts)))


def _mount(mount: Mount) -> str:
    source = _harmless(mount.source) if mount.source else mount.kind
    return f"{source}:{mount.target}{':ro' if mount.read_only else ''}"


def _healthcheck(check: Healthcheck) -> Texts:
    return ("disabled" if check.disabled else "declared",)


def _dependencies(dependencies: Iterable[Dependency]) -> Texts:
    return tuple(sorted(map(_dependency, dependencies)))


def _dependency(item: Dependency) -> str:
    more: list[str] = [item.kind] if item.kind != "hard" else []
    more += [item.condition] if item.condition not in _ORDINARY else []
    return f"{item.service} ({', '.join(more)})" if more else item.service


_HOST: Mapping[str, tuple[str, _Say]] = {
    "arch": ("arch", _text),
    "cpus": ("cpus", _text),
    "memory": ("memory_bytes", _size),
    "memory_used": ("memory_used_bytes", _size),
    "disk": ("disk", _text),
    "site": ("site", _text),
    "failure_domain": ("failure_domain", _text),
    "os": ("os", _text),
    "runtime": ("runtime", _text),
    "can_host_vms": ("can_host_vms", _text),
    "cluster": ("cluster", _text),
    "addresses": ("addresses", _texts),
    "depends_on": ("depends_on", _dependencies),
}
_SERVICE: Mapping[str, tuple[str, _Say]] = {
    "host": ("host", _text),
    "runtime": ("runtime", _text),
    "image": ("image", _text),
    "build": ("build", _text),
    "container_name": ("container_name", _text),
    "hostname": ("hostname", _text),
    "ports": ("ports", _ports),
    "volumes": ("mounts", _mounts),
    "devices": ("devices", _texts),
    "network_mode": ("network_mode", _text),
    "networks": ("networks", _texts),
    "aliases": ("aliases", _texts),
    "environment": ("environment", _texts),
    "env_files": ("env_files", _texts),
    "links": ("links", _texts),
    "secrets": ("secrets", _texts),
    "privileged": ("privileged", _text),
    "cap_add": ("cap_add", _texts),
    "user": ("user", _text),
    "restart": ("restart", _text),
    "schedule": ("schedule", _text),
    "replicas": ("replicas", _text),
    "architectures": ("architectures", _texts),
    "memory": ("memory_bytes", _size),
    "limits.memory": ("memory_limit_bytes", _size),
    "limits.cpus": ("cpu_limit", _text),
    "healthcheck": ("healthcheck", _healthcheck),
    "depends_on": ("depends_on", _dependencies),
    "not_depends_on": ("not_depends_on", _texts),
    "stateful": ("stateful", _text),
    "backup": ("backup", _text),
    "criticality": ("criticality", _text),
    "recovery_time": ("recovery_seconds", _duration),
    "exposure": ("exposure", _text),
    "migrate": ("migrate", _text),
    "migrate_with": ("migrate_with", _text),
    "migrate_why": ("migrate_why", _text),
    "verified": ("verified", _text),
    "project": ("project", _text),
}
_VOLUME: Mapping[str, tuple[str, _Say]] = {
    "reach": ("reach", _text),
    "host": ("host", _text),
    "backup": ("backup", _text),
}
_HOST, _SERVICE, _VOLUME = (dict(sorted(table.items())) for table in (_HOST, _SERVICE, _VOLUME))
FIELD_OF: Mapping[str, Mapping[str, str]] = {
    part: {attribute: field for field, (attribute, _) in table.items()}
    for part, table in (("host", _HOST), ("service", _SERVICE), ("volume", _VOLUME))
}
"""Attribute -> the field that tells of it, for hosts, services and volumes."""

_HIDDEN = ("environment", "command", "labels", "extra_hosts", "healthcheck")
"""Fields of a service whose values may be secret: told to have changed, never shown."""
_DEFAULTS = {"build": False, "migrate": "auto"}
"""What stands there when nothing is stated."""
_NONE = ("none",)
_EMPTY = frozenset({"volumes"})
"""Keys that say something when they stand there empty: that there are none."""
_ORDINARY = ("", "started", "service_started")
_LINE_OF = {"limits.memory": "limits", "limits.cpus": "limits", "migrate_with": "migrate"}


def host(record: Host) -> Stated:
    """Return what is stated of a host."""
    return Stated(_fields(record, _HOST), str(record.source))


def service(record: Service) -> Stated:
    """Return what is stated of a service."""
    fields = _fields(record, _SERVICE)
    hidden = {name: _value(getattr(record, name)) for name in _HIDDEN if getattr(record, name)}
    return Stated(fields, str(record.source), hidden)


def volume(record: Volume) -> Stated:
    """Return what is stated of a volume."""
    return Stated(_fields(record, _VOLUME), str(record.source))


def needs(record: Needs) -> Stated:
    """Return what the owner wants; every need has a place of its own."""
    found: dict[str, Texts] = {}
    for key, value in record._asdict().items():
        if key == "lines" or value is None:
            continue
        name, _, unit = key.rpartition("_")
        if name == "effort_budget":  # one key of the inventory, in either unit
            found[name] = (f"{decimal(value, _PLACES)} {unit}",)
        else:
            found[key] = _budget(value) if isinstance(value, Budget) else _need(value)
    return Stated(dict(sorted(found.items())), "")


def _need(value: object) -> Texts:
    return (_texts(value) or _NONE) if isinstance(value, tuple) else _text(value)


def _budget(value: Budget) -> Texts:
    if value.size_bytes is not None:
        return _size(value.size_bytes)
    return (f"{decimal((value.share or Fraction(0)) * 100, _PLACES)} %",)


def place(record: Host | Service, field: str) -> str:
    """Return ``file:line`` of a field, that of the record where it has none."""
    line = record.lines.get(_LINE_OF.get(field, field), 0)
    return str(record.at(line))


def _fields(record: Any, table: Mapping[str, tuple[str, _Say]]) -> Fields:
    found: dict[str, Texts] = {}
    for key, (attribute, say) in table.items():
        value = getattr(record, attribute)
        if value is None:
            continue
        if not value and not isinstance(value, int | Fraction):
            if key in _EMPTY and key in record.lines:
                found[key] = _NONE
            continue
        if key in _DEFAULTS and value == _DEFAULTS[key]:
            continue
        found[key] = (value,) if type(value) is str and "://" not in value else say(value)
    return found


def _value(value: object) -> object:
    """Return a value that compares equal when it says the same."""
    return dict(value) if isinstance(value, Mapping) else value

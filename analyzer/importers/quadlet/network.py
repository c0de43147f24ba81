"""``Network=`` -> the networks of a service by the names that Podman gives them, or another's own.

Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html#network-mode-net
"""

from typing import Any

from analyzer.importers.quadlet.estate import Estate
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map, Seq

_MODES = frozenset({"host", "none"})
_ENGINE = frozenset({"bridge", "pasta", "slirp4netns", "private"})
_ADDRESSES = {"ip": "ipv4_address", "ip6": "ipv6_address"}


def network(estate: Estate, unit: Unit, section: Section) -> Any:
    """Return what a service's ``network`` is; None when nothing is said."""
    aliases = section.lines("NetworkAlias")
    joined = Map()
    mode: str | None = None
    for setting in section.lines("Network"):
        name, _, options = setting.text.partition(":")
        if name in _MODES or name in ("container", "ns"):
            mode = _mode(estate, setting.text)
        elif name.endswith(".container"):
            mode = _container(estate, unit, name, setting.mark)
        elif name in _ENGINE:
            mode = mode or "bridge"
        else:
            joined.mark = joined.mark or setting.mark
            named = _name(estate, unit, name, setting.mark)
            joined.put(named, _joined(options, aliases, setting.mark), setting.mark)
    return joined or mode


def _mode(estate: Estate, mode: str) -> str:
    """Return a mode, with a container of the draft as the service that it is."""
    kind, _, name = mode.partition(":")
    if kind != "container":
        return kind if kind in _MODES else mode
    unit = estate.by_container.get(name)
    return mode if unit is None else f"service:{unit.base}"


def _container(estate: Estate, unit: Unit, name: str, mark: int) -> str:
    """Return the mode that shares the network of another unit's container."""
    base = name.removesuffix(".container")
    if name in estate.units:
        return f"service:{base}"
    _missing(estate, unit, name, mark)
    return f"container:systemd-{base}"


def _missing(estate: Estate, unit: Unit, name: str, mark: int) -> None:
    what = f"{name} is not among the files; its usual name is taken"
    estate.remark(mark, f"{unit.name}.Network", "broken", what)


def _name(estate: Estate, unit: Unit, name: str, mark: int) -> str:
    """Return the real name of a network."""
    if not name.endswith(".network"):
        return name
    named = estate.units.get(name)
    if named is not None:
        return named.named("NetworkName")
    _missing(estate, unit, name, mark)
    return f"systemd-{name.removesuffix('.network')}"


def _joined(options: str, aliases: list[Setting], mark: int) -> Map | None:
    """Return what is said about a service in one network."""
    entry, names = Map(mark), Seq(mark)
    for option in options.split(",") if options else ():
        key, _, value = option.partition("=")
        if key == "alias" and value:
            names.add(value, mark)
        elif key in _ADDRESSES and value:
            entry.put(_ADDRESSES[key], value, mark)
    for text, place in aliases:
        names.add(text, place)
    if names:
        entry.put("aliases", names, mark)
    return entry or None

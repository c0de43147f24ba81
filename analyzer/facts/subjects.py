"""Facts about one subject each: a service, a host or the estate; what findings are made of.

A fact is declared once, by the decorator above its function: name, what its values are, and the
first line of the docstring as its meaning. It returns None for what the inventory does not tell.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from analyzer.facts.model import ServicePins, Unit
from analyzer.facts.mounts import MountUses
from analyzer.facts.per_service import ServiceFacts
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Port, Service
from analyzer.rulebook.model import Image, Scope, Value
from analyzer.units import decimal, format_duration, format_size

YES_NO = ("no", "yes")
MAX_RANGE = 100
"""Ports of one published range that are looked at for clashes; ranges are rarely that long."""


class SubjectContext(NamedTuple):
    """What facts about one subject may look at beside it.

    ``containers_on`` lists the containers of each host; ``clashes`` names by service the ports
    that another service of its host publishes too.
    """

    inventory: Inventory
    topology: Topology
    images: Mapping[str, Image | None]
    roles: Mapping[str, str]
    uses: Mapping[str, MountUses]
    stateful: Mapping[str, bool | None]
    pins: Mapping[str, ServicePins]
    never: Mapping[str, tuple[str, ...]]
    containers_on: Mapping[str, list[Service]]
    clashes: Mapping[str, str]


Read = Callable[[Any, SubjectContext], Value | None]


class SubjectFact(NamedTuple):
    """One entry of the catalogue.

    ``levels`` are the only values of a level, empty for numbers and texts. A text can be shown
    but not compared. ``keys`` are the inventory's keys that tell it, the likeliest first.
    """

    name: str
    scope: Scope
    kind: Literal["level", "number", "text"]
    unit: Unit
    levels: tuple[str, ...]
    keys: tuple[str, ...]
    meaning: str
    read: Read


Facts = dict[str, SubjectFact]
Declare = Callable[[Read], Read]


def level(facts: Facts, name: str, levels: tuple[str, ...] = YES_NO, *, key: str = "") -> Declare:
    """Return a decorator that adds a fact whose value is one of a few words."""
    return _declare(facts, name, "level", "level", levels=levels, key=key)


def number(facts: Facts, name: str, unit: Unit = "", *, key: str = "") -> Declare:
    """Return a decorator that adds a fact whose value is a number."""
    return _declare(facts, name, "number", unit, key=key)


def text(facts: Facts, name: str, *, key: str = "") -> Declare:
    """Return a decorator that adds a fact that sentences show and nothing compares."""
    return _declare(facts, name, "text", "", key=key)


def _declare(
    facts: Facts,
    name: str,
    kind: Literal["level", "number", "text"],
    unit: Unit,
    *,
    levels: tuple[str, ...] = (),
    key: str = "",
) -> Declare:
    """Return the decorator; the name's first part is the scope."""
    scope: Scope = name.partition(".")[0]  # type: ignore[assignment]

    def add(read: Read) -> Read:
        meaning = (read.__doc__ or "").strip().partition("\n")[0]
        facts[name] = SubjectFact(
            name, scope, kind, unit, levels, tuple(key.split()), meaning, read
        )
        return read

    return add


def yes_no(value: bool | None) -> str | None:  # noqa: FBT001 - it is the value
    """Return a truth as a level."""
    return None if value is None else "yes" if value else "no"


def shown(value: Value | None, unit: Unit) -> str:
    """Return a fact's value as a sentence shows it, with its unit."""
    if value is None:
        return "an unknown number of"
    if isinstance(value, str):
        return value
    match unit:
        case "bytes":
            return format_size(int(value))
        case "seconds":
            return format_duration(value)
        case "share":
            return f"{decimal(Fraction(value) * 100, 0)} %"
        case _:
            return decimal(value, 1)


def context(
    inventory: Inventory,
    topology: Topology,
    services: ServiceFacts,
) -> SubjectContext:
    """Return what facts about one subject look at, indexed once."""
    containers_on: dict[str, list[Service]] = {name: [] for name in inventory.hosts}
    for service in inventory.services.values():
        if service.host in containers_on and service.is_container:
            containers_on[service.host].append(service)
    return SubjectContext(inventory, topology, *services, containers_on, _port_clashes(inventory))


def _port_clashes(inventory: Inventory) -> dict[str, str]:
    """Return by service the first port that another service of its host publishes as well."""
    first: dict[tuple[str, int, str], tuple[str, Port]] = {}
    clashes: dict[str, str] = {}
    for name, service in inventory.services.items():
        if service.host is None or service.verified is False:
            continue
        for port in service.ports:
            if not port.published:
                continue
            for number in range(port.published, port.published + min(port.count, MAX_RANGE)):
                key = (service.host, number, port.protocol)
                other, there = first.setdefault(key, (name, port))
                if other != name and _overlap(port, there):
                    clashes.setdefault(name, f"{number}/{port.protocol} with {other}")
                    clashes.setdefault(other, f"{number}/{port.protocol} with {name}")
    return clashes


def _overlap(one: Port, two: Port) -> bool:
    """Return whether two ports of the same number are bound to the same address."""
    wide = (None, "", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
    return one.host_ip in wide or two.host_ip in wide or one.host_ip == two.host_ip

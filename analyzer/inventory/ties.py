"""What ties a service to others: dependencies, networks, links, secrets, what it moves with.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#depends_on
"""

from typing import Any, NamedTuple

from analyzer.inventory.fields import (
    Fault,
    Field,
    Reader,
    Record,
    Refused,
    expect_map,
    found,
    list_of,
    refuse,
)
from analyzer.inventory.model import Dependency, EdgeKind, Inferred
from analyzer.inventory.scalars import boolean, choice, name, name_fault, number, text
from analyzer.tree import COLUMN_BITS, Map, Seq

STARTED = "service_started"
_CONDITIONS = (STARTED, "service_healthy", "service_completed_successfully")
_ALSO = {
    "started": STARTED,
    "healthy": "service_healthy",
    "completed": "service_completed_successfully",
    "completed_successfully": "service_completed_successfully",
}
_MODES = frozenset({"host", "none", "bridge"})
_JOINS = ("service:", "container:", "ns:")
_ENGINE_MODES = ("pasta", "slirp4netns", "private")
ONLY_WITH = "only-with:"

_DEPENDENCY = Record(
    "a dependency",
    (
        Field("condition", "condition", choice(*_CONDITIONS, also=_ALSO), "What is waited for."),
        Field("kind", "kind", choice("hard", "soft"), "hard: does not work without it."),
        Field("why", "why", text, "Why it is needed."),
        Field("required", "required", boolean, "Compose's word; false means soft."),
    ),
    frozenset({"restart"}),
)


def _read_dependency(service: str, value: Any, mark: int) -> Dependency:
    fault = name_fault(service)
    if fault:
        refuse(*fault)
    long = {} if value is None else _DEPENDENCY.read(value)
    kind: EdgeKind = long.get("kind") or ("hard" if long.get("required", True) else "soft")
    line = mark >> COLUMN_BITS
    return Dependency(service, long.get("condition", STARTED), kind, long.get("why", ""), line)


class _Entry(NamedTuple):
    step: str
    service: Any
    value: Any
    mark: int


def _entries(value: Any) -> list[_Entry]:
    """Return the entries of either form, those of a mapping in order of name."""
    if type(value) is Map:
        marked = zip(value.items(), value.marks, strict=False)
        return sorted(_Entry("." + key, key, item, mark) for (key, item), mark in marked)
    if type(value) is not Seq:
        refuse(f"{found(value)} where a list of services is expected", "write it as [a, b]")
    marked_items = enumerate(zip(value, value.marks, strict=False))
    return [_Entry(f"[{at}]", item, None, mark) for at, (item, mark) in marked_items]


def _read_dependencies(value: Any) -> tuple[Dependency, ...]:
    faults: list[Fault] = []
    dependencies: dict[str, Dependency] = {}
    for step, service, item, mark in _entries(value):
        try:
            dependency = _read_dependency(name.read(service), item, mark)
        except Refused as refused:
            faults.extend(refused.below(step, mark))
        else:
            dependencies.setdefault(dependency.service, dependency)
    if faults:
        raise Refused(*faults)
    return tuple(dependencies.values())


_BECAUSE = {"type": "object", "additionalProperties": {"type": "string"}}


def _read_because(value: Any) -> tuple[tuple[str, str], ...]:
    """Return kind and text of each piece of evidence, sorted."""
    pieces = expect_map(value, "{environment: variable DB_HOST names it}")
    return tuple((kind, text.read(pieces[kind])) for kind in sorted(pieces))


_DEPENDENCY_SCHEMA = {**_DEPENDENCY.schema(), "type": ["object", "null"]}
dependencies = Reader(
    _read_dependencies,
    {
        "anyOf": [
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": _DEPENDENCY_SCHEMA},
        ]
    },
)
"""A list of services, or a mapping to ``{condition, kind, why}``."""

_INFERRED = Record(
    "an inferred dependency",
    (
        Field("kind", "kind", choice("hard", "soft"), "hard: does not work without it."),
        Field("confidence", "confidence", number(1, 100), "How sure, in percent."),
        Field("because", "evidence", Reader(_read_because, _BECAUSE), "What was seen, by kind."),
    ),
)


def _read_inferred(value: Any) -> tuple[Inferred, ...]:
    faults: list[Fault] = []
    found_edges = []
    for step, service, item, mark in _entries(expect_map(value, "{db: {confidence: 95}}")):
        try:
            edge = _INFERRED.read(item)
        except Refused as refused:
            faults.extend(refused.below(step, mark))
            continue
        confidence = int(edge.get("confidence", 0))
        kind: EdgeKind = edge.get("kind", "soft")
        because = edge.get("evidence", ())
        found_edges.append(Inferred(service, kind, confidence, because, mark >> COLUMN_BITS))
    if faults:
        raise Refused(*faults)
    return tuple(found_edges)


inferred = Reader(_read_inferred, {"type": "object", "additionalProperties": _INFERRED.schema()})
"""A mapping from a service to how it is known to be needed; written by imports."""

_NETWORK = Record(
    "a network of a service",
    (Field("aliases", "aliases", list_of(text), "Other names of the service there."),),
    frozenset(
        {
            "driver_opts",
            "gw_priority",
            "interface_name",
            "ipv4_address",
            "ipv6_address",
            "link_local_ips",
            "mac_address",
            "priority",
        }
    ),
)
_names = list_of(text)


def _read_networks(value: Any) -> dict[str, Any]:
    """Return ``networks`` and, when there are any, ``aliases``."""
    if type(value) is not Map:
        return {"networks": _names.read(value)}
    aliases: list[str] = []
    faults: list[Fault] = []
    for _, network, item, mark in _entries(value):
        try:
            aliases += _NETWORK.read(item).get("aliases", ()) if item is not None else ()
        except Refused as refused:
            faults.extend(refused.below("." + network, mark))
    if faults:
        raise Refused(*faults)
    updates: dict[str, Any] = {"networks": tuple(sorted(value))}
    return {**updates, "aliases": tuple(dict.fromkeys(aliases))} if aliases else updates


_NETWORK_SCHEMA = {**_NETWORK.schema(), "type": ["object", "null"]}
_NETWORKS_SCHEMA = [
    {"type": "array", "items": {"type": "string"}},
    {"type": "object", "additionalProperties": _NETWORK_SCHEMA},
]
networks = Reader(_read_networks, {"anyOf": _NETWORKS_SCHEMA})
"""Named networks: a list, or a mapping with aliases."""


def _read_mode(value: Any) -> dict[str, Any]:
    mode = text.read(value)
    if mode in _MODES:
        return {"network_mode": mode}
    if mode.startswith(_JOINS):
        if not mode.partition(":")[2]:
            refuse(f"{found(mode)} names nothing", "write it as service:NAME")
        return {"network_mode": mode}
    if mode.partition(":")[0] in _ENGINE_MODES:
        return {"network_mode": "bridge"}
    return {"networks": (mode,)}


network_mode = Reader(_read_mode, {"type": "string"})
"""``host``, ``none``, ``bridge``, ``service:NAME``, ``container:NAME`` or a network's name."""


def _read_network(value: Any) -> dict[str, Any]:
    return _read_mode(value) if isinstance(value, str) else _read_networks(value)


network = Reader(_read_network, {"anyOf": [{"type": "string"}, *_NETWORKS_SCHEMA]})
"""Either of the two above."""


def _read_migrate(value: Any) -> dict[str, str]:
    wish = text.read(value).strip()
    if wish.startswith(ONLY_WITH):
        partner = wish.removeprefix(ONLY_WITH).strip()
        if not partner:
            refuse(f"{found(wish)} names no service", "write it as only-with:SERVICE")
        return {"migrate": "only-with", "migrate_with": partner}
    if wish not in ("auto", "never"):
        refuse(f"{found(wish)} is no answer", "use auto, never or only-with:SERVICE")
    return {"migrate": wish}


migrate = Reader(_read_migrate, {"type": "string", "pattern": f"^(auto|never|{ONLY_WITH}.+)$"})
"""Whether it may move: ``auto``, ``never`` or ``only-with:SERVICE``."""

_SECRET = Record(
    "a secret",
    (Field("source", "source", text, "The secret's name."),),
    frozenset({"gid", "mode", "target", "uid"}),
)


def _read_secret(value: Any) -> str:
    if isinstance(value, str):
        return text.read(value)
    return str(_SECRET.read(value).get("source") or refuse("no 'source'", "name the secret"))


secrets = list_of(Reader(_read_secret, {"anyOf": [{"type": "string"}, _SECRET.schema()]}))
"""Names of secrets; their content is never read."""

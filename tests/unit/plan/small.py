"""Small estates by hand for the tests of footprint, effort, failover and plan."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache

import networkx as nx

from analyzer.facts.effort import service_hours
from analyzer.facts.footprint import footprints
from analyzer.facts.model import Facts, FoundFinding, ServicePins
from analyzer.graph.model import Edge, Group, Topology
from analyzer.inventory.model import Host, Inventory, Needs, Service, Source, Volume
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import Rulebook

HERE = Source("inventory.yaml", 1, 1)
GB, MB, MIB, GIB = 10**9, 10**6, 2**20, 2**30


@cache
def rulebook() -> Rulebook:
    return load_rulebook()


def host(name: str, **fields: object) -> Host:
    return Host(name, HERE, {}, **fields)  # type: ignore[arg-type]


def service(name: str, on: str | None = "a", **fields: object) -> Service:
    return Service(name, HERE, {}, host=on, **fields)  # type: ignore[arg-type]


def inventory(
    hosts: Iterable[Host],
    services: Iterable[Service] = (),
    volumes: Iterable[Volume] = (),
    **needs: object,
) -> Inventory:
    return Inventory(
        name="test",
        files=("inventory.yaml",),
        hosts={h.name: h for h in sorted(hosts)},
        services={s.name: s for s in sorted(services, key=lambda s: s.name)},
        volumes={v.name: v for v in sorted(volumes)},
        needs=Needs({}, **needs),  # type: ignore[arg-type]
        waivers=(),
    )


def edge(dependent: str, dependency: str, kind: str = "hard", **fields: object) -> Edge:
    confidence = fields.pop("confidence", 100)
    return Edge(dependent, dependency, kind, confidence, (), **fields)  # type: ignore[arg-type]


def topology(
    estate: Inventory, edges: Iterable[Edge] = (), together: Iterable[tuple[str, ...]] = ()
) -> Topology:
    joined = [tuple(sorted(members)) for members in together]
    inside = {name for members in joined for name in members}
    members = sorted(joined + [(name,) for name in estate.services if name not in inside])
    groups = tuple(Group(names[0], names, ()) for names in members)
    return Topology(
        digraph=nx.DiGraph(),
        edges=tuple(sorted(edges)),
        groups=groups,
        group_of={name: n for n, group in enumerate(groups) for name in group.members},
        cycles=(),
        single_points=(),
        bootstrap_cycles=(),
        cross_host=(),
        cross_site=(),
        cross_runtime=(),
    )


def pins(name: str, *kinds: str, unknown: bool = False) -> ServicePins:
    data_only = not set(kinds) - {"data"}
    return ServicePins(name, kinds, kinds, data_only, unknown, "fails-over")  # type: ignore[arg-type]


def facts(
    estate: Inventory,
    stateful: Mapping[str, bool | None] | None = None,
    roles: Mapping[str, str] | None = None,
    never: Iterable[str] = (),
    findings: tuple[FoundFinding, ...] = (),
) -> Facts:
    state: dict[str, bool | None] = dict.fromkeys(estate.services, False)
    state.update(stateful or {})
    part = dict.fromkeys(estate.services, "app")
    part.update(roles or {})
    stay = dict.fromkeys(sorted(never), ("stays",))
    return Facts(
        values={},
        pins={name: pins(name) for name in estate.services},
        stateful=state,
        roles=part,
        effort_hours=service_hours(estate, state, part, rulebook()),
        never=stay,
        footprint=footprints(estate, rulebook(), stay),
        checklist=(),
        findings=findings,
        expired_waivers=(),
        unknown=(),
    )


def many(count: int, on: str = "a", **fields: object) -> list[Service]:
    return [service(f"s{number:03d}", on, **fields) for number in range(count)]


HALF = Fraction(1, 2)

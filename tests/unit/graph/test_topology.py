"""The stage as a whole: a small real estate, and what holds for every estate."""

import random
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.export import to_dot, to_graphml, to_json_graph, to_mermaid
from analyzer.graph.model import Edge, Topology
from analyzer.inventory.model import Inventory, Port, Service
from tests.build import depends, host, inventory, service, topology_of

LIBRARY_TIE = 50
LIBRARY = ("/mnt/storage/files:/files", "/mnt/storage/media:/media")
"""As mounted by most media services of https://github.com/arsfeld/nixos, commit 21ca440."""


def placed(name: str, **fields: Any) -> Service:
    """Return a container on the host ``storage``."""
    return service(name, host="storage", runtime="podman", **fields)


def media_estate() -> Inventory:
    """Return a part of the estate behind the guide: media, a chat model, a game library."""
    own = {name: f"/var/data/{name}:/config" for name in ("plex", "radarr", "bazarr")}
    return inventory(
        host("storage", site="home"),
        host("cloud", site="provider"),
        *(placed(name, mounts=[folder, *LIBRARY]) for name, folder in own.items()),
        placed("transmission-openvpn", mounts=["/mnt/storage:/mnt/storage", *LIBRARY]),
        placed("n8n", networks=("ai",), env={"OLLAMA_HOST": "ollama:11434", "N8N_HOST": "x.org"}),
        placed("ollama", networks=("ai",), ports=(Port(11434, None, 1, "tcp", None),)),
        placed("qdrant", networks=("ai",), image="qdrant/qdrant"),
        placed(
            "romm",
            extra_hosts=("host.docker.internal:host-gateway",),
            env={"DB_HOST": "host.docker.internal", "DB_PORT": "3306", "DB_NAME": "romm"},
        ),
        service("mariadb", host="storage", runtime="systemd"),
        service("uptime", host="cloud", runtime="podman", needs=["plex"]),
    )


def by_pair(edges: Iterable[Edge]) -> dict[tuple[str, str], Edge]:
    """Return edges by their ends."""
    return {(edge.dependent, edge.dependency): edge for edge in edges}


def test_a_real_estate() -> None:
    topology = topology_of(media_estate())
    edges = by_pair(topology.edges)
    assert (edges["n8n", "ollama"].kind, edges["n8n", "ollama"].confidence) == ("soft", 95)
    assert edges["n8n", "qdrant"].confidence == 25
    assert (edges["romm", "mariadb"].kind, edges["romm", "mariadb"].confidence) == ("hard", 85)
    assert edges["romm", "mariadb"].evidence[0].kind == "host-gateway"
    ties = [edge for edge in topology.edges if edge.symmetric and edge.confidence == LIBRARY_TIE]
    assert [(e.dependent, e.dependency) for e in ties] == [
        ("bazarr", "transmission-openvpn"),
        ("plex", "transmission-openvpn"),
        ("radarr", "transmission-openvpn"),
    ]
    assert [len(group.members) for group in topology.groups] == [1] * 10
    assert list(by_pair(topology.cross_site)) == [("uptime", "plex")]
    assert topology.cross_site == topology.cross_host
    assert list(by_pair(topology.cross_runtime)) == [("romm", "mariadb")]
    assert (topology.cycles, topology.bootstrap_cycles, topology.single_points) == ((), (), ())


def test_nothing_is_an_estate_too() -> None:
    topology = topology_of(inventory(host("lonely")))
    assert (topology.edges, topology.groups, len(topology.digraph)) == ((), (), 0)


def test_the_digraph_holds_the_edges() -> None:
    topology = topology_of(media_estate())
    held = {(u, v): data["edge"] for u, v, data in topology.digraph.edges(data=True)}
    assert held == by_pair(topology.edges)
    assert list(topology.digraph) == sorted(media_estate().services)


NAMES = ("app", "db", "web", "cache", "app-worker", "x")
CANARY = "c4n4ry"


@st.composite
def estates(draw: st.DrawFn) -> Inventory:
    """Return a small estate with every kind of evidence."""
    services = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        others = st.sampled_from(NAMES)
        values = st.one_of(
            others,
            others.map(lambda other: f"postgres://{CANARY}:{CANARY}@{other}:5432/{CANARY}"),
            others.map(lambda other: f"{other}:6379"),
            st.just(f"host.containers.internal:{8080}/{CANARY}"),
            st.just(CANARY),
        )
        variables = st.sampled_from(["DB_URL", "DB_HOST", "POSTGRES_USER", "THING", "CANARY_URL"])
        folders = st.sampled_from(["/srv/x:/x", "/srv/x/y:/x:ro", "/mnt/media:/m", "vol:/v"])
        services.append(
            service(
                name,
                host=draw(st.sampled_from([None, "one", "two"])),
                runtime=draw(st.sampled_from([None, "podman", "systemd", "external"])),
                image=draw(st.sampled_from([None, "postgres", "traefik", "x/app:1"])),
                env=draw(st.dictionaries(variables, values, max_size=3)),
                command=tuple(draw(st.lists(values, max_size=2))),
                mounts=draw(st.lists(folders, max_size=2)),
                ports=(Port(80, 8080, 1, "tcp", None),) * draw(st.integers(0, 1)),
                networks=tuple(draw(st.sets(st.sampled_from(["back", "front"])))),
                labels=draw(st.sampled_from([{}, {"traefik.enable": "true"}])),
                depends_on=tuple(
                    depends(other, draw(st.sampled_from(["hard", "soft"])))
                    for other in sorted(draw(st.sets(others, max_size=2)))
                ),
                not_depends_on=tuple(sorted(draw(st.sets(others, max_size=1)))),
                network_mode=draw(st.sampled_from([None, None, "host", "service:db"])),
            )
        )
    machines = (host("one", depends_on=(depends("db"),)), host("two", depends_on=(depends("x"),)))
    return inventory(*machines, *services)


def plain(topology: Topology) -> dict[str, Any]:
    """Return a topology without its digraph, for comparison."""
    return topology._replace(digraph=None)._asdict()  # type: ignore[arg-type]


@given(estates(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(estate: Inventory, chance: random.Random) -> None:
    def shuffled(mapping: Any) -> Any:
        keys = list(mapping)
        chance.shuffle(keys)
        return {key: mapping[key] for key in keys}

    other = estate._replace(services=shuffled(estate.services), hosts=shuffled(estate.hosts))
    one, two = topology_of(estate), topology_of(other)
    assert plain(one) == plain(two)
    assert list(one.digraph.edges) == list(two.digraph.edges)
    assert to_mermaid(estate, one) == to_mermaid(other, two)


@given(estates())
def test_what_holds_for_every_estate(estate: Inventory) -> None:
    topology = topology_of(estate)
    edges = by_pair(topology.edges)
    assert sorted(m for g in topology.groups for m in g.members) == sorted(estate.services)
    assert len(edges) == len(topology.edges)
    assert sorted(edges) == [(e.dependent, e.dependency) for e in topology.edges]
    for edge in topology.edges:
        assert edge.dependent != edge.dependency
        assert 0 < edge.confidence <= 100
        assert edge.evidence
        assert not (edge.symmetric and (edge.dependency, edge.dependent) in edges)
    for name, owner in estate.services.items():
        for dependency in owner.depends_on:
            if dependency.service in estate.services and dependency.service != name:
                declared = edges[name, dependency.service]
                assert (declared.kind, declared.confidence) == (dependency.kind, 100)
        for dismissed in owner.not_depends_on:
            if (name, dismissed) in edges:
                kinds = {e.kind for e in edges[name, dismissed].evidence}
                assert kinds & {"declared", "network-namespace"}


@given(estates())
def test_no_value_of_a_variable_comes_out(estate: Inventory) -> None:
    topology = topology_of(estate)
    for text in (
        repr(topology.edges) + repr(topology.groups) + repr(topology.cycles),
        to_mermaid(estate, topology),
        to_dot(estate, topology),
        to_graphml(estate, topology),
        repr(to_json_graph(topology)),
    ):
        assert CANARY not in text

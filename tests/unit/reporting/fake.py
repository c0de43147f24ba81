"""A small assessment made by hand, with something in every part of a report."""

from fractions import Fraction

import networkx as nx

from analyzer.assessment import Assessment, Settings
from analyzer.decision.model import (
    Confidence,
    Contribution,
    Decision,
    Flip,
    FlipSet,
    GateResult,
    OptionResult,
    Robustness,
    Unknown,
    WeightFlip,
)
from analyzer.facts.model import (
    Check,
    Fact,
    Facts,
    FoundFinding,
    HostFootprint,
    ServicePins,
)
from analyzer.graph.model import (
    BootstrapCycle,
    Cycle,
    Edge,
    Evidence,
    Group,
    GroupReason,
    SinglePoint,
    Topology,
)
from analyzer.inventory.model import Host, Inventory, Needs, Service, Source
from analyzer.plan.model import (
    Exposure,
    HostMemory,
    Improvement,
    Mirror,
    Never,
    Plan,
    Procedure,
    Step,
    Wave,
)
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import OPTIONS, Citation, Comparison, Finding

RULEBOOK = load_rulebook()
MB = 10**6
GIB = 2**30


def assessment(web="web", db="db", host="box", text="a sentence", name="home") -> Assessment:
    """Return an assessment whose names and sentences are the ones given."""
    place = Source("inventory.yaml", 7, 3)
    return Assessment(
        inventory=_inventory(web, db, host, name, place),
        rulebook=RULEBOOK,
        settings=Settings(what_if=(f"hosts.{host}.memory=8GiB",), weights=(("learning", 0),)),
        topology=_topology(web, db, text, place),
        facts=_facts(web, db, host, text, place),
        decision=_decision(host, text),
        plan=_plan(web, db, host, text, place),
    )


def _inventory(web, db, host, name, place) -> Inventory:
    services = {
        web: Service(web, place, {}, host=host, runtime="podman"),
        db: Service(db, place, {}, host=host, runtime="podman"),
    }
    needs = Needs({}, hours_per_week=Fraction(5))
    hosts = {host: Host(host, place, {}, site="attic")}
    return Inventory(name, ("inventory.yaml",), hosts, services, {}, needs, ())


def _topology(web, db, text, place) -> Topology:
    evidence = Evidence("environment", f"{text} DB_URL", place)
    edge = Edge(web, db, "hard", 90, (evidence,))
    back = Edge(db, web, "soft", 60, (evidence,))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from([db, web])
    graph.add_edge(web, db, edge=edge)
    graph.add_edge(db, web, edge=back)
    return Topology(
        digraph=graph,
        edges=(back, edge),
        groups=(Group(db, (db, web), (GroupReason(db, web, "cycle", text, place),)),),
        group_of={db: 0, web: 0},
        cycles=(Cycle((db, web, db), back),),
        single_points=(SinglePoint(db, 3),),
        bootstrap_cycles=(BootstrapCycle(("host box", f"service {web}", "host box"), (web,)),),
        cross_host=(edge,),
        cross_site=(edge,),
        cross_runtime=(),
    )


def _finding(identifier, severity, scope) -> Finding:
    return Finding(
        id=identifier,
        scope=scope,
        title="No health check",
        severity=severity,
        matters_to=OPTIONS,
        when=Comparison("service.healthcheck.declared", "equals", "no"),
        says="{subject} has no health check.",
        reason="Nothing notices when it hangs.",
        remedy="Add a healthcheck.",
        hours=Fraction(1, 4),
        sources=(Citation("", "https://docs.podman.io/", "it has them", "2026-11-23"),),
        source=Source("rules/findings/x.yaml", 1, 1),
    )


def _facts(web, db, host, text, place) -> Facts:
    check = _finding("no-healthcheck", "medium", "service")
    estate = _finding("two-servers", "high", "estate")
    footprint = HostFootprint(
        host=host,
        role="server",
        pods=2,
        k3s_bytes=(512 * MB, 1000 * MB, 1600 * MB),
        pods_bytes=(10 * MB, 22 * MB, 28 * MB),
        podman_bytes=(4 * MB, 4 * MB, 4 * MB),
        guide_bytes=612 * MB,
        memory_bytes=16 * GIB,
        free_bytes=4 * GIB,
        share_of_free=Fraction(1022 * MB, 4 * GIB),
        meets_minimum=True,
        over_pod_limit=False,
    )
    second = footprint._replace(
        host=f"{host}2", role="none", pods=0, free_bytes=None, share_of_free=None
    )
    pins = ServicePins(db, ("data",), (text,), True, False, "does-not-survive")
    return Facts(
        values={
            "hosts.count": Fact("hosts.count", 1, "hosts", text, (place,)),
            "hosts.planned": Fact("hosts.planned", None, "hosts", text, (), 1, 9),
        },
        pins={db: pins, web: ServicePins(web, (), (), False, True, "fails-over")},
        stateful={db: True, web: None},
        roles={db: "database"},
        effort_hours={db: Fraction(24, 10), web: Fraction(16, 10)},
        never={web: (text,)},
        footprint=(footprint, second),
        checklist=(
            Check("C1", "Three servers", False, text),
            Check("C2", "Replicated storage", None, text),
            Check("C3", "One site", True, text),
        ),
        findings=(
            FoundFinding(estate, "", text, place, None),
            FoundFinding(check, db, text, place, None),
            FoundFinding(check, web, text, place, f"accepted {text}"),
        ),
        expired_waivers=(text,),
        unknown=(RULEBOOK.questions["needs.failover"],),
    )


def _decision(host, text) -> Decision:
    names = sorted(RULEBOOK.criteria)[:3]
    signs = (Fraction(-1, 2), Fraction(-1, 4), Fraction(1, 8))
    contributions = tuple(
        Contribution(
            criterion=RULEBOOK.criteria[name],
            weight=3,
            known=True,
            evidence=sign,
            testing_first=Fraction(0),
            scores={"incremental": sign, "enhanced-podman": -sign, "test-cluster": -sign / 2},
            text=text,
        )
        for name, sign in zip(names, signs, strict=True)
    )
    gate = RULEBOOK.gates["failover-needs-quorum"]
    flip = Flip("needs.planned_hosts", 2, 4, "incremental", "2", text, text)
    return Decision(
        recommended="enhanced-podman",
        verdict="leaning",
        verdict_reason=text,
        feasible=True,
        unconstrained="enhanced-podman",
        opening="",
        options=(
            OptionResult(
                "enhanced-podman",
                Fraction(5, 8),
                Fraction(1, 2),
                Fraction(3, 4),
                Fraction(39, 40),
                (),
                (),
            ),
            OptionResult(
                "test-cluster",
                Fraction(5, 16),
                Fraction(1, 4),
                Fraction(3, 8),
                Fraction(1, 40),
                (),
                (gate.id,),
            ),
            OptionResult(
                "incremental",
                Fraction(-5, 8),
                Fraction(-3, 4),
                Fraction(-1, 2),
                Fraction(0),
                (gate.id,),
                (),
            ),
        ),
        contributions=contributions,
        gates=(GateResult(gate, "tripped", text, text),),
        flips=(flip,),
        flip_sets=(FlipSet((flip, flip._replace(input=f"hosts.{host}.memory")), "test-cluster"),),
        weight_flips=(WeightFlip("learning", 4, Fraction(19, 2), "test-cluster"),),
        robustness=Robustness(Fraction(61, 100), "test-cluster", Fraction(4, 5), Fraction(9, 10)),
        confidence=Confidence(4, Fraction(39, 40), 17, 20, Fraction(92, 100)),
        unknowns=(
            Unknown(
                "needs.failover",
                text,
                "needs.failover: none | wanted | required",
                text,
                Fraction(1, 3),
                True,
            ),
        ),
        profile="homelab",
    )


def _plan(web, db, host, text, place) -> Plan:
    memory = HostMemory(host, 16 * GIB, 13 * GIB, 12 * GIB, True)
    wave = Wave(
        1, "pilot", (db,), (db, web), Fraction(4), Fraction(4, 5), 7, (memory,), True, (db,)
    )
    return Plan(
        waves=(wave,),
        never=(Never(web, (text, text), place),),
        exposure=Exposure(159, 157, False, 201, 150),
        preparation_hours=Fraction(120),
        total_hours=Fraction(124),
        calendar_weeks=Fraction(124, 5),
        improvements=(
            Improvement("no-healthcheck", text, text, (db, web), Fraction(1, 2), Fraction(8)),
            Improvement("backup", text, text, (), Fraction(3), Fraction(1)),
        ),
        improvement_hours=Fraction(7, 2),
        mirrors=(Mirror(web, text),),
        measurements=(text,),
        test_host=host,
        class_of={db: "stateful", web: "pilot"},
        procedures=(Procedure("pilot", (text,), (Step(text, text),), text),),
    )

"""Findings as a whole: order, waivers, texts and what custom rules may ask."""

import pytest

from analyzer.errors import RulesError
from analyzer.facts.findings import AT_ONCE, find, finding_problems
from analyzer.facts.per_service import service_facts
from analyzer.inventory.model import Port, Source, Waiver
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import SEVERITIES, Comparison
from tests import build
from tests.build import topology_of

RULEBOOK = load_rulebook()
PLACE = Source("inventory.yaml", 40, 3)


def found(*records, rulebook=RULEBOOK, waivers=(), today="", needs=None):
    estate = build.inventory(*records, waivers=waivers, needs=needs)
    topology = topology_of(estate)
    return find(estate, topology, rulebook, service_facts(estate, topology, rulebook), today)


def estate():
    return [
        build.host("h", disk="sd", memory="1GiB"),
        build.host("i", disk="nvme", memory="8GiB"),
        build.service("web", host="h", image="nginx:latest", lines={"image": 7}),
        build.service(
            "db", host="h", image="postgres:16", ports=(Port(5432, 5432, 1, "tcp", None),)
        ),
        build.service(
            "ha", host="i", image="unheard/of:1", privileged=True, env={"X_TOKEN": "t0p"}
        ),
    ]


def test_gravest_first_then_by_finding_and_subject():
    first = found(*estate()).findings
    keys = [(SEVERITIES.index(f.finding.severity), f.finding.id, f.subject) for f in first]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys) > 10


def test_more_subjects_than_are_looked_at_together_are_all_found_in_order():
    services = [build.service(f"s{n:04}", image="a:1") for n in range(2 * AT_ONCE + 1)]
    checks = [
        f.subject
        for f in found(build.host("h"), *services).findings
        if f.finding.id == "no-health-check"
    ]
    assert checks == [service.name for service in services]


def test_the_place_is_the_line_that_gives_rise_to_it_else_the_entry():
    places = {(f.finding.id, f.subject): f.source for f in found(*estate()).findings}
    assert places["image-not-pinned", "web"] == Source(build.FILE, 7, 1)
    assert places["no-health-check", "web"] == build.SOURCE


def test_no_text_holds_an_environments_value():
    texts = repr(found(*estate()))
    assert "X_TOKEN" in texts
    assert "t0p" not in texts


def test_a_waiver_of_one_subject_or_of_all_gives_its_reason():
    waivers = [
        Waiver("no-health-check", "web", "static page", "2027-01-01", PLACE),
        Waiver("no-memory-limit", None, "plenty of memory", "2027-01-01", PLACE),
    ]
    reasons = {
        (f.finding.id, f.subject): f.waived for f in found(*estate(), waivers=waivers).findings
    }
    assert reasons["no-health-check", "web"] == "static page"
    assert reasons["no-health-check", "db"] is None
    assert {reasons["no-memory-limit", name] for name in ("db", "ha", "web")} == {
        "plenty of memory"
    }


@pytest.mark.parametrize(
    ("today", "waived"),
    [("", True), ("2026-12-31", True), ("2027-01-01", True), ("2027-01-02", False)],
)
def test_a_waiver_ends_after_its_last_day_and_never_without_a_clock(today, waived):
    waiver = Waiver("no-health-check", "web", "later", "2027-01-01", PLACE)
    result = found(*estate(), waivers=[waiver], today=today)
    (web,) = (
        f for f in result.findings if (f.finding.id, f.subject) == ("no-health-check", "web")
    )
    assert (web.waived is not None) is waived
    assert bool(result.expired_waivers) is not waived


def test_waivers_of_nothing_there_is_are_said_to_have_no_effect():
    waivers = [
        Waiver("no-such-thing", None, "r", "2027-01-01", PLACE),
        Waiver("no-health-check", "gone", "r", "2027-01-01", PLACE),
        Waiver("two-servers", "test", "r", "2027-01-01", PLACE),
    ]
    assert found(*estate(), waivers=waivers).expired_waivers == (
        "no-health-check of gone: there is no such service or host (inventory.yaml:40)",
        "no-such-thing: there is no such finding (inventory.yaml:40)",
    )


def test_an_estates_finding_stands_where_the_need_is_stated():
    needs = build.wishes(planned_hosts=2, failover="required")
    (pair,) = (f for f in found(*estate(), needs=needs).findings if f.finding.id == "two-servers")
    assert (pair.subject, pair.source) == ("test", build.SOURCE)


def changed(**fields):
    finding = RULEBOOK.findings["no-health-check"]._replace(**fields)
    return RULEBOOK._replace(findings={finding.id: finding})


@pytest.mark.parametrize(
    ("fields", "path", "what"),
    [
        ({"when": Comparison("service.helthcheck", "equals", "none")}, "when", "no service has"),
        ({"when": Comparison("host.memory", "above", 1)}, "when", "no service has a fact"),
        ({"when": Comparison("service.healthcheck", "equals", "missing")}, "when", "compared"),
        ({"when": Comparison("service.healthcheck", "above", "none")}, "when", "compared"),
        ({"when": Comparison("service.healthcheck", "one_of", "none")}, "when", "compared"),
        ({"when": Comparison("service.replicas", "above", "one")}, "when", "compared"),
        ({"when": Comparison("service.plain_secret_names", "equals", "x")}, "when", "compared"),
        ({"says": "{service.nothing} of {subject}"}, "says", "no service has a fact"),
    ],
)
def test_a_finding_that_asks_for_what_does_not_exist_is_refused(fields, path, what):
    rulebook = changed(**fields)
    (problem,) = finding_problems(rulebook)
    assert (problem.path, what in problem.what, bool(problem.remedy)) == (path, True, True)
    with pytest.raises(RulesError):
        found(*estate(), rulebook=rulebook)


def test_the_shipped_findings_ask_for_what_exists():
    assert finding_problems(RULEBOOK) == ()


def test_a_sentence_names_its_subject_and_facts():
    rulebook = changed(says="{subject}: {service.plain_secrets} secret(s), {service.role}")
    texts = {f.subject: f.text for f in found(*estate(), rulebook=rulebook).findings}
    assert texts == {
        "db": "db: 0 secret(s), database",
        "ha": "ha: 1 secret(s), app",
        "web": "web: 0 secret(s), web",
    }

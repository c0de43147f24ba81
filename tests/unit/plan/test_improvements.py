from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.model import FoundFinding
from analyzer.plan.improvements import improvement_hours, improvements
from analyzer.rulebook.model import Comparison, Finding
from tests.unit.plan.small import HERE, host, inventory, rulebook, service

ESTATE = inventory([host("a")], [service("db", criticality="high"), service("web"), service("x")])
NEVER = Comparison("", "equals", 0)


def rule(identifier, severity="low", hours=1, **others):
    return Finding(
        id=identifier,
        scope=others.get("scope", "service"),
        title=f"Title of {identifier}",
        severity=severity,
        matters_to=others.get("matters_to", ()),
        when=NEVER,
        says="",
        reason="",
        remedy=f"Mend {identifier}",
        hours=Fraction(hours),
        sources=(),
        source=HERE,
        protects=others.get("protects", "upkeep"),
    )


def found(finding, *subjects, waived=None):
    return [FoundFinding(finding, subject, "", HERE, waived) for subject in subjects]


def ordered(*findings):
    return improvements([item for some in findings for item in some], ESTATE, rulebook())


def test_one_piece_of_work_for_all_subjects_of_a_finding():
    """Two subjects, one critical: benefit 4 x (2 + 1), hours 2 x 0.5."""
    check = rule("healthcheck-missing", "medium", Fraction(1, 2))
    (work,) = ordered(found(check, "web", "db"))
    assert work.services == ("db", "web")
    assert (work.title, work.text) == ("Title of healthcheck-missing", "Mend healthcheck-missing")
    assert (work.hours, work.benefit) == (1, 12)


def test_among_equals_most_benefit_for_an_hour_comes_first():
    work = ordered(
        found(rule("slow", "low", 16), "web"),  # 2 / 16
        found(rule("quick", "low", 1), "web"),  # 2 / 1
        found(rule("free", "low", 0), "web"),
        found(rule("grave", "high", 32), "web"),  # 8 / 32, and more severe
    )
    assert [item.id for item in work] == ["grave", "free", "quick", "slow"]
    assert improvement_hours(work) == 49


def test_what_cannot_be_had_back_comes_before_what_is_quick():
    work = ordered(
        found(rule("tag", "high", 0), "web", "db", "x"),
        found(rule("check", "high", Fraction(1, 8), protects="uptime"), "web", "db"),
        found(rule("port", "high", 1, protects="access"), "web"),
        found(rule("backup", "low", 40, protects="data"), "web"),
    )
    assert [item.id for item in work] == ["backup", "port", "check", "tag"]


def test_the_estate_is_no_service():
    assert ordered(found(rule("a", scope="estate"), ""))[0].services == ()


def test_waived_findings_and_those_about_moving_are_no_work():
    assert ordered(found(rule("a"), "web", waived="we know"), ()) == ()
    assert ordered(found(rule("b", matters_to=("incremental",)), "web")) == ()
    assert (
        len(ordered(found(rule("c", matters_to=("incremental", "enhanced-podman")), "web"))) == 1
    )


def test_a_host_is_not_critical_for_sharing_a_services_name():
    assert ordered(found(rule("a", scope="host"), "db"))[0].benefit == 2
    assert ordered(found(rule("a", scope="service"), "db"))[0].benefit == 4


@given(st.permutations(["db", "web", "x"]), st.permutations([0, 1, 2]))
def test_the_order_of_findings_changes_nothing(subjects, turn):
    rules = [rule("a", "high"), rule("b", "low"), rule("c", "medium", 3)]
    found_all = [item for n in turn for item in found(rules[n], *subjects)]
    assert improvements(found_all, ESTATE, rulebook()) == ordered(
        *(found(r, "db", "web", "x") for r in rules)
    )

from fractions import Fraction

import pytest

from analyzer.reporting.answer import answer, survives
from analyzer.reporting.costs import costs
from analyzer.reporting.wording import headline, stars
from analyzer.rulebook.model import Figure
from tests.unit.reporting.fake import assessment


def decided(**changes):
    whole = assessment()
    return whole._replace(decision=whole.decision._replace(**changes))


@pytest.mark.parametrize(
    ("option", "verdict", "words"),
    [
        ("enhanced-podman", "clear", "stay on Podman and improve it"),
        ("incremental", "leaning", "probably move to Kubernetes, service by service"),
        (
            "test-cluster",
            "too-close-to-call",
            "too close to call; slightly ahead: build a test cluster beside production first",
        ),
    ],
)
def test_the_headline_carries_the_doubt(option, verdict, words):
    assert headline(decided(recommended=option, verdict=verdict)) == words


def test_the_headline_names_what_runs_today():
    whole = decided(verdict="clear")
    docker = {
        name: service._replace(runtime="docker")
        for name, service in whole.inventory.services.items()
    }
    inventory = whole.inventory._replace(services=docker)
    assert headline(whole._replace(inventory=inventory)) == "stay on Docker and improve it"
    needs = whole.inventory.needs._replace(leaving_kubernetes=True)
    inventory = whole.inventory._replace(needs=needs)
    assert headline(whole._replace(inventory=inventory)) == "leave Kubernetes for Podman"


@pytest.mark.parametrize(
    ("radius", "words"),
    [
        (Fraction(61, 100), "up to ±61 %"),
        (Fraction(619, 1000), "up to ±61 %"),
        (Fraction(1), "any change"),
        (Fraction(1, 1000), "less than 1 %"),
    ],
)
def test_robustness_is_never_rounded_up(radius, words):
    robustness = assessment().decision.robustness._replace(weight_radius=radius)
    assert words in survives(decided(robustness=robustness))


def test_reasons_are_the_strongest_first_and_both_ways():
    weights = [reason.weight for reason in answer(assessment()).reasons]
    assert weights == [Fraction(1, 2), Fraction(1, 4), Fraction(-1, 8)]


def test_a_reason_that_is_not_known_is_none():
    items = tuple(item._replace(known=False) for item in assessment().decision.contributions)
    assert answer(decided(contributions=items)).reasons == ()


def test_failover_that_is_wanted_and_cannot_be_had_is_said():
    whole = assessment()
    failover = whole.rulebook.criteria["failover"]
    idle = whole.decision.contributions[0]._replace(
        criterion=failover,
        scores=dict.fromkeys(("incremental", "test-cluster", "enhanced-podman"), Fraction(0)),
        text="wanted, not to be had",
    )
    fact = whole.facts.values["hosts.count"]._replace(name="needs.failover", value="wanted")
    facts = whole.facts._replace(values={"needs.failover": fact})
    whole = decided(contributions=(idle,))._replace(facts=facts)
    assert [reason.text for reason in answer(whole).reasons] == ["wanted, not to be had"]
    unwanted = facts._replace(values={"needs.failover": fact._replace(value="none")})
    assert answer(whole._replace(facts=unwanted)).reasons == ()


@pytest.mark.parametrize(
    ("option", "titles"),
    [
        ("enhanced-podman", ["a sentence, db, web", "a sentence"]),
        ("incremental", ["Prepare", "Wave 1", "a sentence, db, web"]),
        ("test-cluster", ["Build a single-server K3s", "Mirror", "a sentence, db, web"]),
    ],
)
def test_what_to_do_first_follows_the_option(option, titles):
    assert [thing.title for thing in answer(decided(recommended=option)).first] == titles


def test_costs_show_measured_and_documented_side_by_side():
    found = costs(assessment(), 9)
    box = next(host for host in found.hosts if host.host == "box")
    assert (box.added, box.guide, box.share) == ("498 MiB to 1.5 GiB", "584 MiB", "24 %")
    out = next(host for host in found.hosts if host.host == "box2")
    assert (out.added, out.guide) == ("nothing", "nothing")
    assert found.total.added == box.added
    assert "= 3,268 MB, and its total says about 1,000 MB" in found.contradiction
    assert "124 h (120 h of it preparation), 25 weeks (6 months) at 5 h a week" in found.effort


def test_the_guides_phases_take_longer_than_its_headline():
    """1 + 1 + (2 to 3) + 1 weeks."""
    weeks = {"preparation": (1, 1), "infrastructure": (1, 1), "migration": (2, 3)}
    weeks |= {"optimisation": (1, 1), "headline": (4, 6)}
    given = assessment()
    figures = {
        f"guide.{name}": Figure(name, Fraction(low), Fraction(low), Fraction(high), "weeks", ())
        for name, (low, high) in weeks.items()
    }
    rules = given.rulebook._replace(figures={**given.rulebook.figures, **figures})
    said = costs(given._replace(rulebook=rules), 9).contradiction
    assert said.endswith("; its phases take 5 to 6 weeks of work, and its headline says 4 to 6")


def test_stars_are_always_five():
    assert [stars(number) for number in (1, 5)] == ["★☆☆☆☆", "★★★★★"]

"""Every criterion against small inventories, with the evidence that it gives, worked out by hand.

``tests/criteria/<id>/holds*.yaml`` speak for Kubernetes, or for testing first and not against
Kubernetes; ``fails*.yaml`` speak against it or not at all; in ``unknown*.yaml`` something is open.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from analyzer import yamlfile
from analyzer.decision.deciding import decide
from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook

FOLDER = Path(__file__).parent / "criteria"
RULEBOOK = load_rulebook()
CASES = sorted(FOLDER.glob("*/*.yaml"))
AXES = ("for_kubernetes", "for_testing_first")
by_criterion = pytest.mark.parametrize("criterion", sorted(RULEBOOK.criteria))


def name_of(case):
    return case.stem.partition("-")[0]


def stated(case):
    """Return the evidence on both axes that a case expects; None where something is open."""
    tree, problems = yamlfile.parse(case.read_bytes(), case.name)
    assert not problems
    evidence = tree.get("x-evidence")
    return evidence and tuple(Fraction(evidence[axis]) for axis in AXES)


def contribution(case):
    inventory = load_inventory([str(case)])
    facts = gather(inventory, build_topology(inventory, RuleImages(RULEBOOK)), RULEBOOK)
    (found,) = decide(facts, RULEBOOK, {case.parent.name: 1}, "test").contributions
    return found


def holds(b, t):
    return b > 0 or (b == 0 and t > 0)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_evidence_is_what_the_case_expects(case):
    found = contribution(case)
    assert found.known == (name_of(case) != "unknown")
    assert found.known == (stated(case) is not None)
    if found.known:
        assert (found.evidence, found.testing_first) == stated(case)
        assert (name_of(case) == "holds") == holds(found.evidence, found.testing_first)
        assert "not known" not in found.text
    else:
        assert found.text == f"Open: {found.criterion.question}"
    assert "{" not in found.text


def reachable(criterion):
    """Return the evidence on both axes at every level and corner of a criterion's scales."""
    scales = (criterion.for_kubernetes, criterion.for_testing_first)
    assert len({scale.fact for scale in scales if scale}) == 1
    inputs = {value for scale in scales if scale for value in scale.levels}
    inputs |= {value for scale in scales if scale for value, _ in scale.points}
    return {
        tuple(scale.at(value) if scale else Fraction(0) for scale in scales) for value in inputs
    }


@by_criterion
def test_every_criterion_has_cases_of_every_kind_it_can_come_to(criterion):
    own = {name_of(case) for case in CASES if case.parent.name == criterion}
    possible = reachable(RULEBOOK.criteria[criterion])
    wanted = {"holds" if holds(b, t) else "fails" for b, t in possible}
    assert own == {"unknown", *wanted}


@by_criterion
def test_both_ends_of_every_axis_are_covered(criterion):
    evidence = [stated(case) for case in CASES if case.parent.name == criterion]
    covered = [pair for pair in evidence if pair is not None]
    for axis in range(len(AXES)):
        ends = [pair[axis] for pair in reachable(RULEBOOK.criteria[criterion])]
        assert {min(ends), max(ends)} <= {pair[axis] for pair in covered}


def test_no_case_is_of_a_criterion_that_is_gone():
    assert {case.parent.name for case in CASES} == set(RULEBOOK.criteria)


@pytest.mark.parametrize("criterion", RULEBOOK.criteria.values(), ids=lambda one: one.id)
def test_every_criterion_says_why_what_to_do_and_on_whose_word(criterion):
    assert criterion.group == Path(criterion.source.file).parent.name
    assert criterion.speaks_for
    assert criterion.speaks_against
    assert criterion.reason
    assert criterion.remedy
    assert criterion.question.endswith("?")
    assert criterion.sources
    assert all(source.read for source in criterion.sources if source.url)
    assert all(profile.weights.get(criterion.id) for profile in RULEBOOK.profiles.values())

import re

import pytest

from analyzer.reporting.catalogue import catalogue, identifiers, section
from analyzer.reporting.rules_list import rules_list
from tests.unit.reporting.fake import RULEBOOK


def test_every_rule_has_its_section_and_every_link_a_heading():
    page = catalogue(RULEBOOK)
    headings = re.findall(r"^### (.*)$", page, re.MULTILINE)
    kinds = ("criteria", "gates", "findings", "questions", "figures")
    assert sorted(headings) == sorted(name for kind in kinds for name in getattr(RULEBOOK, kind))
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= set(headings)


def test_every_source_is_named():
    page = catalogue(RULEBOOK)
    for criterion in RULEBOOK.criteria.values():
        for source in criterion.sources:
            assert (f"<{source.url}>" if source.url else source.guide) in page


def test_a_criterion_shows_question_weights_scale_and_reason():
    text = section(RULEBOOK, "scale-out")
    criterion = RULEBOOK.criteria["scale-out"]
    assert criterion.question in text
    assert f"homelab {RULEBOOK.profiles['homelab'].weights['scale-out']}" in text
    points = criterion.for_kubernetes.points
    assert f"| for Kubernetes: `hosts.planned` | {' | '.join(str(x) for x, _ in points)} |" in text
    assert criterion.reason in text


def test_a_gate_shows_when_it_trips_in_words():
    text = section(RULEBOOK, "failover-needs-quorum")
    assert "- When: `failover.required` is yes and `failover.servers` below 3\n" in text


def test_a_question_shows_the_shares_that_are_assumed():
    text = section(RULEBOOK, "needs.failover")
    assert "- Assumed until answered: none (75 %), wanted (20 %), required (5 %)\n" in text


def test_what_is_no_rule_has_no_section():
    assert section(RULEBOOK, "nothing") is None


@pytest.mark.parametrize("name", identifiers(RULEBOOK)[::10])
def test_every_rule_can_be_shown(name):
    assert name in section(RULEBOOK, name)


def test_the_list_has_a_line_for_every_rule():
    first_words = {line.split(" ")[0] for line in rules_list(RULEBOOK).splitlines()}
    for kind in (RULEBOOK.criteria, RULEBOOK.gates, RULEBOOK.findings, RULEBOOK.profiles):
        assert set(kind) <= first_words

"""Every finding against small inventories; the file's name says what it expects.

``tests/findings/<id>/holds*.yaml``, ``fails*.yaml`` and ``unknown*.yaml``. The service or host in
question is called ``subject``; for the estate's own findings it is the whole file.
"""

from pathlib import Path

import pytest

from analyzer.facts.findings import CATALOGUE, find
from analyzer.facts.per_service import service_facts
from analyzer.facts.subjects import context
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.conditions import holds
from analyzer.rulebook.loading import load_rulebook
from tests.build import topology_of

FOLDER = Path(__file__).parent / "findings"
RULEBOOK = load_rulebook()
EXPECTED = {"holds": True, "fails": False, "unknown": None}
CASES = sorted(FOLDER.glob("*/*.yaml"))


def expectation(case: Path) -> bool | None:
    return EXPECTED[case.stem.partition("-")[0]]


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_name_is_the_expectation(case):
    inventory = load_inventory([str(case)])
    topology = topology_of(inventory)
    services = service_facts(inventory, topology, RULEBOOK)
    around = context(inventory, topology, services)
    finding = RULEBOOK.findings[case.parent.name]
    subjects = {"service": inventory.services, "host": inventory.hosts}
    subject = inventory if finding.scope == "estate" else subjects[finding.scope]["subject"]
    facts = CATALOGUE[finding.scope]

    truth = holds(finding.when, lambda name: facts[name].read(subject, around))
    found = find(inventory, topology, RULEBOOK, services).findings

    assert truth is expectation(case)
    named = [item for item in found if item.finding is finding and item.subject == subject.name]
    assert len(named) == (1 if truth else 0)
    assert all("{" not in item.text and item.text for item in named)


@pytest.mark.parametrize("finding", sorted(RULEBOOK.findings))
def test_every_finding_has_cases_both_ways(finding):
    stated = {expectation(case) for case in CASES if case.parent.name == finding}
    assert {True, False} <= stated


def test_no_case_is_of_a_finding_that_is_gone():
    assert {case.parent.name for case in CASES} == set(RULEBOOK.findings)


@pytest.mark.parametrize("finding", RULEBOOK.findings.values(), ids=lambda finding: finding.id)
def test_every_finding_says_why_what_to_do_and_on_whose_word(finding):
    assert finding.scope == Path(finding.source.file).parent.name
    assert finding.reason
    assert finding.remedy
    assert finding.sources
    assert all(source.read for source in finding.sources if source.url)

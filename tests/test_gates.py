"""Every gate against small inventories; the file's name says what it expects.

``tests/gates/<id>/tripped*.yaml``, ``open*.yaml`` and ``unknown*.yaml``. A gate whose facts the
inventory always tells has no unknown.
"""

from pathlib import Path

import pytest

from analyzer.decision.deciding import decide
from analyzer.facts.gathering import gather
from analyzer.graph.topology import build_topology
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook

FOLDER = Path(__file__).parent / "gates"
RULEBOOK = load_rulebook()
CASES = sorted(FOLDER.glob("*/*.yaml"))
ALWAYS_KNOWN = {"bootstrap-cycle"}


def name_of(case):
    return case.stem.partition("-")[0]


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_file_name_is_the_expectation(case):
    inventory = load_inventory([str(case)])
    facts = gather(inventory, build_topology(inventory, RuleImages(RULEBOOK)), RULEBOOK)
    decision = decide(facts, RULEBOOK, {"effort": 1}, "test")
    (found,) = (result for result in decision.gates if result.gate.id == case.parent.name)

    assert found.status == name_of(case)
    assert "{" not in found.says + found.lifted_by
    for option in decision.options:
        concerned = option.id in found.gate.rules_out
        assert (found.gate.id in option.ruled_out_by) == (concerned and found.status == "tripped")
        assert (found.gate.id in option.conditional_on) == (
            concerned and found.status == "unknown"
        )
        if option.ruled_out_by:
            assert option.share == 0 or not decision.feasible


@pytest.mark.parametrize("gate", sorted(RULEBOOK.gates))
def test_every_gate_has_cases_of_every_state(gate):
    states = {name_of(case) for case in CASES if case.parent.name == gate}
    assert states == {"tripped", "open"} | (set() if gate in ALWAYS_KNOWN else {"unknown"})


def test_no_case_is_of_a_gate_that_is_gone():
    assert {case.parent.name for case in CASES} == set(RULEBOOK.gates)


@pytest.mark.parametrize("gate", RULEBOOK.gates.values(), ids=lambda gate: gate.id)
def test_every_gate_says_why_what_lifts_it_and_on_whose_word(gate):
    assert gate.rules_out
    assert gate.says
    assert gate.lifted_by
    assert gate.reason
    assert gate.sources
    assert all(source.read for source in gate.sources if source.url)

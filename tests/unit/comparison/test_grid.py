"""A grid says of each combination what an analysis of it says."""

from itertools import product

import pytest

from analyzer.assessment import Settings, assess
from analyzer.comparison.grid import Variable, make_grid, size_of, turns
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HOME = str(ROOT / "examples/home/inventory.yaml")
HOSTS = Variable("needs.planned_hosts", ("2", "4"), ("2", "4"))
FAILOVER = Variable("needs.failover", ("", "required"), ("", "required"))
STORAGE = ("needs.shared_storage", "replicated")


def read(settings):
    return load_inventory([HOME], (STORAGE, *settings))


GRID = make_grid((HOSTS, FAILOVER), read, RULES, Settings())


@pytest.mark.parametrize("at", range(4))
def test_a_cell_is_an_analysis(at):
    hosts, failover = list(product(HOSTS.values, FAILOVER.values))[at]
    settings = ((HOSTS.key, hosts), (FAILOVER.key, failover))
    expected = assess(read(settings), RULES, Settings())
    cell, decision = GRID.cells[at], expected.decision
    assert cell.values == (hosts, failover)
    assert cell.recommended == decision.recommended
    assert (cell.verdict, cell.feasible) == (decision.verdict, decision.feasible)
    assert cell.scores == {item.id: item.score for item in decision.options}
    assert cell.hours == expected.plan.total_hours


def test_the_order_of_the_variables_changes_no_cell():
    other = make_grid((FAILOVER, HOSTS), read, RULES, Settings())
    there = {frozenset(cell.values): cell._replace(values=()) for cell in GRID.cells}
    assert there == {frozenset(cell.values): cell._replace(values=()) for cell in other.cells}


def test_rows_and_columns():
    assert GRID.at(1, 0).values == ("4", "")
    assert size_of((HOSTS, FAILOVER, HOSTS)) == 8


def test_where_the_answer_turns():
    assert GRID.at(1, 1).recommended == "incremental"
    assert not GRID.at(0, 1).feasible
    found = {
        (variable.key, before, after, one.values)
        for variable, before, after, one, _ in turns(GRID)
    }
    assert ("needs.planned_hosts", "2", "4", ("2", "required")) in found
    assert ("needs.failover", "", "required", ("4", "")) in found


def test_a_margin_against_the_scores_is_negative():
    assert GRID.at(1, 1).margin < 0 < GRID.now.margin

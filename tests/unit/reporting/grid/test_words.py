"""Grids in words: letters, where the answer turns, and what is the same everywhere."""

import pytest

from analyzer.assessment import Settings
from analyzer.comparison.grid import make_grid
from analyzer.reporting import GRID_FORMATS, render
from analyzer.reporting.grid import words
from tests.unit.comparison.test_grid import FAILOVER, GRID, HOSTS, RULES, read

ONE = make_grid((FAILOVER,), read, RULES, Settings())
SAME = make_grid((HOSTS,), read, RULES, Settings())


def test_letters():
    assert [words.letter(cell) for cell in GRID.cells] == ["P", "–", "P", "K"]


def test_where_it_turns():
    assert "needs.failover from unknown to required: enhanced-podman → nothing" in next(
        words.boundaries(ONE)
    )
    assert list(words.boundaries(SAME)) == ["the answer is the same everywhere: enhanced-podman"]


def test_what_is_fixed_is_told():
    fixed = GRID._replace(fixed=(("needs.shared_storage", "replicated"),))
    assert words.now(fixed).startswith("now with needs.shared_storage replicated: enhanced-podman")


@pytest.mark.parametrize("form", sorted(set(GRID_FORMATS) - {"svg"}))
@pytest.mark.parametrize("grid", [ONE, SAME, GRID])
def test_every_cell_is_in_every_form(form, grid):
    text = render(grid, form, GRID_FORMATS)
    assert text.endswith("\n")
    for variable in grid.variables:
        assert variable.key in text.replace("\\_", "_")
        assert all(value in text for value in variable.shown)


def test_a_list_in_a_terminal_has_one_line_a_cell():
    lines = render(ONE, "text", GRID_FORMATS).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("needs.failover"))
    assert [line.split()[:2] for line in lines[start + 1 : start + 3]] == [
        ["unknown", "enhanced-podman"],
        ["required", "nothing"],
    ]

"""Grid -> JSON: the variables, the estate as it is, and every cell with exact scores."""

from typing import Any

from analyzer.comparison.grid import Cell, Grid
from analyzer.reporting.document.values import exact, number
from analyzer.reporting.json_report import write

FORMAT = 1


def render(grid: Grid) -> str:
    """Return the grid as JSON."""
    tree = {
        "format": FORMAT,
        "name": grid.name,
        "variables": [
            {"key": variable.key, "values": list(variable.shown)} for variable in grid.variables
        ],
        "fixed": dict(grid.fixed),
        "now": _cell(grid.now),
        "cells": [_cell(cell) for cell in grid.cells],
    }
    return "".join(write(tree)) + "\n"


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "values": list(cell.values),
        "recommended": cell.recommended,
        "feasible": cell.feasible,
        "verdict": cell.verdict,
        "stars": cell.stars,
        "margin": exact(cell.margin),
        "scores": {option: exact(score) for option, score in sorted(cell.scores.items())},
        "ruled_out": {option: list(gates) for option, gates in sorted(cell.ruled_out.items())},
        "memory_bytes": cell.memory_bytes,
        "worst_host": cell.worst_host,
        "worst_bytes": cell.worst_bytes,
        "hours": number(cell.hours),
    }

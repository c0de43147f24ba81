"""Grid of two variables -> its heat map as a file."""

from analyzer.comparison.grid import Grid
from analyzer.reporting.drawing import document
from analyzer.reporting.grid.picture import heat_map


def render(grid: Grid) -> str:
    """Return the drawing."""
    return document(heat_map(grid))

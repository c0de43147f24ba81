"""Grid -> one page that needs nothing else: the heat map, where the answer turns, all details."""

from analyzer.comparison.grid import Grid
from analyzer.reporting.drawing import element, page, table
from analyzer.reporting.grid import words
from analyzer.reporting.grid.picture import heat_map


def render(grid: Grid) -> str:
    """Return the page."""
    parts = [element("p", f"N{words.now(grid)[1:]}.")]
    if len(grid.variables) == words.PICTURED:
        drawn = element("div", **{"class": "scroll"})
        drawn.append(heat_map(grid))
        parts.append(drawn)
    turning = element("ul")
    turning.extend(element("li", text) for text in words.boundaries(grid))
    parts += [element("h2", "Where the answer turns"), turning, element("h2", "All of it")]
    titles = (*words.COLUMNS, *words.COSTS)
    first = len(grid.variables)
    parts.append(
        table(
            [*(variable.key for variable in grid.variables), *(t.lstrip(">") for t in titles)],
            [[*map(words.value, cell.values), *words.row(cell)] for cell in grid.cells],
            frozenset(first + at for at, title in enumerate(titles) if title.startswith(">")),
        )
    )
    return page(f"{grid.name or 'estate'}: what if", parts)

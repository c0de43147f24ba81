"""Grid -> Markdown: where the answer turns, a square for two variables, and all details."""

from collections.abc import Iterator

from analyzer.comparison.grid import Grid
from analyzer.reporting.escape import escape, line
from analyzer.reporting.grid import words


def render(grid: Grid) -> str:
    """Return the page."""
    return "\n".join(_lines(grid)) + "\n"


def _lines(grid: Grid) -> Iterator[str]:
    yield f"# {line(grid.name or 'estate')}: what if"
    yield ""
    yield f"{line('N' + words.now(grid)[1:])}."
    yield ""
    for text in words.boundaries(grid):
        yield f"- {line(text)}"
    yield ""
    if len(grid.variables) == words.PICTURED:
        yield from _square(grid)
        yield ""
    yield from _table(grid)


def _square(grid: Grid) -> Iterator[str]:
    rows, columns = grid.variables
    yield _row([f"{rows.key} ↓ {columns.key} →", *map(words.value, columns.shown)])
    yield "|" + " --- |" * (len(columns.values) + 1)
    for at, text in enumerate(rows.shown):
        cells = [words.short(grid.at(at, column)) for column in range(len(columns.values))]
        yield _row([words.value(text), *cells])
    yield ""
    yield f"{escape(words.key())}. The number is how far the answer is ahead by the scores."


def _table(grid: Grid) -> Iterator[str]:
    titles = (*words.COLUMNS, *words.COSTS)
    yield _row([*(variable.key for variable in grid.variables), *(t.lstrip(">") for t in titles)])
    rules = [" --- |"] * len(grid.variables)
    yield "|" + "".join([*rules, *(" ---: |" if t.startswith(">") else " --- |" for t in titles)])
    for cell in grid.cells:
        yield _row([*map(words.value, cell.values), *words.row(cell)])


def _row(texts: list[str]) -> str:
    return "| " + " | ".join(map(escape, texts)) + " |"

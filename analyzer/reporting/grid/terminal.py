"""Grid -> plain columns for a terminal."""

from collections.abc import Iterator, Sequence

from analyzer.comparison.grid import Grid
from analyzer.reporting.escape import visible
from analyzer.reporting.grid import words

_WIDEST = 24


def render(grid: Grid) -> str:
    """Return where the answer turns, then the square or the list of all cells."""
    lines = [f"{grid.name or 'estate'}, {words.now(grid)}"]
    lines += [f"  {text}" for text in words.boundaries(grid)]
    lines.append("")
    lines += _square(grid) if len(grid.variables) == words.PICTURED else _list(grid)
    lines += ["", words.key()]
    return "\n".join(visible(line).rstrip() for line in lines) + "\n"


def _square(grid: Grid) -> Iterator[str]:
    rows, columns = grid.variables
    table = [[f"{rows.key} \\ {columns.key}", *map(words.value, columns.shown)]]
    for at, text in enumerate(rows.shown):
        cells = [words.short(grid.at(at, column)) for column in range(len(columns.values))]
        table.append([words.value(text), *cells])
    yield from _columns(table)


def _list(grid: Grid) -> Iterator[str]:
    titles = [title.lstrip(">") for title in words.COLUMNS[:4]]
    table = [[*(variable.key for variable in grid.variables), *titles, "memory", "work"]]
    for cell in grid.cells:
        row = words.row(cell)
        table.append([*map(words.value, cell.values), *row[:4], *row[-2:]])
    yield from _columns(table)


def _columns(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with every column as wide as its widest text."""
    short = [[_cut(visible(text)) for text in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    for row in short:
        yield "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST * 2 else text[: _WIDEST * 2 - 1] + "…"

"""Grid of two variables -> a heat map: the option by colour and letter, the margin by strength."""

from collections.abc import Iterator
from fractions import Fraction

from analyzer.comparison.grid import Cell, Grid
from analyzer.reporting.drawing import COLOURS, NOTHING_COLOUR, Element, element, label, svg
from analyzer.reporting.grid import words
from analyzer.reporting.numbers import score

_WIDE, _HIGH = 84, 44
_TOP, _LEFT, _MARGIN = 84, 190, 12
_KEY_LINES = 20
_LONGEST = 22
_FULL = Fraction(2, 5)
"""A margin from which on a square has its full colour."""
_FAINTEST = Fraction(3, 10)


def heat_map(grid: Grid) -> Element:
    """Return the drawing."""
    rows, columns = grid.variables
    width = _LEFT + _WIDE * len(columns.values) + _MARGIN
    height = _TOP + _HIGH * len(rows.values) + 5 * _KEY_LINES + _MARGIN
    title = f"What if: {rows.key} by {columns.key}"
    return svg(max(width, 480), height, title, _parts(grid))


def _parts(grid: Grid) -> Iterator[Element]:
    rows, columns = grid.variables
    yield label(_MARGIN, 24, f"{grid.name or 'estate'}: what if", font_size=16, font_weight="bold")
    if grid.fixed:
        fixed = ", ".join(f"{key} {words.value(text)}" for key, text in grid.fixed)
        yield label(170, 24, _short(f"with {fixed}", 60), font_size=12)
    yield label(_LEFT, 50, f"{columns.key} →")
    yield label(_MARGIN, _TOP - 8, f"{rows.key} ↓")
    for at, text in enumerate(columns.shown):
        x = _LEFT + _WIDE * at + _WIDE / 2
        yield label(x, _TOP - 8, _short(text, 11), text_anchor="middle")
    for row, text in enumerate(rows.shown):
        y = _TOP + _HIGH * row
        yield label(_LEFT - 8, y + _HIGH / 2 + 5, _short(text, _LONGEST), text_anchor="end")
        for column in range(len(columns.values)):
            yield from _square(_LEFT + _WIDE * column, y, grid.at(row, column))
    yield from _key(_TOP + _HIGH * len(rows.values) + 24)


def _square(x: int, y: int, cell: Cell) -> Iterator[Element]:
    colour = COLOURS[cell.recommended] if cell.feasible else NOTHING_COLOUR
    strength = min(Fraction(1), _FAINTEST + max(cell.margin, Fraction(0)) / _FULL)
    yield element(
        "rect",
        x=x + 1,
        y=y + 1,
        width=_WIDE - 2,
        height=_HIGH - 2,
        rx=4,
        fill=colour,
        fill_opacity=f"{float(strength):.2f}",
        stroke=colour,
    )
    middle = x + _WIDE / 2
    yield label(middle, y + 19, words.letter(cell), text_anchor="middle", font_weight="bold")
    yield label(middle, y + 35, score(cell.margin), text_anchor="middle", font_size=12)


def _key(y: int) -> Iterator[Element]:
    lines = [(COLOURS[name], words.LETTERS[name], words.MEANINGS[name]) for name in words.LETTERS]
    lines.append((NOTHING_COLOUR, words.NOTHING, words.NOTHING_MEANS))
    for at, (colour, letter, meaning) in enumerate(lines):
        top = y + at * _KEY_LINES
        yield element("rect", x=_MARGIN, y=top - 11, width=14, height=14, rx=3, fill=colour)
        yield label(_MARGIN + 22, top, f"{letter}  {meaning}")
    yield label(
        _MARGIN,
        y + len(lines) * _KEY_LINES,
        "?  too close to call; the number is how far the answer is ahead",
        font_size=12,
    )


def _short(text: str, longest: int) -> str:
    shown = words.value(text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"

"""History -> a chart: the scores of the options, and memory and findings below, by commit."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from analyzer.comparison.history import History, Point
from analyzer.reporting.drawing import COLOURS, NOTHING_COLOUR, Element, element, label, svg
from analyzer.reporting.numbers import count, score, size
from analyzer.rulebook.model import OPTIONS, Option

_WIDTH, _LEFT, _RIGHT = 860, 60, 150
_SCORES, _SMALL, _GAP, _TOP, _DATES = 240, 70, 44, 56, 60
_SHAPES: dict[Option, str] = {"enhanced-podman": "●", "test-cluster": "■", "incremental": "▲"}
_MOST_DATES = 12


class _Frame(NamedTuple):
    """Where a chart lies, and which values are at its top and bottom."""

    top: int
    height: int
    low: Fraction
    high: Fraction

    def y(self, value: Fraction | int) -> float:
        """Return where a value lies, in hundredths: the same on every machine."""
        span = self.high - self.low or Fraction(1)
        share = (self.high - Fraction(value)) / span
        return int((self.top + share * self.height) * 100) / 100


def chart(history: History) -> Element:
    """Return the drawing of a history of one commit or more that could be read."""
    points = history.points
    height = _TOP + _SCORES + 2 * (_GAP + _SMALL) + _DATES
    over = count(len(points), "commit")
    title = f"{history.name or 'estate'}: scores of the options over {over}"
    return svg(_WIDTH, height, title, _parts(history, points))


def _parts(history: History, points: Sequence[Point]) -> Iterator[Element]:
    yield label(12, 24, f"{history.name or 'estate'}: how the answer went", font_size=16)
    scores = [value for point in points for value in point.scores.values()]
    frame = _Frame(_TOP, _SCORES, min(*scores, Fraction(0)), max(*scores, Fraction(0)))
    yield from _answers(points, frame)
    yield from _grid(frame, lambda value: score(Fraction(value)), "score")
    ends = []
    for option in OPTIONS:
        values = [point.scores[option] for point in points]
        yield from _line(values, frame, COLOURS[option], _SHAPES[option])
        ends.append((frame.y(values[-1]), option))
    yield from _names(ends)
    top = _TOP + _SCORES + _GAP
    memory = [point.memory_bytes for point in points]
    yield from _small(memory, top, "memory that K3s would take", lambda value: size(int(value)))
    found = [sum(point.findings.values()) for point in points]
    top += _SMALL + _GAP
    yield from _small(found, top, "findings", lambda value: f"{int(value):,}")
    yield from _dates(points, top + _SMALL + 20)


def _x(at: int, count: int) -> float:
    room = _WIDTH - _LEFT - _RIGHT
    return _LEFT + (room * at / (count - 1) if count > 1 else room / 2)


def _answers(points: Sequence[Point], frame: _Frame) -> Iterator[Element]:
    """Yield a band above the chart that says the answer at each commit, by shape and colour."""
    width = (_WIDTH - _LEFT - _RIGHT) / max(len(points), 1)
    for at, point in enumerate(points):
        colour = COLOURS[point.recommended] if point.feasible else NOTHING_COLOUR
        shape = _SHAPES[point.recommended] if point.feasible else "–"
        x = _x(at, len(points))
        wide = max(8.0, min(width - 4, 22.0))
        yield element(
            "rect",
            x=x - wide / 2,
            y=frame.top - 22,
            width=wide,
            height=16,
            rx=3,
            fill=colour,
            fill_opacity="0.6",
        )
        yield label(x, frame.top - 10, shape, text_anchor="middle", font_size=11)
    yield label(_WIDTH - _RIGHT + 14, frame.top - 10, "answer", font_size=11)


def _grid(frame: _Frame, say: Callable[[Fraction], str], name: str) -> Iterator[Element]:
    for value in sorted({frame.low, frame.high, Fraction(0) if frame.low < 0 else frame.low}):
        y = frame.y(value)
        yield element("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, style="stroke:var(--line)")
        yield label(_LEFT - 6, y + 4, say(value), text_anchor="end", font_size=11)
    yield label(12, frame.top - 10, name, font_size=11)


def _line(
    values: Sequence[Fraction | int], frame: _Frame, colour: str, shape: str
) -> Iterator[Element]:
    places = [(_x(at, len(values)), frame.y(value)) for at, value in enumerate(values)]
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    yield element("polyline", points=path, fill="none", stroke=colour, stroke_width=2)
    for x, y in places:
        yield label(x, y + 4, shape, text_anchor="middle", font_size=11, style=f"fill:{colour}")


def _names(ends: list[tuple[float, Option]]) -> Iterator[Element]:
    """Yield the options' names beside the ends of their lines, moved apart where they meet."""
    y = 0.0
    for end, option in sorted(ends):
        y = max(end + 4, y + 16)
        text = f"{_SHAPES[option]} {option}"
        yield label(_WIDTH - _RIGHT + 14, y, text, style=f"fill:{COLOURS[option]}")


def _small(
    values: Sequence[int], top: int, name: str, say: Callable[[Fraction], str]
) -> Iterator[Element]:
    frame = _Frame(top, _SMALL, Fraction(0), Fraction(max(values) or 1))
    yield from _grid(frame, say, name)
    yield from _line(values, frame, "#7a7a7a", "●")


def _dates(points: Sequence[Point], y: int) -> Iterator[Element]:
    step = -(-len(points) // _MOST_DATES)
    for at in range(0, len(points), step):
        x = _x(at, len(points))
        yield label(
            x,
            y,
            points[at].commit.date,
            font_size=10,
            text_anchor="end",
            transform=f"rotate(-30 {x:.2f} {y})",
        )

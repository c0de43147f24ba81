"""The words and letters of a grid, the same in every form."""

from collections.abc import Iterator, Mapping

from analyzer.comparison.grid import Cell, Grid, turns
from analyzer.reporting.numbers import hours, score, size
from analyzer.reporting.wording import stars
from analyzer.rulebook.model import OPTIONS, Option

LETTERS: Mapping[Option, str] = {"enhanced-podman": "P", "test-cluster": "T", "incremental": "K"}
MEANINGS: Mapping[Option, str] = {
    "enhanced-podman": "stay on Podman, improved",
    "test-cluster": "test cluster first",
    "incremental": "move to Kubernetes",
}
NOTHING, NOTHING_MEANS = "–", "nothing meets what is required"
MOST_TURNS = 6
PICTURED = 2
COLUMNS = (
    "answer",
    "verdict",
    "evidence",
    ">margin",
    *(f">{name}" for name in OPTIONS),
    "ruled out",
)
COSTS = (">memory, worst host", ">work")


def letter(cell: Cell) -> str:
    """Return the mark of an answer: with ``?`` where it is too close to call."""
    if not cell.feasible:
        return NOTHING
    return LETTERS[cell.recommended] + ("?" if cell.verdict == "too-close-to-call" else "")


def key() -> str:
    """Return what the letters mean."""
    parts = [f"{LETTERS[name]} {MEANINGS[name]}" for name in OPTIONS]
    return "; ".join([*parts, f"{NOTHING} {NOTHING_MEANS}", "? too close to call"])


def short(cell: Cell) -> str:
    """Return letter and margin, for a small square."""
    return f"{letter(cell)} {score(cell.margin)}"


def value(text: str) -> str:
    """Return a value as a heading shows it."""
    return text or "unknown"


def row(cell: Cell) -> tuple[str, ...]:
    """Return the details of a cell in the order of `COLUMNS` and `COSTS`."""
    answer = cell.recommended if cell.feasible else NOTHING_MEANS
    out = "; ".join(
        f"{option}: {', '.join(cell.ruled_out[option])}"
        for option in OPTIONS
        if option in cell.ruled_out
    )
    worst = f"{size(cell.worst_bytes)} on {cell.worst_host}" if cell.worst_host else "none"
    return (
        answer,
        cell.verdict.replace("-", " "),
        stars(cell.stars),
        score(cell.margin),
        *(score(cell.scores[option]) for option in OPTIONS),
        out,
        worst,
        hours(cell.hours),
    )


def now(grid: Grid) -> str:
    """Return the answer for the estate as it is, with what is set everywhere."""
    fixed = ", ".join(f"{key} {value(text)}" for key, text in grid.fixed)
    where = f" with {fixed}" if fixed else ""
    return f"now{where}: {answer(grid.now)}, {short(grid.now)}"


def boundaries(grid: Grid) -> Iterator[str]:
    """Yield where the answer turns, or that it does not."""
    found = turns(grid)
    if not found:
        yield f"the answer is the same everywhere: {answer(grid.cells[0])}"
        return
    for variable, before, after, one, other in found[:MOST_TURNS]:
        fixed = ", ".join(
            f"{rest.key} {value(text)}"
            for rest, text in zip(grid.variables, one.values, strict=True)
            if rest is not variable
        )
        where = f" (with {fixed})" if fixed else ""
        yield (
            f"{variable.key} from {value(before)} to {value(after)}{where}:"
            f" {answer(one)} → {answer(other)}"
        )
    if len(found) > MOST_TURNS:
        yield f"and {len(found) - MOST_TURNS:,} more places where it turns"


def answer(cell: Cell) -> str:
    """Return the option, or that nothing meets what is required."""
    return cell.recommended if cell.feasible else NOTHING_MEANS

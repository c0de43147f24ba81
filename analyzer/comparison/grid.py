"""Inputs with several values each -> the answer for every combination."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from analyzer.assessment import Settings, Weighed, weigh
from analyzer.decision.model import Verdict
from analyzer.facts.effort import preparation_hours, total_hours
from analyzer.facts.model import Facts
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import OPTIONS, Option, Rulebook

MOST_CELLS = 1000


class Variable(NamedTuple):
    """A key of the inventory and the values to try, as written; an empty one is unknown.

    ``shown`` are the values as a table may show them.
    """

    key: str
    values: tuple[str, ...]
    shown: tuple[str, ...]


class Cell(NamedTuple):
    """The answer for one combination; ``values`` are as shown, in the order of the variables.

    ``margin`` is how far the recommended option is ahead of the next in expected score; negative
    where a requirement decides against the scores. Memory is what K3s typically adds, in bytes:
    in all, and on the host where it is most.
    """

    values: tuple[str, ...]
    recommended: Option
    feasible: bool
    verdict: Verdict
    stars: int
    scores: Mapping[Option, Fraction]
    margin: Fraction
    ruled_out: Mapping[Option, tuple[str, ...]]
    memory_bytes: int
    worst_host: str
    worst_bytes: int
    hours: Fraction


class Grid(NamedTuple):
    """All combinations, the last variable changing fastest.

    ``now`` is the estate without any of the values, ``fixed`` what is set everywhere, in ``now``
    too: key and value as shown.
    """

    name: str
    variables: tuple[Variable, ...]
    cells: tuple[Cell, ...]
    now: Cell
    fixed: tuple[tuple[str, str], ...] = ()

    def at(self, row: int, column: int) -> Cell:
        """Return a cell of a grid of two variables."""
        return self.cells[row * len(self.variables[1].values) + column]


Read = Callable[[tuple[tuple[str, str], ...]], Inventory]
"""Settings, each a key and a value as written -> the estate with them."""


def size_of(variables: Sequence[Variable]) -> int:
    """Return the number of combinations."""
    number = 1
    for variable in variables:
        number *= len(variable.values)
    return number


def make_grid(
    variables: tuple[Variable, ...], read: Read, rulebook: Rulebook, settings: Settings
) -> Grid:
    """Return the answer for every combination of values.

    Raises:
        InventoryError: a value is none that its key can have.
    """
    cells = []
    for chosen in product(*(range(len(variable.values)) for variable in variables)):
        pairs = list(zip(variables, chosen, strict=True))
        inventory = read(tuple((variable.key, variable.values[at]) for variable, at in pairs))
        shown = tuple(variable.shown[at] for variable, at in pairs)
        cells.append(cell(shown, inventory, rulebook, settings))
    here = read(())
    return Grid(here.name, variables, tuple(cells), cell((), here, rulebook, settings))


def cell(
    values: tuple[str, ...], inventory: Inventory, rulebook: Rulebook, settings: Settings
) -> Cell:
    """Return the answer for one estate."""
    found: Weighed = weigh(inventory, rulebook, settings)
    decision, facts = found.decision, found.facts
    scores = {item.id: item.score for item in decision.options}
    rivals = [scores[option] for option in OPTIONS if option != decision.recommended]
    added = {
        item.host: item.added_bytes[1] if item.role != "none" else 0 for item in facts.footprint
    }
    worst = max(sorted(added), key=lambda name: added[name], default="")
    return Cell(
        values=values,
        recommended=decision.recommended,
        feasible=decision.feasible,
        verdict=decision.verdict,
        stars=decision.confidence.stars,
        scores=scores,
        margin=scores[decision.recommended] - max(rivals),
        ruled_out={item.id: item.ruled_out_by for item in decision.options if item.ruled_out_by},
        memory_bytes=sum(added.values()),
        worst_host=worst,
        worst_bytes=added.get(worst, 0),
        hours=moving_hours(inventory, facts, rulebook),
    )


def moving_hours(inventory: Inventory, facts: Facts, rulebook: Rulebook) -> Fraction:
    """Return the hours of a migration: its fixed phases, and all services that would move."""
    moving = (hours for name, hours in facts.effort_hours.items() if name not in facts.never)
    return preparation_hours(inventory, rulebook) + total_hours(moving)


def turns(grid: Grid) -> tuple[tuple[Variable, str, str, Cell, Cell], ...]:
    """Return where neighbours of a grid of one or two variables have different answers.

    Each is the variable that changes, its value before and after, and the two cells.
    """
    found = []
    widths = [len(variable.values) for variable in grid.variables]
    for index, one in enumerate(grid.cells):
        step = 1
        for variable, width in zip(reversed(grid.variables), reversed(widths), strict=True):
            place = index // step % width
            if place + 1 < width:
                other = grid.cells[index + step]
                if _answer(one) != _answer(other):
                    found.append(
                        (variable, variable.shown[place], variable.shown[place + 1], one, other)
                    )
            step *= width
    return tuple(found)


def _answer(cell_: Cell) -> tuple[Option, bool]:
    return cell_.recommended, cell_.feasible

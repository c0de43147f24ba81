"""Errors a user can cause, each with the exit code it ends the program with.

AdvisorError                 base; never raised itself
├── InventoryError      3    an inventory cannot be read, or is invalid
├── RulesError          4    a rule, profile or template is invalid
├── OutputError         5    a result cannot be written
├── DriftFound         10    an inventory is not what runs; only when that was the question
├── StaleReport        10    a report is not what would be written; only with --check
└── ConditionMet       10    what --fail-on asked for holds, or cannot be told

Click keeps 2 for wrong usage; 1 is left to bugs, 130 to an interrupt. A verdict, whatever it
says, is a success: 0.
"""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple


class Problem(NamedTuple):
    """One thing wrong with one place of a file.

    ``line`` and ``column`` count from 1; 0 means the file as a whole. ``path`` is the dotted path
    inside the document, empty for the document itself.
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return ``file:line:column: path: what; remedy``, without the parts that are empty.

        Always one printable line: what a hostile file puts into names is shown as an escape.
        """
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        where = f"{_shortened(self.path)}: " if self.path else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return printable(f"{place}: {where}{_shortened(self.what)}{remedy}")


_LONGEST = 400
"""Characters of one part of a message; a name of a million characters helps nobody."""


def _shortened(text: str) -> str:
    """Return a text with an ellipsis in place of the middle of one too long to be read."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"


def printable(text: str) -> str:
    """Return text with an escape for every control, direction and other invisible character."""
    if text.isprintable():
        return text
    shown = (char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return "".join(shown)


class AdvisorError(Exception):
    """Base of every error with a message meant for the user."""

    exit_code: ClassVar[int] = 1
    label: ClassVar[str] = "Error"


class ProblemsError(AdvisorError):
    """Carries every problem found in one pass, in the order of file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by place."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class InventoryError(ProblemsError):
    """An inventory cannot be read, or is invalid."""

    exit_code = 3


class RulesError(ProblemsError):
    """A rule, a profile or a template is invalid."""

    exit_code = 4


class OutputError(AdvisorError):
    """A result cannot be written."""

    exit_code = 5


class DriftFound(AdvisorError):  # noqa: N818 - an answer, not a failure of the program
    """An inventory and what it was imported from differ: a condition for CI that holds."""

    exit_code = 10
    label = "Drift"


class StaleReport(AdvisorError):  # noqa: N818 - an answer, not a failure of the program
    """A report is not the one that its inventory would give today."""

    exit_code = 10
    label = "Stale"


class ConditionMet(AdvisorError):  # noqa: N818 - an answer, not a failure of the program
    """A condition of ``--fail-on`` holds, or cannot be judged; the result was written before."""

    exit_code = 10
    label = "Failed"

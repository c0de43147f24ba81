"""Conditions -> the subjects for which they hold, a column of facts at a time.

The same three-valued logic as `analyzer.rulebook.conditions.holds`, turned round: instead of
asking every condition of every subject, each part of a condition is asked of the subjects that
are still undecided, and a fact is read once for each subject at most.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from analyzer.facts.subjects import SubjectContext, SubjectFact
from analyzer.rulebook.model import Comparison, Condition, Value

Rows = Sequence[int]

FEW = 4
"""Below one subject in so many a fact is read for those alone, and not kept."""

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


class Screen:
    """Subjects of one scope with the facts read so far, and questions about all of them."""

    def __init__(
        self,
        subjects: Sequence[Any],
        facts: Mapping[str, SubjectFact],
        around: SubjectContext,
    ) -> None:
        """Start with nothing read."""
        self.subjects = subjects
        self._facts = facts
        self._around = around
        self._columns: dict[str, list[Value | None]] = {}

    def column(self, fact: str) -> list[Value | None]:
        """Return a fact's value for every subject, None where unknown; read once."""
        found = self._columns.get(fact)
        if found is None:
            read, around = self._facts[fact].read, self._around
            found = self._columns[fact] = [read(subject, around) for subject in self.subjects]
        return found

    def value(self, fact: str, row: int) -> Value | None:
        """Return a fact's value for one subject."""
        if fact in self._columns:
            return self._columns[fact][row]
        return self._facts[fact].read(self.subjects[row], self._around)

    def holding(self, condition: Condition | Comparison) -> Rows:
        """Return the rows, rising, for which a condition is known to hold."""
        return self._true(condition, range(len(self.subjects)))

    def _true(self, condition: Condition | Comparison, rows: Rows) -> Rows:
        """Return those of the rows for which a condition is true."""
        if isinstance(condition, Comparison):
            return self._compared(condition, rows, wanted=True)
        if condition.kind == "not":
            return self._false(condition.parts[0], rows)
        if condition.kind == "all":
            return self._every(condition.parts, rows, self._true)
        return self._some(condition.parts, rows, self._true)

    def _false(self, condition: Condition | Comparison, rows: Rows) -> Rows:
        """Return those of the rows for which a condition is false, by De Morgan."""
        if isinstance(condition, Comparison):
            return self._compared(condition, rows, wanted=False)
        if condition.kind == "not":
            return self._true(condition.parts[0], rows)
        if condition.kind == "all":
            return self._some(condition.parts, rows, self._false)
        return self._every(condition.parts, rows, self._false)

    def _every(
        self,
        parts: Sequence[Condition | Comparison],
        rows: Rows,
        pick: Callable[[Condition | Comparison, Rows], Rows],
    ) -> Rows:
        """Return the rows that every part picks, asking each of those that are left."""
        for part in parts:
            if not rows:
                break
            rows = pick(part, rows)
        return rows

    def _some(
        self,
        parts: Sequence[Condition | Comparison],
        rows: Rows,
        pick: Callable[[Condition | Comparison, Rows], Rows],
    ) -> Rows:
        """Return the rows that any part picks, in rising order."""
        picked: set[int] = set()
        for part in parts:
            left = [row for row in rows if row not in picked] if picked else rows
            picked.update(pick(part, left))
        return sorted(picked)

    def _compared(self, comparison: Comparison, rows: Rows, *, wanted: bool) -> Rows:
        """Return the rows whose value is known and compares as wanted."""
        operand: Any = comparison.operand
        if comparison.operator == "equals":
            operand, several = (operand,), True
        else:
            several = comparison.operator == "one_of"
        column = self._read(comparison.fact, rows)
        if several:
            values = set(operand)
            if wanted:
                return [row for row, value in zip(rows, column, strict=True) if value in values]
            values.add(None)
            return [row for row, value in zip(rows, column, strict=True) if value not in values]
        test = _TESTS[comparison.operator]
        if isinstance(operand, Fraction) and operand.denominator == 1:
            operand = int(operand)  # comparing integers costs a tenth
        return [
            row
            for row, value in zip(rows, column, strict=True)
            if value is not None and test(value, operand) is wanted
        ]

    def _read(self, fact: str, rows: Rows) -> list[Value | None]:
        """Return a fact's value for each of the rows; of few subjects only those are read."""
        found = self._columns.get(fact)
        if found is None and len(rows) * FEW < len(self.subjects):
            read, around, subjects = self._facts[fact].read, self._around, self.subjects
            return [read(subjects[row], around) for row in rows]
        column = self.column(fact)
        return column if len(rows) == len(column) else [column[row] for row in rows]

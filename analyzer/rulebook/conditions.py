"""Conditions on facts -> True, False or None (unknown), by Kleene's three-valued logic.

Source: S. C. Kleene, Introduction to Metamathematics, 1952, section 64.
"""

from collections.abc import Callable, Iterator

from analyzer.rulebook.model import Comparison, Condition, Value

Lookup = Callable[[str], Value | None]

OPERATORS = ("equals", "at_least", "at_most", "above", "below", "one_of")


def holds(condition: Condition | Comparison, lookup: Lookup) -> bool | None:
    """Return whether a condition holds; None when what is unknown could decide it."""
    if isinstance(condition, Comparison):
        return _compare(condition, lookup)
    if condition.kind == "not":
        inner = holds(condition.parts[0], lookup)
        return None if inner is None else not inner
    decisive = condition.kind == "any"
    unknown = False
    for part in condition.parts:
        result = holds(part, lookup)
        if result is decisive:
            return decisive
        unknown = unknown or result is None
    return None if unknown else not decisive


def facts_of(condition: Condition | Comparison) -> Iterator[str]:
    """Yield the facts that a condition names, with repeats."""
    if isinstance(condition, Comparison):
        yield condition.fact
    else:
        for part in condition.parts:
            yield from facts_of(part)


def _compare(comparison: Comparison, lookup: Lookup) -> bool | None:
    value = lookup(comparison.fact)
    if value is None:
        return None
    operand = comparison.operand
    match comparison.operator:
        case "equals":
            return value == operand
        case "one_of":
            return value in operand  # type: ignore[operator]
        case "at_least":
            return value >= operand  # type: ignore[operator]
        case "at_most":
            return value <= operand  # type: ignore[operator]
        case "above":
            return value > operand  # type: ignore[operator]
        case _:
            return value < operand  # type: ignore[operator]

"""The parts that several kinds of rule share: citations, scales and conditions."""

from fractions import Fraction
from itertools import pairwise

from analyzer.rulebook.conditions import OPERATORS
from analyzer.rulebook.model import Citation, Comparison, Condition, Scale, Value
from analyzer.rulebook.reader import RuleReader, rational
from analyzer.tree import Map, Seq


def citations(reader: RuleReader) -> tuple[Citation, ...]:
    """Return ``sources``; each names a section of the guide or a URL with what it says."""
    found = []
    for item in reader.children("sources"):
        citation = Citation(
            guide=item.text("guide", required=False),
            url=item.text("url", required=False),
            says=item.text("says", required=False),
            read=item.text("read", required=False),
        )
        if not citation.guide and not citation.url:
            item.report("url", "neither guide nor url", "name the section or the page")
        if citation.url and not citation.says:
            item.report("says", "missing", "say what the page says that supports the rule")
        item.close()
        found.append(citation)
    return tuple(found)


def scale(parent: RuleReader, key: str) -> Scale | None:
    """Return the scale under a key, or None when it is absent."""
    reader = parent.child(key, required=False)
    if reader is None:
        return None
    fact = reader.text("fact")
    raw_points = reader.raw("scale", required=False)
    raw_levels = reader.raw("levels", required=False)
    reader.close()
    if (raw_points is None) == (raw_levels is None):
        parent.report(key, "needs either scale or levels", "scale: [[1, -1], [3, 1]]")
        return None
    if raw_levels is not None:
        levels = _levels(raw_levels)
        if levels is None:
            parent.report(key, "levels must be numbers in -1 to 1", "levels: {none: 0, high: 1/2}")
            return None
        return Scale(fact, (), levels)
    points = _points(raw_points)
    if points is None:
        parent.report(key, "points must rise and lie in -1 to 1", "scale: [[1, -1], [3, 1]]")
        return None
    return Scale(fact, points, {})


def _levels(raw: object) -> dict[str, Fraction] | None:
    """Return evidence by level, or None when it is malformed."""
    if not isinstance(raw, Map) or not raw:
        return None
    levels = {}
    for name, item in raw.items():
        evidence = rational(item)
        if evidence is None or abs(evidence) > 1:
            return None
        levels[str(name)] = evidence
    return levels


def _points(raw: object) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Return the anchors of a piecewise-linear scale, or None when they are malformed."""
    if not isinstance(raw, Seq) or not raw:
        return None
    points = []
    for pair in raw:
        if not isinstance(pair, Seq) or len(pair) != 2:  # noqa: PLR2004 - a pair
            return None
        value, evidence = rational(pair[0]), rational(pair[1])
        if value is None or evidence is None or abs(evidence) > 1:
            return None
        points.append((value, evidence))
    rising = all(a[0] < b[0] for a, b in pairwise(points))
    return tuple(points) if rising else None


def condition(parent: RuleReader, key: str) -> Condition | Comparison:
    """Return the condition under a key; an impossible one after reporting a problem."""
    reader = parent.child(key)
    if reader is None:
        return Comparison("", "equals", 0)
    return _condition(reader)


def _condition(reader: RuleReader) -> Condition | Comparison:
    """Return ``{all|any: [...]}``, ``{not: {...}}`` or ``{fact: {operator: operand}}``."""
    if len(reader.tree) != 1:
        reader.report("", "a condition has exactly one key", "all, any, not, or a fact's name")
        return Comparison("", "equals", 0)
    key = next(iter(reader.tree))
    if key in ("all", "any"):
        return Condition(key, tuple(_condition(part) for part in reader.children(key)))  # type: ignore[arg-type]
    inner = reader.child(key)
    if inner is None:
        return Comparison("", "equals", 0)
    if key == "not":
        return Condition("not", (_condition(inner),))
    return _comparison(key, inner)


def _comparison(fact: str, reader: RuleReader) -> Comparison:
    """Return one comparison of a fact with an operand."""
    if len(reader.tree) != 1 or next(iter(reader.tree)) not in OPERATORS:
        reader.report("", "not one comparison", f"one of {', '.join(OPERATORS)}")
        return Comparison(fact, "equals", 0)
    operator, operand = next(iter(reader.tree.items()))
    if isinstance(operand, Seq):
        return Comparison(fact, operator, tuple(map(scalar, operand)))
    if isinstance(operand, Map) or operand is None:
        reader.report(operator, "not a value", "write a number or a level")
        return Comparison(fact, operator, 0)
    return Comparison(fact, operator, scalar(operand))


def scalar(value: object) -> Value:
    """Return a scalar as an exact number where it is one, else as text."""
    number = rational(value)
    return str(value) if number is None else number

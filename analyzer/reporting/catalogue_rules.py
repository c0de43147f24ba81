"""One rule -> its lines in the catalogue; what ``rules show`` prints."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from analyzer.reporting.escape import code, escape
from analyzer.reporting.numbers import hours, percent
from analyzer.rulebook.model import (
    Citation,
    Comparison,
    Condition,
    Criterion,
    Figure,
    Finding,
    Gate,
    Image,
    Profile,
    Question,
    Scale,
    Value,
)
from analyzer.units import decimal

_PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
_OPERATORS = {
    "equals": "is",
    "at_least": "at least",
    "at_most": "at most",
    "above": "above",
    "below": "below",
    "one_of": "is one of",
}


def criterion(item: Criterion, profiles: Sequence[Profile]) -> Iterator[str]:
    """Yield what a criterion asks, weighs, how it counts, why, and its sources."""
    weights = ", ".join(f"{one.id} {one.weights.get(item.id, 0)}" for one in profiles)
    yield from _head(item.id, item.title, item.question)
    yield f"Weight: {weights}."
    for title, scale in (
        ("for Kubernetes", item.for_kubernetes),
        ("for testing first", item.for_testing_first),
    ):
        if scale:
            yield ""
            yield from _scale(title, scale)
    yield ""
    for title, text in (("For", item.speaks_for), ("Against", item.speaks_against)):
        if text:
            yield f"- {title}: {sentence(text)}"
    yield f"- Why: {escape(item.reason)}"
    yield f"- What helps: {escape(item.remedy)}"
    yield from _sources(item.sources)


def gate(item: Gate) -> Iterator[str]:
    """Yield when a gate trips, what it rules out, what lifts it, and its sources."""
    yield from _head(item.id, item.title, item.says)
    yield f"- Rules out: {', '.join(item.rules_out)}"
    yield f"- When: {_condition(item.when)}"
    yield f"- Lifted by: {sentence(item.lifted_by)}"
    yield f"- Why: {escape(item.reason)}"
    yield from _sources(item.sources)


def finding(item: Finding) -> Iterator[str]:
    """Yield when a finding holds, how grave it is, the remedy, and its sources."""
    yield from _head(item.id, item.title, item.reason)
    yield f"- Severity: {item.severity}; of one {item.scope}; protects {item.protects}; matters to {_or_none(item)}"
    yield f"- When: {_condition(item.when)}"
    yield f"- Remedy: {escape(item.remedy)}{f' ({hours(item.hours)})' if item.hours else ''}"
    yield from _sources(item.sources)


def question(item: Question) -> Iterator[str]:
    """Yield what a question asks, where its answer is written, and how often it is what."""
    yield from _head(item.fact, item.ask, item.reason)
    yield f"- Write: `{item.key}`" if "`" not in item.key else f"- Write: {escape(item.key)}"
    whole = sum(weight for _, weight in item.answers)
    shares = ", ".join(
        f"{_value(value)} ({percent(Fraction(weight, whole))})" for value, weight in item.answers
    )
    relative = f", added to {code(item.relative_to)}" if item.relative_to else ""
    yield f"- Assumed until answered: {escape(shares)}{relative}"
    if item.what_if:
        yield f"- Also tried: {escape(', '.join(map(_value, item.what_if)))}"


def profile(item: Profile) -> Iterator[str]:
    """Yield whom a profile is for and its weights."""
    yield from _head(item.id, item.title, item.text)
    yield "| criterion | weight |"
    yield "| --- | ---: |"
    for name, weight in sorted(item.weights.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"| {escape(name)} | {weight} |"


def figure(item: Figure) -> Iterator[str]:
    """Yield a constant with its unit and sources."""
    span = [decimal(value, 3) for value in (item.low, item.typical, item.high)]
    text = span[1] if len(set(span)) == 1 else f"{span[0]} to {span[2]}, typically {span[1]}"
    yield from _head(item.id, f"{text} {item.unit}", "")
    yield from _sources(item.sources)


def image(item: Image) -> Iterator[str]:
    """Yield what is known of a family of images."""
    words = {None: "unknown", True: "yes", False: "no"}
    yield from _head(item.id, item.role, "")
    yield f"- Matches: {', '.join(map(code, item.match))}"
    yield f"- Keeps state: {words[item.stateful]}"
    for title, values in (
        ("Ports", [str(port) for port in item.ports]),
        ("Published for", list(item.architectures)),
        ("Tied by", list(item.pins)),
        ("Uses", list(item.uses)),
        ("Health", [item.health] if item.health else []),
    ):
        if values:
            yield f"- {title}: {', '.join(map(escape, values))}"


def _head(identifier: str, title: str, text: str) -> Iterator[str]:
    yield ""
    yield f"### {identifier}"
    yield ""
    stop = "" if title.endswith(("?", ".")) or not text else "."
    yield f"**{escape(title)}**{stop} {sentence(text)}".rstrip()
    yield ""


def sentence(text: str) -> str:
    """Return a rule's sentence; each fact that it quotes is shown as a code span."""
    parts = _PLACE.split(text)
    return "".join(code(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def _scale(title: str, scale: Scale) -> Iterator[str]:
    """Yield a scale as a table of one row."""
    if scale.levels:
        values = [escape(name) for name in scale.levels]
        evidence = list(scale.levels.values())
    else:
        values = [str(value) for value, _ in scale.points]
        evidence = [number for _, number in scale.points]
    yield f"| {title}: {code(scale.fact)} | {' | '.join(values)} |"
    yield f"| --- |{' ---: |' * len(values)}"
    yield f"| evidence | {' | '.join(map(_signed, evidence))} |"


def _signed(value: Fraction) -> str:
    return f"+{value}" if value > 0 else str(value).replace("-", "−")


def _condition(condition: Condition | Comparison) -> str:
    """Return a condition in words."""
    if isinstance(condition, Comparison):
        operand = condition.operand
        values = operand if isinstance(operand, tuple) else (operand,)
        words = " or ".join(escape(_value(value)) for value in values)
        return f"{code(condition.fact)} {_OPERATORS[condition.operator]} {words}"
    parts = [_condition(part) for part in condition.parts]
    if condition.kind == "not":
        return f"not ({parts[0]})"
    word = " and " if condition.kind == "all" else " or "
    return word.join(
        f"({text})" if isinstance(part, Condition) and part.kind != "not" else text
        for part, text in zip(condition.parts, parts, strict=True)
    )


def _value(value: Value) -> str:
    return str(value)


def _or_none(item: Finding) -> str:
    return ", ".join(item.matters_to) or "every way"


def _sources(sources: Sequence[Citation]) -> Iterator[str]:
    """Yield a list of sources, each with what it says and when it was read."""
    for source in sources:
        where = f"Kubernetes Migration Guide, {escape(source.guide)}" if source.guide else ""
        if source.url:
            where = f"<{source.url}>"
        says = f": {escape(source.says)}" if source.says else ""
        read = f" (read {source.read})" if source.read else ""
        yield f"- Source: {where}{says}{read}"

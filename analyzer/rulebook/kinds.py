"""One reader for each kind of rule: its mapping -> its value."""

from analyzer.rulebook.model import (
    OPTIONS,
    PROTECTS,
    SEVERITIES,
    Criterion,
    Figure,
    Finding,
    Gate,
    Image,
    Profile,
    Question,
)
from analyzer.rulebook.parts import citations, condition, scalar, scale
from analyzer.rulebook.reader import RuleReader, rational
from analyzer.tree import Map, Seq


def criterion(reader: RuleReader) -> Criterion:
    """Return a criterion; it weighs at least one axis."""
    for_kubernetes = scale(reader, "for_kubernetes")
    for_testing_first = scale(reader, "for_testing_first")
    if for_kubernetes is None and for_testing_first is None:
        reader.report("for_kubernetes", "no evidence on any axis", "give it a scale")
    return Criterion(
        id=reader.text("id"),
        group=reader.file.rsplit("/", 2)[-2],
        title=reader.text("title"),
        question=reader.text("question"),
        for_kubernetes=for_kubernetes,
        for_testing_first=for_testing_first,
        speaks_for=reader.text("speaks_for", required=False),
        speaks_against=reader.text("speaks_against", required=False),
        reason=reader.text("reason"),
        remedy=reader.text("remedy"),
        sources=citations(reader),
        source=reader.source,
    )


def _options(reader: RuleReader, key: str) -> tuple[str, ...]:
    """Return a list of options, reporting names that are none."""
    names = reader.texts(key)
    for name in names:
        if name not in OPTIONS:
            reader.report(key, f"'{name}' is no option", f"one of {', '.join(OPTIONS)}")
    return tuple(name for name in names if name in OPTIONS)


def gate(reader: RuleReader) -> Gate:
    """Return a gate."""
    return Gate(
        id=reader.text("id"),
        title=reader.text("title"),
        rules_out=_options(reader, "rules_out"),  # type: ignore[arg-type]
        when=condition(reader, "when"),
        says=reader.text("says"),
        lifted_by=reader.text("lifted_by"),
        reason=reader.text("reason"),
        sources=citations(reader),
        source=reader.source,
        physical=bool(reader.flag("physical")),
    )


def finding(reader: RuleReader) -> Finding:
    """Return a finding; its folder is its scope."""
    return Finding(
        id=reader.text("id"),
        scope=reader.choice("scope", ("service", "host", "estate")),
        title=reader.text("title"),
        severity=reader.choice("severity", SEVERITIES),
        matters_to=_options(reader, "matters_to"),  # type: ignore[arg-type]
        when=condition(reader, "when"),
        says=reader.text("says"),
        reason=reader.text("reason"),
        remedy=reader.text("remedy"),
        hours=reader.number("hours"),
        sources=citations(reader),
        source=reader.source,
        protects=reader.choice("protects", PROTECTS, default="upkeep"),
    )


def profile(reader: RuleReader) -> Profile:
    """Return a profile; weights are whole numbers from 0 to 20."""
    weights: dict[str, int] = {}
    child = reader.child("weights")
    if child is not None:
        for name in child.tree:
            weight = child.number(name)
            if weight.denominator != 1 or not 0 <= weight <= 20:  # noqa: PLR2004 - the scale's end
                child.report(name, f"weight {weight}", "weights are whole numbers from 0 to 20")
            weights[name] = int(weight)
    return Profile(
        id=reader.text("id"),
        title=reader.text("title"),
        text=reader.text("text"),
        weights=weights,
        source=reader.source,
    )


def question(reader: RuleReader, identifier: str) -> Question:
    """Return a question; ``answers`` maps a value to its base-rate weight."""
    answers = []
    child = reader.child("answers")
    if child is not None:
        for name in child.tree:
            weight = child.number(name)
            if weight < 0 or weight.denominator != 1:
                child.report(name, "not a whole number", "answers carry whole base-rate weights")
            answers.append((scalar(name), int(weight)))
    what_if = reader.raw("what_if", required=False)
    return Question(
        fact=identifier,
        ask=reader.text("ask"),
        key=reader.text("key"),
        answers=tuple(answers),
        relative_to=reader.text("relative_to", required=False),
        what_if=tuple(map(scalar, what_if)) if isinstance(what_if, Seq) else (),
        reason=reader.text("reason"),
        rank=int(reader.number("rank")),
        source=reader.source,
    )


def figure(reader: RuleReader, identifier: str) -> Figure:
    """Return a figure; ``value`` stands for low, typical and high at once."""
    tree: Map = reader.tree
    if "value" in tree:
        low = typical = high = reader.number("value")
    else:
        low, typical, high = (reader.number(key) for key in ("low", "typical", "high"))
    if not low <= typical <= high:
        reader.report("typical", "low, typical and high do not rise", "order them")
    return Figure(identifier, low, typical, high, reader.text("unit"), citations(reader))


def image(reader: RuleReader, identifier: str) -> Image:
    """Return what is known of a family of images."""
    ports = [rational(port) for port in reader.texts("ports", required=False)]
    return Image(
        id=identifier,
        match=reader.texts("match"),
        role=reader.text("role"),
        stateful=reader.flag("stateful"),
        ports=tuple(int(port) for port in ports if port is not None),
        architectures=reader.texts("architectures", required=False),
        pins=reader.texts("pins", required=False),
        health=reader.text("health", required=False),
        mirror=bool(reader.flag("mirror")),
        uses=reader.texts("uses", required=False),
    )

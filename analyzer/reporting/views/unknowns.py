"""Appendices H and I: open questions with the answers assumed, and every fact."""

from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.decision.model import Unknown
from analyzer.facts.model import Fact, Unit
from analyzer.facts.wording import say
from analyzer.reporting.escape import code, escape
from analyzer.reporting.numbers import percent, score
from analyzer.reporting.views.rows import Row, Rows, places, table
from analyzer.rulebook.model import Question


class Unknowns(NamedTuple):
    """Questions, what is assumed meanwhile, the facts, and what no importer understood."""

    questions: Rows
    facts: Rows
    unread: Rows


def unknowns(assessment: Assessment) -> Unknowns:
    """Return appendices H and I."""
    questions = assessment.rulebook.questions
    facts = assessment.facts.values

    def row(unknown: Unknown) -> Row:
        return (
            escape(unknown.ask),
            escape(unknown.key),
            _assumed(questions.get(unknown.fact), facts.get(unknown.fact)),
            score(unknown.swing),
            "yes" if unknown.could_flip else "no",
            escape(unknown.reason),
        )

    return Unknowns(
        questions=table(assessment.decision.unknowns, row),
        facts=table([facts[name] for name in sorted(facts)], _fact),
        unread=table(assessment.inventory.unread, lambda text: (escape(text),)),
    )


def _assumed(question: Question | None, fact: Fact | None) -> str:
    """Return the answers that are assumed and how often, most likely first."""
    if question is None or not question.answers:
        return ""
    whole = sum(weight for _, weight in question.answers)
    ranked = sorted(question.answers, key=lambda answer: -answer[1])
    relative = f" above {question.relative_to}" if question.relative_to else ""
    unit: Unit = fact.unit if fact else ""
    parts = [
        f"{say(value, unit)} ({percent(Fraction(weight, whole))})"
        for value, weight in ranked
        if weight
    ]
    return escape(", ".join(parts) + relative)


def _fact(fact: Fact) -> Row:
    value = say(fact.value, fact.unit)
    if fact.value is None and fact.low is not None and fact.high is not None:
        value += f", {say(fact.low, fact.unit)} to {say(fact.high, fact.unit)}"
    return code(fact.name), escape(value), escape(fact.text), places(fact.sources)

"""Rules against the catalogue of facts: what a rule names has to exist and to fit."""

from collections.abc import Iterator, Mapping

from analyzer.errors import Problem
from analyzer.facts import derived, hosts, needs, services  # noqa: F401 - they fill it
from analyzer.facts.catalogue import BASE, DERIVED
from analyzer.facts.findings import finding_problems
from analyzer.facts.rule_fit import criterion_misfits, gate_misfits, question_misfits
from analyzer.facts.wording import placeholders
from analyzer.inventory.model import Source
from analyzer.inventory.suggestion import did_you_mean
from analyzer.rulebook.conditions import facts_of
from analyzer.rulebook.model import Criterion, Gate, Rulebook

_Found = tuple[str, str, str]


def estate_facts() -> Mapping[str, tuple[str, str]]:
    """Return unit and meaning of every fact that criteria, gates and questions may name."""
    found = {name: (base.unit, base.meaning) for name, base in BASE.items()}
    found |= {name: (fact.unit, fact.meaning) for name, fact in DERIVED.items()}
    return dict(sorted(found.items()))


def rule_problems(rulebook: Rulebook) -> tuple[Problem, ...]:
    """Return every fact that a rule names and nothing tells, and every weight of no criterion."""
    problems = list(finding_problems(rulebook))
    asked = rulebook.questions
    for criterion in rulebook.criteria.values():
        found = (*_criterion(criterion), *criterion_misfits(criterion, asked))
        problems += (_problem(criterion.source, *one) for one in found)
    for gate in rulebook.gates.values():
        found = (*_gate(gate), *gate_misfits(gate, asked))
        problems += (_problem(gate.source, *one) for one in found)
    for question in rulebook.questions.values():
        if question.fact not in BASE:
            what = f"'{question.fact}' is no fact that an inventory can tell"
            problems.append(
                _problem(question.source, question.fact, what, _nearest(question.fact))
            )
        else:
            problems += (_problem(question.source, *one) for one in question_misfits(question))
    for profile in rulebook.profiles.values():
        for name in profile.weights:
            if name not in rulebook.criteria:
                what = f"there is no criterion '{name}'"
                remedy = did_you_mean(name, rulebook.criteria, "take it out")
                problems.append(_problem(profile.source, f"weights.{name}", what, remedy))
    return tuple(problems)


def _criterion(criterion: Criterion) -> Iterator[_Found]:
    """Yield path, problem and remedy of one criterion."""
    scales = {
        "for_kubernetes": criterion.for_kubernetes,
        "for_testing_first": criterion.for_testing_first,
    }
    for key, scale in scales.items():
        if scale and not _is_fact(scale.fact):
            yield key, f"there is no fact '{scale.fact}'", _nearest(scale.fact)
    for key in ("speaks_for", "speaks_against"):
        for name in placeholders(getattr(criterion, key)):
            if not _is_fact(name):
                yield key, f"there is no fact '{name}'", _nearest(name)


def _gate(gate: Gate) -> Iterator[_Found]:
    """Yield path, problem and remedy of one gate."""
    for name in dict.fromkeys(facts_of(gate.when)):
        if not _is_fact(name):
            yield "when", f"there is no fact '{name}'", _nearest(name)
    for key in ("says", "lifted_by"):
        for name in placeholders(getattr(gate, key)):
            if not _is_fact(name):
                yield key, f"there is no fact '{name}'", _nearest(name)


def _is_fact(name: str) -> bool:
    return name in BASE or name in DERIVED


def _nearest(name: str) -> str:
    """Return the nearest known fact, or where all of them are listed."""
    return did_you_mean(name, estate_facts(), "'k8sadvisor rules docs' lists the facts")


def _problem(source: Source, path: str, what: str, remedy: str) -> Problem:
    return Problem(source.file, source.line, source.column, path, what, remedy)

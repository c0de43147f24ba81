"""The tree of a JSON report -> the snapshot that its assessment would give.

Strict: what is not as k8sadvisor writes it is refused, with the section it is in.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar, get_args

from analyzer.comparison.model import (
    DecisionState,
    FactState,
    FindingState,
    FlipState,
    GateState,
    PlanState,
    Scope,
    Score,
    Snapshot,
    Stated,
    Weighing,
)
from analyzer.comparison.snapshot import subject_of
from analyzer.decision.model import GateStatus, Verdict
from analyzer.facts.model import Unit
from analyzer.rulebook.model import OPTIONS, SEVERITIES, Value

_EXACT = re.compile(r"-?\d{1,400}(/\d{1,400})?")
_Made = TypeVar("_Made")
Tree = Mapping[str, Any]


class NotAReport(Exception):  # noqa: N818 - a verdict on a file
    """A section of a report is not as k8sadvisor writes it."""

    def __init__(self, section: str) -> None:
        """Keep the name of the section."""
        self.section = section
        super().__init__(section)


def snapshot(tree: Tree, label: str) -> Snapshot:
    """Return what of a report can be compared.

    Raises:
        NotAReport: with the section that cannot be read.
    """

    def section(name: str, read: Callable[[Any], _Made], there: bool = True) -> _Made:  # noqa: FBT001, FBT002
        try:
            return read(tree[name] if there else tree)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            raise NotAReport(name) from None

    return Snapshot(
        label=label,
        scope=section("settings", _scope, there=False),
        hosts=section("hosts", _stated) if "hosts" in tree else None,
        services=section("services", _stated) if "needs" in tree else None,
        volumes=section("volumes", _stated) if "volumes" in tree else None,
        needs=section("needs", lambda needs: Stated(_fields(needs), ""))
        if "needs" in tree
        else None,
        edges=section("graph", _edges),
        facts=section("facts", _facts),
        decision=section("decision", _decision),
        weighings=section("decision", _weighings),
        gates=section("decision", _gates),
        flips=section("decision", _flips),
        findings=section("findings", _findings),
        plan=section("plan", _plan),
        memory_bytes=section("footprint", _memory),
        questions=section("unknowns", _questions),
    )


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _one_of(value: object, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise ValueError
    return value


def _number(value: object) -> Fraction | int:
    """Return a number as it was rounded when it was written."""
    if type(value) is int:
        return value
    if type(value) is not float:
        raise TypeError
    found = Fraction(repr(value))
    return found.numerator if found.denominator == 1 else found


def _value(value: object) -> Value:
    return value if isinstance(value, str) else _number(value)


def _maybe(value: object) -> Value | None:
    return None if value is None else _value(value)


def _exact(value: object) -> Fraction:
    if not _EXACT.fullmatch(_text(value)):
        raise ValueError
    return Fraction(_text(value))


def _texts(value: object) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError
    return tuple(map(_text, value))


def _scope(tree: Tree) -> Scope:
    settings, estate = tree["settings"], tree["estate"]
    return Scope(
        version=_text(tree["tool"]["version"]),
        rules=_text(tree["rules"]["fingerprint"]),
        profile=_text(settings["profile"]),
        weights=tuple(sorted((_text(k), _count(v)) for k, v in settings["weights"].items())),
        what_if=_texts(settings["what_if"]),
        today=_text(settings["date"] or ""),
        name=_text(estate["name"]),
        files=_texts(estate["files"]),
        unread=len(_texts(estate["unread"])),
    )


def _fields(tree: Tree) -> dict[str, tuple[str, ...]]:
    return {_text(field): _texts(texts) for field, texts in sorted(tree.items())}


def _stated(rows: list[Tree]) -> dict[str, Stated]:
    return {_text(row["id"]): Stated(_fields(row["stated"]), _text(row["source"])) for row in rows}


def _edges(graph: Tree) -> dict[tuple[str, str], str]:
    return {
        (_text(edge["from"]), _text(edge["to"])): _text(edge["kind"]) for edge in graph["edges"]
    }


def _facts(rows: list[Tree]) -> dict[str, FactState]:
    return {
        _text(row["name"]): FactState(
            _maybe(row["value"]), _one_of(row["unit"], get_args(Unit)), _text(row["text"])
        )
        for row in rows
    }


def _decision(tree: Tree) -> DecisionState:
    sure = tree["confidence"]
    options = {_one_of(row["id"], OPTIONS): row for row in tree["options"]}
    if set(options) != set(OPTIONS):
        raise ValueError
    return DecisionState(
        recommended=_one_of(tree["recommended"], OPTIONS),
        verdict=_one_of(tree["verdict"], get_args(Verdict)),
        feasible=_flag(tree["feasible"]),
        unconstrained=_one_of(tree["unconstrained"], OPTIONS),
        opening=_text(tree["opening"]),
        stars=_count(sure["stars"]),
        share=Fraction(_number(sure["share"])),
        known_facts=_count(sure["known_facts"]),
        all_facts=_count(sure["all_facts"]),
        known_weight=Fraction(_number(sure["known_weight"])),
        weight_radius=Fraction(_number(tree["robustness"]["weight_radius"])),
        options={name: _score(row) for name, row in sorted(options.items())},
    )


def _score(row: Tree) -> Score:
    exact = row["exact"]
    return Score(
        _exact(exact["score"]),
        _exact(exact["low"]),
        _exact(exact["high"]),
        Fraction(_number(row["share"])),
        _texts(row["ruled_out_by"]),
    )


def _weighings(tree: Tree) -> dict[str, Weighing]:
    rows = {_text(row["criterion"]): row for row in tree["contributions"]}
    return {
        name: Weighing(
            _text(row["title"]),
            _count(row["weight"]),
            _flag(row["known"]),
            {option: _exact(row["exact"][option]) for option in sorted(OPTIONS)},
            _texts(row["facts"]),
            _text(row["text"]),
        )
        for name, row in sorted(rows.items())
    }


def _gates(tree: Tree) -> dict[str, GateState]:
    rows = {_text(row["id"]): row for row in tree["gates"]}
    return {
        name: GateState(
            _text(row["title"]),
            _one_of(row["status"], get_args(GateStatus)),
            _texts(row["rules_out"]),
            _text(row["says"]),
            _text(row["lifted_by"]),
        )
        for name, row in sorted(rows.items())
    }


def _flips(tree: Tree) -> tuple[FlipState, ...]:
    return tuple(
        FlipState(
            _text(row["input"]),
            _maybe(row["from"]),
            _value(row["to"]),
            _one_of(row["becomes"], OPTIONS),
        )
        for row in tree["flips"]
    )


def _findings(rows: list[Tree]) -> dict[tuple[str, str], FindingState]:
    return {
        (_text(row["id"]), subject_of(_text(row["scope"]), _text(row["subject"]))): FindingState(
            _one_of(row["severity"], SEVERITIES),
            _text(row["title"]),
            _text(row["text"]),
            _text(row["source"]),
            None if row["waived"] is None else _text(row["waived"]),
        )
        for row in rows
    }


def _plan(tree: Tree) -> PlanState:
    weeks = tree["calendar_weeks"]
    return PlanState(
        waves={
            name: _count(wave["number"])
            for wave in tree["waves"]
            for name in sorted(_texts(wave["services"]))
        },
        total_hours=Fraction(_number(tree["total_hours"])),
        calendar_weeks=None if weeks is None else Fraction(_number(weeks)),
        exposure=_count(tree["exposure"]["value"]),
        improvement_hours=Fraction(_number(tree["improvement_hours"])),
    )


def _memory(tree: Tree) -> dict[str, int]:
    return {
        _text(row["host"]): 0 if row["role"] == "none" else _count(row["added_bytes"]["typical"])
        for row in tree["hosts"]
    }


def _questions(rows: list[Tree]) -> dict[str, str]:
    return {_text(row["fact"]): _text(row["ask"]) for row in rows}

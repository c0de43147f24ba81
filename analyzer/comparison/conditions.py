"""Conditions of ``--fail-on``: what ends a run of CI, as data, and whether it holds.

A condition that cannot be judged, because the two are not comparable, counts as met: silence
would say that nothing has changed.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from analyzer.comparison.changes import Comparison, Incomparable
from analyzer.comparison.model import FlipState, Snapshot
from analyzer.comparison.scope import comparable
from analyzer.decision.model import Verdict
from analyzer.facts.wording import say
from analyzer.rulebook.model import SEVERITIES, Severity
from analyzer.units import parse_number

MOST_STARS = 5
_COUNTED = frozenset({"hosts", "servers", "sites", "services", ""})
"""Units that are counted one by one; of anything else a share of today's value is taken."""
_LEVELS = (
    ("none", "low", "medium", "high"),
    ("none", "some", "repeated"),
    ("none", "some", "production"),
    ("none", "wanted", "required"),
    ("none", "shared", "replicated"),
    ("no", "yes"),
    ("false", "true"),
)
"""The scales of the inventory's words, from the least on."""
_STRENGTH: Mapping[Verdict, int] = {name: at for at, name in enumerate(get_args(Verdict))}
"""From the surest verdict to the least sure."""


class Condition(NamedTuple):
    """A condition as the user wrote it: its name and what stands behind the colon."""

    name: str
    argument: str = ""

    def __str__(self) -> str:
        """Return it as written."""
        return f"{self.name}:{self.argument}" if self.argument else self.name


class Run(NamedTuple):
    """What conditions look at; ``comparison`` is None when there is nothing to compare with."""

    now: Snapshot
    comparison: Comparison | None


class Kind(NamedTuple):
    """One kind of condition.

    ``argument`` is empty for none, and names it otherwise; ``check`` says what is wrong with one.
    ``compared`` is what of a comparison it rests on, and ``baseline`` whether it needs one.
    ``judge`` yields a sentence for each reason why the condition holds.
    """

    argument: str
    baseline: Literal["needed", "used", "ignored"]
    compared: Literal["answer", "rules", "nothing"]
    meaning: str
    check: Callable[[str], str]
    judge: Callable[[Run, str], Iterator[str]]


def parse(text: str) -> Condition:
    """Return the condition that a text names.

    Raises:
        ValueError: with what is wrong and what to write.
    """
    name, colon, argument = text.strip().partition(":")
    kind = CONDITIONS.get(name)
    if kind is None:
        message = f"'{name}' is no condition; one of {', '.join(CONDITIONS)}"
        raise ValueError(message)
    if bool(colon) != bool(kind.argument):
        how = f"{name}:{kind.argument}" if kind.argument else name
        message = f"write {how}"
        raise ValueError(message)
    if wrong := kind.check(argument):
        message = f"'{text}': {wrong}"
        raise ValueError(message)
    return Condition(name, argument)


def met(conditions: tuple[Condition, ...], run: Run) -> tuple[str, ...]:
    """Return a line for every reason why a condition holds or cannot be judged."""
    return tuple(
        f"{condition}: {reason}" for condition in conditions for reason in _reasons(condition, run)
    )


def _reasons(condition: Condition, run: Run) -> Iterator[str]:
    kind = CONDITIONS[condition.name]
    reason = _cannot_tell(kind, run)
    if reason is not None:
        yield f"cannot be told: {reason.what}: {reason.why}"
        return
    yield from kind.judge(run, condition.argument)


def _cannot_tell(kind: Kind, run: Run) -> Incomparable | None:
    """Return why a condition cannot be judged, None where it can."""
    if run.comparison is None:
        nothing = Incomparable("not comparable", "there is nothing to compare with")
        return nothing if kind.baseline == "needed" else None
    can = comparable(run.comparison.before, run.comparison.after)
    fine = {"answer": can.answer, "rules": can.judged, "nothing": True}[kind.compared]
    return None if fine else can.why_not[0]


def _changed(run: Run, _: str) -> Iterator[str]:
    if run.comparison is not None and run.comparison.answer_changed:
        before, after = run.comparison.before.decision, run.comparison.after.decision
        yield f"was {_answer(before.recommended, before.feasible)}, is {_answer(after.recommended, after.feasible)}"


def _answer(option: str, feasible: bool) -> str:  # noqa: FBT001 - a state, shown
    return option if feasible else f"{option} by the scores alone (nothing meets what is required)"


def _weaker(run: Run, _: str) -> Iterator[str]:
    if run.comparison is None:
        return
    before, after = run.comparison.before.decision, run.comparison.after.decision
    if _STRENGTH[after.verdict] > _STRENGTH[before.verdict]:
        yield f"was {before.verdict}, is {after.verdict}"
    elif before.feasible and not after.feasible:
        yield "an option met what is required, and none does now"


def _tripped(run: Run, _: str) -> Iterator[str]:
    before = run.comparison.before.gates if run.comparison else {}
    for name, gate in run.now.gates.items():
        was = before.get(name)
        if gate.status == "tripped" and (was is None or was.status != "tripped"):
            yield f"{name}: {gate.says}"


def _new_finding(run: Run, argument: str) -> Iterator[str]:
    if run.comparison is None:
        return
    least = SEVERITIES.index(_severity(argument))
    for move in run.comparison.findings:
        now, was = move.after, move.before
        if now is None or now.waived is not None or SEVERITIES.index(now.severity) > least:
            continue
        if was is None or was.waived is not None or was.severity != now.severity:
            where = f" ({now.place})" if now.place else ""
            subject = f" of {move.subject}" if move.subject else ""
            yield f"{now.severity}: {move.finding}{subject}{where}"


def _severity(argument: str) -> Severity:
    return next(name for name in SEVERITIES if name == argument)


def _flip_within(run: Run, argument: str) -> Iterator[str]:
    share = argument.endswith("%")
    limit = parse_number(argument.removesuffix("%")) or Fraction(0)
    for flip in run.now.flips:
        far = distance(flip, run.now)
        if far is not None and far.relative == share and far.amount <= limit:
            unit = run.now.facts[flip.input].unit
            yield (
                f"{flip.input} from {say(flip.before, unit)} to {say(flip.after, unit)}"
                f" makes it {flip.becomes}"
            )


class Distance(NamedTuple):
    """How far an input is from turning the answer: steps, or percent of today's value."""

    amount: Fraction
    relative: bool


def distance(flip: FlipState, now: Snapshot) -> Distance | None:
    """Return how far a flip is away; None where today's value is unknown, or nothing to go by.

    Levels are counted along the scale that has both.
    """
    before, after = flip.before, flip.after
    if before is None:
        return None
    if isinstance(before, str) or isinstance(after, str):
        levels = next((scale for scale in _LEVELS if {before, after} <= {*scale}), None)
        if levels is None:
            return None
        steps = abs(levels.index(str(before)) - levels.index(str(after)))
        return Distance(Fraction(steps), relative=False)
    return _numeric(before, after, counted=now.facts[flip.input].unit in _COUNTED)


def _numeric(before: Fraction | int, after: Fraction | int, *, counted: bool) -> Distance | None:
    far = abs(Fraction(after) - Fraction(before))
    if counted:
        return Distance(far, relative=False)
    return Distance(far / abs(Fraction(before)) * 100, relative=True) if before else None


def _evidence(run: Run, argument: str) -> Iterator[str]:
    stars = run.now.decision.stars
    if stars < int(argument):
        yield f"{stars} of {MOST_STARS} stars"


def _none(_: str) -> str:
    return ""


def _is_severity(argument: str) -> str:
    return "" if argument in SEVERITIES else f"a severity is one of {', '.join(SEVERITIES)}"


def _is_stars(argument: str) -> str:
    known = {str(number) for number in range(2, MOST_STARS + 1)}
    return "" if argument in known else f"stars are from 2 to {MOST_STARS}"


def _is_distance(argument: str) -> str:
    number = parse_number(argument.removesuffix("%"))
    return "" if number else "write steps, as in 1, or percent of a measured value, as in 10%"


CONDITIONS: Mapping[str, Kind] = {
    "recommendation-changed": Kind(
        "",
        "needed",
        "answer",
        "another option is recommended than in the baseline",
        _none,
        _changed,
    ),
    "verdict-weaker": Kind(
        "",
        "needed",
        "answer",
        "the verdict was surer in the baseline, or something met what is required",
        _none,
        _weaker,
    ),
    "gate-tripped": Kind(
        "",
        "used",
        "rules",
        "a gate rules an option out; with a baseline, one that did not there",
        _none,
        _tripped,
    ),
    "new-finding": Kind(
        "SEVERITY",
        "needed",
        "rules",
        "a finding this bad or worse is new, or no longer waived",
        _is_severity,
        _new_finding,
    ),
    "flip-within": Kind(
        "N",
        "ignored",
        "nothing",
        "one input turns the answer within N steps (hosts, levels), or N% of a measured value",
        _is_distance,
        _flip_within,
    ),
    "evidence-below": Kind(
        "STARS",
        "ignored",
        "nothing",
        "the evidence has fewer stars than that",
        _is_stars,
        _evidence,
    ),
}
"""Condition -> what it is; the order is the one of the documentation."""

"""The first two screens: answer, reasons, changes, first things, course and costs."""

from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.decision.model import Flip, OptionResult
from analyzer.plan.model import Improvement, Mirror, Wave
from analyzer.reporting.answer import Answer, Change, Reason, answer
from analyzer.reporting.costs import costs
from analyzer.reporting.escape import code, escape, line
from analyzer.reporting.numbers import count, hours, percent, score, weeks
from analyzer.reporting.views.rows import FRONT_LIMIT, Row, Rows, listed, table
from analyzer.reporting.wording import CLASS_WORDS, advice
from analyzer.rulebook.model import Rulebook

CHANGES = 6
QUESTIONS = 5
FAILED_CHECKS = 4
MEASUREMENTS = 6


class Front(NamedTuple):
    """What the report opens with; every text is Markdown already."""

    title: str
    option: str
    verdict: str
    verdict_reason: str
    stars: str
    evidence: str
    survives: str
    feasible: bool
    opening: str
    unconstrained: str
    run: str
    options: Rows
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    more_changes: int
    first: tuple[str, ...]
    asks: tuple[str, ...]
    more_asks: int


class Course(NamedTuple):
    """The plan of the chosen option: ``kind`` says which table holds it."""

    kind: str
    rows: Rows
    effort: str
    test_host: str
    measurements: tuple[str, ...]


class Expense(NamedTuple):
    """Memory, effort and what failover would take."""

    hosts: Rows
    effort: str
    contradiction: str
    failover: str


def front(assessment: Assessment) -> Front:
    """Return the first screen."""
    decision = assessment.decision
    found = answer(assessment)
    return Front(
        title=f"{escape(found.name)}: {escape(found.headline)}",
        option=decision.recommended,
        verdict=decision.verdict.replace("-", " "),
        verdict_reason=line(_sentence(decision.verdict_reason)) if decision.feasible else "",
        stars=found.stars,
        evidence=found.evidence,
        survives=found.survives,
        feasible=decision.feasible,
        opening=line(decision.opening.rstrip(".")),
        unconstrained=f"**{decision.unconstrained}** "
        f"({escape(advice(assessment, decision.unconstrained))})",
        run=run(assessment),
        options=_options(assessment),
        reasons=_reasons(found),
        changes=tuple(_change(change, assessment.rulebook) for change in found.changes[:CHANGES]),
        more_changes=max(0, len(found.changes) - CHANGES),
        first=tuple(
            f"{line(thing.title)}{f' ({thing.took})' if thing.took else ''}: {escape(thing.text)}"
            for thing in found.first
        ),
        asks=tuple(
            f"{line(item.ask)} Write {code_line(item.write)}."
            f"{' It could change the answer.' if item.could_flip else ''}"
            for item in found.asks[:QUESTIONS]
        ),
        more_asks=max(0, len(found.asks) - QUESTIONS),
    )


def _sentence(text: str) -> str:
    """Return a clause as a sentence."""
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}" if text else ""


def code_line(text: str) -> str:
    """Return a line of YAML from the rules as a code span, outside of any table."""
    return escape(text) if "`" in text or not text.isprintable() else f"`{text}`"


def run(assessment: Assessment) -> str:
    """Return with which settings the answer was taken."""
    settings = assessment.settings
    parts = [f"profile {code(assessment.decision.profile)}"]
    parts += [f"weight {code(f'{name}={weight}')}" for name, weight in settings.weights]
    parts += [f"what if {code(change)}" for change in settings.what_if]
    if settings.today:
        parts.append(f"waivers as of {settings.today}")
    return ", ".join(parts)


def _options(assessment: Assessment) -> Rows:
    """Return the three options, best first."""
    decision = assessment.decision
    titles = {result.gate.id: result.gate.title for result in decision.gates}

    def row(result: OptionResult) -> Row:
        name = f"**{result.id}**" if result.id == decision.recommended else result.id
        blocked = [escape(titles[gate]) for gate in result.ruled_out_by]
        blocked += [f"perhaps: {escape(titles[gate])}" for gate in result.conditional_on]
        gates = "; ".join(blocked) + (" ([B](#b-gates))" if blocked else "")
        span = f"{score(result.low)} … {score(result.high)}"
        return name, score(result.score), span, percent(result.share), gates

    return table(decision.options, row)


def _reasons(found: Answer) -> tuple[str, ...]:
    """Return why: what is ruled out, then the sentences for and those against."""
    lines = [
        f"{_side(reason)}, {score(reason.weight)}: {escape(reason.text)}"
        for reason in found.reasons
    ]
    return (*map(line, found.blocked), *lines)


def _side(reason: Reason) -> str:
    """Return on which side of the recommended option a reason stands."""
    return "for" if reason.weight > 0 else "against" if reason.weight < 0 else "neither"


def _change(change: Change, rulebook: Rulebook) -> str:
    """Return one change, or several together, and the option it leads to."""
    parts = [
        f"{_input(flip, rulebook)} from {escape(flip.before_text)} to {escape(flip.after_text)}"
        for flip in change.flips
    ]
    if len(parts) > 1:
        parts = [f"together: {', '.join(parts[:-1])} and {parts[-1]}"]
    return f"{parts[0]} → **{change.becomes}**"


def _input(flip: Flip, rulebook: Rulebook) -> str:
    """Return the name of an input; what is not stated by a key of its name with its question."""
    question = rulebook.questions.get(flip.input)
    if flip.input.startswith("needs.") or question is None:
        return code(flip.input)
    return f"{code(flip.input)} ({line(question.ask.rstrip('?'))})"


def course(assessment: Assessment) -> Course:
    """Return the plan of the recommended option as one table."""
    plan = assessment.plan
    option = assessment.decision.recommended
    if option == "incremental":
        rows = table(plan.waves, _wave, FRONT_LIMIT)
        effort = f"{hours(plan.total_hours)}, {weeks(plan.calendar_weeks)} in all"
    elif option == "test-cluster":
        rows = table(plan.mirrors, _mirror, FRONT_LIMIT)
        effort = ""
    else:
        rows = table(plan.improvements, _improvement, FRONT_LIMIT)
        effort = f"{hours(plan.improvement_hours)} in all"
    return Course(
        kind=option,
        rows=rows,
        effort=effort,
        test_host=_test_place(assessment),
        measurements=tuple(map(line, plan.measurements[:MEASUREMENTS])),
    )


def _test_place(assessment: Assessment) -> str:
    """Return where the test cluster would stand, as far as the inventory tells."""
    if assessment.plan.test_host:
        return f"on {code(assessment.plan.test_host)}, beside production"
    place = assessment.facts.values.get("test.place")
    if place is not None and place.value == "none":
        return "on a machine of its own; no host of this estate has the room"
    return (
        "on a machine of its own, or in a virtual machine on a host that can run one: the inventory"
        " does not say which could (memory, memory_used, can_host_vms)"
    )


def _wave(wave: Wave) -> Row:
    services = listed(wave.services)
    return (
        str(wave.number),
        CLASS_WORDS[wave.service_class],
        services,
        hours(wave.effort_hours),
        weeks(wave.calendar_weeks),
        f"{wave.exposure_after:,}",
    )


def _mirror(mirror: Mirror) -> Row:
    return code(mirror.service), escape(mirror.reason)


def _improvement(item: Improvement) -> Row:
    what = count(len(item.services), item.scope) if item.services else "the estate"
    return escape(item.title), what, hours(item.hours), escape(item.text)


def expense(assessment: Assessment) -> Expense:
    """Return what a move costs, whatever is recommended."""
    found = costs(assessment, FRONT_LIMIT)
    hosts, total = found.hosts, found.all_hosts
    rows = table(hosts, lambda cost: (code(cost.host), *cost[1:]), FRONT_LIMIT, total)
    if total > 1:
        rows = rows._replace(rows=(*rows.rows, tuple(found.total)))
    return Expense(
        hosts=rows,
        effort=found.effort,
        contradiction=found.contradiction,
        failover=_failover(assessment),
    )


def _failover(assessment: Assessment) -> str:
    """Return how much of the failover checklist holds, and the first things that do not."""
    checks = assessment.facts.checklist
    passed = sum(check.passed is True for check in checks)
    unknown = sum(check.passed is None for check in checks)
    failed = [check.title for check in checks if check.passed is False]
    text = f"{passed} of {count(len(checks), 'condition')} for failover hold"
    if unknown:
        text += f", {unknown} cannot be told"
    if failed:
        text += "; missing: " + "; ".join(map(escape, failed[:FAILED_CHECKS]))
        left = len(failed) - FAILED_CHECKS
        text += f" and {left} more" if left > 0 else ""
    return text

"""Assessment -> workflow commands of GitHub Actions: findings beside the lines they are about.

Form and escapes: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
and https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
"""

from collections.abc import Iterator, Mapping

from analyzer.assessment import Assessment
from analyzer.facts.model import FoundFinding
from analyzer.reporting.escape import visible
from analyzer.reporting.wording import headline
from analyzer.rulebook.model import Severity

LEVELS: Mapping[Severity, str] = {
    "high": "error",
    "medium": "warning",
    "low": "notice",
    "info": "notice",
}
MOST_OF_A_KIND = 10
"""A step shows so many of each level; the notice at the end is one of them."""


def render(assessment: Assessment) -> str:
    """Return one command a line: the worst first, then the answer as a notice."""
    return "\n".join(_commands(assessment)) + "\n"


def _commands(assessment: Assessment) -> Iterator[str]:
    open_ = [found for found in assessment.facts.findings if found.waived is None]
    shown = dict.fromkeys(LEVELS.values(), 0) | {"notice": 1}
    left = 0
    for found in open_:
        level = LEVELS[found.finding.severity]
        if shown[level] < MOST_OF_A_KIND:
            shown[level] += 1
            yield _command(level, found)
        else:
            left += 1
    more = f" {left:,} more findings are in the report." if left else ""
    decision = assessment.decision
    tripped = [gate for gate in decision.gates if gate.status == "tripped"]
    gates = "".join(f" {' and '.join(g.gate.rules_out)} ruled out: {g.says}" for g in tripped)
    text = f"{decision.recommended}, {decision.verdict.replace('-', ' ')}.{gates}{more}"
    title = f"{assessment.inventory.name or 'estate'}: {headline(assessment)}"
    yield f"::notice title={_property(title)}::{_data(text)}"


def _command(level: str, found: FoundFinding) -> str:
    source = found.source
    properties = {"file": source.file, "line": str(source.line or 1)}
    if source.column:
        properties["col"] = str(source.column)
    properties["title"] = found.finding.title
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {listed}::{_data(f'{found.subject}: {found.text}. {found.finding.remedy}')}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

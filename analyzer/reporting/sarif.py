"""Assessment -> SARIF 2.1.0: findings and gates at their place in the inventory.

Form: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from analyzer import __version__
from analyzer.assessment import Assessment
from analyzer.decision.model import GateResult
from analyzer.facts.model import FoundFinding
from analyzer.inventory.model import Source
from analyzer.reporting.escape import visible
from analyzer.rulebook.model import Citation, Finding, Severity

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Mapping[Severity, str] = {
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
MOST_RESULTS = 5_000
"""GitHub shows so many of a run at most, and refuses more than 25,000."""


def render(assessment: Assessment) -> str:
    """Return the log as JSON."""
    return json.dumps(document(assessment), indent=1, ensure_ascii=False) + "\n"


def document(assessment: Assessment) -> dict[str, Any]:
    """Return the tree of the log: one run, its rules in order of id, the worst results first."""
    findings = assessment.facts.findings[:MOST_RESULTS]
    gates = [gate for gate in assessment.decision.gates if gate.status == "tripped"]
    rules = {found.finding.id: _rule(found.finding) for found in findings}
    rules |= {gate.gate.id: _gate_rule(gate) for gate in gates}
    numbers = {name: at for at, name in enumerate(sorted(rules))}
    results = [
        *(_gate(gate, assessment, numbers) for gate in gates),
        *(_finding(found, assessment, numbers) for found in findings),
    ]
    driver = {
        "name": "k8sadvisor",
        "semanticVersion": __version__,
        "rules": [rules[name] for name in sorted(rules)],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "recommended": assessment.decision.recommended,
            "verdict": assessment.decision.verdict,
            "rules": assessment.rulebook.fingerprint,
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(finding: Finding) -> dict[str, Any]:
    rule = {
        "id": finding.id,
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": finding.reason},
        "help": {"text": finding.remedy},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"severity": finding.severity, "protects": finding.protects},
    }
    return rule | _help_uri(finding.sources)


def _gate_rule(result: GateResult) -> dict[str, Any]:
    gate = result.gate
    rule = {
        "id": gate.id,
        "shortDescription": {"text": gate.title},
        "fullDescription": {"text": gate.reason},
        "help": {"text": result.lifted_by},
        "defaultConfiguration": {"level": "note"},
        "properties": {"rules_out": list(gate.rules_out)},
    }
    return rule | _help_uri(gate.sources)


def _help_uri(sources: tuple[Citation, ...]) -> dict[str, str]:
    """Return the first public source, if there is one."""
    url = next((source.url for source in sources if source.url), "")
    return {"helpUri": url} if url else {}


def _finding(
    found: FoundFinding, assessment: Assessment, numbers: Mapping[str, int]
) -> dict[str, Any]:
    finding = found.finding
    text = f"{found.subject}: {found.text}. {finding.remedy}"
    result = _result(finding.id, LEVELS[finding.severity], text, found.source, assessment, numbers)
    result["partialFingerprints"] = {"ruleAndSubject/v1": f"{finding.id}/{visible(found.subject)}"}
    if found.waived is not None:
        waiver = {"kind": "external", "justification": visible(found.waived)}
        result["suppressions"] = [waiver]
    return result


def _gate(
    result: GateResult, assessment: Assessment, numbers: Mapping[str, int]
) -> dict[str, Any]:
    """Return a gate that rules options out: a note, for it is an answer and no fault."""
    source = next(_stated(assessment), Source(assessment.inventory.files[0], 0, 0))
    gate = result.gate
    text = f"{' and '.join(gate.rules_out)} ruled out: {result.says} {result.lifted_by}"
    found = _result(gate.id, "note", text, source, assessment, numbers)
    found["partialFingerprints"] = {"ruleAndSubject/v1": gate.id}
    return found


def _stated(assessment: Assessment) -> Iterator[Source]:
    """Yield the places of what the owner wants, the first one first."""
    yield from sorted(assessment.inventory.needs.lines.values())


def _result(
    rule: str,
    level: str,
    text: str,
    source: Source,
    assessment: Assessment,
    numbers: Mapping[str, int],
) -> dict[str, Any]:
    return {
        "ruleId": rule,
        "ruleIndex": numbers[rule],
        "level": level,
        "message": {"text": visible(text)},
        "locations": [{"physicalLocation": _location(source, assessment)}],
    }


def _location(source: Source, assessment: Assessment) -> dict[str, Any]:
    """Return a place; what stands in no file is put on the first one."""
    named = source.file if source.file in assessment.inventory.files else ""
    uri = quote(named or assessment.inventory.files[0], safe="/")
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if named and source.line:
        column = {"startColumn": source.column} if source.column else {}
        place["region"] = {"startLine": source.line, **column}
    return place

"""The decision and the open questions, as JSON values."""

from typing import Any

from analyzer.assessment import Assessment
from analyzer.decision.model import Contribution, Flip, GateResult, OptionResult
from analyzer.reporting.answer import ask
from analyzer.reporting.document.values import citations, exact, number, place, plain


def decision(assessment: Assessment) -> dict[str, Any]:
    """Return the answer, how sure it is, and all that it rests on."""
    found = assessment.decision
    robustness, confidence = found.robustness, found.confidence
    return {
        "recommended": found.recommended,
        "verdict": found.verdict,
        "verdict_reason": found.verdict_reason,
        "feasible": found.feasible,
        "unconstrained": found.unconstrained,
        "opening": found.opening,
        "profile": found.profile,
        "options": [_option(item) for item in found.options],
        "contributions": [_contribution(item) for item in found.contributions],
        "gates": [_gate(item) for item in found.gates],
        "flips": [_flip(item) for item in found.flips],
        "flip_sets": [
            {"changes": [_flip(flip) for flip in item.changes], "becomes": item.becomes}
            for item in found.flip_sets
        ],
        "weight_flips": [
            {
                "criterion": item.criterion,
                "weight": item.weight,
                "flips_at": number(item.flips_at),
                "becomes": item.becomes,
            }
            for item in found.weight_flips
        ],
        "robustness": {
            "weight_radius": number(robustness.weight_radius),
            "against": robustness.against,
            "weight_share_low": number(robustness.weight_share_low),
            "weight_share_high": number(robustness.weight_share_high),
        },
        "confidence": {
            "stars": confidence.stars,
            "share": number(confidence.share),
            "known_facts": confidence.known_facts,
            "all_facts": confidence.all_facts,
            "known_weight": number(confidence.known_weight),
        },
    }


def _option(item: OptionResult) -> dict[str, Any]:
    return {
        "id": item.id,
        "score": number(item.score),
        "low": number(item.low),
        "high": number(item.high),
        "exact": {"score": exact(item.score), "low": exact(item.low), "high": exact(item.high)},
        "share": number(item.share),
        "ruled_out_by": list(item.ruled_out_by),
        "conditional_on": list(item.conditional_on),
    }


def _contribution(item: Contribution) -> dict[str, Any]:
    criterion = item.criterion
    scores = dict(sorted(item.scores.items()))
    return {
        "criterion": criterion.id,
        "title": criterion.title,
        "weight": item.weight,
        "known": item.known,
        "for_kubernetes": number(item.evidence),
        "for_testing_first": number(item.testing_first),
        "scores": {option: number(score) for option, score in scores.items()},
        "exact": {option: exact(score) for option, score in scores.items()},
        "facts": list(criterion.facts),
        "text": item.text,
        "reason": criterion.reason,
        "remedy": criterion.remedy,
        "sources": citations(criterion.sources),
    }


def _gate(item: GateResult) -> dict[str, Any]:
    gate = item.gate
    return {
        "id": gate.id,
        "title": gate.title,
        "status": item.status,
        "rules_out": list(gate.rules_out),
        "says": item.says,
        "lifted_by": item.lifted_by,
        "reason": gate.reason,
        "sources": citations(gate.sources),
    }


def _flip(item: Flip) -> dict[str, Any]:
    return {
        "input": item.input,
        "from": plain(item.before),
        "to": plain(item.after),
        "becomes": item.becomes,
        "text": item.text,
    }


def unknowns(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the open questions, those that would settle most first, with what is assumed."""
    questions = assessment.rulebook.questions
    found = []
    for unknown in assessment.decision.unknowns:
        question = questions.get(unknown.fact)
        asked = ask(assessment, unknown)
        found.append(
            {
                "fact": unknown.fact,
                "ask": unknown.ask,
                "write": asked.write,
                "reason": unknown.reason,
                "swing": number(unknown.swing),
                "could_flip": unknown.could_flip,
                "assumed": [
                    {"value": plain(value), "weight": weight}
                    for value, weight in (question.answers if question else ())
                ],
                "relative_to": (question.relative_to if question else "") or None,
                "rule": place(question.source) if question else None,
            }
        )
    return found

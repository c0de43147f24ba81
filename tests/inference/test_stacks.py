"""What is inferred on stacks with known edges: enough of them, hardly a wrong one, none oversold."""

from collections import Counter
from functools import cache

import pytest

from analyzer.graph.model import BINDING_CONFIDENCE
from tests.inference.__main__ import main
from tests.inference.measurement import Result, calibration, measure, stacks

RECALL = 0.80
PRECISION = 0.95
FEWEST_STACKS = 60
TOLERANCE = 10
"""Percentage points by which a kind of evidence may hold less often than it promises."""
ENOUGH = 5
"""Edges below which a share says nothing."""


@cache
def result() -> Result:
    """Return the measurement of the whole corpus."""
    return measure(stacks())


def test_the_corpus_is_large_and_every_edge_has_its_ends() -> None:
    names = Counter(stack.name for stack in stacks())
    assert len(names) >= FEWEST_STACKS
    assert max(names.values()) == 1
    for stack in stacks():
        services = set(stack.compose["services"])
        for pair in stack.needs | stack.also | stack.doubtful:
            assert set(pair) <= services, (stack.name, pair)
        assert stack.needs.isdisjoint(stack.also | stack.doubtful), stack.name


def test_recall() -> None:
    missed = [(one.stack.name, *pair) for one in result().verdicts for pair in one.missed]
    assert result().recall >= RECALL, missed


def test_precision() -> None:
    wrong = [
        (one.stack.name, edge.dependent, edge.dependency)
        for one in result().verdicts
        for edge in one.wrong
        if edge.binds
    ]
    assert result().precision >= PRECISION, wrong


def test_no_kind_of_evidence_promises_more_than_it_holds() -> None:
    right: Counter[str] = Counter()
    promised: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for (kind, confidence), (held, failed) in calibration(result().verdicts).items():
        if confidence >= BINDING_CONFIDENCE:
            right[kind] += held
            edges[kind] += held + failed
            promised[kind] += confidence * (held + failed)
    for kind, number in edges.items():
        if number >= ENOUGH:
            assert 100 * right[kind] >= promised[kind] - TOLERANCE * number, kind


def test_weak_evidence_is_weak() -> None:
    weak = [
        counts
        for (_, confidence), counts in calibration(result().verdicts).items()
        if confidence < BINDING_CONFIDENCE
    ]
    right, wrong = (sum(counts) for counts in zip(*weak, strict=True))
    assert right <= wrong, "evidence that mostly holds should bind"


def test_no_value_is_told() -> None:
    for verdict in result().verdicts:
        for edge in (*verdict.right, *verdict.wrong):
            assert all("://" not in evidence.text for evidence in edge.evidence)


def test_the_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    assert f"recall {result().recall:.3f}, precision {result().precision:.3f}" in printed
    assert "| environment | 95 % |" in printed

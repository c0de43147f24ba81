"""Stacks with known edges, without ``depends_on`` -> how many edges come back, and how many hold.

A stack goes the way of a user's own files: Compose file, intake, inventory without values, graph.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from analyzer.graph.model import Edge
from analyzer.graph.topology import build_topology
from analyzer.intake.loading import load_estate
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.loading import load_rulebook
from analyzer.rulebook.model import Rulebook

STACKS = Path(__file__).parent / "stacks"

Pair = tuple[str, str]


class Stack(NamedTuple):
    """A Compose project and what is true of it; ``needs`` are the edges an owner would declare."""

    name: str
    compose: Mapping[str, Any]
    files: Mapping[str, str]
    needs: frozenset[Pair]
    also: frozenset[Pair]
    doubtful: frozenset[Pair]


class Verdict(NamedTuple):
    """One stack measured: its edges with a direction, and which of them are true."""

    stack: Stack
    right: tuple[Edge, ...]
    wrong: tuple[Edge, ...]
    missed: tuple[Pair, ...]


class Result(NamedTuple):
    """Recall of what owners would declare and precision, both of edges that bind."""

    recall: float
    precision: float
    verdicts: tuple[Verdict, ...]


@cache
def _rulebook() -> Rulebook:
    return load_rulebook()


def stacks() -> Iterator[Stack]:
    """Yield every stack of the corpus, in order of file."""
    for path in sorted(STACKS.glob("*.yaml")):
        for document in yaml.load_all(path.read_text(encoding="utf-8"), yaml.SafeLoader):
            if document:
                yield _stack(document)


def _stack(document: dict[str, Any]) -> Stack:
    compose: dict[str, Any] = {
        key: document[key]
        for key in ("services", "networks", "volumes", "secrets")
        if key in document
    }
    return Stack(
        document["name"],
        compose,
        document.get("files", {}),
        _pairs(document["needs"]),
        _pairs(document.get("also", ())),
        _pairs(document.get("doubtful", ())),
    )


def _pairs(written: Iterable[str]) -> frozenset[Pair]:
    """Return pairs of a list of ``dependent dependency``."""
    return frozenset((one, other) for one, other in map(str.split, written))


def edges_of(stack: Stack) -> tuple[Edge, ...]:
    """Return the edges of a stack that have a direction, as a user's files would give them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / stack.name
        folder.mkdir()
        (folder / "compose.yaml").write_text(yaml.safe_dump(stack.compose, sort_keys=False))
        for name, text in stack.files.items():
            (folder / name).write_text(text)
        estate = load_estate([str(folder / "compose.yaml")], (), _rulebook)
    topology = build_topology(estate, RuleImages(_rulebook()))
    return tuple(edge for edge in topology.edges if not edge.symmetric)


def judge(stack: Stack) -> Verdict:
    """Return a stack's verdict: of all edges which are right and wrong, and what does not bind."""
    true = stack.needs | stack.also
    edges = [edge for edge in edges_of(stack) if _pair(edge) not in stack.doubtful]
    bound = {_pair(edge) for edge in edges if edge.binds}
    return Verdict(
        stack,
        tuple(edge for edge in edges if _pair(edge) in true),
        tuple(edge for edge in edges if _pair(edge) not in true),
        tuple(sorted(stack.needs - bound)),
    )


def _pair(edge: Edge) -> Pair:
    return edge.dependent, edge.dependency


def measure(corpus: Iterable[Stack]) -> Result:
    """Return recall and precision over a corpus."""
    verdicts = tuple(judge(stack) for stack in corpus)
    asked = sum(len(verdict.stack.needs) for verdict in verdicts)
    missed = sum(len(verdict.missed) for verdict in verdicts)
    right = sum(edge.binds for verdict in verdicts for edge in verdict.right)
    wrong = sum(edge.binds for verdict in verdicts for edge in verdict.wrong)
    return Result(1 - missed / asked, right / (right + wrong), verdicts)


def calibration(verdicts: Iterable[Verdict]) -> dict[tuple[str, int], tuple[int, int]]:
    """Return how many edges were right and wrong, by their surest kind of evidence and confidence.

    An edge with several kinds of evidence counts for each of them.
    """
    right: Counter[tuple[str, int]] = Counter()
    wrong: Counter[tuple[str, int]] = Counter()
    for verdict in verdicts:
        for edges, counts in ((verdict.right, right), (verdict.wrong, wrong)):
            for edge in edges:
                kinds = {evidence.kind for evidence in edge.evidence}
                counts.update((kind, edge.confidence) for kind in kinds)
    return {key: (right[key], wrong[key]) for key in sorted(right.keys() | wrong.keys())}

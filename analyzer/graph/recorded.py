"""What an import inferred from values that the inventory no longer holds -> the same clues again."""

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from analyzer.graph.clues import Clue
from analyzer.graph.model import CERTAIN, OWNER_SAYS, Evidence, EvidenceKind
from analyzer.inventory.model import Service

_KINDS = frozenset(get_args(EvidenceKind)) - OWNER_SAYS
_UNKNOWN: EvidenceKind = "environment"


def recorded_clues(service: Service, services: Mapping[str, Service]) -> Iterator[Clue]:
    """Yield the clues that ``inferred`` records; none is as certain as the owner's word."""
    for inferred in service.inferred:
        if inferred.service not in services or inferred.service == service.name:
            continue
        confidence = min(inferred.confidence, CERTAIN - 1)
        for written, text in inferred.evidence or ((_UNKNOWN, "recorded by an import"),):
            kind = cast("EvidenceKind", written) if written in _KINDS else _UNKNOWN
            evidence = Evidence(kind, text, service.at(inferred.line))
            yield Clue(service.name, inferred.service, inferred.kind, confidence, evidence)

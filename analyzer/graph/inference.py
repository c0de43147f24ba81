"""Reference -> clue: which service it means, how sure that is, and how much it is needed.

Confidences are percentages of edges that should prove true. The traps: a database's user or
schema called like its application, an address by which others call the service itself, external
domains, and words that only look like a name.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from analyzer.graph.clues import Clue
from analyzer.graph.images import DATA_ROLES, HARD_ROLES, base_name
from analyzer.graph.model import Evidence, EvidenceKind
from analyzer.graph.names import Match, Resolver, Via
from analyzer.graph.references import DATA_SCHEMES, DEFAULT_PORTS, Reference
from analyzer.inventory.model import EdgeKind, Service, Source

PORT_MATCHES = 95
WITH_PORT = 90
BARE_NAME = 85
HOST_GATEWAY = 85
ASSUMED_PORT = 70
LONE_WORD = 30
INBOUND = 35
WRONG_WAY = 40
HARD_FROM = 80
_UNLIKELY_PORT = 100
"""``postgres:16`` is an image, ``postgres:5432`` an address: small numbers need a known port."""

_EVIDENCE: dict[Via, tuple[EvidenceKind, str]] = {
    "name": ("environment", "names it"),
    "published-port": ("published-port", "holds an address of its host and a port it answers on"),
    "host-gateway": ("host-gateway", "points to this host and a port it answers on"),
    "network-namespace": ("environment", "names a port it opens in the shared network namespace"),
}


class Statement(NamedTuple):
    """Where a reference was read. ``what`` is public: a variable's name, never its value.

    ``trusted`` says that the place is made for addresses, ``inbound`` whether it is one by which
    others call the service itself: never, only when it is a host's address, or always.
    ``port_stated`` says whether the port was written or assumed; ``ceiling`` is the most that the
    place can prove.
    """

    what: str
    source: Source
    trusted: bool
    inbound: Literal["never", "by-address", "always"]
    port_stated: bool
    ceiling: int
    kind: EvidenceKind | None = None


class Inference:
    """Turns references into clues."""

    def __init__(
        self, resolver: Resolver, services: Mapping[str, Service], roles: Mapping[str, str]
    ) -> None:
        """Keep the index of names, and the role of every service that has one."""
        self.roles = roles
        self._resolver = resolver
        self._services = services

    def meaning(self, origin: Service, reference: Reference, assumed: int | None) -> Match | None:
        """Return the other service that a reference in ``origin`` means, or None.

        ``assumed`` is the port to take when the reference has none.
        """
        port = reference.port or assumed or DEFAULT_PORTS.get(reference.scheme)
        match = self._resolver.resolve(origin, reference.host, port)
        return None if match is None or match.service == origin.name else match

    def clue(
        self, origin: Service, reference: Reference, match: Match, place: Statement
    ) -> Clue | None:
        """Return what a reference in a place of ``origin`` says; None when it says nothing."""
        confidence = self._confidence(origin, reference, match, place)
        if confidence <= 0:
            return None
        kind, text = _EVIDENCE[match.via]
        evidence = Evidence(place.kind or kind, f"{place.what} {text}", place.source)
        # Doubt about the name is no doubt about how much the service would be needed.
        need = self._need(origin, match.service, reference.scheme, confidence + match.doubt)
        return Clue(origin.name, match.service, need, confidence, evidence)

    def _confidence(
        self, origin: Service, reference: Reference, match: Match, place: Statement
    ) -> int:
        """Return percent; 0 drops the clue."""
        if match.via == "name":
            confidence = _of_name(reference, match, place)
        else:
            confidence = HOST_GATEWAY if match.via == "host-gateway" else WITH_PORT
            confidence = confidence if place.port_stated else ASSUMED_PORT
        if place.inbound == "always" or (place.inbound == "by-address" and match.via != "name"):
            confidence = min(confidence, INBOUND)
        if self._wrong_way(origin, match.service):
            confidence = 0 if reference.form == "word" else min(confidence, WRONG_WAY)
        return min(confidence - match.doubt, place.ceiling)

    def _wrong_way(self, origin: Service, target: str) -> bool:
        """Return whether a data store would need something that is none: nearly always a trap."""
        return (
            self.roles.get(origin.name) in DATA_ROLES and self.roles.get(target) not in HARD_ROLES
        )

    def _need(self, origin: Service, target: str, scheme: str, confidence: int) -> EdgeKind:
        """Return how much the target is needed."""
        if confidence < HARD_FROM:
            return "soft"
        role = self.roles.get(target)
        if role in DATA_ROLES and role == self.roles.get(origin.name):
            one, other = origin.image, self._services[target].image
            if one and other and base_name(one) == base_name(other):
                return "soft"  # peers of one cluster start without each other
        return "hard" if role in HARD_ROLES or scheme in DATA_SCHEMES else "soft"


def _of_name(reference: Reference, match: Match, place: Statement) -> int:
    """Return how sure it is that a service's name in such a place means the service."""
    if reference.form == "word" and not place.trusted:
        return LONE_WORD
    if match.port_known:
        return PORT_MATCHES
    if reference.form == "word":
        return BARE_NAME
    likely = place.trusted or reference.form == "url" or (reference.port or 0) >= _UNLIKELY_PORT
    return WITH_PORT if likely else LONE_WORD

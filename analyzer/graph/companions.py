"""What stands beside an application -> clues, where nothing names what it needs.

An image says what its product calls, a variable's name what kind of store its value would mean, a
store's own name whose it is, and a store that nobody else could use is there for the only one
who can. Confidences are measured: see tests/inference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from analyzer.graph.clues import Clue
from analyzer.graph.images import DATA_ROLES, HARD_ROLES, Products
from analyzer.graph.kinship import akin, owner_words, store_words
from analyzer.graph.model import BINDING_CONFIDENCE, Edge, Evidence, EvidenceKind
from analyzer.graph.reach import Nearness, Reach
from analyzer.graph.seeking import Known, Needs, Slot, Target, find_targets
from analyzer.graph.variables import SQL_PORTS
from analyzer.inventory.model import Service

PRODUCT = 85
VARIABLE_NAME = 80
KINSHIP = 80
TWIN = 80
COMPANION = 70
FEW = 62
FAR = 70
UNSURE = 40
_HARD_FROM = 80
_FEW = 3

_FRONT = frozenset(
    "frontend front ui client proxy nginx web-ui webui static docs exporter ml learning machine "
    "tunnel cloudflared traefik caddy watchtower portainer dozzle whoami certs letsencrypt acme "
    "autoheal sockets socket dns vpn gluetun wireguard".split()
)
"""Words in the names of services that call applications, or nobody, but no store."""
_READERS = frozenset({"monitoring", "ui", "backup"})
"""Roles of services that are there for what others have stored."""
_BASES = frozenset({"job", "web"})
"""Roles of images on which many things are built: the same image says nothing."""


class Seeker(NamedTuple):
    """An application, and what it can reach."""

    service: Service
    near: Mapping[str, Nearness]


class Companions:
    """Judges who needs what stands beside it."""

    def __init__(self, services: Mapping[str, Service], products: Products) -> None:
        """Note what could be needed."""
        self._services = services
        self._products = products
        self._targets = find_targets(products)
        self._reach = Reach(services, self._targets)
        self._around: dict[str, Mapping[str, Nearness]] = {}
        self._owners: dict[str, frozenset[str]] = {}
        self._outspoken: frozenset[str] = frozenset()
        self._words: dict[str, frozenset[str]] = {}
        self._meant: dict[str, frozenset[str]] = {}

    def clues(self, edges: Mapping[tuple[str, str], Edge]) -> Iterator[Clue]:
        """Yield what the surroundings say beyond the edges that are known already."""
        known = Known(self._targets)
        known.note(pair for pair, edge in edges.items() if edge.binds and not edge.symmetric)
        wanted = list(self._open(known))
        self._outspoken = known.dependents() | {
            seeker.service.name for seeker, slot in wanted if slot.variable
        }
        for judge in (
            partial(self._sought, wanted, clear=True),
            partial(self._sought, wanted, clear=False),
            self._guessed,
            self._twins,
        ):
            found = list(judge(known))
            yield from found
            known.note(
                (clue.dependent, clue.dependency)
                for clue in found
                if clue.confidence >= BINDING_CONFIDENCE
            )

    def _who_reaches(self, name: str) -> Mapping[str, Nearness]:
        """Return the services that could use a target: all but stores whose products call none."""
        if name not in self._around:
            roles, uses = self._products.roles, self._products.uses
            self._around[name] = {
                other: nearness
                for other, nearness in self._reach.around(name).items()
                if roles.get(other) not in DATA_ROLES or other in uses
            }
        return self._around[name]

    def _called(self, name: str) -> frozenset[str]:
        """Return the words by which an application is called."""
        if name not in self._words:
            self._words[name] = owner_words(self._services[name])
        return self._words[name]

    def _meant_for(self, target: Target) -> frozenset[str]:
        """Return the words of a target's names that may say whose it is."""
        if not target.is_store:
            return frozenset()
        if target.name not in self._meant:
            self._meant[target.name] = store_words(self._services[target.name])
        return self._meant[target.name]

    def _owned_by(self, target: Target) -> frozenset[str]:
        """Return the applications after which a target is called, if that tells them apart."""
        if target.name not in self._owners:
            names = self._who_reaches(target.name)
            telling = [
                word
                for word in self._meant_for(target)
                if len(names) == 1 or not all(akin((word,), self._called(one)) for one in names)
            ]
            self._owners[target.name] = frozenset(
                one for one in names if telling and akin(telling, self._called(one))
            )
        return self._owners[target.name]

    def _open(self, known: Known) -> Iterator[tuple[Seeker, Slot]]:
        """Yield who looks for what that is not known yet and that is there."""
        needs = Needs(self._products)
        roles, uses = self._products.roles, self._products.uses
        for name, service in self._services.items():
            if roles.get(name) in DATA_ROLES and name not in uses:
                continue
            slots = [slot for slot in needs.of(service) if not known.meets(name, slot.keys)]
            near = self._reach.near(service) if slots else None
            if near:
                keys = {self._targets[one].key for one in near}
                seeker = Seeker(service, near)
                yield from ((seeker, slot) for slot in slots if not keys.isdisjoint(slot.keys))

    def _sought(
        self, wanted: Iterable[tuple[Seeker, Slot]], known: Known, *, clear: bool
    ) -> Iterator[Clue]:
        """Yield the clues of what applications are known to look for.

        First those with a clear claim, whose variables speak of a store or who gave it its name;
        then those whose product is all there is.
        """
        for seeker, slot in wanted:
            if clear or not (slot.variable or known.meets(seeker.service.name, slot.keys)):
                yield from self._choose(seeker, slot, known, clear=clear)

    def _choose(self, seeker: Seeker, slot: Slot, known: Known, *, clear: bool) -> Iterator[Clue]:
        """Yield the clues of the targets that meet one need; none when it could be any."""
        name, near = seeker.service.name, seeker.near
        words = self._called(name)
        fitting = [
            target
            for target in map(self._targets.__getitem__, near)
            if target.key in slot.keys
            and (near[target.name] != "host" or akin(self._meant_for(target), words))
        ]
        own = [target for target in fitting if name in self._owned_by(target)]
        chosen = own or [target for target in fitting if not self._owned_by(target)]
        close = [target for target in chosen if near[target.name] == "stack"]
        chosen = close or chosen
        if bool(own or slot.variable) != clear or (len(chosen) > 1 and chosen[0].is_store):
            return
        for target in chosen:
            confidence = self._confidence(target, seeker, slot, known)
            if confidence:
                yield from self._because(target, seeker, slot, confidence)

    def _confidence(self, target: Target, seeker: Seeker, slot: Slot, known: Known) -> int:
        """Return how sure it is that a target meets a need."""
        own = seeker.service.name in self._owned_by(target)
        near = seeker.near[target.name]
        if near == "host":
            return FAR if own else 0
        if not own and self._taken(target, seeker, slot, known):
            return UNSURE
        if near == "network":
            return FAR
        return PRODUCT if slot.by_product else VARIABLE_NAME

    def _because(
        self, target: Target, seeker: Seeker, slot: Slot, confidence: int
    ) -> Iterator[Clue]:
        """Yield a clue for every kind of evidence that a target meets a need."""
        if slot.by_product:
            yield self._clue(seeker, target, "product", confidence)
        if slot.variable:
            text = f"variable {slot.variable} speaks of such a store"
            line = seeker.service.environment.line(slot.variable)
            yield self._clue(seeker, target, "variable-name", confidence, (text, line))
        if target.is_store and seeker.service.name in self._owned_by(target):
            yield self._clue(seeker, target, "kinship", confidence)

    def _taken(self, target: Target, seeker: Seeker, slot: Slot, known: Known) -> bool:
        """Return whether a store is another's, and nothing of the seeker's speaks of one."""
        if slot.variable or not target.is_store or target.role == "queue":
            return False
        if self._products.roles.get(seeker.service.name) in _READERS:
            return False
        silent = seeker.service.name not in self._outspoken
        if silent and len(self._who_reaches(target.name)) <= _FEW:
            return False
        words = self._called(seeker.service.name)
        users = known.users.get(target.name, ())
        return any(not akin(self._called(user), words) for user in users)

    def _guessed(self, known: Known) -> Iterator[Clue]:
        """Yield who may use a store of which no user is known, or a broker, which has many."""
        for name, target in self._targets.items():
            if not target.is_store or (name in known.users and target.role != "queue"):
                continue
            if not self._reach.has_neighbours(name) and not self._meant_for(target):
                continue
            owners = self._owned_by(target)
            open_to = {
                one: nearness
                for one, nearness in self._who_reaches(name).items()
                if self._could_use(one, target, known) and (not owners or one in owners)
            }
            close = [one for one, nearness in open_to.items() if nearness == "stack"]
            for one in close or open_to:
                seeker = Seeker(self._services[one], {})
                if owners:
                    confidence = KINSHIP if open_to[one] == "stack" else FAR
                    yield self._clue(seeker, target, "kinship", confidence)
                elif close:
                    confidence = self._guess(target, close)
                    yield self._clue(seeker, target, "companion", confidence)

    def _guess(self, target: Target, users: Sequence[str]) -> int:
        """Return how sure it is that all of some applications use the only store of its kind."""
        if len(users) == 1:
            return COMPANION
        like = SQL_PORTS if target.key in SQL_PORTS else {target.key}
        near = self._reach.near(self._services[users[0]])
        rivals = [one for one in near if self._targets[one].key in like]
        return FEW if len(users) <= _FEW and len(rivals) == 1 else UNSURE

    def _could_use(self, name: str, target: Target, known: Known) -> bool:
        """Return whether nothing speaks against an application's use of a store."""
        return (
            name not in self._products.families
            and not known.meets(name, frozenset((target.key,)))
            and _FRONT.isdisjoint(self._called(name))
        )

    def _twins(self, known: Known) -> Iterator[Clue]:
        """Yield what services need because others of the same image and stack do."""
        by_image: dict[tuple[str | None, ...], dict[str, None]] = {}
        for name, needed in sorted(known.pairs):
            service = self._services[name]
            if service.image and service.project and self._targets[needed].is_store:
                by_image.setdefault(_build(service), {})[needed] = None
        if not by_image:
            return
        for name, service in self._services.items():
            if service.project is None or self._products.roles.get(name) in _BASES:
                continue
            for needed in by_image.get(_build(service), ()):
                target = self._targets[needed]
                met = known.meets(name, frozenset((target.key,)))
                if not met and name in self._who_reaches(needed):
                    yield self._clue(Seeker(service, {}), target, "twin", TWIN)

    def _clue(
        self,
        seeker: Seeker,
        target: Target,
        kind: EvidenceKind,
        confidence: int,
        said: tuple[str, int] | None = None,
    ) -> Clue:
        """Return a clue; ``said`` are the words and the line, when they are not the usual."""
        service = seeker.service
        hard = target.role in HARD_ROLES and confidence >= _HARD_FROM
        text, line = said or (_TEXTS[kind], service.lines.get("image", 0))
        evidence = Evidence(kind, text, service.at(line))
        return Clue(service.name, target.name, "hard" if hard else "soft", confidence, evidence)


def _build(service: Service) -> tuple[str | None, ...]:
    """Return what twins have in common."""
    return service.host, service.project, service.image


_TEXTS: Mapping[EvidenceKind, str] = {
    "product": "its product uses such a service where there is one",
    "kinship": "is called like it",
    "companion": "nobody else beside it could use it",
    "twin": "runs the image of another service of the stack that needs it",
}

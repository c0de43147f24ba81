"""Which services of a stack can be waited for until they are healthy.

Source: https://docs.docker.com/compose/how-tos/startup-order/
"""

from collections.abc import Iterator

from analyzer.graph.model import OWNER_SAYS, Edge
from analyzer.kits.health import declared
from analyzer.kits.material import Material
from analyzer.kits.spec import Spec

_OWN_TOOLS = frozenset({"database", "cache", "queue"})
"""Roles whose images hold the program that checks them; others may lack curl."""
_SURE = 85
"""Percent from which an order that was found, in settings and not by likeness, is written down."""
_SHARES = ("ipc", "pid", "volumes_from")
"""Keys with which Compose starts another service first, besides those that the graph knows."""


class Waits:
    """The order in which the services of Compose files start, with what is added to it.

    Compose refuses a stack whose services wait for each other, so nothing is added that would.
    """

    def __init__(self, material: Material) -> None:
        """Begin with the order that the files have already."""
        self._material = material
        self._after: dict[str, set[str]] = {}
        for name, spec in material.specs.items():
            stated = {one.service for one in spec.service.depends_on}
            edges = material.needs.get(name, ())
            stated.update(edge.dependency for edge in edges if _by_owner(edge))
            self._after[name] = stated

    def ends(self, spec: Spec) -> bool:
        """Return whether a service is not meant to run on: a job, or what is started by hand."""
        by_hand = spec.has("profiles") and spec.service.verified is False
        waited = spec.name in self._material.waited
        return by_hand or waited or spec.service.schedule is not None

    def of(self, spec: Spec) -> tuple[str, ...]:
        """Return the services that one shall wait for from now on, and keep that."""
        found = {name for name in self._declared(spec) if self._tells(spec, name)}
        for name in () if self.ends(spec) else self._inferred(spec):
            if self._tells(spec, name) and not self._reaches(name, spec.name):
                self._after[spec.name].add(name)
                found.add(name)
        return tuple(sorted(found))

    def _declared(self, spec: Spec) -> Iterator[str]:
        """Yield what a service already starts after, without waiting for its health."""
        for dependency in spec.service.depends_on:
            if dependency.condition == "service_started":
                yield dependency.service

    def _inferred(self, spec: Spec) -> Iterator[str]:
        """Yield what a service cannot work without, though its file does not say so."""
        for edge in self._material.needs.get(spec.name, ()):
            if edge.kind != "hard" or edge.confidence < _SURE or edge.symmetric:
                continue
            if edge.dependency not in self._after[spec.name]:
                other = self._material.specs[edge.dependency]
                if not any(other.has(key) for key in _SHARES):
                    yield edge.dependency

    def _tells(self, spec: Spec, name: str) -> bool:
        """Return whether a service of the same stack says reliably that it is healthy."""
        other = self._material.specs.get(name)
        if other is None or name == spec.name or other.has("profiles") or self.ends(other):
            return False
        one, two = spec.service, other.service
        if not two.project or (one.project, one.host) != (two.project, two.host):
            return False
        image = self._material.image(other)
        known = image is not None and image.role in _OWN_TOOLS and bool(image.health)
        return declared(other) is not None or (two.healthcheck is None and known)

    def _reaches(self, start: str, end: str) -> bool:
        """Return whether one service starts after another, directly or not."""
        seen, stack = {start}, [start]
        while stack:
            for name in self._after.get(stack.pop(), ()):
                if name == end:
                    return True
                if name not in seen:
                    seen.add(name)
                    stack.append(name)
        return False


def _by_owner(edge: Edge) -> bool:
    return not edge.symmetric and any(one.kind in OWNER_SAYS for one in edge.evidence)

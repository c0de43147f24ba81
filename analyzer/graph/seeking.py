"""Services -> what may be needed, and who looks for what: by product, and by names of variables."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analyzer.graph.images import DATA_ROLES, Products
from analyzer.graph.variables import SQL_PORTS, store_port, stores_named
from analyzer.inventory.model import Service

Key = int | str
"""What kind of thing is sought: the port of like data stores, or a family of images."""


class Target(NamedTuple):
    """A service that others may need."""

    name: str
    key: Key
    role: str
    is_store: bool


class Slot(NamedTuple):
    """One need: any of some kinds meets it. ``variable`` speaks of it, if one does."""

    keys: frozenset[Key]
    by_product: bool
    variable: str


class Needs:
    """Tells what services look for; what it knows of a variable's name it knows of all."""

    def __init__(self, products: Products) -> None:
        """Keep what products call."""
        self._uses = products.uses
        self._ports: dict[str, frozenset[int]] = {}
        self._slots: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Slot, ...]] = {}

    def of(self, service: Service) -> tuple[Slot, ...]:
        """Return the needs of a service."""
        uses = self._uses.get(service.name, ())
        variables: list[str] = []
        ports = self._ports
        for variable in service.environment:
            speaks_of = ports.get(variable)
            if speaks_of is None:
                speaks_of = ports[variable] = stores_named(variable)
            if speaks_of:
                variables.append(variable)
        known = (uses, tuple(variables))
        if known not in self._slots:
            self._slots[known] = _slots(uses, [(one, ports[one]) for one in variables])
        return self._slots[known]


class Known:
    """Which needs are met, and which targets have a user."""

    def __init__(self, targets: Mapping[str, Target]) -> None:
        """Start with nothing."""
        self._targets = targets
        self.pairs: set[tuple[str, str]] = set()
        self.users: dict[str, set[str]] = {}
        self._met: dict[str, set[Key]] = {}

    def note(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note who needs what for sure."""
        for dependent, dependency in pairs:
            target = self._targets.get(dependency)
            if target is not None:
                self.pairs.add((dependent, dependency))
                self.users.setdefault(dependency, set()).add(dependent)
                self._met.setdefault(dependent, set()).add(target.key)

    def dependents(self) -> frozenset[str]:
        """Return who is known to need something."""
        return frozenset(self._met)

    def meets(self, dependent: str, keys: frozenset[Key]) -> bool:
        """Return whether a service has what meets a need already."""
        met = self._met.get(dependent)
        return met is not None and not keys.isdisjoint(met)


def find_targets(products: Products) -> dict[str, Target]:
    """Return the data stores, and what some product of the estate calls where it is there."""
    called = {family for uses in set(products.uses.values()) for family in uses}
    roles, families = products.roles, products.families
    targets = {}
    for name, role in roles.items():
        family = families.get(name, "")
        is_store = role in DATA_ROLES or (role == "storage" and store_port(family) is not None)
        if not is_store and family not in called:
            continue
        key = _key(family, products.ports.get(name, ())) if is_store else family
        targets[name] = Target(name, key, role, is_store)
    return targets


def _key(family: str, ports: tuple[int, ...]) -> Key:
    """Return what like data stores have in common."""
    return store_port(family) or (ports[0] if ports else family)


def _slots(
    uses: Iterable[str], variables: Iterable[tuple[str, frozenset[int]]]
) -> tuple[Slot, ...]:
    """Return needs. Databases are alternatives: one of them meets the need."""
    called: set[Key] = {store_port(family) or family for family in uses}
    spoken: dict[Key, str] = {}
    generic = ""
    for variable, ports in variables:
        if ports == SQL_PORTS:
            generic = generic or variable
        else:
            for port in ports:
                spoken.setdefault(port, variable)
    slots = []
    databases = (SQL_PORTS & spoken.keys()) or (SQL_PORTS & called) or (generic and SQL_PORTS)
    if databases:
        speaks = min((spoken[key] for key in databases if key in spoken), default=generic)
        by_product = not databases.isdisjoint(called)
        slots.append(Slot(frozenset(databases), by_product, speaks))
    single = sorted((called | spoken.keys()) - SQL_PORTS, key=str)
    slots += [Slot(frozenset((key,)), key in called, spoken.get(key, "")) for key in single]
    return tuple(slots)

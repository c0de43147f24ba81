"""The catalogue of estate facts: base facts read the estate, derived facts read other facts.

A fact is declared once, by the decorator above its function: name, unit, and the first line of the
docstring as its meaning. Derived facts are pure functions of base facts, so that the decision can
evaluate them under any completion of what is unknown.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from analyzer.facts.model import Fact, HostFootprint, ServicePins, Unit
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory, Service, Source
from analyzer.rulebook.model import Rulebook, Value


class Estate(NamedTuple):
    """What base facts read: the inventory and what earlier steps worked out of it."""

    inventory: Inventory
    topology: Topology
    rulebook: Rulebook
    pins: Mapping[str, ServicePins]
    stateful: Mapping[str, bool | None]
    never: Mapping[str, tuple[str, ...]]
    effort_hours: Mapping[str, Fraction]
    preparation_hours: Fraction
    footprint: tuple[HostFootprint, ...]
    containers: tuple[Service, ...]


class Reading(NamedTuple):
    """What a base fact found. ``value`` is None when unknown, bounded by low and high if known."""

    value: Value | None
    text: str
    sources: tuple[Source, ...] = ()
    low: Value | None = None
    high: Value | None = None


class BaseFact(NamedTuple):
    """A fact read off the estate."""

    name: str
    unit: Unit
    meaning: str
    read: Callable[[Estate], Reading]


class DerivedFact(NamedTuple):
    """A pure function of other facts' values, in the order of ``needs``."""

    name: str
    unit: Unit
    meaning: str
    needs: tuple[str, ...]
    compute: Callable[..., Value]


BASE: dict[str, BaseFact] = {}
DERIVED: dict[str, DerivedFact] = {}


def base(name: str, unit: Unit) -> Callable[[Callable[[Estate], Reading]], BaseFact]:
    """Return a decorator that adds a base fact to the catalogue."""

    def add(read: Callable[[Estate], Reading]) -> BaseFact:
        fact = BaseFact(name, unit, _first_line(read), read)
        BASE[name] = fact
        return fact

    return add


def derived(
    name: str, unit: Unit, needs: tuple[str, ...]
) -> Callable[[Callable[..., Value]], DerivedFact]:
    """Return a decorator that adds a derived fact to the catalogue."""

    def add(compute: Callable[..., Value]) -> DerivedFact:
        fact = DerivedFact(name, unit, _first_line(compute), needs, compute)
        DERIVED[name] = fact
        return fact

    return add


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]


def base_facts_of(name: str) -> tuple[str, ...]:
    """Return the base facts that a fact rests on, sorted; a base fact rests on itself."""
    if name not in DERIVED:
        return (name,)
    found: set[str] = set()
    for need in DERIVED[name].needs:
        found.update(base_facts_of(need))
    return tuple(sorted(found))


def evaluate(name: str, values: dict[str, Value | None]) -> Value | None:
    """Return a fact's value under an assignment of base facts, memoised in ``values``."""
    if name in values:
        return values[name]
    fact = DERIVED.get(name)
    if fact is None:
        return None
    arguments = [evaluate(need, values) for need in fact.needs]
    result = None if None in arguments else fact.compute(*arguments)
    values[name] = result
    return result


def figure_values(rulebook: Rulebook) -> dict[str, Value | None]:
    """Return every figure's typical value under the name ``figure.<id>``."""
    return {f"figure.{name}": figure.typical for name, figure in rulebook.figures.items()}


def read_base(estate: Estate) -> dict[str, Fact]:
    """Return every base fact of the catalogue, read off the estate."""
    facts = {}
    for name, fact in sorted(BASE.items()):
        reading = fact.read(estate)
        facts[name] = Fact(name, reading.value, fact.unit, *reading[1:])
    return facts


def add_derived(facts: Mapping[str, Fact], rulebook: Rulebook) -> dict[str, Fact]:
    """Return the facts with every derived one added, unknown where what it rests on is."""
    values: dict[str, Value | None] = figure_values(rulebook)
    values.update((name, fact.value) for name, fact in facts.items())
    result = dict(facts)
    for name, fact in sorted(DERIVED.items()):
        value = evaluate(name, values)
        used = [need for need in base_facts_of(name) if need in facts]
        sources = tuple(dict.fromkeys(s for need in used for s in facts[need].sources))[:3]
        result[name] = Fact(name, value, fact.unit, fact.meaning, sources)
    return dict(sorted(result.items()))


def share(part: int, whole: int) -> Fraction:
    """Return part of whole, 0 for an empty whole."""
    return Fraction(part, whole) if whole else Fraction(0)

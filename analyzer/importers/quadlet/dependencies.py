"""[Unit] and [Install] -> dependencies between the services of a draft.

``Requires``, ``BindsTo`` and ``Requisite`` are hard; ``Wants``, ``Upholds``, ``PartOf`` and a mere
order (``After``, or ``Before`` of the other one) are soft. A unit that makes a pod stands for the
container that holds the pod's network; one that makes a network, a volume or an image is no
service, so what depends on it depends on nothing here.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from analyzer.importers.quadlet.estate import Estate
from analyzer.importers.quadlet.keys import HARD, SOFT
from analyzer.importers.quadlet.sections import Setting
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map

_NO_SERVICE = tuple(
    f".{kind}"
    for kind in "automount device mount path scope slice socket swap target timer".split()
)
_REVERSE = {"RequiredBy": "Requires", "WantedBy": "Wants", "UpheldBy": "Upholds"}
_MACHINE = frozenset(
    "podman network-online NetworkManager-wait-online systemd-networkd-wait-online"
    " podman-user-wait-network-online podman-auto-update systemd-resolved systemd-networkd"
    " NetworkManager firewalld nftables sshd".split()
)
"""Services of the machine itself, which every new machine brings along."""


class _Tie(NamedTuple):
    """One unit names another: ``dependent`` needs or follows ``dependency``."""

    dependent: Unit
    dependency: Unit
    key: str
    mark: int


def add_dependencies(
    estate: Estate, services: Mapping[str, Map], stands_for: Mapping[str, Sequence[str]]
) -> None:
    """Write ``depends_on`` into the services.

    Args:
        estate: the units.
        services: the entries by name of service.
        stands_for: the services of each unit, by its name; a pod's is the one that holds it.
    """
    by_pair: dict[tuple[str, str], list[_Tie]] = {}
    for unit in estate.units.values():
        for tie in _ties(estate, unit):
            for one in stands_for.get(tie.dependent.name, ()):
                for other in stands_for.get(tie.dependency.name, ()):
                    if one != other and one in services and other in services:
                        by_pair.setdefault((one, other), []).append(tie)
    for (one, other), ties in by_pair.items():
        _write(estate, services[one], other, ties)


def _ties(estate: Estate, unit: Unit) -> Iterator[_Tie]:
    """Yield what a unit says about its own and others' order and needs."""
    section = estate.section(unit, "Unit")
    for key in (*HARD, *SOFT, "After"):
        for named in section.words(key):
            other = _other(estate, unit, key, named)
            if other is not None:
                yield _Tie(unit, other, key, named.mark)
    install = estate.section(unit, "Install")
    others = [("Before", "After", named) for named in section.words("Before")]
    for key, meaning in _REVERSE.items():
        others += [(key, meaning, named) for named in install.words(key)]
    for key, meaning, named in others:
        other = _other(estate, unit, key, named)
        if other is not None:
            yield _Tie(other, unit, meaning, named.mark)


def needed_units(estate: Estate, unit: Unit) -> set[str]:
    """Return the names of the units that a unit needs or follows by its own words."""
    section = estate.section(unit, "Unit")
    named = [each.text for key in (*HARD, *SOFT, "After") for each in section.words(key)]
    return {other.name for other in map(estate.find, named) if other is not None}


def _other(estate: Estate, unit: Unit, key: str, named: Setting) -> Unit | None:
    """Return the unit that is named; say so when it is a service that is not among the files."""
    other = estate.find(named.text)
    if other is not None or named.text.endswith(_NO_SERVICE):
        return other
    base = named.text.rpartition(".")[0] or named.text
    if base in _MACHINE:
        return None
    path = f"{unit.name}.{key}"
    what = f"{named.text[:80]} is not among the files; give it too if it is a service of its own"
    estate.remark(named.mark, path, "not understood", what)
    return None


def _write(estate: Estate, entry: Map, other: str, ties: Sequence[_Tie]) -> None:
    """Write one dependency: hard when any unit says so, with what is waited for."""
    hard = [tie for tie in ties if tie.key in HARD]
    chosen = (hard or ties)[0]
    keys = sorted({tie.key for tie in ties})
    long = Map(chosen.mark)
    condition = _condition(estate, chosen.dependency) if "After" in keys else ""
    if condition:
        long.put("condition", condition, chosen.mark)
    long.put("kind", "hard" if hard else "soft", chosen.mark)
    long.put("why", f"{' and '.join(keys)} of {chosen.dependent.name}", chosen.mark)
    _depends(entry, chosen.mark).put(other, long, chosen.mark)


def _condition(estate: Estate, unit: Unit) -> str:
    """Return what systemd waits for before it starts what comes after a unit."""
    kind = estate.section(unit, "Service").last("Type")
    if kind is not None and kind.text == "oneshot":
        return "service_completed_successfully"
    notify = estate.own(unit).last("Notify") if unit.kind == "container" else None
    return "service_healthy" if notify is not None and notify.text.lower() == "healthy" else ""


def add_required(
    estate: Estate, services: Mapping[str, Map], name: str, required: Sequence[Setting]
) -> None:
    """Write what ``--requires`` names, by the names of containers, as hard dependencies."""
    entry = services[name]
    for text, mark in required:
        unit = estate.by_container.get(text)
        if unit is None or unit.base not in services or unit.base == name:
            what = "--requires names a container that is not among the files"
            estate.remark(mark, f"{name}.PodmanArgs.requires", "broken", what)
            continue
        long = Map(mark)
        long.put("kind", "hard", mark)
        long.put("why", "--requires", mark)
        _depends(entry, mark).put(unit.base, long, mark)


def _depends(entry: Map, mark: int) -> Map:
    """Return the dependencies of a service, which begin here if it has none yet."""
    depends = entry.get("depends_on")
    if not isinstance(depends, Map):
        depends = Map(mark)
        entry.put("depends_on", depends, mark)
    return depends

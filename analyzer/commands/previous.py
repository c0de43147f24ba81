"""``--previous REPORT.json``: the waves of an earlier report, for a migration that is under way."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analyzer.commands.reports import SHAPE, read_report, refuse
from analyzer.plan.model import CLASSES

PILOT = CLASSES[0]


class EarlierWaves(NamedTuple):
    """The waves of an earlier report: ``(service, number)`` by name, and who went first.

    ``pilots`` is None when the report does not say what class its waves have.
    """

    waves: tuple[tuple[str, int], ...] = ()
    pilots: tuple[str, ...] | None = None


def read_previous(file: str) -> EarlierWaves:
    """Return the waves of a JSON report; nothing else in it is looked at.

    Raises:
        InventoryError: the file cannot be read, is too large, or is no such report.
    """
    plan = read_report(file)["plan"]
    waves = plan.get("waves") if isinstance(plan, dict) else None
    if not isinstance(waves, list):
        refuse(file, "plan.waves", "not a list of waves", SHAPE)
    found: dict[str, int] = {}
    pilots: set[str] = set()
    for number, service_class, services in _waves(waves, file):
        for name in services:
            if found.setdefault(name, number) != number:
                refuse(file, "plan.waves", "a service is in two waves", SHAPE)
        if service_class == PILOT:
            pilots.update(services)
    classed = all("class" in wave for wave in waves)
    return EarlierWaves(tuple(sorted(found.items())), tuple(sorted(pilots)) if classed else None)


def _waves(waves: list[Any], file: str) -> Iterator[tuple[int, object, list[str]]]:
    """Yield number, class and services of each wave, checked."""
    for index, wave in enumerate(waves):
        path = f"plan.waves[{index}]"
        if not isinstance(wave, dict):
            refuse(file, path, "not a wave", SHAPE)
        number, services = wave.get("number"), wave.get("services")
        if type(number) is not int or number < 1:
            refuse(file, f"{path}.number", "not a whole number from 1", SHAPE)
        if not isinstance(services, list) or not all(isinstance(name, str) for name in services):
            refuse(file, f"{path}.services", "not a list of names", SHAPE)
        yield number, wave.get("class"), services

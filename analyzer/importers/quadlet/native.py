"""An ordinary ``.service`` unit that was given beside Quadlet's -> a service that systemd runs.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
"""

from collections.abc import Mapping

from analyzer.importers.quadlet.container import limits, outside
from analyzer.importers.quadlet.estate import Estate, assignments, sequence
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.storage import rooted
from analyzer.importers.quadlet.units import Unit
from analyzer.inventory.draft import Hint
from analyzer.tree import Map, Quoted


def service(estate: Estate, unit: Unit) -> Map:
    """Return the service of a unit that systemd runs itself."""
    entry = Map(unit.mark)
    if estate.host:
        entry.put("host", estate.host, 0)
    entry.put("runtime", "systemd", unit.mark)
    section = estate.section(unit, "Service")
    started = section.words("ExecStart")
    if started:
        entry.put("command", sequence(started), started[0].mark)
    _variables(estate, unit, section, entry)
    limits(estate, unit, Section(unit, "", {}), entry)
    outside(estate, unit, entry)
    return entry


def _variables(estate: Estate, unit: Unit, section: Section, entry: Map) -> None:
    variables = Map()
    for name, value, mark in section.pairs("Environment"):
        variables.put(name, value or "", mark)
    if variables:
        entry.put("environment", variables, variables.marks[0])
    files = [
        Setting(text.removeprefix("-"), mark) for text, mark in section.words("EnvironmentFile")
    ]
    paths = [Setting(rooted(unit, path), mark) for path, mark in files]
    if paths:
        entry.put("env_files", sequence(paths), paths[0].mark)
    for path, mark in files:
        document = estate.beside(unit, path)
        for name, value in sorted(assignments(document.data).items()) if document else ():
            estate.hints.append(Hint(unit.base, "variable", name, value, mark))


def timer(estate: Estate, unit: Unit, services: Mapping[str, Map]) -> None:
    """Write the times of a timer into the service that it starts."""
    section = estate.section(unit, "Timer")
    started = section.last("Unit")
    name = started.text if started is not None else f"{unit.base}.service"
    times = section.lines("OnCalendar")
    entry = services.get(name.removesuffix(".service"))
    if entry is None or len(times) != 1:
        what = f"starts {name[:80]} at set times; how often changes nothing here"
        estate.remark(unit.mark, unit.name, "no bearing", what)
    else:
        entry.put("schedule", Quoted(times[0].text), times[0].mark)

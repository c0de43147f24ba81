"""What the units of one machine share while they are read: names, remarks and hints."""

from collections.abc import Iterable, Mapping

from analyzer.files import Document, FileError, Files
from analyzer.importers.quadlet.keys import KEYS, PASSED_ON, PASSED_ON_WHY, REFUSED, Use
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.unitfile import words
from analyzer.importers.quadlet.units import SECTIONS, Unit
from analyzer.inventory.draft import Hint, Reach, Remark
from analyzer.tree import Map, Seq

EXTENSION = "x-quadlet"


class Estate:
    """The units of one machine, and what is said about them."""

    def __init__(self, units: Mapping[str, Unit], files: Files, host: str | None) -> None:
        """Index the units by the names that other units use."""
        self.units, self.files, self.host = units, files, host
        self.remarks: list[Remark] = []
        self.hints: list[Hint] = []
        self.by_service: dict[str, Unit] = {}
        self.by_container: dict[str, Unit] = {}
        self._variables: dict[str, dict[str, str]] = {}
        for unit in units.values():
            self.by_service.setdefault(unit.service, unit)
            if unit.kind == "container":
                self.by_container.setdefault(unit.named("ContainerName"), unit)
        for unit in units.values():
            for alias in words(unit.raw("Install", "Alias")):
                self.by_service.setdefault(alias.removesuffix(".service"), unit)

    def find(self, name: str) -> Unit | None:
        """Return the unit that a name of a unit means, as in ``db.container`` or ``db.service``."""
        unit = self.units.get(name)
        if unit is not None:
            return unit
        return self.by_service.get(name.removesuffix(".service"))

    def remark(self, mark: int, path: str, reach: Reach, text: str) -> None:
        """Keep a remark."""
        self.remarks.append(Remark(mark, path, reach, text))

    def section(self, unit: Unit, name: str) -> Section:
        """Return a section of a unit."""
        return Section(unit, name, self.variables(unit))

    def own(self, unit: Unit) -> Section:
        """Return the section that makes the unit what it is."""
        return self.section(unit, SECTIONS[unit.kind])

    def variables(self, unit: Unit) -> dict[str, str]:
        """Return the variables that systemd puts into the command of a unit."""
        known = self._variables.get(unit.name)
        if known is None:
            plain = Section(unit, "Service", {})
            known = {}
            for setting in plain.words("EnvironmentFile"):
                known |= self.variables_of_file(unit, setting.text.removeprefix("-"))
            known |= {name: value or "" for name, value, _ in plain.pairs("Environment")}
            self._variables[unit.name] = known
        return known

    def variables_of_file(self, unit: Unit, path: str) -> dict[str, str]:
        """Return the variables of a file beside the unit; none when it is not there."""
        document = self.beside(unit, path)
        return {} if document is None else assignments(document.data)

    def beside(self, unit: Unit, path: str) -> Document | None:
        """Return a file that a unit names, when it lies in the folder that was given."""
        try:
            return self.files.beside(unit.document, path)
        except FileError:
            return None

    def account(self, unit: Unit) -> None:
        """Say of every key of a unit that is not simply used what becomes of it."""
        seen = set()
        for section, key, _, mark in unit.entries:
            if (section, key) in seen:
                continue
            seen.add((section, key))
            use = treatment(unit, section, key)
            path = f"{unit.name}.{section}.{key}"
            if use is None:
                if not section.startswith("X-"):
                    self.remark(mark, path, "not understood", _unknown(unit, section))
            elif use.reach != "used":
                self.remark(mark, path, use.reach, use.why)
            elif section == "Service" and key in REFUSED and unit.kind in SECTIONS:
                self.remark(mark, path, "broken", "Quadlet does not take it in [Service]")


def treatment(unit: Unit, section: str, key: str) -> Use | None:
    """Return how a key is treated in a unit; None when it has no meaning there."""
    if section in SECTIONS.values() and section != SECTIONS.get(unit.kind):
        return None
    keys = KEYS.get(section)
    if keys is None:
        return None
    use = keys.get(key)
    if key == "ExecStart" and unit.kind == "service":
        return Use("used", "what systemd runs")
    if use is None and section in PASSED_ON:
        refused = key in REFUSED and unit.kind in SECTIONS
        return Use("used" if refused else "no bearing", PASSED_ON_WHY)
    return use


def _unknown(unit: Unit, section: str) -> str:
    """Return why a key means nothing in a section."""
    if section in KEYS and (
        section == SECTIONS.get(unit.kind) or section not in SECTIONS.values()
    ):
        return (
            "no key of this section; Podman refuses the unit, or is newer than what is known here"
        )
    return f"[{section[:40]}] has no meaning in a .{unit.kind} unit"


def keep(section: Section, name: str, entry: Map) -> None:
    """Write the keys that are kept into a service's entry, each in its form."""
    own = Map()
    for key, entries in section.settings.items():
        use = KEYS[name].get(key)
        if use is None or use.reach != "kept":
            continue
        value = _kept(section, key, use, entries[-1].mark)
        if use.native:
            entry.put(use.native, value, entries[-1].mark)
        else:
            own.put(key, value, entries[-1].mark)
    if own:
        kept = entry.get(EXTENSION)
        if not isinstance(kept, Map):
            kept = Map(entry.mark)
            entry.put(EXTENSION, kept, entry.mark)
        kept.put(name, own, own.marks[0])


def _kept(section: Section, key: str, use: Use, mark: int) -> str | Map | Seq | None:
    """Return the value of a key in its form."""
    if use.form == "last":
        said = section.last(key)
        return said.text if said is not None else None
    if use.form == "pairs":
        pairs = Map(mark)
        for pair in section.pairs(key):
            pairs.put(pair.name, pair.value or "", pair.mark)
        return pairs
    return sequence(section.lines(key) if use.form == "lines" else section.words(key))


def sequence(settings: Iterable[Setting]) -> Seq:
    """Return values as a list of the tree."""
    listed = Seq()
    for text, mark in settings:
        listed.mark = listed.mark or mark
        listed.add(text, mark)
    return listed


def assignments(data: bytes) -> dict[str, str]:
    """Return the variables of an environment file.

    Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html#env-file-file
    """
    found = {}
    for line in data.decode("utf-8", "replace").split("\n"):
        name, equals, value = line.strip().partition("=")
        name = name.removeprefix("export ").strip()
        if equals and name and name[0] not in "#;" and "\0" not in name:
            value = value.strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            found[name] = value
    return found

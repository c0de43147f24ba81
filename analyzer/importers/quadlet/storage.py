"""``Volume=`` and ``Mount=`` -> mounts of a service, with the names that Podman gives to volumes.

Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html#mount-type-type-type-specific-option
"""

import posixpath
from typing import Any

from analyzer.importers.quadlet.estate import Estate
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map, Seq

_TYPES = {
    "bind": "bind",
    "glob": "bind",
    "volume": "volume",
    "tmpfs": "tmpfs",
    "ramfs": "tmpfs",
    "image": "image",
    "artifact": "image",
}
_PARTS = 3


def mounts(estate: Estate, unit: Unit, section: Section) -> Seq:
    """Return what ``Volume=`` and ``Mount=`` mount."""
    found = Seq()
    for setting in section.lines("Volume"):
        found.add(_volume(estate, unit, setting), setting.mark)
    for setting in section.words("Mount"):
        mount = _mount(estate, unit, setting)
        if mount is not None:
            found.add(mount, setting.mark)
    return found


def rooted(unit: Unit, path: str) -> str:
    """Return a path as seen from the root that was given; an absolute one as it is."""
    if path.startswith(("/", "~")):
        return path
    return "./" + posixpath.normpath(posixpath.join(unit.folder, path)).removeprefix("./")


def _source(estate: Estate, unit: Unit, source: str, mark: int) -> tuple[str, str]:
    """Return the type of a source and its name: a path of the host, a volume or an image."""
    if source.startswith((".", "/", "~")):
        return "bind", rooted(unit, source)
    kind = source.rpartition(".")[2]
    if kind not in ("volume", "image", "artifact", "build"):
        return "volume", source
    named = estate.units.get(source)
    if named is None and kind == "volume":
        what = f"{source} is not among the files; its usual name is taken"
        estate.remark(mark, f"{unit.name}.Volume", "broken", what)
        return "volume", f"systemd-{source.rpartition('.')[0]}"
    if named is not None and kind == "volume":
        return "volume", named.named("VolumeName")
    return "image", source


def _volume(estate: Estate, unit: Unit, setting: Setting) -> Any:
    """Return a mount in the short form, or the long one where the short cannot say it."""
    parts = setting.text.split(":", 2)
    if len(parts) == 1 or not parts[0]:
        return parts[-1]
    options = parts[2] if len(parts) == _PARTS else ""
    kind, source = _source(estate, unit, parts[0], setting.mark)
    if kind != "image" and "/" not in options and ":" not in options and source:
        return ":".join([source, *parts[1:]])
    return _long(kind, source, parts[1], setting.mark, read_only="ro" in options.split(","))


def _mount(estate: Estate, unit: Unit, setting: Setting) -> Map | None:
    """Return what a ``--mount`` value says."""
    said: dict[str, str] = {}
    for part in setting.text.split(","):
        key, equals, value = part.partition("=")
        said[key] = value if equals else "true"
    kind = said.get("type", "volume")
    target = said.get("destination") or said.get("dst") or said.get("target") or ""
    source = said.get("source") or said.get("src") or ""
    if kind == "devpts":
        estate.remark(
            setting.mark, f"{unit.name}.Mount", "no bearing", "terminals of the container"
        )
        return None
    if source and kind in ("bind", "glob", "volume", "image", "artifact"):
        relative = kind in ("bind", "glob") and not source.startswith((".", "/", "~"))
        source = _source(estate, unit, f"./{source}" if relative else source, setting.mark)[1]
    written = said.get("readonly") or said.get("ro") or ""
    read_only = written.lower() in ("true", "1", "t")
    return _long(_TYPES.get(kind, kind), source, target, setting.mark, read_only=read_only)


def _long(kind: str, source: str, target: str, mark: int, *, read_only: bool) -> Map:
    long = Map(mark)
    long.put("type", kind, mark)
    if source:
        long.put("source", source, mark)
    long.put("target", target, mark)
    if read_only:
        long.put("read_only", "true", mark)
    return long


def volume(estate: Estate, unit: Unit) -> Map:
    """Return the entry of a ``.volume`` unit's volume.

    Source: https://docs.podman.io/en/latest/markdown/podman-volume-create.1.html
    """
    section = estate.own(unit)
    entry, options = Map(unit.mark), Map(unit.mark)
    driver = section.last("Driver")
    if driver is not None:
        entry.put("driver", driver.text, driver.mark)
    for key in ("Type", "Device"):
        said = section.last(key)
        if said is not None:
            options.put(key.lower(), said.text, said.mark)
    if options:
        entry.put("driver_opts", options, options.marks[0])
    return entry

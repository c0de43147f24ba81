"""A ``.container`` unit -> a service in the inventory's own keys.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html#container-units-container
"""

from collections.abc import Iterable
from typing import Any

from analyzer.importers.quadlet.arguments import apply, limit
from analyzer.importers.quadlet.estate import Estate, assignments, keep, sequence
from analyzer.importers.quadlet.network import network
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.storage import mounts, rooted
from analyzer.importers.quadlet.units import Unit
from analyzer.inventory.draft import Hint
from analyzer.tree import Map, Seq

_LISTS = (("AddHost", "extra_hosts"), ("ExposeHostPort", "expose"), ("PublishPort", "ports"))
_WORDS = (("AddCapability", "cap_add"), ("Exec", "command"))
_AUTO_UPDATE = "io.containers.autoupdate"
_HUNDRED = 100
_COMMANDS = ("ExecStartPre", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost")


def service(estate: Estate, unit: Unit) -> tuple[Map, list[Setting]]:
    """Return the service of a unit, and the names of containers that it requires."""
    entry = Map(unit.mark)
    section = estate.own(unit)
    if estate.host:
        entry.put("host", estate.host, 0)
    entry.put("runtime", "podman", unit.mark)
    required = apply(estate, unit, section, entry)
    _identity(estate, unit, section, entry)
    for key, native in _LISTS:
        _put(entry, native, sequence(section.lines(key)))
    for key, native in _WORDS:
        _put(entry, native, sequence(section.words(key)))
    _put(entry, "volumes", mounts(estate, unit, section))
    _put(entry, "tmpfs", _tmpfs(section))
    _put(entry, "devices", _devices(section))
    _put_network(estate, unit, section, entry)
    _variables(estate, unit, section, entry)
    _labels(section, entry)
    _health(section, entry)
    limits(estate, unit, section, entry)
    keep(section, "Container", entry)
    seconds = str(entry.get("stop_grace_period", ""))
    if seconds.isdecimal():  # Quadlet counts seconds, Compose wants the unit
        entry.put("stop_grace_period", f"{seconds}s", entry.mark_of("stop_grace_period"))
    outside(estate, unit, entry)
    return entry, required


def _put(entry: Map, key: str, value: Map | Seq) -> None:
    if value:
        entry.put(key, value, value.marks[0])


def _put_network(estate: Estate, unit: Unit, section: Section, entry: Map) -> None:
    joined = network(estate, unit, section)
    if joined is not None:
        marks = [setting.mark for setting in section.lines("Network")]
        entry.put("network", joined, marks[0] if marks else unit.mark)


def _identity(estate: Estate, unit: Unit, section: Section, entry: Map) -> None:
    """Write image, name and user."""
    image = section.last("Image")
    if image is not None:
        _image(estate, unit, image, entry)
    elif section.last("Rootfs") is None:
        estate.remark(unit.mark, unit.name, "broken", "no Image and no Rootfs: Podman refuses it")
    named = section.last("ContainerName")
    if named is not None:
        entry.put("container_name", named.text, named.mark)
    else:
        entry.put("container_name", unit.named("ContainerName"), unit.mark)
    host_name = section.last("HostName")
    if host_name is not None:
        entry.put("hostname", host_name.text, host_name.mark)
    user, group = section.last("User"), section.last("Group")
    if user is not None:
        text = f"{user.text}:{group.text}" if group else user.text
        entry.put("user", text, user.mark)


def _image(estate: Estate, unit: Unit, image: Setting, entry: Map) -> None:
    """Write an image; of a unit that pulls or builds it, the name that the image gets."""
    if not image.text.endswith((".image", ".build")):
        entry.put("image", image.text, image.mark)
        return
    source = estate.units.get(image.text)
    if image.text.endswith(".build"):
        entry.put("build", ".", image.mark)
    if source is None:
        what = f"{image.text} is not among the files, so the image is not known"
        estate.remark(image.mark, f"{unit.name}.Container.Image", "broken", what)
        return
    section = estate.own(source)
    tags = section.lines("ImageTag")
    plain = section.last("Image") if source.kind == "image" else None
    named = tags[0] if tags else plain
    if named is not None:
        entry.put("image", named.text, named.mark)


def _tmpfs(section: Section) -> Seq:
    found = sequence(section.lines("Tmpfs"))
    said = section.last("VolatileTmp")
    if said is not None and section.yes("VolatileTmp") and not section.yes("ReadOnly"):
        found.add("/tmp", said.mark)  # noqa: S108 - a path in the container
    return found


def _devices(section: Section) -> Seq:
    """Return devices; a minus in front of one that may be missing is no part of its name."""
    return sequence(
        Setting(text.removeprefix("-"), mark) for text, mark in section.words("AddDevice")
    )


def _variables(estate: Estate, unit: Unit, section: Section, entry: Map) -> None:
    """Write variables, files with variables and secrets."""
    variables, secrets = Map(), Seq()
    for name, value, mark in section.pairs("Environment"):
        variables.put(name, value, mark)
    for text, mark in section.words("Secret"):
        name, *options = text.split(",")
        secrets.add(name, mark)
        said = dict(option.partition("=")[::2] for option in options)
        target = said.get("target") or name
        if said.get("type") == "env" and target not in variables:
            variables.put(target, None, mark)
    variables.mark = variables.marks[0] if variables else 0
    _put(entry, "environment", variables)
    _put(entry, "secrets", secrets)
    files = section.words("EnvironmentFile")
    _put(entry, "env_files", sequence(Setting(rooted(unit, path), mark) for path, mark in files))
    for path, mark in files:
        document = estate.beside(unit, path)
        if document is None:
            where = f"{unit.name}.EnvironmentFile"
            estate.remark(mark, where, "kept", "not in the folder that was given, so not read")
            continue
        for name, value in sorted(assignments(document.data).items()):
            estate.hints.append(Hint(unit.base, "variable", name, value, mark))


def _labels(section: Section, entry: Map) -> None:
    labels = Map()
    for name, value, mark in section.pairs("Label"):
        labels.put(name, value or "", mark)
    update = section.last("AutoUpdate")
    if update is not None:
        labels.put(_AUTO_UPDATE, update.text, update.mark)
    _put(entry, "labels", labels)


def _health(section: Section, entry: Map) -> None:
    test, interval = section.last("HealthCmd"), section.last("HealthInterval")
    check = Map()
    if test is not None:
        check.put("test", "NONE" if test.text == "none" else test.text, test.mark)
    if interval is not None and interval.text != "disable":
        check.put("interval", interval.text, interval.mark)
    _put(entry, "healthcheck", check)


def limits(estate: Estate, unit: Unit, section: Section, entry: Map) -> None:
    """Write what the container, or else its unit, may take at most.

    Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html
    """
    memory = section.last("Memory")
    if memory is not None:
        limit(entry, "memory", memory.text, memory.mark)
    outer = estate.section(unit, "Service")
    most = outer.last("MemoryMax")
    if most is not None and most.text.endswith("%"):
        path = f"{unit.name}.Service.MemoryMax"
        estate.remark(most.mark, path, "no bearing", "a share of the memory of the machine")
    elif most is not None and most.text != "infinity":
        limit(entry, "memory", most.text, most.mark)
    quota = outer.last("CPUQuota")
    if quota is not None:
        share = quota.text.removesuffix("%")
        if share.isascii() and share.isdigit() and len(share) < 9:  # noqa: PLR2004 - a share
            cpus = f"{int(share) // _HUNDRED}.{int(share) % _HUNDRED:02}"
            limit(entry, "cpus", cpus, quota.mark)
        else:
            path = f"{unit.name}.Service.CPUQuota"
            estate.remark(quota.mark, path, "broken", "no percentage; write it as 150%")


def outside(estate: Estate, unit: Unit, entry: Map) -> None:
    """Write what [Service] and [Unit] say about a service; commands become hints."""
    outer = estate.section(unit, "Service")
    restart = outer.last("Restart")
    if restart is not None:
        entry.put("restart", restart.text, restart.mark)
    keep(outer, "Service", entry)
    keep(estate.section(unit, "Unit"), "Unit", entry)
    for key in _COMMANDS:
        _commands(estate, unit, key, outer.lines(key))


def _commands(estate: Estate, unit: Unit, key: str, lines: Iterable[Setting]) -> None:
    for text, mark in lines:
        estate.hints.append(Hint(unit.base, "text", key, text, mark))
        why = "a command of the unit; read only for what it waits for or talks to"
        estate.remark(mark, f"{unit.name}.Service.{key}", "no bearing", why)


def attached(entry: Map, key: str, more: Any) -> None:
    """Append to a list of a service, or add the keys of a mapping that it lacks."""
    present = entry.get(key)
    if isinstance(present, Seq) and isinstance(more, Seq):
        for value, mark in zip(more, more.marks, strict=True):
            present.add(value, mark)
    elif isinstance(present, Map) and isinstance(more, Map):
        for (name, value), mark in zip(more.items(), more.marks, strict=True):
            if name not in present:
                present.put(name, value, mark)
    elif present is None and more:
        entry.put(key, more, more.marks[0] if isinstance(more, Map | Seq) else entry.mark)

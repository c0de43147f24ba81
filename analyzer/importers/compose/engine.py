"""Networks, volumes and secrets of a project -> the names that the engine gives them.

Two stacks meet where the names are the same, so a name written in one file is not enough.

Source: https://github.com/compose-spec/compose-spec/blob/main/06-networks.md and 07-volumes.md
"""

from typing import Any, NamedTuple

from analyzer.importers.compose.interpolation import Partial
from analyzer.inventory.scalars import BOOLEANS
from analyzer.tree import Map

DEFAULT_NETWORK = "default"
_PLAIN_OPTIONS = frozenset(
    {"addr", "nfsvers", "vers", "bind", "rw", "ro", "soft", "hard", "nolock"}
)


class Engine(NamedTuple):
    """The engine's name of each network, volume and secret by the project's own; and the project's."""

    project: str
    networks: dict[str, str]
    volumes: dict[str, str]
    secrets: dict[str, str]

    def network(self, name: str) -> str:
        """Return the engine's name of a network, declared or not."""
        return self.networks.get(name, f"{self.project}_{name}")

    def volume(self, name: str) -> str:
        """Return the engine's name of a volume, declared or not."""
        return self.volumes.get(name, f"{self.project}_{name}")


def engine(tree: Map, project: str) -> Engine:
    """Return the names in a project."""
    secrets = _names(tree, "secrets", None)
    return Engine(
        project, _names(tree, "networks", project), _names(tree, "volumes", project), secrets
    )


def _names(tree: Map, section: str, project: str | None) -> dict[str, str]:
    entries = tree.get(section)
    if type(entries) is not Map:
        return {}
    return {name: _name(name, entry, project) for name, entry in entries.items()}


def _name(name: str, entry: Any, project: str | None) -> str:
    """Return the engine's name: written, or the project's with its own; an external one's own."""
    own = str(name) if project is None else f"{project}_{name}"
    if type(entry) is not Map:
        return own
    external, written = entry.get("external"), entry.get("name")
    if type(external) is Map:
        written = external.get("name") or written
    if isinstance(written, str) and written:
        return written
    return str(name) if is_external(entry) else own


def is_external(entry: Map) -> bool:
    """Return whether something exists outside of the project."""
    external = entry.get("external")
    return type(external) is Map or BOOLEANS.get(str(external).lower(), False)


def volumes(tree: Map, names: Engine) -> Map:
    """Return the volumes as an inventory lists them, by the engine's names."""
    listed = Map()
    entries = tree.get("volumes")
    if type(entries) is not Map:
        return listed
    for (name, entry), mark in zip(entries.items(), entries.marks, strict=False):
        record = Map(mark)
        if type(entry) is Map:
            if is_external(entry):
                record.put("external", "true", entry.mark_of("external"))
            driver = entry.get("driver")
            if isinstance(driver, str) and driver and type(driver) is not Partial:
                record.put("driver", driver, entry.mark_of("driver"))
            options = entry.get("driver_opts")
            if type(options) is Map:
                record.put("driver_opts", _options(options), entry.mark_of("driver_opts"))
        listed.put(names.volume(name), record, mark)
    return listed


def _options(options: Map) -> Map:
    """Return what a driver is told: the type and the device, and of ``o`` nothing secret."""
    shown = Map(options.mark)
    for key in ("type", "device", "o"):
        value = options.get(key)
        if isinstance(value, str):
            text = value if key != "o" else _without_secrets(value)
            shown.put(key, text, options.mark_of(key))
    return shown


def _without_secrets(options: str) -> str:
    """Return mount options without the values of those that may be a user or a password."""
    parts = options.split(",")
    plain = [
        part if part.partition("=")[0].strip() in _PLAIN_OPTIONS else part.partition("=")[0]
        for part in parts
    ]
    return ",".join(plain)

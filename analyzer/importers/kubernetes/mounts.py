"""Volumes of a pod and where its containers mount them -> mounts, devices and secrets.

Source: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
"""

from collections.abc import Callable

from analyzer.importers.kubernetes.objects import Object, Objects, below, maps, text
from analyzer.importers.kubernetes.storage import NETWORK_SOURCES, claim_name, reach_of_source
from analyzer.inventory.draft import Hint
from analyzer.inventory.sheet import Sheet
from analyzer.tree import Map

_DEVICES = "/dev/"
_PODMAN_SCRATCH = "tmpfs"
"""What podman 4 writes as the path of a tmpfs when it makes a manifest of a container."""
_MOUNT_KEYS = frozenset(
    """mountPath name readOnly subPath mountPropagation recursiveReadOnly subPathExpr""".split()
)


class Mounts:
    """The volumes of one pod."""

    def __init__(self, owner: Object, objects: Objects, volumes: Map) -> None:
        """Start without volumes; ``volumes`` takes entries for those that are not in an engine."""
        self._owner, self._objects, self._entries = owner, objects, volumes
        self._sources: dict[str, Map] = {}

    def declare(self, sheet: Sheet, pod: Map, templates: object) -> None:
        """Take over a pod's ``volumes`` and a StatefulSet's ``volumeClaimTemplates``."""
        for volume in maps(pod.get("volumes")):
            self._sources[text(volume, "name")] = volume
            if not any(kind in _KINDS or kind in NETWORK_SOURCES for kind in volume):
                what = "a volume of a kind that is not known here"
                sheet.say(f"volumes.{text(volume, 'name')}", "not understood", what, volume.mark)
        for template in maps(templates):
            name = text(below(template, "metadata"), "name")
            claim = Map(template.mark)
            claim.put("claimName", f"{name}-{self._owner.name}", template.mark)
            volume = Map(template.mark)
            volume.put("persistentVolumeClaim", claim, template.mark)
            self._sources[name] = volume

    def mount(self, sheet: Sheet, container: Map) -> None:
        """Add what a container mounts."""
        for mount in maps(container.get("volumeMounts")):
            source = self._sources.get(text(mount, "name"))
            for key in mount:
                if key not in _MOUNT_KEYS:
                    sheet.say(f"volumeMounts.{key}", "not understood", "no known key", mount.mark)
            if source is None:
                what = "mounts a volume that its pod does not have"
                sheet.say("volumeMounts", "broken", what, mount.mark)
            else:
                self._mount_one(sheet, source, mount)
        for device in maps(container.get("volumeDevices")):
            source = self._sources.get(text(device, "name"), Map())
            claim = text(below(source, "persistentVolumeClaim"), "claimName")
            if claim:
                name = claim_name(self._owner.namespace, claim)
                _add(sheet, "volume", name, text(device, "devicePath"), device)

    def _mount_one(self, sheet: Sheet, source: Map, mount: Map) -> None:
        for kind in source:
            if kind in _KINDS:
                _KINDS[kind](self, sheet, source, mount)
            elif kind in NETWORK_SOURCES:
                self._network(sheet, source, mount)

    def _claim(self, sheet: Sheet, source: Map, mount: Map) -> None:
        claim = below(source, "persistentVolumeClaim")
        name = claim_name(self._owner.namespace, text(claim, "claimName"))
        read_only = text(claim, "readOnly") == "true"
        _add(sheet, "volume", name, text(mount, "mountPath"), mount, read_only=read_only)

    def _host_path(self, sheet: Sheet, source: Map, mount: Map) -> None:
        path = text(below(source, "hostPath"), "path")
        if path.startswith(_DEVICES):
            if path not in (sheet.entry.get("devices") or ()):
                sheet.add("devices", path, mount.mark)
            return
        if path == _PODMAN_SCRATCH:
            self._scratch(sheet, source, mount)
            return
        inside = text(mount, "subPath")
        path = f"{path.rstrip('/')}/{inside}" if inside else path
        _add(sheet, "bind", path, text(mount, "mountPath"), mount)

    def _network(self, sheet: Sheet, source: Map, mount: Map) -> None:
        kind = next(kind for kind in source if kind in NETWORK_SOURCES)
        details = below(source, kind)
        server, path = text(details, "server"), text(details, "path")
        name = f"{server}{path}" if server else f"{self._owner.name}/{text(source, 'name')}"
        entry = Map(source.mark)
        reach = reach_of_source(source)
        if reach:
            entry.put("storage", reach, source.mark)
        entry.put("driver", kind, source.mark)
        if name not in self._entries:
            self._entries.put(name, entry, source.mark)
        read_only = text(details, "readOnly") == "true"
        _add(sheet, "volume", name, text(mount, "mountPath"), mount, read_only=read_only)

    def _scratch(self, sheet: Sheet, _source: Map, mount: Map) -> None:
        _add(sheet, "tmpfs", "", text(mount, "mountPath"), mount)

    def _secret(self, sheet: Sheet, source: Map, mount: Map) -> None:
        add_secret(sheet, text(below(source, "secret"), "secretName"), mount.mark)

    def _config(self, sheet: Sheet, source: Map, mount: Map) -> None:
        self._tell(sheet, text(below(source, "configMap"), "name"), mount.mark)

    def _projected(self, sheet: Sheet, source: Map, mount: Map) -> None:
        for part in maps(below(source, "projected").get("sources")):
            add_secret(sheet, text(below(part, "secret"), "name"), mount.mark)
            self._tell(sheet, text(below(part, "configMap"), "name"), mount.mark)

    def _csi(self, sheet: Sheet, source: Map, mount: Map) -> None:
        driver = text(below(source, "csi"), "driver")
        if "secrets-store" in driver:
            add_secret(sheet, text(source, "name"), mount.mark)
        else:
            self._network(sheet, _renamed(source, "csi"), mount)

    def _nothing(self, sheet: Sheet, source: Map, mount: Map) -> None:
        """Pass over what holds no data of its own."""

    def _tell(self, sheet: Sheet, name: str, mark: int) -> None:
        """Tell what a mounted ConfigMap holds."""
        found = self._objects.get("ConfigMap", self._owner.namespace, name) if name else None
        data = below(found.body, "data") if found else Map()
        for key, value in data.items():
            if isinstance(value, str):
                sheet.hints.append(Hint(sheet.name, "text", key, str(value), data.mark_of(key)))
        if name and found is None:
            what = "mounts a ConfigMap that was not given: what it says is not known"
            sheet.say(f"volumes.{name}", "no bearing", what, mark)


_KINDS: dict[str, Callable[[Mounts, Sheet, Map, Map], None]] = {
    "configMap": Mounts._config,  # noqa: SLF001 - the class's own table
    "csi": Mounts._csi,  # noqa: SLF001
    "downwardAPI": Mounts._nothing,  # noqa: SLF001
    "emptyDir": Mounts._scratch,  # noqa: SLF001
    "ephemeral": Mounts._scratch,  # noqa: SLF001
    "gitRepo": Mounts._scratch,  # noqa: SLF001
    "hostPath": Mounts._host_path,  # noqa: SLF001
    "image": Mounts._nothing,  # noqa: SLF001
    "persistentVolumeClaim": Mounts._claim,  # noqa: SLF001
    "projected": Mounts._projected,  # noqa: SLF001
    "secret": Mounts._secret,  # noqa: SLF001
}
VOLUME_KINDS = frozenset(_KINDS) | NETWORK_SOURCES
"""Every kind of volume that is read."""


def _renamed(source: Map, kind: str) -> Map:
    """Return a CSI volume as one of the network, which is what it nearly always is."""
    volume = Map(source.mark)
    volume.put("name", source.get("name"), source.mark)
    volume.put("flexVolume", source[kind], source.mark)
    volume.put(kind, source[kind], source.mark)
    return volume


def add_secret(sheet: Sheet, name: str, mark: int) -> None:
    """Add the name of a secret, once."""
    if name and name not in (sheet.entry.get("secrets") or ()):
        sheet.add("secrets", name, mark)


def _add(
    sheet: Sheet, kind: str, source: str, target: str, mount: Map, *, read_only: bool = False
) -> None:
    """Add a mount; two containers that mount one place count once."""
    read_only = read_only or text(mount, "readOnly") == "true"
    if kind == "tmpfs":
        if target and target not in (sheet.entry.get("tmpfs") or ()):
            sheet.add("tmpfs", target, mount.mark)
        return
    entry: Map | str = f"{source}:{target}{':ro' if read_only else ''}"
    if ":" in source + target or not source or not target:
        entry = _long(kind, source, target, mount.mark)
        if read_only:
            entry.put("read_only", "true", mount.mark)
    if entry not in (sheet.entry.get("volumes") or ()):
        sheet.add("volumes", entry, mount.mark)


def _long(kind: str, source: str, target: str, mark: int) -> Map:
    """Return the long form of a mount, for paths that hold a colon."""
    entry = Map(mark)
    for key, value in (("type", kind), ("source", source), ("target", target)):
        entry.put(key, value, mark)
    return entry

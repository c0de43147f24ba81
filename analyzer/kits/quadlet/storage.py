"""Mounts and devices of a service -> ``Volume=``, ``Tmpfs=`` and ``AddDevice=``."""

from typing import Any

from analyzer.inventory.model import Mount
from analyzer.kits.material import Material
from analyzer.kits.naming import labels
from analyzer.kits.printers.unit import literal
from analyzer.kits.quadlet.draft import Draft
from analyzer.tree import Map

_KEPT = frozenset(
    "ro rw z Z U O rslave rshared rprivate slave shared private exec noexec dev nodev suid nosuid idmap copy nocopy".split()
)


def volume_units(material: Material) -> dict[str, str]:
    """Return the label of the unit of every named volume."""
    names = {
        mount.source
        for service in material.assessment.inventory.services.values()
        for mount in service.mounts
        if mount.kind == "volume"
    }
    return labels(names, "volume")


def storage(material: Material, draft: Draft) -> None:
    """Write mounts, memory and devices."""
    spec, ledger = draft.spec, draft.ledger
    units = volume_units(material)
    listed = list(spec.listed("volumes"))
    at = 0
    for mount in spec.service.mounts:
        if mount.kind == "tmpfs" and mount.line == 0:
            continue
        key, item = listed[at] if at < len(listed) else ("volumes", None)
        at += 1
        if mount.kind == "tmpfs":
            draft.plain("Tmpfs", mount.target, key)
            ledger.converted(spec, key)
            continue
        _mount(material, draft, mount, key, _options(item), units)
    for key, item in spec.listed("tmpfs"):
        draft.plain("Tmpfs", str(item), "tmpfs")
        ledger.converted(spec, key)
    for key, device in spec.devices():
        if device is not None:
            parts = [device.source, device.target, device.permissions]
            shown = ":".join(part for part in parts if part) if device.target else device.source
            draft.plain("AddDevice", shown.removesuffix(":rwm"), "devices")
            ledger.converted(spec, key)


def _mount(
    material: Material,
    draft: Draft,
    mount: Mount,
    key: str,
    options: tuple[str, ...],
    units: dict[str, str],
) -> None:
    spec, ledger = draft.spec, draft.ledger
    known = [one for one in options if one in _KEPT]
    if mount.read_only and "ro" not in known:
        known.append("ro")
    for one in options:
        if one not in _KEPT and one:
            ledger.person(spec, key, f"option {one} is left out: look whether it is needed")
    end = f":{','.join(known)}" if known else ""
    if mount.kind == "anonymous":
        draft.put("Volume", literal(mount.target), "volumes")
        ledger.approximated(spec, key, "a volume without a name; name it to find its data again")
        return
    if mount.kind == "volume":
        source = f"{units[mount.source]}.volume"
        if spec.service.runtime == "docker":
            text = (
                "Docker's volume, which Podman does not see: copy it, 'docker run --rm -v NAME:/v"
                " alpine tar c -C /v .' into 'podman volume import NAME -', or the unit starts empty"
            )
            ledger.person(spec, key, text)
        else:
            ledger.converted(spec, key, "the volume of the same name, with its data")
    else:
        source, whole = material.host_path(mount.source)
        if whole:
            ledger.converted(spec, key, "systemd waits for the mount that it lies on")
        else:
            text = f"{mount.source} is relative to its Compose file: name the folder with --base"
            ledger.person(spec, key, text)
    draft.plain("Volume", f"{source}:{mount.target}{end}", "volumes")


def _options(item: Any) -> tuple[str, ...]:
    if isinstance(item, str):
        return tuple(str(item).split(":", 2)[2].split(",")) if item.count(":") > 1 else ()
    bind = item.get("bind") if type(item) is Map else None
    if type(bind) is not Map:
        return ()
    return tuple(
        str(bind[key]) for key in ("selinux", "propagation") if isinstance(bind.get(key), str)
    )

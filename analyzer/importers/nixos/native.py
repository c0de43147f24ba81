"""systemd services of NixOS modules -> native services.

Source: https://github.com/NixOS/nixpkgs/blob/master/nixos/lib/systemd-unit-options.nix and
https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
"""

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Any

from analyzer.importers.nixos.containers import EXTENSION
from analyzer.importers.nixos.order import HARD, unit_name
from analyzer.inventory.draft import Hint, Remark
from analyzer.inventory.sheet import Sheet, entries, shape, texts
from analyzer.tree import Map, Seq
from analyzer.units import parse_percent

# fmt: off
PLUMBING = frozenset({
    "NetworkManager", "ModemManager", "accounts-daemon", "acpid", "apcupsd", "atd", "audit",
    "auditd", "auto-cpufreq", "avahi", "avahi-daemon", "bluetooth", "btrbk", "chrony", "chronyd",
    "cloud-init", "colord", "connman", "cron", "dbus", "dbus-broker", "dhcpcd", "displayManager",
    "display-manager", "earlyoom", "fail2ban", "firewall", "firewalld", "fprintd", "fstrim",
    "fwupd", "gpm", "greetd", "gvfs", "haveged", "hdapsd", "irqbalance", "iwd", "journald",
    "k3s", "kmscon", "lightdm", "lldpd", "lm_sensors", "locate", "logind", "logrotate", "lvm",
    "mcelog", "mullvad", "networkd", "networkd-dispatcher", "nftables", "nix-daemon", "nix-gc",
    "nscd", "ntp", "ntpd", "oomd", "openntpd", "openssh", "pcscd", "pipewire",
    "power-profiles-daemon", "qemuGuest", "qemu-guest-agent", "resolved", "resolvconf", "rngd",
    "rpcbind", "rsyslog", "rsyslogd", "rtkit", "rtkit-daemon", "sddm", "smartd", "snapper",
    "spice-vdagentd", "sshd", "sshguard", "sysstat", "thermald", "timesyncd", "tlp", "udev",
    "udisks2", "ulogd", "unclutter", "upower", "uptimed", "usbguard", "usbmuxd", "userborn",
    "vmwareGuest", "wpa_supplicant", "xserver", "zed", "zfs", "zfs-zed", "zram-generator",
})
# fmt: on
"""Modules and units that keep the machine itself going; nobody would move one to a cluster."""

FIELDS = {
    "after": "used as depends_on among the services that are listed",
    "bindsTo": "used as depends_on",
    "cpuQuota": "used as limits.cpus",
    "credentials": "used as names of secrets",
    "database": "used to find dependencies",
    "description": "kept",
    "devices": "used as devices",
    "dynamicUser": "used to tell services from plumbing",
    "environment": "used as environment",
    "environmentFiles": "used as env_files",
    "execStart": "used as command",
    "memoryMax": "used as limits.memory",
    "module": "used as project",
    "openFirewall": "used as exposure",
    "ports": "used as ports",
    "requires": "used as depends_on",
    "requisite": "used as depends_on",
    "state": "used as volumes",
    "user": "used as user",
    "wants": "used as depends_on",
}
"""What the shipped expression says of a unit, and what for."""


def native_services(
    units: Any, containers: Mapping[str, Sheet]
) -> tuple[dict[str, Sheet], list[Remark]]:
    """Return a sheet for each unit worth listing, and a remark for each other."""
    found = {name: (unit, mark) for name, unit, mark in entries(units) if type(unit) is Map}
    listed = {name for name, (unit, _) in found.items() if _is_server(name, unit)}
    listed |= _needed(found, listed) - PLUMBING
    modules = [_module(found[name][0]) for name in listed]
    sheets: dict[str, Sheet] = {}
    remarks: list[Remark] = []
    for name, (unit, mark) in found.items():
        path = f"services.{name}"
        if name in listed and name in containers:
            what = "a unit with the name of a container; the container is listed"
            remarks.append(Remark(mark, path, "no bearing", what))
        elif name in listed:
            sheet = sheets[name] = Sheet(name, path, mark, EXTENSION)
            _fill(sheet, unit, many=modules.count(_module(unit)) > 1)
        else:
            remarks.append(Remark(mark, path, "no bearing", _why_not(name, unit)))
    return sheets, remarks


def _module(unit: Map) -> str:
    """Return the name of a unit's module, empty when it has none."""
    module = unit.get("module")
    return module if isinstance(module, str) else ""


def _is_server(name: str, unit: Map) -> bool:
    """Return whether a unit is a service of its own: a module's, or one with a user or data."""
    module = _module(unit)
    if name in PLUMBING or module in PLUMBING:
        return False
    if module:
        return True
    own_user = unit.get("user") not in (None, "root") or unit.get("dynamicUser") == "true"
    return own_user or bool(unit.get("state"))


def _needed(found: Mapping[str, tuple[Map, int]], listed: Collection[str]) -> set[str]:
    """Return the units that listed ones cannot run without."""
    needed = set()
    for name in listed:
        for key in HARD:
            needed |= {unit_name(word) for word, _ in texts(found[name][0].get(key))}
    return needed & set(found)


def _why_not(name: str, unit: Map) -> str:
    if name in PLUMBING or _module(unit) in PLUMBING:
        return "part of the machine itself"
    return "of no services.* module, no user and no data of its own: write it in if it matters"


def _fill(sheet: Sheet, unit: Map, *, many: bool) -> None:
    """Take over what a unit says."""
    sheet.put("runtime", "systemd", sheet.mark)
    for key, value, mark in entries(unit):
        if key not in FIELDS:
            sheet.say(key, "not understood", "not of this program's expression", mark)
        elif key in _READERS:
            read, expected = _READERS[key]
            if shape(value) == expected:
                read(sheet, value, mark)
            elif value is not None:
                sheet.broken(key, value, f"a {expected}", mark)
    if many and _module(unit):
        sheet.put("project", unit["module"], unit.mark_of("module"))


def _ports(sheet: Sheet, value: Seq, _mark: int) -> None:
    for port, mark in texts(value):
        sheet.add("ports", f"{port}:{port}", mark)


def _database(sheet: Sheet, value: Map, mark: int) -> None:
    """Tell which database a module is set to, as variables would."""
    for key, name in (("host", "DB_HOST"), ("type", "DB_TYPE"), ("redis", "REDIS_HOST")):
        told = value.get(key)
        if isinstance(told, str):
            sheet.hints.append(Hint(sheet.name, "variable", name, told, mark))


def _files(sheet: Sheet, value: Seq, _mark: int) -> None:
    for path, mark in texts(value):
        sheet.add("env_files", path.removeprefix("-"), mark)


def _credentials(sheet: Sheet, value: Seq, _mark: int) -> None:
    for credential, mark in texts(value):
        sheet.add("secrets", credential.partition(":")[0], mark)


def _command(sheet: Sheet, value: Seq, mark: int) -> None:
    lines = [line.lstrip("@-:+!|") for line, _ in texts(value)]
    if lines:
        sheet.put("command", " ".join(lines), mark)


def _state(sheet: Sheet, value: Seq, _mark: int) -> None:
    """Mount the directories that systemd makes for a unit where they are."""
    for written, mark in texts(value):
        path = written.partition(":")[0].rstrip("/")
        known = sheet.entry.get("volumes", ())
        mounts = [str(mount).partition(":")[0] for mount in known]
        if path.startswith("/") and not any((path + "/").startswith(m + "/") for m in mounts):
            sheet.add("volumes", f"{path}:{path}", mark)


def _memory(sheet: Sheet, value: str, mark: int) -> None:
    if value != "infinity" and "%" not in value:
        sheet.below("limits", mark).put("memory", value, mark)
    elif "%" in value:
        sheet.keep("memoryMax", value, mark, "a share of the host's memory")


def _cpus(sheet: Sheet, value: str, mark: int) -> None:
    share = parse_percent(value)
    if share is None:
        sheet.broken("cpuQuota", value, "a percentage", mark)
    else:
        sheet.below("limits", mark).put("cpus", _decimal(share), mark)


def _decimal(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _devices(sheet: Sheet, value: Seq, _mark: int) -> None:
    for entry, mark in texts(value):
        device = entry.split(maxsplit=1)[0] if entry.strip() else ""
        if device.startswith("/dev/"):
            sheet.add("devices", device, mark)


def _whole(key: str) -> Callable[[Sheet, Any, int], None]:
    return lambda sheet, value, mark: sheet.put(key, value, mark)


def _open(sheet: Sheet, value: str, mark: int) -> None:
    if value == "true":
        sheet.put("exposure", "lan", mark)


def _describe(sheet: Sheet, value: str, mark: int) -> None:
    sheet.beside("description", value, mark)


_READERS: dict[str, tuple[Callable[[Sheet, Any, int], None], str]] = {
    "cpuQuota": (_cpus, "text"),
    "credentials": (_credentials, "list"),
    "database": (_database, "map"),
    "description": (_describe, "text"),
    "devices": (_devices, "list"),
    "environment": (_whole("environment"), "map"),
    "environmentFiles": (_files, "list"),
    "execStart": (_command, "list"),
    "memoryMax": (_memory, "text"),
    "openFirewall": (_open, "text"),
    "ports": (_ports, "list"),
    "state": (_state, "list"),
    "user": (_whole("user"), "text"),
}

"""Settings of a container that bear on no decision, kept in Compose's words for converting it.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md
"""

from typing import Any, NamedTuple

from analyzer.importers.podman.ledger import Ledger, is_empty
from analyzer.importers.podman.objects import child, entries, maps, text, texts, whole
from analyzer.tree import Map, Quoted, Seq
from analyzer.units import written_size

EXTENSION = "x-podman"
_KEPT = "kept for whoever converts the service"


class _Setting(NamedTuple):
    section: str
    key: str
    compose: str
    usual: frozenset[str]


def _of(section: str, *settings: str) -> tuple[_Setting, ...]:
    """Return settings written as ``Key compose_key [usual value ...]``."""
    split = [setting.split() for setting in settings]
    return tuple(_Setting(section, key, name, frozenset(usual)) for key, name, *usual in split)


_SETTINGS = (
    *_of(
        "Config",
        "Domainname domainname",
        "StopSignal stop_signal 15 SIGTERM",
        "WorkingDir working_dir /",
        "Tty tty",
        "OpenStdin stdin_open",
        "MacAddress mac_address",
    ),
    *_of(
        "HostConfig",
        "BlkioWeight blkio_config.weight",
        "BlkioWeightDevice blkio_config.weight_device",
        "BlkioDeviceReadBps blkio_config.device_read_bps",
        "BlkioDeviceReadIOps blkio_config.device_read_iops",
        "BlkioDeviceWriteBps blkio_config.device_write_bps",
        "BlkioDeviceWriteIOps blkio_config.device_write_iops",
        "CpuRealtimePeriod cpu_rt_period",
        "CpuRealtimeRuntime cpu_rt_runtime",
        "CpuShares cpu_shares",
        "CpusetCpus cpuset",
        "DeviceCgroupRules device_cgroup_rules",
        "Dns dns",
        "DnsOptions dns_opt",
        "DnsSearch dns_search",
        "GroupAdd group_add",
        "Init init",
        "IpcMode ipc private shareable",
        "MemoryReservation mem_reservation",
        "MemorySwappiness mem_swappiness -1",
        "OomKillDisable oom_kill_disable",
        "OomScoreAdj oom_score_adj",
        "PidMode pid private",
        "PidsLimit pids_limit 2048 -1",
        "ReadonlyRootfs read_only",
        "SecurityOpt security_opt",
        "ShmSize shm_size 65536000 67108864",
        "StorageOpt storage_opt",
        "Sysctls sysctls",
        "UTSMode uts private",
        "UsernsMode userns_mode",
        "VolumesFrom volumes_from",
    ),
)
_OWN = (
    *_of(
        "Config",
        "StartupHealthCheck startup_healthcheck",
        "HealthcheckOnFailureAction health_on_failure none",
        "Timezone timezone",
        "SystemdMode systemd",
        "NetworkDisabled network_disabled",
    ),
    *_of(
        "HostConfig",
        "CpusetMems cpuset_mems",
        "IntelRdtClosID intel_rdt",
        "VolumeDriver volume_driver",
        "Runtime runtime oci runc crun",
    ),
)
"""What Compose has no word for."""
_SIZES = frozenset({"mem_reservation", "shm_size"})
_LEFT_OUT = frozenset({"CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW"})
"""What Podman never gives and Docker does: Podman 4 lists them as dropped."""
_ENGINE_ANNOTATIONS = ("io.podman.", "io.container.", "io.kubernetes.", "org.")


def keep(container: Map, entry: Map, path: str, ledger: Ledger) -> None:
    """Add the settings that are not the usual ones to a service."""
    extension = Map(container.mark)
    for setting, target in [(one, entry) for one in _SETTINGS] + [
        (one, extension) for one in _OWN
    ]:
        section = child(container, setting.section)
        value = section.get(setting.key)
        if is_empty(value) or (isinstance(value, str) and value in setting.usual):
            continue
        if setting.compose in _SIZES:
            value = written_size(whole(section, setting.key))
        _put(target, setting.compose, value, section.mark_of(setting.key))
        _say(section, setting.key, f"{path}.{setting.section}", ledger)
    _keep_odd(container, entry, (path, ledger))
    _keep_nested(container, entry, extension, (path, ledger))
    if extension:
        entry.put(EXTENSION, extension, extension.marks[0])


def _keep_odd(container: Map, entry: Map, where: tuple[str, Ledger]) -> None:
    """Keep what has another form in Compose."""
    path, ledger = where
    config, host = child(container, "Config"), child(container, "HostConfig")
    stop = whole(config, "StopTimeout")
    if stop not in (0, 10):  # the engines' own
        entry.put("stop_grace_period", f"{stop}s", config.mark_of("StopTimeout"))
        _say(config, "StopTimeout", f"{path}.Config", ledger)
    dropped = Seq(host.mark_of("CapDrop"))
    names = texts(host, "CapDrop")
    for name, mark in names:
        if not {name for name, _ in names} >= _LEFT_OUT or name not in _LEFT_OUT:
            dropped.add(Quoted(name.removeprefix("CAP_")), mark)
    if dropped:
        entry.put("cap_drop", dropped, dropped.mark)
        _say(host, "CapDrop", f"{path}.HostConfig", ledger)
    swap = whole(host, "MemorySwap")
    if swap not in (0, 2 * whole(host, "Memory")):  # the engines' own: as much again
        entry.put(
            "memswap_limit",
            written_size(swap) if swap > 0 else str(swap),
            host.mark_of("MemorySwap"),
        )
        _say(host, "MemorySwap", f"{path}.HostConfig", ledger)


def _keep_nested(container: Map, entry: Map, extension: Map, where: tuple[str, Ledger]) -> None:
    """Keep lists and mappings that have another form in Compose."""
    path, ledger = where
    config, host = child(container, "Config"), child(container, "HostConfig")
    limits = Map(host.mark_of("Ulimits"))
    for limit in maps(host, "Ulimits") if _asked(config, "--ulimit") else ():
        both = Map(limit.mark)
        both.put("soft", text(limit, "Soft"), limit.mark_of("Soft"))
        both.put("hard", text(limit, "Hard"), limit.mark_of("Hard"))
        name = text(limit, "Name").removeprefix("RLIMIT_").lower()
        limits.put(name, both, limit.mark)
    if limits:
        entry.put("ulimits", limits, limits.mark)
        _say(host, "Ulimits", f"{path}.HostConfig", ledger)
    annotations = Map(config.mark_of("Annotations"))
    for key, value, mark in entries(child(config, "Annotations")):
        if not key.startswith(_ENGINE_ANNOTATIONS) and isinstance(value, str):
            annotations.put(key, Quoted(value), mark)
    if annotations:
        entry.put("annotations", annotations, annotations.mark)
        _say(config, "Annotations", f"{path}.Config", ledger)
    if text(container, "Rootfs"):
        extension.put("rootfs", Quoted(text(container, "Rootfs")), container.mark_of("Rootfs"))
        _say(container, "Rootfs", path, ledger)


def _asked(config: Map, flag: str) -> bool:
    """Return whether a flag was given, or may have been: Podman 4 lists its own limits as well."""
    command = [word for word, _ in texts(config, "CreateCommand")]
    return not command or any(word.partition("=")[0] == flag for word in command)


def _put(target: Map, name: str, value: Any, mark: int) -> None:
    """Put a value under ``name`` or ``name.below``; text stays text."""
    name, dot, below = name.partition(".")
    if not dot:
        target.put(name, value, mark)
        return
    if name not in target:
        target.put(name, Map(mark), mark)
    target[name].put(below, value, mark)


def _say(section: Map, key: str, path: str, ledger: Ledger) -> None:
    ledger.say(section.mark_of(key), f"{path}.{key}", "kept", _KEPT)


def words(value: Any) -> Seq | None:
    """Return a command as a list: Podman 4 joins an entry point with blanks, 5 lists it."""
    if isinstance(value, Seq):
        return value if value else None
    if not isinstance(value, str) or not value:
        return None
    found = Seq()
    for word in value.split():
        found.add(Quoted(word), 0)
    return found

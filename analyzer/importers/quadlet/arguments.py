"""``PodmanArgs=``: the flags of ``podman run`` that a key of Quadlet has, as that key's values.

Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html
"""

from collections.abc import Iterator, Mapping

from analyzer.importers.quadlet.estate import Estate
from analyzer.importers.quadlet.sections import Section, Setting
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map

_KEYS: Mapping[str, str] = {
    "add-host": "AddHost",
    "cap-add": "AddCapability",
    "device": "AddDevice",
    "env": "Environment",
    "env-file": "EnvironmentFile",
    "expose": "ExposeHostPort",
    "health-cmd": "HealthCmd",
    "health-interval": "HealthInterval",
    "hostname": "HostName",
    "label": "Label",
    "memory": "Memory",
    "mount": "Mount",
    "name": "ContainerName",
    "net": "Network",
    "network": "Network",
    "network-alias": "NetworkAlias",
    "publish": "PublishPort",
    "secret": "Secret",
    "tmpfs": "Tmpfs",
    "user": "User",
    "volume": "Volume",
}
_SHORT: Mapping[str, str] = {
    "a": "attach",
    "c": "cpu-shares",
    "e": "env",
    "h": "hostname",
    "l": "label",
    "m": "memory",
    "p": "publish",
    "u": "user",
    "v": "volume",
    "w": "workdir",
}
_OTHERS = frozenset(
    "annotation arch attach authfile blkio-weight blkio-weight-device cap-drop cert-dir cgroup-conf"
    " cgroup-parent cgroupns cgroups chrootdirs cidfile conmon-pidfile cpu-period cpu-quota"
    " cpu-rt-period cpu-rt-runtime cpu-shares cpuset-cpus cpuset-mems creds decryption-key"
    " detach-keys device-cgroup-rule device-read-bps device-read-iops device-write-bps"
    " device-write-iops dns dns-option dns-search entrypoint env-merge gidmap group-add group-entry"
    " health-log-destination health-max-log-count health-max-log-size health-on-failure"
    " health-retries health-start-period health-startup-cmd health-startup-interval"
    " health-startup-retries health-startup-success health-startup-timeout health-timeout"
    " hostuser image-volume infra-command infra-conmon-pidfile infra-image infra-name init-ctr"
    " init-path ip ip6 ipc label-file log-driver log-opt mac-address memory-reservation"
    " memory-swap memory-swappiness oom-score-adj os passwd-entry personality pid pidfile"
    " pids-limit platform pod pod-id-file preserve-fd pull restart rdt-class retry retry-delay"
    " sdnotify seccomp-policy security-opt share shm-size shm-size-systemd stop-signal"
    " stop-timeout subgidname subuidname sysctl systemd timeout tz uidmap ulimit umask unsetenv"
    " userns uts variant volumes-from workdir exit-policy".split()
)
"""Flags that take a value and do not bear on the decision."""
_SWITCHES = frozenset(
    "detach disable-content-trust env-host http-proxy init interactive no-healthcheck no-hostname"
    " no-hosts oom-kill-disable passwd publish-all quiet read-only read-only-tmpfs replace rm"
    " rmi rootfs sig-proxy tls-verify tty unsetenv-all infra share-parent".split()
)
_FLAGS = _KEYS.keys() | _OTHERS | {"cpus", "gpus", "requires"}


def apply(estate: Estate, unit: Unit, section: Section, entry: Map) -> list[Setting]:
    """Add the values of flags to the section's keys; return the containers it requires."""
    required = []
    for flag, value, mark in _flags(section.words("PodmanArgs")):
        path = f"{unit.name}.PodmanArgs.{flag}"
        if flag in _KEYS and value is not None:
            section.add(_KEYS[flag], Setting(value, mark))
        elif flag == "requires" and value is not None:
            required += [Setting(name, mark) for name in value.split(",")]
        elif flag == "cpus" and value is not None:
            limit(entry, "cpus", value, mark)
        elif flag == "gpus" and value is not None:
            entry.put("gpus", "all", mark)
        elif flag == "privileged":
            entry.put("privileged", "true" if value is None else value, mark)
        elif flag in _OTHERS or flag in _SWITCHES:
            estate.remark(mark, path, "no bearing", "a flag that changes nothing here")
        else:
            what = (
                "no flag of podman run that is known here" if flag else "an argument, not a flag"
            )
            estate.remark(mark, path, "not understood", what)
    return required


def limit(entry: Map, what: str, value: str, mark: int) -> None:
    """Set a limit of a service unless it is set already."""
    limits = entry.get("limits")
    if not isinstance(limits, Map):
        limits = Map(mark)
        entry.put("limits", limits, mark)
    if what not in limits:
        limits.put(what, value, mark)


def _flags(words: list[Setting]) -> Iterator[tuple[str, str | None, int]]:
    """Yield each flag by its long name with its value; None where it has none."""
    position = 0
    while position < len(words):
        word, mark = words[position]
        position += 1
        flag, value = _split(word)
        if value is None and flag in _FLAGS and position < len(words):
            value = words[position].text
            position += 1
        yield flag, value, mark


def _split(word: str) -> tuple[str, str | None]:
    """Return the flag's long name and what is joined to it; no name for a word that is no flag.

    A word that is no flag is not named: it may be a password that stands behind an unknown flag.
    """
    if word.startswith("--"):
        name, equals, value = word[2:].partition("=")
        return (name if name.replace("-", "").isalnum() else ""), value if equals else None
    if word.startswith("-") and word[1:2] in _SHORT:
        return _SHORT[word[1]], word[2:].removeprefix("=") or None
    if word.startswith("-") and set(word[1:]) <= set("dit"):
        return "detach", None
    return "", None

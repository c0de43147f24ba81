"""What each version of Podman knows, and how to say it to one that does not know a key yet.

Sources: podman-systemd.unit(5) of each release and
https://github.com/containers/podman/blob/main/RELEASE_NOTES.md.
"""

import re
from typing import NamedTuple

from analyzer.inventory.model import Host

_NUMBERS = re.compile(r"podman\D{0,3}(\d{1,2})\.(\d{1,2})")


class Version(NamedTuple):
    """A version of Podman; ``stated`` is false where the inventory does not say which."""

    major: int
    minor: int
    stated: bool = True

    def __str__(self) -> str:
        """Return it as Podman prints it, without the patch level."""
        return f"{self.major}.{self.minor}"

    def has(self, first: tuple[int, int]) -> bool:
        """Return whether it is as new as a release."""
        return (self.major, self.minor) >= first


QUADLET = (4, 4)
PODMAN_ARGS = (4, 6)
HEALTHY_FLAG = (4, 7)
HEALTHY = (5, 0)
POD = (5, 0)
NETWORK_OF_CONTAINER = (5, 3)
ASSUMED = Version(4, 9, stated=False)
"""The oldest with Quadlet in a release that is still looked after: Ubuntu 24.04's."""

FIRST: dict[str, tuple[int, int]] = {
    **dict.fromkeys(
        """AddCapability AddDevice Annotation ContainerName DropCapability EnvironmentFile Exec
        ExposeHostPort Group Image Label Network NoNewPrivileges PublishPort ReadOnly RunInit
        SeccompProfile SecurityLabelDisable User Volume""".split(),
        QUADLET,
    ),
    **dict.fromkeys(
        """HealthCmd HealthInterval HealthOnFailure HealthRetries HealthStartPeriod HealthTimeout
        LogDriver Secret Tmpfs UserNS""".split(),
        (4, 5),
    ),
    **dict.fromkeys("AutoUpdate HostName PodmanArgs Pull Sysctl WorkingDir".split(), (4, 6)),
    **dict.fromkeys("DNS DNSOption DNSSearch PidsLimit ShmSize Ulimit".split(), (4, 7)),
    **dict.fromkeys("Entrypoint Pod StopTimeout".split(), (5, 0)),
    "GroupAdd": (5, 1),
    **dict.fromkeys("LogOpt NetworkAlias StopSignal".split(), (5, 2)),
    "AddHost": (5, 3),
    "Memory": (5, 5),
}
"""The release in which a key of ``[Container]`` came."""

FLAGS: dict[str, str] = {
    "AddHost": "--add-host",
    "DNS": "--dns",
    "DNSOption": "--dns-option",
    "DNSSearch": "--dns-search",
    "Entrypoint": "--entrypoint",
    "GroupAdd": "--group-add",
    "HostName": "--hostname",
    "LogOpt": "--log-opt",
    "Memory": "--memory",
    "NetworkAlias": "--network-alias",
    "PidsLimit": "--pids-limit",
    "Pull": "--pull",
    "ShmSize": "--shm-size",
    "StopSignal": "--stop-signal",
    "StopTimeout": "--stop-timeout",
    "Sysctl": "--sysctl",
    "Ulimit": "--ulimit",
    "WorkingDir": "--workdir",
}
"""The flag of ``podman run`` that says the same to a version without the key."""


def version_of(host: Host | None) -> Version:
    """Return the version of Podman on a host, `ASSUMED` where nobody says."""
    found = _NUMBERS.search((host.runtime or "").lower()) if host else None
    return Version(int(found[1]), int(found[2])) if found else ASSUMED

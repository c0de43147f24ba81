"""The options of ``podman run`` and ``docker run``, and what becomes of each.

Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html and
https://docs.docker.com/reference/cli/docker/container/run/
"""

from typing import Literal, NamedTuple

How = Literal[
    "one", "many", "switch", "pair", "limit", "health", "network", "special", "kept", "none"
]


class Flag(NamedTuple):
    """What becomes of an option of the command line.

    ``one`` sets the native ``key``, ``many`` adds to it, ``pair`` adds NAME=value, ``switch`` takes
    no value, ``limit`` and ``health`` set ``key`` below ``limits`` and ``healthcheck``; ``special``
    is read by a function of its own. ``kept`` and ``none`` take a value unless ``bare``.
    """

    how: How
    key: str = ""
    bare: bool = False


def _all(words: str, how: How, *, bare: bool = False) -> dict[str, Flag]:
    return {word: Flag(how, bare=bare) for word in words.split()}


FLAGS = {
    **{
        name: Flag("one", key)
        for name, key in {
            "cgroup-parent": "cgroup_parent",
            "cgroupns": "cgroup",
            "cpu-shares": "cpu_shares",
            "cpuset-cpus": "cpuset",
            "entrypoint": "entrypoint",
            "gpus": "gpus",
            "hostname": "hostname",
            "ipc": "ipc",
            "isolation": "isolation",
            "mac-address": "mac_address",
            "memory-reservation": "mem_reservation",
            "memory-swap": "memswap_limit",
            "memory-swappiness": "mem_swappiness",
            "name": "container_name",
            "oom-score-adj": "oom_score_adj",
            "pid": "pid",
            "pids-limit": "pids_limit",
            "platform": "platform",
            "pull": "pull_policy",
            "restart": "restart",
            "shm-size": "shm_size",
            "stop-signal": "stop_signal",
            "umask": "umask",
            "user": "user",
            "userns": "userns_mode",
            "uts": "uts",
            "workdir": "working_dir",
        }.items()
    },
    **{
        name: Flag("many", key)
        for name, key in {
            "add-host": "extra_hosts",
            "cap-add": "cap_add",
            "cap-drop": "cap_drop",
            "device": "devices",
            "device-cgroup-rule": "device_cgroup_rules",
            "dns": "dns",
            "dns-opt": "dns_opt",
            "dns-option": "dns_opt",
            "dns-search": "dns_search",
            "env-file": "env_files",
            "expose": "expose",
            "group-add": "group_add",
            "label-file": "label_file",
            "link": "links",
            "publish": "ports",
            "security-opt": "security_opt",
            "tmpfs": "tmpfs",
            "volume": "volumes",
            "volumes-from": "volumes_from",
        }.items()
    },
    **{
        name: Flag("pair", key)
        for name, key in {
            "annotation": "annotations",
            "env": "environment",
            "label": "labels",
            "sysctl": "sysctls",
        }.items()
    },
    **{
        name: Flag("switch", key, bare=True)
        for name, key in {
            "init": "init",
            "interactive": "stdin_open",
            "oom-kill-disable": "oom_kill_disable",
            "privileged": "privileged",
            "read-only": "read_only",
            "tty": "tty",
        }.items()
    },
    "memory": Flag("limit", "memory"),
    "cpus": Flag("limit", "cpus"),
    "health-cmd": Flag("health", "test"),
    "health-interval": Flag("health", "interval"),
    "health-retries": Flag("health", "retries"),
    "health-start-interval": Flag("health", "start_interval"),
    "health-start-period": Flag("health", "start_period"),
    "health-timeout": Flag("health", "timeout"),
    "healthcheck-command": Flag("health", "test"),
    "healthcheck-interval": Flag("health", "interval"),
    "no-healthcheck": Flag("special", bare=True),
    "net": Flag("network"),
    "network": Flag("network"),
    **_all("ip ip6 network-alias net-alias mount requires secret ulimit", "special"),
    # What a converter may need and no native key says. Nothing here can hold a password.
    **_all(
        """arch blkio-weight chrootdirs cpu-period cpu-quota cpuset-mems gidmap health-on-failure
        health-startup-cmd health-startup-interval health-startup-retries health-startup-success
        health-startup-timeout log-driver os personality pod runtime sdnotify
        shm-size-systemd stop-timeout subgidname subuidname timeout tz uidmap variant hostuser
        group-entry passwd-entry image-volume domainname init-ctr""",
        "kept",
    ),
    **_all("rootfs systemd no-hosts no-hostname", "kept", bare=True),
    **_all(
        """attach authfile blkio-weight-device cert-dir cgroup-conf cgroups cidfile
        conmon-pidfile cpu-rt-period cpu-rt-runtime creds decryption-key detach-keys
        device-read-bps device-read-iops device-write-bps device-write-iops env-merge
        health-log-destination health-max-log-count health-max-log-size hooks-dir init-path
        kernel-memory link-local-ip log-opt pidfile pod-id-file preserve-fd preserve-fds
        rdt-class retry retry-delay seccomp-policy secret-env storage-opt unsetenv use-api-socket
        volume-driver cpu-count cpu-percent io-maxbandwidth io-maxiops""",
        "none",
    ),
    **_all(
        """detach disable-content-trust env-host help http-proxy passwd publish-all quiet replace
        rm rmi sig-proxy tls-verify unsetenv-all read-only-tmpfs""",
        "none",
        bare=True,
    ),
}
"""Every option by its long name."""

SHORT = {
    "a": "attach",
    "c": "cpu-shares",
    "d": "detach",
    "e": "env",
    "h": "hostname",
    "i": "interactive",
    "l": "label",
    "m": "memory",
    "p": "publish",
    "P": "publish-all",
    "q": "quiet",
    "t": "tty",
    "u": "user",
    "v": "volume",
    "w": "workdir",
}
"""One-letter options by their long name."""

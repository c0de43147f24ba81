"""The keys of a service: Compose's own words, and ours where Compose has none.

Source of Compose's keys: https://github.com/compose-spec/compose-spec/blob/main/05-services.md
"""

from analyzer.inventory import environment, mounts, ports, resources, ties
from analyzer.inventory.fields import Field, Reader, Record, list_of
from analyzer.inventory.hosts import notes
from analyzer.inventory.scalars import (
    architecture,
    boolean,
    choice,
    duration,
    name,
    platform,
    size,
    text,
)
from analyzer.units import DAY_SECONDS

_words = list_of(text)
_names = list_of(name)

_OURS = (
    Field("host", "host", name, "The host it runs on."),
    Field(
        "runtime",
        None,
        resources.runtime,
        "podman, docker, systemd (a native unit), external (not ours) or kubernetes.",
    ),
    Field("network", None, ties.network, "host, none, service:NAME, or networks by name."),
    Field("env_files", "env_files", environment.env_files, "Files with variables; never opened."),
    Field("memory", "memory_bytes", size(zero=True), "Memory in use, measured."),
    Field("limits", None, resources.limits, "What it may take at most: {memory, cpus}."),
    Field("stateful", "stateful", boolean, "Whether it keeps data; inferred when absent."),
    Field("backup", "backup", boolean, "Whether its data is backed up."),
    Field("criticality", "criticality", choice("low", "normal", "high"), "low, normal or high."),
    Field(
        "recovery_time",
        "recovery_seconds",
        duration(365 * DAY_SECONDS),
        "How long it may be gone when its host is lost, as in 4h.",
    ),
    Field("exposure", "exposure", choice("public", "lan", "internal"), "Who reaches it."),
    Field("migrate", None, ties.migrate, "auto, never or only-with:SERVICE."),
    Field("migrate_why", "migrate_why", text, "Why it may not move, or not alone."),
    Field("verified", "verified", boolean, "false: listed, but not seen running."),
    Field("not_depends_on", "not_depends_on", _names, "Inferred dependencies that are wrong."),
    Field(
        "architectures",
        "architectures",
        list_of(architecture),
        "Architectures its image exists for.",
    ),
    Field(
        "schedule",
        "schedule",
        text,
        "When it runs, as in '0 4 * * *' or systemd's OnCalendar; it does its work and ends.",
    ),
    Field("project", "project", text, "The stack it is started with; names resolve in it first."),
    Field("from", "origin", text, "The file and line that an import read it from."),
    Field("inferred", "inferred", ties.inferred, "Dependencies that an import saw in values."),
    Field("notes", None, Reader(lambda _: {}, notes.schema), "For readers only."),
)

_COMPOSE = (
    Field("image", "image", resources.image, "The image with its tag or digest."),
    Field("build", "build", resources.build, "The image is built from source."),
    Field("container_name", "container_name", text, "The container's own name."),
    Field("hostname", "hostname", text, "The host name inside the container."),
    Field("ports", "ports", ports.ports, "Published ports: HOST:CONTAINER/PROTOCOL."),
    Field("expose", None, ports.expose, "Ports open to other containers only."),
    Field("volumes", "mounts", mounts.mounts, "Mounts: SOURCE:TARGET:OPTIONS."),
    Field("tmpfs", None, mounts.tmpfs, "Paths that live in memory."),
    Field("devices", "devices", mounts.devices, "Devices of the host, as in /dev/dri."),
    Field("gpus", None, resources.gpus, "GPUs it uses."),
    Field("network_mode", None, ties.network_mode, "host, none, service:NAME ..."),
    Field("networks", None, ties.networks, "Named networks it joins."),
    Field(
        "environment",
        "environment",
        environment.environment,
        "Variables; values serve to find dependencies and are never shown.",
    ),
    Field("env_file", None, environment.env_file, "Files with variables; never opened."),
    Field("command", "command", resources.command, "Arguments of the container."),
    Field("labels", "labels", environment.labels, "Labels of the container."),
    Field("extra_hosts", "extra_hosts", environment.extra_hosts, "Added NAME:ADDRESS pairs."),
    Field("links", "links", _words, "Links to other services, SERVICE or SERVICE:ALIAS."),
    Field("secrets", "secrets", ties.secrets, "Names of secrets it gets."),
    Field("privileged", "privileged", boolean, "Runs with all privileges of the host."),
    Field("cap_add", "cap_add", _words, "Added capabilities, as in NET_ADMIN."),
    Field("user", "user", text, "User inside the container."),
    Field("restart", "restart", text, "Restart policy, as in unless-stopped."),
    Field("deploy", None, resources.deploy, "Compose's deploy: limits, replicas, GPUs."),
    Field("scale", None, resources.scale, "How many run at once."),
    Field("mem_limit", None, resources.mem_limit, "Memory it may take at most."),
    Field("cpus", None, resources.cpu_limit, "Processors it may take at most."),
    Field("platform", None, platform, "The image's platform, as in linux/arm64."),
    Field("healthcheck", "healthcheck", resources.healthcheck, "How it is checked."),
    Field("depends_on", "depends_on", ties.dependencies, "Services it needs."),
)

# fmt: off
NO_BEARING = frozenset({
    "annotations", "attach", "blkio_config", "cap_drop", "cgroup", "cgroup_parent", "configs",
    "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime",
    "cpu_shares", "cpuset", "credential_spec", "develop", "device_cgroup_rules", "dns", "dns_opt",
    "dns_search", "domainname", "entrypoint", "extends", "external_links", "group_add", "init",
    "ipc", "isolation", "label_file", "logging", "mac_address", "mem_reservation",
    "mem_swappiness", "memswap_limit", "models", "oom_kill_disable", "oom_score_adj", "pid",
    "pids_limit", "post_start", "pre_start", "pre_stop", "profiles", "provider", "pull_policy",
    "pull_refresh_after", "read_only", "security_opt", "shm_size", "stdin_open",
    "stop_grace_period", "stop_signal", "storage_opt", "sysctls", "tty", "ulimits", "umask",
    "use_api_socket", "userns_mode", "uts", "volumes_from", "working_dir",
})
# fmt: on
"""Compose keys that are accepted and change nothing here."""

_HOMES = {
    "memory_limit_bytes": "limits",
    "cpu_limit": "limits",
    "network_mode": "network",
    "networks": "network",
    "aliases": "network",
    "replicas": "replicas",
}

SERVICE = Record("a service", (*_OURS, *_COMPOSE), NO_BEARING, _HOMES)

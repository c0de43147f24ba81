"""Every key of the Compose specification and what becomes of it: the one table.

``used``: it reaches the inventory's own readers, or decides what does. ``kept``: it is carried
along under Compose's own name. ``no bearing``: understood, and left out. Anything else is a key
that the specification does not know.

Source: https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from analyzer.inventory.draft import Remark
from analyzer.inventory.suggestion import did_you_mean
from analyzer.tree import Map, Seq

Treatment = Literal["used", "kept", "no bearing"]
ANY = "*"
EXTENSION = "x-"


class Group(NamedTuple):
    """Keys below one place that are treated alike."""

    place: str
    treatment: Treatment
    why: str
    names: str


_CONTAINER = "a setting of the container, for whoever converts it"
_LIMIT = "a limit of the kernel or the engine, for whoever converts it"
_NETWORK = "a cluster has a network of its own"
_GRANT = "how the file appears in the container, for whoever converts it"
_BUILD = "how the image is built; that it is built is what counts"
_SWARM = "how Swarm runs it, for whoever converts it"
_SECRET = "where the content comes from; it is never opened"  # noqa: S105 - not a password

GROUPS = (
    Group("", "used", "", "name include services networks volumes secrets configs"),
    Group("", "no bearing", "obsolete; Compose ignores it too", "version"),
    Group("", "no bearing", "language models are no services of the estate", "models"),
    Group("include", "used", "", "path project_directory env_file"),
    Group(
        "services.*",
        "used",
        "",
        "image build container_name hostname ports expose volumes volumes_from tmpfs devices gpus"
        " network_mode networks environment env_file label_file labels command extra_hosts links"
        " secrets privileged cap_add user restart deploy scale mem_limit cpus platform runtime"
        " healthcheck depends_on extends provider use_api_socket",
    ),
    Group(
        "services.*",
        "kept",
        _CONTAINER,
        "annotations cap_drop configs credential_spec device_cgroup_rules dns dns_opt dns_search"
        " domainname entrypoint external_links group_add init ipc isolation logging mac_address"
        " models pid post_start pre_start pre_stop profiles pull_policy pull_refresh_after"
        " read_only security_opt stdin_open stop_grace_period stop_signal sysctls tty userns_mode"
        " uts working_dir",
    ),
    Group(
        "services.*",
        "kept",
        _LIMIT,
        "blkio_config cgroup cgroup_parent cpu_count cpu_percent cpu_period cpu_quota"
        " cpu_rt_period cpu_rt_runtime cpu_shares cpuset mem_reservation mem_swappiness"
        " memswap_limit oom_kill_disable oom_score_adj pids_limit shm_size storage_opt ulimits"
        " umask",
    ),
    Group("services.*", "no bearing", "what the terminal shows", "attach"),
    Group("services.*", "no bearing", "for development only", "develop"),
    Group("services.*.build", "kept", _BUILD, "context dockerfile target platforms tags"),
    Group(
        "services.*.build",
        "no bearing",
        _BUILD,
        "dockerfile_inline entitlements args ssh labels cache_from cache_to no_cache no_cache_filter"
        " additional_contexts network provenance sbom pull shm_size extra_hosts isolation"
        " privileged secrets ulimits",
    ),
    Group("services.*.depends_on.*", "used", "", "condition required"),
    Group("services.*.depends_on.*", "kept", _CONTAINER, "restart"),
    Group("services.*.deploy", "used", "", "replicas resources labels"),
    Group(
        "services.*.deploy",
        "kept",
        _SWARM,
        "mode endpoint_mode job placement restart_policy rollback_config update_config",
    ),
    Group("services.*.deploy.resources", "used", "", "limits reservations"),
    Group("services.*.deploy.resources.limits", "used", "", "memory cpus"),
    Group("services.*.deploy.resources.limits", "kept", _LIMIT, "pids"),
    Group("services.*.deploy.resources.reservations", "used", "", "devices"),
    Group(
        "services.*.deploy.resources.reservations",
        "kept",
        "what it asks for, for whoever converts it",
        "memory cpus generic_resources pids",
    ),
    Group("services.*.deploy.resources.reservations.devices", "used", "", "capabilities"),
    Group(
        "services.*.deploy.resources.reservations.devices",
        "kept",
        _CONTAINER,
        "count device_ids driver options",
    ),
    Group("services.*.devices", "used", "", "source"),
    Group("services.*.devices", "kept", _GRANT, "target permissions"),
    Group("services.*.env_file", "used", "", "path required format"),
    Group("services.*.extends", "used", "", "service file"),
    Group("services.*.healthcheck", "used", "", "test interval disable"),
    Group(
        "services.*.healthcheck", "kept", _CONTAINER, "timeout retries start_period start_interval"
    ),
    Group("services.*.networks.*", "used", "", "aliases"),
    Group(
        "services.*.networks.*",
        "kept",
        _NETWORK,
        "driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips"
        " mac_address priority",
    ),
    Group("services.*.ports", "used", "", "target published protocol host_ip"),
    Group("services.*.ports", "kept", _CONTAINER, "app_protocol mode name"),
    Group("services.*.secrets", "used", "", "source"),
    Group("services.*.secrets", "kept", _GRANT, "target uid gid mode"),
    Group("services.*.configs", "used", "", "source"),
    Group("services.*.configs", "kept", _GRANT, "target uid gid mode"),
    Group("services.*.provider", "used", "", "type"),
    Group("services.*.provider", "kept", _CONTAINER, "options"),
    Group("services.*.volumes", "used", "", "type source target read_only"),
    Group("services.*.volumes", "kept", _GRANT, "bind consistency image tmpfs volume"),
    Group("networks.*", "used", "", "name external"),
    Group(
        "networks.*",
        "no bearing",
        _NETWORK,
        "driver driver_opts ipam internal enable_ipv4 enable_ipv6 attachable labels",
    ),
    Group("volumes.*", "used", "", "name external driver driver_opts"),
    Group("volumes.*", "no bearing", "words about the volume, for its owner", "labels"),
    Group("secrets.*", "used", "", "name external"),
    Group(
        "secrets.*",
        "no bearing",
        _SECRET,
        "environment file content labels driver driver_opts template_driver",
    ),
    Group("configs.*", "used", "", "name external content file"),
    Group("configs.*", "no bearing", _SECRET, "environment labels template_driver"),
)

LEGACY = {
    "net": "network_mode",
    "log_driver": "logging",
    "log_opt": "logging",
    "dockerfile": "build",
    "volume_driver": "volumes",
}
"""Keys of the first version of the format, and today's that they are read as.

Source: https://docs.docker.com/reference/compose-file/legacy-versions/
"""


class Key(NamedTuple):
    """A known key: its treatment, why, and the keys below it, empty when those are not looked at."""

    treatment: Treatment
    why: str
    below: "dict[str, Key]"


def _table() -> dict[str, Key]:
    top: dict[str, Key] = {}
    for place, treatment, why, names in GROUPS:
        level = top
        for step in place.split(".") if place else ():
            level = level.setdefault(step, Key("used", "", {})).below
        for name in names.split():
            level[name] = Key(treatment, why, level[name].below if name in level else {})
    return top


MAX_GUESSES = 1_000
"""Unknown keys for which a known one is looked for: that takes as long as reading a service."""

KEYS: Mapping[str, Key] = _table()


def account(tree: Map) -> Iterator[Remark]:
    """Yield a remark for every key of a project that is not simply used."""
    yield from _account(tree, KEYS, "", iter(range(MAX_GUESSES)))


def _account(
    tree: Map, keys: Mapping[str, Key], path: str, guesses: Iterator[int]
) -> Iterator[Remark]:
    anything = keys.get(ANY)
    for (name, value), mark in zip(tree.items(), tree.marks, strict=False):
        where = f"{path}.{name}" if path else name
        known = anything or keys.get(name)
        if anything is None and name.startswith(EXTENSION):
            yield Remark(mark, where, "no bearing", "an extension; only its owner knows it")
        elif known is None:
            known_names = () if next(guesses, None) is None else list(keys)
            meant = did_you_mean(name, known_names, "correct or remove it")
            yield Remark(mark, where, "not understood", f"not a key of Compose here; {meant}")
        else:
            if known.treatment != "used":
                yield Remark(mark, where, known.treatment, known.why)
            if known.below and known.treatment != "no bearing":
                yield from _inside(value, known.below, where, guesses)


def _inside(
    value: Any, keys: Mapping[str, Key], path: str, guesses: Iterator[int]
) -> Iterator[Remark]:
    if type(value) is Map:
        yield from _account(value, keys, path, guesses)
    elif type(value) is Seq:
        for index, item in enumerate(value):
            if type(item) is Map:
                yield from _account(item, keys, f"{path}[{index}]", guesses)


def cleaned(value: Any, key: Key) -> Any:
    """Return a value without the keys that are unknown or of no bearing; the same when all are."""
    if not key.below:
        return value
    if type(value) is Seq:
        if not any(type(item) is Map for item in value):
            return value
        fresh = Seq(value.mark)
        fresh.extend(cleaned(item, key) for item in value)
        fresh.marks = value.marks[:]
        return fresh
    if type(value) is not Map:
        return value
    anything = key.below.get(ANY)
    copy = Map(value.mark)
    for (name, item), mark in zip(value.items(), value.marks, strict=False):
        known = anything or key.below.get(name)
        if known is not None and known.treatment != "no bearing":
            copy[name] = cleaned(item, known)
            copy.marks.append(mark)
    return copy

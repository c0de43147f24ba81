"""The other keys of a service -> keys of ``[Container]``, or flags of ``podman run``.

Source of the flags: https://docs.podman.io/en/latest/markdown/podman-run.1.html
"""

from analyzer.kits.quadlet.draft import Draft
from analyzer.tree import Map

_LISTS = {
    "cap_add": "AddCapability",
    "cap_drop": "DropCapability",
    "dns": "DNS",
    "dns_search": "DNSSearch",
    "dns_opt": "DNSOption",
    "group_add": "GroupAdd",
}
_PAIRS = {"sysctls": "Sysctl", "annotations": "Annotation"}
_VALUES = {
    "hostname": "HostName",
    "pids_limit": "PidsLimit",
    "shm_size": "ShmSize",
    "stop_signal": "StopSignal",
    "userns_mode": "UserNS",
}
_SWITCHES = {"read_only": "ReadOnly", "init": "RunInit"}
_FLAGS = {
    "cgroup_parent": "--cgroup-parent",
    "cpu_period": "--cpu-period",
    "cpu_quota": "--cpu-quota",
    "cpu_shares": "--cpu-shares",
    "cpuset": "--cpuset-cpus",
    "ipc": "--ipc",
    "mac_address": "--mac-address",
    "mem_reservation": "--memory-reservation",
    "mem_swappiness": "--memory-swappiness",
    "memswap_limit": "--memory-swap",
    "oom_score_adj": "--oom-score-adj",
    "pid": "--pid",
    "platform": "--platform",
    "umask": "--umask",
    "uts": "--uts",
}
_BARE_FLAGS = {
    "oom_kill_disable": "--oom-kill-disable",
    "privileged": "--privileged",
    "stdin_open": "--interactive",
    "tty": "--tty",
}
_LIST_FLAGS = {
    "device_cgroup_rules": "--device-cgroup-rule",
    "storage_opt": "--storage-opt",
    "volumes_from": "--volumes-from",
}
_IMPOSSIBLE = {
    "attach": "logs are read with 'journalctl'",
    "blkio_config": "set IOWeight= below [Service]",
    "cpu_count": "write cpus instead",
    "cpu_percent": "write cpus instead",
    "credential_spec": "only for Windows",
    "develop": "for developing; nothing of it runs",
    "domainname": "write the whole name as hostname",
    "extends": "resolve it with 'docker compose config' first",
    "external_links": "put both into one network",
    "isolation": "only for Windows",
    "label_file": "write the labels below labels",
    "models": "run the model as a service of its own",
    "post_start": "write ExecStartPost= below [Service]",
    "pre_start": "write ExecStartPre= below [Service]",
    "pre_stop": "write ExecStop= below [Service]",
    "provider": "no container; keep what provides it",
    "pull_refresh_after": "write AutoUpdate=registry",
    "use_api_socket": "mount /run/podman/podman.sock",
    "cpu_rt_period": "write it as PodmanArgs=--cpu-rt-period",
    "cpu_rt_runtime": "write it as PodmanArgs=--cpu-rt-runtime",
    "cgroup": "write it as PodmanArgs=--cgroupns",
}
_ELSEWHERE = {
    "host": "the folder that its unit is in",
    "name": "",
    "project": "part of the names",
}
_SECONDS = "stop_grace_period"
_GATEWAY = "host-gateway"


def options(draft: Draft) -> None:
    """Write every key that stands for itself."""
    _words(draft)
    _values(draft)
    _flags(draft)
    _user(draft)
    _labels(draft)
    _names(draft)
    _more(draft)


def _words(draft: Draft) -> None:
    """Write what is a list, or a mapping of names to values, of keys or of flags."""
    spec, ledger = draft.spec, draft.ledger
    for key in (*_LISTS, *_LIST_FLAGS):
        words = spec.words(key) if spec.has(key) else None
        for value in words or ():
            if key in _LIST_FLAGS:
                draft.flag(_LIST_FLAGS[key], value, key)
            else:
                draft.word(_LISTS[key], value.upper() if key.startswith("cap_") else value, key)
        if words is not None:
            ledger.converted(spec, key)
    for key, quadlet in _PAIRS.items():
        pairs = spec.pairs(key) if spec.has(key) else None
        for name, value in (pairs or {}).items():
            draft.word(quadlet, spec.veil.all([f"{name}={value}"])[0], key)
        if pairs is not None:
            ledger.converted(spec, key)


def _values(draft: Draft) -> None:
    """Write what is one value, or on or off."""
    spec, ledger = draft.spec, draft.ledger
    for key, quadlet in _VALUES.items():
        if spec.text(key):
            draft.plain(quadlet, spec.veil.all([str(spec.text(key))])[0], key)
            ledger.converted(spec, key)
    for key, quadlet in _SWITCHES.items():
        asked = spec.flag(key)
        if asked is not None:
            draft.put(quadlet, "true" if asked else "false", key)
            ledger.converted(spec, key)


def _flags(draft: Draft) -> None:
    spec, ledger = draft.spec, draft.ledger
    for key, flag in _FLAGS.items():
        value = spec.text(key)
        if value:
            draft.flag(flag, value, key)
            ledger.converted(spec, key)
    for key, flag in _BARE_FLAGS.items():
        asked = spec.flag(key)
        if asked:
            draft.flag(flag, None, key)
        if asked is not None:
            ledger.converted(spec, key)


def _user(draft: Draft) -> None:
    user = draft.spec.service.user
    if user:
        name, _, group = user.partition(":")
        draft.plain("User", name, "user")
        if group:
            draft.plain("Group", group, "user")
        draft.ledger.converted(draft.spec, "user")


def _labels(draft: Draft) -> None:
    """Write labels; an import leaves out what is no address, so nothing is known of those."""
    spec, ledger = draft.spec, draft.ledger
    if not spec.has("labels"):
        return
    empty = []
    for name, value in spec.service.labels.items():
        if name == "io.containers.autoupdate":
            continue
        shown = spec.veil.all([value])[0]
        if not shown or shown != value:
            empty.append(name)
            continue
        draft.word("Label", f"{name}={value}", "labels")
    if empty:
        text = f"{len(empty)} of its labels have values that are not shown here: copy them by hand"
        ledger.person(spec, "labels", text)
    else:
        ledger.converted(spec, "labels")


def _names(draft: Draft) -> None:
    spec, ledger = draft.spec, draft.ledger
    for entry in spec.service.extra_hosts:
        draft.word("AddHost", entry, "extra_hosts")
    if spec.has("extra_hosts"):
        ledger.converted(spec, "extra_hosts")
    if spec.has("links"):
        ledger.converted(spec, "links", "by name, in the network that both are in")
    for name in dict.fromkeys(spec.service.aliases):
        draft.word("NetworkAlias", name, "networks")


def _more(draft: Draft) -> None:
    """Write what has a form of its own, and say what has no counterpart."""
    spec, ledger = draft.spec, draft.ledger
    seconds = spec.seconds(_SECONDS)
    if seconds is not None:
        draft.put("StopTimeout", str(seconds), _SECONDS)
        ledger.converted(spec, _SECONDS)
    _ulimits(draft)
    _logging(draft)
    for key, item in spec.listed("security_opt"):
        option = str(item).replace(":", "=", 1) if "=" not in str(item) else str(item)
        draft.flag("--security-opt", option, "security_opt")
        ledger.converted(spec, key)
    if spec.has("gpus"):
        draft.put("AddDevice", "nvidia.com/gpu=all", "gpus")
        ledger.person(
            spec, "gpus", "needs the maker's CDI file on the host: nvidia-ctk cdi generate"
        )
    _rest(draft)


def _rest(draft: Draft) -> None:
    """Say what has no counterpart, and what lies elsewhere."""
    spec, ledger = draft.spec, draft.ledger
    for key in spec.keys:
        if key in _IMPOSSIBLE:
            ledger.impossible(spec, key, _IMPOSSIBLE[key])
        elif key == "runtime" and spec.service.runtime == "docker":
            text = "Docker runs it today; the unit is for Podman, compose/ is for those who keep Docker"
            ledger.approximated(spec, key, text)
        elif key == "runtime":
            ledger.converted(spec, key, "Podman runs it")
        elif key in _ELSEWHERE:
            ledger.converted(spec, key, _ELSEWHERE[key])
        elif key.startswith("x-"):
            ledger.person(spec, key, "no key of Compose: set by hand what it stood for")


def _ulimits(draft: Draft) -> None:
    tree = draft.spec.tree.get("ulimits")
    if type(tree) is not Map:
        return
    for name, value in tree.items():
        if isinstance(value, str):
            draft.word("Ulimit", f"{name}={value}", "ulimits")
        elif type(value) is Map:
            soft, hard = value.get("soft"), value.get("hard")
            draft.word("Ulimit", f"{name}={soft or hard}:{hard or soft}", "ulimits")
    draft.ledger.converted(draft.spec, "ulimits")


def _logging(draft: Draft) -> None:
    spec = draft.spec
    driver, found = spec.below("logging", "driver"), spec.below("logging", "options")
    if not spec.has("logging"):
        return
    if isinstance(driver, str) and driver in (
        "journald",
        "k8s-file",
        "json-file",
        "none",
        "passthrough",
    ):
        draft.put("LogDriver", str(driver), "logging")
    elif isinstance(driver, str):
        text = f"Podman has no log driver {driver}; the journal keeps them: ship them from there"
        draft.ledger.approximated(spec, "logging", text)
        return
    for name, value in found.items() if type(found) is Map else ():
        if name in ("max-size", "path", "tag") and isinstance(value, str):
            draft.word("LogOpt", f"{name}={spec.veil.all([value])[0]}", "logging")
    draft.ledger.converted(spec, "logging")

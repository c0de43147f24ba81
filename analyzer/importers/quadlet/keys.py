"""What becomes of every key of every section: used, kept for whoever converts it, or of no bearing.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html
https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Form = Literal["last", "lines", "words", "pairs"]


class Use(NamedTuple):
    """How a key is treated.

    ``native`` is the key of a service that a kept value is written to, in ``form``; empty: the
    key of the same name in ``x-quadlet``. ``why`` says what the key is about.
    """

    reach: Literal["used", "kept", "no bearing"]
    why: str
    native: str = ""
    form: Form = "last"


def _used(*keys: str) -> dict[str, Use]:
    return dict.fromkeys(keys, Use("used", "read into the inventory"))


def _kept(why: str, *keys: str, form: Form = "last") -> dict[str, Use]:
    return dict.fromkeys(keys, Use("kept", why, "", form))


def _nothing(why: str, *keys: str) -> dict[str, Use]:
    return dict.fromkeys(keys, Use("no bearing", why))


_MAPPING = _kept("users inside are mapped to users of the host", "SubGIDMap", "SubUIDMap")
_MAPPING |= _kept(_MAPPING["SubUIDMap"].why, "GIDMap", "UIDMap", form="words")
_REMAP = _kept(
    "a former way to map users", "RemapGid", "RemapUid", "RemapUidSize", "RemapUsers", form="words"
)
_PODMAN = _nothing("an option of podman itself", "ContainersConfModule", "GlobalArgs")
_PULL = _nothing(
    "how an image is fetched",
    "AuthFile", "CertDir", "Creds", "DecryptionKey", "Retry", "RetryDelay", "TLSVerify",
)  # fmt: skip

_CONTAINER = {
    **_used(
        "AddCapability", "AddDevice", "AddHost", "AutoUpdate", "ContainerName", "Environment",
        "EnvironmentFile", "Exec", "ExposeHostPort", "Group", "HealthCmd", "HealthInterval",
        "HostName", "Image", "Label", "Memory", "Mount", "Network", "NetworkAlias", "Notify",
        "Pod", "PodmanArgs", "PublishPort", "Secret", "ServiceName", "Tmpfs", "User",
        "VolatileTmp", "Volume",
    ),
    **_MAPPING,
    **_REMAP,
    **_PODMAN,
    "Annotation": Use("kept", "annotations", "annotations", "pairs"),
    "DNS": Use("kept", "name servers", "dns", "lines"),
    "DNSOption": Use("kept", "options of the resolver", "dns_opt", "lines"),
    "DNSSearch": Use("kept", "search domains", "dns_search", "lines"),
    "DropCapability": Use("kept", "capabilities taken away", "cap_drop", "words"),
    "Entrypoint": Use("kept", "the entry point", "entrypoint"),
    "GroupAdd": Use("kept", "further groups", "group_add", "lines"),
    "PidsLimit": Use("kept", "how many processes it may start", "pids_limit"),
    "Pull": Use("kept", "when the image is fetched", "pull_policy"),
    "ReadOnly": Use("kept", "a root file system that cannot be written", "read_only"),
    "RunInit": Use("kept", "an init process", "init"),
    "ShmSize": Use("kept", "the size of shared memory", "shm_size"),
    "StopSignal": Use("kept", "the signal that stops it", "stop_signal"),
    "StopTimeout": Use("kept", "seconds it gets to stop", "stop_grace_period"),
    "Sysctl": Use("kept", "kernel settings", "sysctls", "words"),
    "UserNS": Use("kept", "its user namespace", "userns_mode"),
    "WorkingDir": Use("kept", "its working directory", "working_dir"),
    **_kept(
        "a setting of the security of the container",
        "AppArmor", "NoNewPrivileges", "SeccompProfile", "SecurityLabelDisable",
        "SecurityLabelFileType", "SecurityLabelLevel", "SecurityLabelNested", "SecurityLabelType",
    ),
    **_kept("paths hidden or shown inside", "Mask", "Unmask", form="words"),
    **_kept(
        "a detail of the health check",
        "HealthLogDestination", "HealthMaxLogCount", "HealthMaxLogSize", "HealthOnFailure",
        "HealthRetries", "HealthStartPeriod", "HealthStartupInterval", "HealthStartupRetries",
        "HealthStartupSuccess", "HealthStartupTimeout", "HealthTimeout",
    ),
    **_kept("the command that checks its start", "HealthStartupCmd"),
    **_kept("a fixed address in its network", "IP", "IP6"),
    **_kept("where its log goes", "LogDriver"),
    **_kept("options of its log", "LogOpt", form="words"),
    **_kept("limits of its processes", "Ulimit", form="lines"),
    **_kept("the file system it runs from instead of an image", "Rootfs"),
    **_kept("its time zone", "Timezone"),
    **_kept("the mask for new files", "Umask"),
    **_kept("how it is reloaded", "ReloadCmd", "ReloadSignal"),
    **_kept("variables of the host that it gets", "EnvironmentHost", "HttpProxy"),
    **_nothing("how Podman sets up a container", "CgroupsMode", "ImageVolume", "ReadOnlyTmpfs"),
    **_nothing("a container of a pod starts with it or later", "StartWithPod"),
    **_nothing("how an image is fetched", "Retry", "RetryDelay"),
}  # fmt: skip

_POD = {
    **_used(
        "AddHost", "Network", "NetworkAlias", "PodName", "PodmanArgs", "PublishPort",
        "ServiceName", "Volume",
    ),
    **_PODMAN,
    **_MAPPING,
    **_REMAP,
    **_kept("name servers", "DNS", "DNSOption", "DNSSearch", form="lines"),
    **_kept("the host name inside the pod", "HostName"),
    **_kept("a fixed address in its network", "IP", "IP6"),
    **_kept("labels of the pod", "Label", form="pairs"),
    **_kept("the size of shared memory", "ShmSize"),
    **_kept("its user namespace", "UserNS"),
    **_kept("how the pod stops", "ExitPolicy", "StopTimeout"),
}  # fmt: skip

_NETWORK = {
    **_used("NetworkName", "ServiceName"),
    **_PODMAN,
    **_nothing(
        "how the network is set up; who joins it is known by its name",
        "DNS", "DisableDNS", "Driver", "Gateway", "IPAMDriver", "IPRange", "IPv6",
        "InterfaceName", "Internal", "Label", "NetworkDeleteOnStop", "Options", "PodmanArgs",
        "Subnet",
    ),
}  # fmt: skip

_VOLUME = {
    **_used("Device", "Driver", "ServiceName", "Type", "VolumeName"),
    **_PODMAN,
    **_nothing("how the volume is mounted, which may hold credentials", "Options", "PodmanArgs"),
    **_nothing(
        "how the volume is filled and owned", "Copy", "GID", "Group", "Image", "UID", "User"
    ),
    **_nothing("labels of a volume", "Label"),
}

_KUBE = {
    **_used("Network", "PublishPort", "ServiceName", "Yaml"),
    **_PODMAN,
    **_REMAP,
    **_kept("ConfigMaps that the manifest is given", "ConfigMap", form="words"),
    **_kept("which images are kept up to date", "AutoUpdate", form="words"),
    **_kept("its user namespace", "UserNS"),
    **_kept("where its log goes", "LogDriver"),
    **_kept("options of its log", "LogOpt", form="words"),
    **_nothing("further arguments of podman kube play", "PodmanArgs"),
    **_nothing(
        "how the unit starts and stops",
        "ExitCodePropagation", "KubeDownForce", "SetWorkingDirectory",
    ),
}  # fmt: skip

_IMAGE = {
    **_used("Image", "ImageTag", "ServiceName"),
    **_PODMAN,
    **_PULL,
    **_nothing(
        "which variant of the image is fetched",
        "AllTags", "Arch", "OS", "PodmanArgs", "Policy", "Variant",
    ),
}  # fmt: skip

_BUILD = {
    **_used("ImageTag", "ServiceName"),
    **_PODMAN,
    **_nothing("how an image is fetched", "AuthFile", "Retry", "RetryDelay", "TLSVerify"),
    **_nothing(
        "how the image is built",
        "Annotation", "Arch", "BuildArg", "DNS", "DNSOption", "DNSSearch", "Environment", "File",
        "ForceRM", "GroupAdd", "IgnoreFile", "Label", "Network", "PodmanArgs", "Pull", "Secret",
        "SetWorkingDirectory", "Target", "Variant", "Volume",
    ),
}  # fmt: skip

_ARTIFACT = {
    **_used("ServiceName"),
    **_PODMAN,
    **_PULL,
    **_nothing("an artifact is data that a registry holds", "Artifact", "PodmanArgs", "Quiet"),
}

HARD = ("Requires", "BindsTo", "Requisite")
SOFT = ("Wants", "Upholds", "PartOf")

_UNIT = {
    **_used(*HARD, *SOFT, "After", "Before"),
    **_kept("what the unit says about itself", "Description"),
    **_kept("where it is documented", "Documentation", form="words"),
    **_kept("files and folders that must be there", "RequiresMountsFor", form="words"),
}

_SERVICE = {
    **_used("CPUQuota", "Environment", "EnvironmentFile", "MemoryMax", "Restart", "Type"),
    **_used("ExecStartPre", "ExecStartPost", "ExecStop", "ExecStopPost", "ExecReload"),
    **_kept("memory from which on it is slowed down", "MemoryHigh"),
    **_kept("memory that it is left in any case", "MemoryLow", "MemoryMin"),
    **_kept("how long it may take to start or stop", "TimeoutSec", "TimeoutStartSec"),
    **_kept("how long it may take to start or stop", "TimeoutStopSec"),
    **_kept("the pause before it is started again", "RestartSec"),
    **_kept("its share of processor and disk", "CPUWeight", "IOWeight", "Nice", "Slice"),
}

_INSTALL = {
    **_used("Alias", "DefaultInstance", "RequiredBy", "UpheldBy", "WantedBy"),
    **_nothing("further units that are enabled with it", "Also"),
}

KEYS: Mapping[str, Mapping[str, Use]] = {
    "Container": _CONTAINER,
    "Pod": _POD,
    "Network": _NETWORK,
    "Volume": _VOLUME,
    "Kube": _KUBE,
    "Image": _IMAGE,
    "Build": _BUILD,
    "Artifact": _ARTIFACT,
    "Quadlet": _nothing("waits for the network of the machine", "DefaultDependencies"),
    "Unit": _UNIT,
    "Service": _SERVICE,
    "Install": _INSTALL,
    "Timer": {},
}
"""Every key of Podman's sections, and those of systemd's that are more than passed on."""

PASSED_ON = frozenset({"Unit", "Service", "Install", "Timer"})
"""Sections whose other keys are systemd's own."""
PASSED_ON_WHY = "passed on to systemd; nothing here depends on it"
REFUSED = frozenset({"User", "Group", "DynamicUser"})
"""Keys of [Service] that Quadlet refuses."""

"""Every key of the engine's objects, and what becomes of it.

One table for each kind of object: key -> why it bears on nothing. ``READ`` is read elsewhere, or
kept; a key that is in no table is reported as not understood.

Sources: https://docs.docker.com/reference/api/engine/ (ContainerInspect, SystemInfo ...) and
https://github.com/containers/podman/blob/main/libpod/define/container_inspect.go,
pod_inspect.go, info.go and volume_inspect.go beside it.
"""

from collections.abc import Mapping

READ = ""
_RECORD = "recorded by the engine; nothing here depends on it"
_PLACE = "where the engine keeps its own files"
_STATE = "of one moment"
_ADDRESS = "an address of one moment; names outlive it"
_TERMINAL = "how a terminal is attached"
_WINDOWS = "for containers on Windows"
_HEALTH_LOG = "where results of health checks are kept"
_IMAGE = "of the image"
_SAME = "said by another key as well"


def _table(**reasons: str) -> dict[str, str]:
    """Return a table of ``reason=words``, the words being keys; ``read`` are read elsewhere."""
    names = {
        "read": READ,
        "record": _RECORD,
        "place": _PLACE,
        "state": _STATE,
        "address": _ADDRESS,
        "terminal": _TERMINAL,
        "windows": _WINDOWS,
        "health_log": _HEALTH_LOG,
        "image": _IMAGE,
        "same": _SAME,
    }
    return {key: names[reason] for reason, keys in reasons.items() for key in keys.split()}


CONTAINER = _table(
    read="""Id Name Config HostConfig NetworkSettings State Mounts ImageName Image Pod IsInfra
    IsService Dependencies Rootfs Platform""",
    record="""Created ImageDigest RestartCount Driver MountLabel ProcessLabel AppArmorProfile
    EffectiveCaps BoundingCaps ExecIDs GraphDriver Namespace lockNumber SizeRw SizeRootFs
    KubeExitCodePropagation UseImageHosts UseImageHostname OCIRuntime ImageManifestDescriptor
    Storage""",
    same="Path Args",
    place="""ResolvConfPath HostnamePath HostsPath StaticDir OCIConfigPath ConmonPidFile PidFile
    LogPath LogTag""",
)

CONFIG = _table(
    read="""Hostname Domainname User Env Cmd Image Entrypoint Labels Annotations StopSignal
    Healthcheck StartupHealthCheck CreateCommand Secrets ExposedPorts WorkingDir Tty OpenStdin
    Timezone SystemdMode HealthcheckOnFailureAction StopTimeout MacAddress NetworkDisabled""",
    terminal="AttachStdin AttachStdout AttachStderr StdinOnce",
    health_log="HealthLogDestination HealthcheckMaxLogCount HealthcheckMaxLogSize",
    record="Umask Passwd sdNotifyMode sdNotifySocket Timeout ChrootDirs",
    image="Volumes OnBuild Shell ArgsEscaped",
)

HOST_CONFIG = _table(
    read="""NetworkMode PortBindings PublishAllPorts RestartPolicy Memory NanoCpus CpuPeriod
    CpuQuota Devices DeviceRequests Privileged CapAdd ExtraHosts Links Tmpfs Annotations
    CapDrop Dns DnsOptions DnsSearch GroupAdd IpcMode PidMode UTSMode UsernsMode SecurityOpt
    ShmSize ReadonlyRootfs Init Sysctls Ulimits OomScoreAdj OomKillDisable PidsLimit CpusetCpus
    CpuShares MemoryReservation MemorySwap MemorySwappiness VolumesFrom StorageOpt
    DeviceCgroupRules BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps
    BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuRealtimePeriod CpuRealtimeRuntime CpusetMems
    IntelRdtClosID VolumeDriver Runtime""",
    same="Binds Mounts",
    record="""AutoRemove AutoRemoveImage CgroupManager CgroupMode CgroupnsMode Cgroup Cgroups
    CgroupParent CgroupConf ConsoleSize DiskQuota KernelMemory KernelMemoryTCP MaskedPaths
    ReadonlyPaths LogConfig IDMappings""",
    place="ContainerIDFile HostsFile",
    windows="Isolation CpuCount CpuPercent IOMaximumIOps IOMaximumBandwidth",
)

NETWORK_SETTINGS = _table(
    read="Networks Ports",
    address="""EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address
    GlobalIPv6PrefixLen MacAddress LinkLocalIPv6Address LinkLocalIPv6PrefixLen
    SecondaryIPAddresses SecondaryIPv6Addresses AdditionalMACAddresses""",
    record="Bridge SandboxID SandboxKey HairpinMode",
)

STATE = _table(
    read="Status Running Restarting",
    state="""OciVersion Paused OOMKilled Dead Pid ConmonPid ExitCode Error StartedAt FinishedAt
    Health Healthcheck CgroupPath CheckpointedAt RestoredAt Checkpointed Restored CheckpointPath
    CheckpointLog RestoreLog StoppedByUser""",
)

LISTED = _table(
    read="""Id ID Names Image Labels Networks Ports ExposedPorts State IsInfra Pod PodName Command
    Status Mounts""",
    state="Exited ExitedAt ExitCode Pid StartedAt RunningFor Size Restarts",
    record="""AutoRemove Created CreatedAt ImageID Namespaces CIDFile LocalVolumes Platform
    NetworkSettings HostConfig HealthStatus""",
)

POD = _table(
    read="Id Name Containers InfraContainerID InfraId InfraConfig SharedNamespaces Labels",
    record="""Created CreateCommand ExitPolicy CreateCgroup CgroupParent CgroupPath Cgroup
    CreateInfra NumContainers Namespace LockNumber RestartPolicy blkio_weight cpu_period
    cpu_quota cpu_shares cpuset_cpus cpuset_mems memory_limit memory_swap device_read_bps
    device_write_bps BlkioDeviceReadBps volumes_from mounts devices security_opt Networks""",
    state="State Status",
    same="Hostname",
)

INFRA_CONFIG = _table(
    read="PortBindings HostNetwork Networks",
    address="StaticIP StaticMAC",
    record="""NoManageResolvConf DNSServer DNSSearch DNSOption NoManageHostname NoManageHosts
    HostAdd HostsFile NetworkOptions cpu_period cpu_quota cpu_shares cpuset_cpus pid_ns userns
    uts_ns infra_name""",
)

VOLUME = _table(
    read="Name Driver Options",
    place="Mountpoint",
    record="""CreatedAt Labels Scope MountCount NeedsCopyUp NeedsChown Anonymous LockNumber UID
    GID Status StorageID Timeout Pinned UsageData ClusterVolume Availability Group Links Size""",
)

NETWORK = _table(
    read="name Name",
    record="""id Id ID created Created CreatedAt driver Driver Scope Labels labels Options options
    internal Internal Ingress ConfigFrom ConfigOnly Attachable Peers network_interface
    ipv6_enabled EnableIPv4 EnableIPv6 IPv6 dns_enabled network_dns_servers ipam_options IPAM
    routes Services Status""",
    address="subnets containers Containers",
)

IMAGE = _table(
    read="Id ID Config RepoTags",
    record="""Architecture Annotations Author BuildInfo Comment Container ContainerConfig
    Containers Created CreatedAt CreatedSince Descriptor Digest DockerVersion GraphDriver
    HealthCheck Healthcheck History Identity Labels ManifestType Manifests Metadata Names
    NamesHistory Os OsVersion Parent ParentId Platform RepoDigests Repository RootFS
    SharedSize Size Tag UniqueSize User Variant Version VirtualSize ReadOnly Dangling Arch
    IsManifestList""",
)

INFO_HOST = _table(
    read="arch cpus memTotal distribution hostname",
    state="""memFree swapFree swapTotal uptime cpuUtilization freeLocks emulatedArchitectures""",
    record="""buildahVersion cgroupManager cgroupVersion cgroupControllers conmon databaseBackend
    eventLogger idMappings kernel linkmode logDriver networkBackend networkBackendInfo ociRuntime
    os pasta remoteSocket rootlessNetworkCmd runtimeInfo security serviceIsRemote slirp4netns variant
    computeMode""",
)

TABLES: Mapping[str, Mapping[str, str]] = {
    "container.": CONTAINER,
    "container.Config.": CONFIG,
    "container.HostConfig.": HOST_CONFIG,
    "container.NetworkSettings.": NETWORK_SETTINGS,
    "container.State.": STATE,
    "ps.": LISTED,
    "pod.": POD,
    "pod.InfraConfig.": INFRA_CONFIG,
    "volume.": VOLUME,
    "network.": NETWORK,
    "image.": IMAGE,
    "info.host.": INFO_HOST,
}
"""By the path under which remarks name the keys."""

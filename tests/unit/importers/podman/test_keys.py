"""Every key that engines write is accounted for: used, kept, or of no bearing with a reason.

The lists are the program's own copy of what is documented at
https://github.com/containers/podman/tree/main/libpod/define (container_inspect.go,
container_inspect_linux.go, pod_inspect.go, volume_inspect.go, info.go) and
https://docs.docker.com/reference/api/engine/version/v1.47/ (ContainerInspect, HostConfig).
"""

import pytest

from analyzer.importers.podman import keys
from tests.importers.engine_reading import drafts, remarks, services

CONTAINER = """Id Created Path Args State Image ImageDigest ImageName Rootfs Pod ResolvConfPath
HostnamePath HostsPath StaticDir OCIConfigPath OCIRuntime ConmonPidFile PidFile Name RestartCount
Driver MountLabel ProcessLabel AppArmorProfile EffectiveCaps BoundingCaps ExecIDs GraphDriver
SizeRw SizeRootFs Mounts Dependencies NetworkSettings Namespace IsInfra IsService
KubeExitCodePropagation lockNumber Config HostConfig UseImageHosts UseImageHostname
LogPath Platform ImageManifestDescriptor""".split()
CONFIG = """Hostname Domainname User AttachStdin AttachStdout AttachStderr Tty OpenStdin StdinOnce
Env Cmd Image Volumes WorkingDir Entrypoint OnBuild Labels Annotations StopSignal Healthcheck
HealthcheckOnFailureAction HealthLogDestination HealthcheckMaxLogCount HealthcheckMaxLogSize
CreateCommand Timezone SystemdMode Umask Secrets Timeout StopTimeout Passwd ChrootDirs
sdNotifyMode sdNotifySocket ExposedPorts StartupHealthCheck ArgsEscaped NetworkDisabled MacAddress
Shell""".split()
HOST_CONFIG = """Binds CgroupManager CgroupMode ContainerIDFile LogConfig NetworkMode PortBindings
RestartPolicy AutoRemove AutoRemoveImage Annotations VolumeDriver VolumesFrom CapAdd CapDrop Dns
DnsOptions DnsSearch ExtraHosts HostsFile GroupAdd IpcMode Cgroup Cgroups Links OomScoreAdj PidMode
Privileged PublishAllPorts ReadonlyRootfs SecurityOpt Tmpfs UTSMode UsernsMode IDMappings ShmSize
Runtime ConsoleSize Isolation CpuShares Memory NanoCpus CgroupParent BlkioWeight BlkioWeightDevice
BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuPeriod CpuQuota
CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus CpusetMems Devices DiskQuota KernelMemory
MemoryReservation MemorySwap MemorySwappiness OomKillDisable Init PidsLimit Ulimits CpuCount
CpuPercent IOMaximumIOps IOMaximumBandwidth CgroupConf IntelRdtClosID CgroupnsMode
DeviceCgroupRules DeviceRequests KernelMemoryTCP Mounts StorageOpt Sysctls MaskedPaths
ReadonlyPaths""".split()
NETWORK_SETTINGS = """EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address
GlobalIPv6PrefixLen MacAddress AdditionalMACAddresses Bridge SandboxID HairpinMode
LinkLocalIPv6Address LinkLocalIPv6PrefixLen Ports SandboxKey Networks SecondaryIPAddresses
SecondaryIPv6Addresses""".split()
STATE = """OciVersion Status Running Paused Restarting OOMKilled Dead Pid ConmonPid ExitCode Error
StartedAt FinishedAt Health Checkpointed CgroupPath CheckpointedAt RestoredAt CheckpointLog
CheckpointPath RestoreLog Restored StoppedByUser""".split()
LISTED = """AutoRemove Command Created CreatedAt CIDFile Exited ExitedAt ExitCode ExposedPorts Id
Image ImageID IsInfra Labels Mounts Names Namespaces Networks Pid Pod PodName Ports Restarts Size
StartedAt State Status ID LocalVolumes RunningFor Platform""".split()
POD = """Id Name Namespace Created CreateCommand ExitPolicy State Hostname Labels CreateCgroup
CgroupParent CgroupPath CreateInfra InfraContainerID InfraConfig SharedNamespaces NumContainers
Containers cpu_period cpu_quota cpu_shares cpuset_cpus cpuset_mems blkio_weight memory_limit
memory_swap mounts devices device_read_bps device_write_bps volumes_from security_opt LockNumber
RestartPolicy""".split()
INFRA = """PortBindings HostNetwork StaticIP StaticMAC NoManageResolvConf DNSServer DNSSearch
DNSOption NoManageHostname NoManageHosts HostAdd HostsFile Networks NetworkOptions cpu_period
cpu_quota cpuset_cpus pid_ns userns uts_ns""".split()
VOLUME = """Name Driver Mountpoint CreatedAt Status Labels Scope Options UID GID Anonymous
MountCount NeedsCopyUp NeedsChown Timeout StorageID LockNumber Pinned UsageData ClusterVolume"""
INFO = """arch buildahVersion cgroupManager cgroupVersion cgroupControllers conmon cpus
cpuUtilization databaseBackend distribution eventLogger freeLocks hostname idMappings kernel
logDriver memFree memTotal networkBackend networkBackendInfo ociRuntime os remoteSocket
rootlessNetworkCmd runtimeInfo serviceIsRemote security slirp4netns pasta swapFree swapTotal uptime
variant linkmode emulatedArchitectures""".split()
DOCUMENTED = {
    "container.": CONTAINER,
    "container.Config.": CONFIG,
    "container.HostConfig.": HOST_CONFIG,
    "container.NetworkSettings.": NETWORK_SETTINGS,
    "container.State.": STATE,
    "ps.": LISTED,
    "pod.": POD,
    "pod.InfraConfig.": INFRA,
    "volume.": VOLUME.split(),
    "info.host.": INFO,
}


@pytest.mark.parametrize("path", sorted(DOCUMENTED))
def test_every_documented_key_is_accounted_for(path):
    assert set(DOCUMENTED[path]) - set(keys.TABLES[path]) == set()


@pytest.mark.parametrize("path", sorted(keys.TABLES))
def test_reasons_are_short(path):
    assert all(len(reason) < 80 for reason in keys.TABLES[path].values())


SETTINGS = [key for key in HOST_CONFIG if keys.HOST_CONFIG[key] == keys.READ] + [
    f"Config.{key}" for key in CONFIG if keys.CONFIG[key] == keys.READ
]
"""Keys that the table says are read somewhere."""
VALUES = {
    "NetworkMode": "host",
    "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]},
    "RestartPolicy": {"Name": "always", "MaximumRetryCount": 0},
    "CpuPeriod": 100000,
    "CpuQuota": 50000,
    "Devices": [{"PathOnHost": "/dev/dri", "PathInContainer": "/dev/dri"}],
    "DeviceRequests": [{"Driver": "", "Count": -1, "Capabilities": [["gpu"]]}],
    "Tmpfs": {"/run": "rw"},
    "Sysctls": {"net.ipv4.ip_forward": "1"},
    "StorageOpt": {"size": "10G"},
    "Ulimits": [{"Name": "RLIMIT_NOFILE", "Soft": 1024, "Hard": 2048}],
    "Annotations": {"a": "b"},
    "Healthcheck": {"Test": ["CMD", "true"]},
    "StartupHealthCheck": {"Test": ["CMD", "true"]},
    "Labels": {"a": "b"},
    "Secrets": [{"Name": "key"}],
    "ExposedPorts": {"80/tcp": {}},
    "Env": ["A=1"],
    "CreateCommand": ["podman", "run", "--secret", "key", "image"],
    "StopTimeout": 90,
    "PidsLimit": 100,
}
NUMBERS = """BlkioWeight CpuRealtimePeriod CpuRealtimeRuntime CpuShares Memory MemoryReservation
MemorySwap MemorySwappiness NanoCpus OomScoreAdj ShmSize""".split()
SWITCHES = """Privileged PublishAllPorts ReadonlyRootfs Init OomKillDisable Tty OpenStdin SystemdMode
NetworkDisabled""".split()
LISTS = """CapAdd ExtraHosts Links CapDrop Dns DnsOptions DnsSearch GroupAdd SecurityOpt VolumesFrom
DeviceCgroupRules BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps BlkioDeviceReadIOps
BlkioDeviceWriteIOps Cmd""".split()
TOGETHER = {"CpuPeriod": "CpuQuota", "CpuQuota": "CpuPeriod"}


def value(key):
    if key in NUMBERS:
        return 123_456_789
    if key in SWITCHES:
        return True
    return VALUES.get(key, ["a:b"] if key in LISTS else "odd")


def container(**keys_):
    config = {
        key.removeprefix("Config."): keys_[key] for key in keys_ if key.startswith("Config.")
    }
    host = {key: keys_[key] for key in keys_ if not key.startswith("Config.")}
    exposed = {"ExposedPorts": {"81/tcp": {}}, **config}
    return {"Id": "1" * 64, "Name": "web", "Config": exposed, "HostConfig": host, "State": {}}


@pytest.mark.parametrize("key", [key for key in SETTINGS if key != "Annotations"])
def test_what_is_read_makes_a_difference(key):
    """A key that the table calls read is in the service, and where it is kept, it is said."""
    with_it = {key: value(key.removeprefix("Config."))}
    if key in TOGETHER:
        with_it[TOGETHER[key]] = value(TOGETHER[key])
    if key == "Config.Image":
        with_it[key] = "docker.io/library/nginx:1"
    found = drafts([container(**with_it)])
    assert services(found)["web"] != services(drafts([container()]))["web"]
    assert not remarks(found, "not understood")
    assert not remarks(found, "broken")


def test_an_unknown_key_is_said_once():
    odd = [container(NewThing=1), {**container(NewThing=2), "Id": "2" * 64, "Name": "other"}]
    found = drafts(odd)
    assert list(remarks(found, "not understood")) == ["container.HostConfig.NewThing"]

"""Facts about one host, for findings."""

from fractions import Fraction

from analyzer.facts.subjects import Facts, SubjectContext, level, number, yes_no
from analyzer.inventory.model import Host

HOST_FACTS: Facts = {}


@level(HOST_FACTS, "host.memory_known", key="memory")
def memory_known(host: Host, _: SubjectContext) -> str | None:
    """Whether the inventory states the host's memory."""
    return yes_no(host.memory_bytes is not None)


@number(HOST_FACTS, "host.memory", "bytes", key="memory")
def memory(host: Host, _: SubjectContext) -> int | None:
    """The host's memory."""
    return host.memory_bytes


@number(HOST_FACTS, "host.cores", key="cpus")
def cores(host: Host, _: SubjectContext) -> Fraction | None:
    """The host's processor threads."""
    return host.cpus


@number(HOST_FACTS, "host.used_share", "share", key="memory_used")
def used_share(host: Host, _: SubjectContext) -> Fraction | None:
    """The share of the host's memory that is in use."""
    if host.memory_bytes is None or host.memory_used_bytes is None:
        return None
    return Fraction(host.memory_used_bytes, host.memory_bytes)


@number(HOST_FACTS, "host.limits_share", "share", key="memory")
def limits_share(host: Host, around: SubjectContext) -> Fraction | None:
    """The sum of its containers' memory limits as a share of the host's memory."""
    if not host.memory_bytes:
        return None
    limits = (service.memory_limit_bytes or 0 for service in around.containers_on[host.name])
    return Fraction(sum(limits), host.memory_bytes)


@level(HOST_FACTS, "host.disk", ("nvme", "ssd", "hdd", "sd", "other"), key="disk")
def disk(host: Host, _: SubjectContext) -> str | None:
    """What a K3s datastore would sit on."""
    if host.disk is None:
        return None
    kind = host.disk.lower()
    kind = "sd" if kind in ("emmc", "usb", "sd-card", "sdcard") else kind
    return kind if kind in ("nvme", "ssd", "hdd", "sd") else "other"


@level(HOST_FACTS, "host.in_cluster", key="cluster")
def in_cluster(host: Host, _: SubjectContext) -> str:
    """Whether the host may be part of a cluster."""
    return "no" if host.cluster == "never" else "yes"


@number(HOST_FACTS, "host.containers")
def containers(host: Host, around: SubjectContext) -> int:
    """How many containers run on the host."""
    return len(around.containers_on[host.name])


@number(HOST_FACTS, "host.container_share", "share")
def container_share(host: Host, around: SubjectContext) -> Fraction | None:
    """The share of all placed containers that runs on the host; unknown for a lone host."""
    total = sum(map(len, around.containers_on.values()))
    if len(around.inventory.hosts) == 1 or not total:
        return None
    return Fraction(len(around.containers_on[host.name]), total)

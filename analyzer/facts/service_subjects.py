"""Facts about one service, for findings."""

from fractions import Fraction

from analyzer.facts.mounts import is_engine_socket
from analyzer.facts.secrets import plain_secrets
from analyzer.facts.service_pins import ADMIN_CAPABILITIES
from analyzer.facts.state import backup_of
from analyzer.facts.subjects import Facts, SubjectContext, level, number, text, yes_no
from analyzer.inventory.model import Service

SERVICE_FACTS: Facts = {}

WIDE = frozenset({None, "", "0.0.0.0", "::", "*"})  # noqa: S104 - compared, not bound
MOVING_TAGS = frozenset(
    {"latest", "stable", "nightly", "main", "master", "edge", "develop", "dev", "beta", "release"}
    | {"rolling", "current", "production", "mainline", "lts", "rc", "preview", "unstable", "next"}
)
SERVICE_MANAGERS = ("nixos",)
"""Operating systems whose containers are systemd units that restart by default.

Source: https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/virtualisation/oci-containers.nix
"""


def _described(service: Service) -> bool:
    """Return whether the entry holds a container's definition, so that absence means absence."""
    return (service.image is not None or service.build) and service.is_container


@level(SERVICE_FACTS, "service.healthcheck", ("declared", "disabled", "none"), key="healthcheck")
def healthcheck(service: Service, _: SubjectContext) -> str | None:
    """Whether a health check is declared; unknown for an entry without an image."""
    if service.healthcheck is not None:
        return "disabled" if service.healthcheck.disabled else "declared"
    return "none" if _described(service) else None


@level(SERVICE_FACTS, "service.memory_limit", key="limits mem_limit deploy")
def memory_limit(service: Service, _: SubjectContext) -> str | None:
    """Whether the container's memory is limited."""
    if service.memory_limit_bytes is not None:
        return "yes"
    return "no" if _described(service) else None


@level(SERVICE_FACTS, "service.image_pin", ("digest", "version", "moving", "none"), key="image")
def image_pin(service: Service, _: SubjectContext) -> str | None:
    """How the image is pinned: by digest, by a version's tag, by a tag that moves, or not."""
    image = service.image
    if not image or not service.is_container:
        return None
    if "@" in image:
        return "digest"
    tag = image.rpartition("/")[2].partition(":")[2].lower()
    if not tag:
        return "none"
    if tag.startswith("$"):
        return None
    words = tag.replace("_", "-").split("-")
    return "version" if any(map(str.isdecimal, tag)) and words[0] not in MOVING_TAGS else "moving"


@number(SERVICE_FACTS, "service.plain_secrets", key="environment")
def plain_secret_count(service: Service, _: SubjectContext) -> int | None:
    """How many variables hold a secret in the file itself, judged by their names."""
    return len(plain_secrets(service)) if service.environment else 0


@text(SERVICE_FACTS, "service.plain_secret_names", key="environment")
def plain_secret_names(service: Service, _: SubjectContext) -> str:
    """The names of the variables that hold a secret in the file itself."""
    return ", ".join(plain_secrets(service)) or "none"


@level(SERVICE_FACTS, "service.stateful")
def stateful(service: Service, around: SubjectContext) -> str | None:
    """Whether the service keeps state."""
    return yes_no(around.stateful[service.name])


@level(SERVICE_FACTS, "service.backup", ("yes", "no", "unstated"), key="backup")
def backup(service: Service, around: SubjectContext) -> str:
    """Whether its data is backed up, by its own word or its volumes'."""
    saved = backup_of(service, around.uses[service.name], around.inventory.volumes)
    return "unstated" if saved is None else "yes" if saved else "no"


@number(SERVICE_FACTS, "service.engine_volumes", key="volumes")
def engine_volumes(service: Service, around: SubjectContext) -> int:
    """How many named volumes hold its data inside the engine's own storage."""
    return len(_engine_volumes(service, around))


@text(SERVICE_FACTS, "service.engine_volume_names", key="volumes")
def engine_volume_names(service: Service, around: SubjectContext) -> str:
    """The named volumes that hold its data inside the engine's own storage."""
    return ", ".join(_engine_volumes(service, around)) or "none"


def _engine_volumes(service: Service, around: SubjectContext) -> list[str]:
    volumes = around.inventory.volumes
    return [
        mount.source
        for mount in around.uses[service.name].data
        if mount.kind == "volume"
        and not mount.read_only
        and (mount.source not in volumes or volumes[mount.source].reach in (None, "local"))
    ]


@level(SERVICE_FACTS, "service.host_network", key="network_mode network")
def host_network(service: Service, _: SubjectContext) -> str | None:
    """Whether the container shares its host's network."""
    if not service.is_container:
        return None
    return yes_no(service.network_mode == "host")


@level(SERVICE_FACTS, "service.privileged", key="privileged")
def privileged(service: Service, _: SubjectContext) -> str | None:
    """Whether the container runs privileged."""
    return yes_no(bool(service.privileged)) if service.is_container else None


@level(SERVICE_FACTS, "service.added_powers", key="cap_add")
def added_powers(service: Service, _: SubjectContext) -> str | None:
    """Whether capabilities are added that reach beyond the container."""
    if not service.cap_add:
        return "no"
    return yes_no(
        any(name.upper().removeprefix("CAP_") in ADMIN_CAPABILITIES for name in service.cap_add)
    )


@level(SERVICE_FACTS, "service.engine_socket", key="volumes")
def engine_socket(service: Service, around: SubjectContext) -> str | None:
    """Whether the container can command its host's container engine."""
    return yes_no(any(map(is_engine_socket, around.uses[service.name].sockets)))


@level(SERVICE_FACTS, "service.role", ())
def role(service: Service, around: SubjectContext) -> str:
    """What the service is for, as far as its image tells."""
    return around.roles[service.name]


@level(SERVICE_FACTS, "service.exposure", ("public", "lan", "internal"), key="exposure")
def exposure(service: Service, _: SubjectContext) -> str | None:
    """Who is meant to reach the service."""
    return service.exposure


@number(SERVICE_FACTS, "service.wide_ports", key="ports")
def wide_ports(service: Service, _: SubjectContext) -> int | None:
    """How many ports a container publishes on every address of its host."""
    if not service.is_container:
        return None  # a native unit's ports say where it listens, not on which address
    return sum(
        port.count for port in service.ports if port.published is not None and port.host_ip in WIDE
    )


@level(
    SERVICE_FACTS, "service.restart", ("always", "on-failure", "never", "systemd"), key="restart"
)
def restart(service: Service, around: SubjectContext) -> str | None:
    """What brings the container back: a policy of its own, or the host's service manager."""
    policy = service.restart
    if policy is not None:
        if policy == "no":
            return "never"
        return "on-failure" if policy.startswith("on-failure") else "always"
    if service.runtime == "kubernetes":
        return "always"
    host = around.inventory.hosts.get(service.host or "")
    if host is not None and host.os is not None and host.os.lower().startswith(SERVICE_MANAGERS):
        return "systemd"
    return "never" if _described(service) and "restart" not in service.lines else None


@level(SERVICE_FACTS, "service.verified", key="verified")
def verified(service: Service, _: SubjectContext) -> str | None:
    """Whether the service was seen running."""
    return yes_no(service.verified)


@number(SERVICE_FACTS, "service.unchecked_waits", key="depends_on")
def unchecked_waits(service: Service, around: SubjectContext) -> int:
    """How many services it waits for to be healthy that declare no health check."""
    return len(_unchecked(service, around)) if service.depends_on else 0


@text(SERVICE_FACTS, "service.unchecked_wait_names", key="depends_on")
def unchecked_wait_names(service: Service, around: SubjectContext) -> str:
    """The services it waits for to be healthy that declare no health check."""
    return ", ".join(_unchecked(service, around)) or "none"


def _unchecked(service: Service, around: SubjectContext) -> list[str]:
    services = around.inventory.services
    return [
        dependency.service
        for dependency in service.depends_on
        if dependency.condition.endswith("healthy")
        and dependency.service in services
        and healthcheck(services[dependency.service], around) in ("none", "disabled")
    ]


@level(SERVICE_FACTS, "service.port_clash", key="ports")
def port_clash(service: Service, around: SubjectContext) -> str:
    """Whether another service of the same host publishes one of its ports."""
    return "yes" if service.name in around.clashes else "no"


@text(SERVICE_FACTS, "service.port_clash_with", key="ports")
def port_clash_with(service: Service, around: SubjectContext) -> str:
    """The port that clashes, and with which service."""
    return around.clashes.get(service.name, "none")


@number(SERVICE_FACTS, "service.replicas", key="deploy scale")
def replicas(service: Service, _: SubjectContext) -> int | None:
    """How many instances are asked for."""
    return service.replicas


@level(SERVICE_FACTS, "service.auto_update", key="labels")
def auto_update(service: Service, _: SubjectContext) -> str:
    """Whether a label has its image updated unattended."""
    labels = service.labels
    if not labels:
        return "no"
    podman = labels.get("io.containers.autoupdate", "") in ("registry", "image")
    tower = labels.get("com.centurylinklabs.watchtower.enable", "").lower() == "true"
    return "yes" if podman or tower else "no"


@number(SERVICE_FACTS, "service.recovery_seconds", "seconds", key="recovery_time")
def recovery_seconds(service: Service, _: SubjectContext) -> Fraction | None:
    """How long it may be gone when its host is lost."""
    return service.recovery_seconds

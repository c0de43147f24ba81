"""What people miss -> who can give it to them.

An unmet need that Podman meets speaks for improving Podman. Only a need that takes an orchestrator
speaks for K3s. Some needs are met by neither: backups and dashboards are extra work on both.

Sources: Podman's side is https://docs.podman.io/en/latest/markdown/podman-container.unit.5.html
(health checks, limits, ordering, restart, secrets) and
https://docs.podman.io/en/latest/markdown/podman-auto-update.1.html; the orchestrator's side is
https://kubernetes.io/docs/concepts/overview/#why-you-need-kubernetes-and-what-can-it-do
"""

from typing import Literal

Provider = Literal["podman", "orchestrator", "neither", "unknown"]

PODMAN: dict[str, tuple[str, ...]] = {
    "health-checks": ("health-check", "healthcheck", "healthchecks", "health"),
    "limits": ("resource-limits", "memory-limits", "cpu-limits", "limit", "quotas"),
    "ordering": ("dependency-ordering", "start-order", "startup-order", "dependencies"),
    "auto-update": ("auto-updates", "autoupdate", "autoupdates", "automatic-updates"),
    "restart": ("restarts", "automatic-restart", "automatic-restarts", "self-healing"),
    "secrets": ("secret", "secret-management", "secrets-management"),
}
ORCHESTRATOR: dict[str, tuple[str, ...]] = {
    "scheduling": ("multi-host-scheduling", "bin-packing", "scheduler", "placement"),
    "rolling-updates": ("rolling-update", "zero-downtime", "zero-downtime-updates"),
    "failover": ("high-availability", "ha", "fail-over"),
    "network-policy": ("network-policies", "networkpolicy"),
    "operators": ("operator", "crds", "crd", "helm", "helm-charts"),
    "self-service": ("namespaces", "platform"),
    "autoscaling": ("autoscale", "auto-scaling", "horizontal-autoscaling", "hpa"),
    "service-discovery-across-hosts": ("multi-host-networking", "overlay-network"),
    "multi-tenancy": ("multi-tenant", "tenants"),
}
NEITHER: dict[str, tuple[str, ...]] = {
    "backups": ("backup",),
    "logging": ("logs", "central-logging", "log-aggregation"),
    "monitoring": ("metrics", "alerting", "observability"),
    "gitops": ("declarative", "reproducibility"),
    "certificates": ("tls", "https"),
    "web-ui": ("dashboard", "ui"),
}
_PROVIDERS: tuple[tuple[Provider, dict[str, tuple[str, ...]]], ...] = (
    ("podman", PODMAN),
    ("orchestrator", ORCHESTRATOR),
    ("neither", NEITHER),
)
_CANONICAL = {
    spelling: canonical
    for _, needs in _PROVIDERS
    for canonical, others in needs.items()
    for spelling in (canonical, *others)
}
_PROVIDER_OF = {canonical: provider for provider, needs in _PROVIDERS for canonical in needs}


def canonical(need: str) -> str:
    """Return the id that a spelling stands for; an unknown one in lower case with hyphens."""
    spelling = "-".join(need.strip().lower().replace("_", " ").split())
    return _CANONICAL.get(spelling, spelling)


def classify(need: str) -> Provider:
    """Return who can meet a need: Podman too, only an orchestrator, neither, or unknown."""
    return _PROVIDER_OF.get(canonical(need), "unknown")


def spellings() -> tuple[str, ...]:
    """Return every known spelling, sorted."""
    return tuple(sorted(_CANONICAL))


def known() -> tuple[str, ...]:
    """Return the known ids, sorted."""
    return tuple(sorted(_PROVIDER_OF))

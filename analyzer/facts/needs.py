"""Base facts that only the owner can state. What is not stated is unknown, never a default."""

from collections.abc import Callable

from analyzer.facts.catalogue import BaseFact, Estate, Reading, base
from analyzer.facts.model import Unit
from analyzer.inventory.model import Needs, Source
from analyzer.inventory.unmet import classify
from analyzer.rulebook.model import Value

NOT_STATED = "not stated"


def _source(needs: Needs, key: str) -> tuple[Source, ...]:
    source = needs.lines.get(key)
    return (source,) if source else ()


def _stated(key: str, unit: Unit, meaning: str) -> BaseFact:
    """Return a base fact that is one key of ``needs`` as it stands; true is ``yes``."""

    def read(estate: Estate) -> Reading:
        value = getattr(estate.inventory.needs, key)
        if value is None:
            return Reading(None, NOT_STATED)
        shown: Value = ("yes" if value else "no") if isinstance(value, bool) else value
        return Reading(shown, "stated by the owner", _source(estate.inventory.needs, key))

    read.__doc__ = meaning
    return base(f"needs.{key}", unit)(read)


for _key, _unit, _meaning in (
    ("failover", "level", "Whether services must come back on another host by themselves."),
    ("outages", "level", "Whether something was down that should have healed by itself."),
    ("planned_hosts", "hosts", "On how many hosts this will run in two years."),
    ("learning_kubernetes", "level", "Whether learning Kubernetes is a goal, not yet met."),
    ("simplicity", "level", "Whether simplicity or low upkeep is paramount."),
    ("standardisation", "level", "Whether industry-standard orchestration is a goal."),
    ("zero_downtime_updates", "level", "Whether updates must happen without a gap."),
    ("disruption_tolerance", "level", "How much interruption is tolerable while moving."),
    ("multi_tenant", "level", "Whether several teams or tenants deploy by themselves."),
    ("kubernetes_experience", "level", "Whether somebody has run Kubernetes."),
    ("shared_storage", "level", "Whether there is storage that several hosts reach."),
    ("operators", "", "How many people can look after it."),
    ("hours_per_week", "hours", "How many hours a week there are for this."),
    ("evaluate_first", "level", "Whether the owner wants to compare before committing."),
    ("leaving_kubernetes", "level", "Whether the owner runs Kubernetes and wants out."),
):
    _stated(_key, _unit, _meaning)  # type: ignore[arg-type]


def _unmet(wanted: str) -> Callable[[Estate], tuple[str, ...] | None]:
    def names(estate: Estate) -> tuple[str, ...] | None:
        needs = estate.inventory.needs.unmet_needs
        if needs is None:
            return None
        return tuple(sorted(need for need in needs if classify(need) == wanted))

    return names


_orchestrator_needs = _unmet("orchestrator")
_podman_needs = _unmet("podman")


def _count(estate: Estate, names: tuple[str, ...] | None) -> Reading:
    if names is None:
        return Reading(None, NOT_STATED)
    return Reading(
        len(names), ", ".join(names) or "none", _source(estate.inventory.needs, "unmet_needs")
    )


@base("needs.unmet.orchestrator", "")
def unmet_orchestrator(estate: Estate) -> Reading:
    """How many missed features only an orchestrator brings."""
    return _count(estate, _orchestrator_needs(estate))


@base("needs.unmet.podman", "")
def unmet_podman(estate: Estate) -> Reading:
    """How many missed features Podman has as well."""
    return _count(estate, _podman_needs(estate))


def _listed(names: tuple[str, ...] | None) -> Reading:
    return Reading(NOT_STATED if names is None else ", ".join(names) or "none", "the ids")


@base("needs.unmet.orchestrator_names", "level")
def unmet_orchestrator_names(estate: Estate) -> Reading:
    """Which missed features only an orchestrator brings."""
    return _listed(_orchestrator_needs(estate))


@base("needs.unmet.podman_names", "level")
def unmet_podman_names(estate: Estate) -> Reading:
    """Which missed features Podman has as well."""
    return _listed(_podman_needs(estate))


@base("needs.satisfied", "level")
def satisfied(estate: Estate) -> Reading:
    """Whether the owner stated that nothing is missing: an empty list of unmet needs."""
    needs = estate.inventory.needs
    if needs.unmet_needs is None:
        return Reading(None, NOT_STATED)
    return Reading(
        "no" if needs.unmet_needs else "yes", "unmet_needs", _source(needs, "unmet_needs")
    )


@base("needs.effort_budget_weeks", "weeks")
def effort_budget_weeks(estate: Estate) -> Reading:
    """How many calendar weeks a migration may take; 0 where no budget in weeks is stated."""
    return _budget(estate, estate.inventory.needs.effort_budget_weeks)


@base("needs.effort_budget_hours", "hours")
def effort_budget_hours(estate: Estate) -> Reading:
    """How many hours of work a migration may take; 0 where no budget in hours is stated."""
    return _budget(estate, estate.inventory.needs.effort_budget_hours)


def _budget(estate: Estate, stated: Value | None) -> Reading:
    if stated is None:
        return Reading(0, "no such budget stated")
    return Reading(stated, "stated by the owner", _source(estate.inventory.needs, "effort_budget"))


@base("recovery.required", "level")
def recovery_required(estate: Estate) -> Reading:
    """Whether some service must be back sooner than a person can restore it elsewhere."""
    limit = estate.rulebook.figures["manual-restore"].low
    strict = [
        service
        for service in estate.inventory.services.values()
        if service.recovery_seconds is not None and service.recovery_seconds < limit
    ]
    if not strict:
        return Reading("no", "no service states a recovery time shorter than a restore by hand")
    sources = tuple(service.at(service.lines.get("recovery_time", 0)) for service in strict[:3])
    names = ", ".join(service.name for service in strict[:3])
    more = f" and {len(strict) - 3} more" if len(strict) > 3 else ""  # noqa: PLR2004 - three shown
    return Reading("yes", f"{names}{more} must be back sooner than a restore by hand", sources)

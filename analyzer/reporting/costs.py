"""Assessment -> what it costs, in plain texts: memory per host, hours, calendar weeks."""

from fractions import Fraction
from typing import NamedTuple

from analyzer.assessment import Assessment
from analyzer.facts.model import HostFootprint
from analyzer.reporting.numbers import count, hours, percent, size, size_range, weeks

GUIDE_FIGURES = (
    "guide.server.memory",
    "guide.agent.memory",
    "guide.pod.memory",
    "guide.services",
    "guide.total.memory",
)


GUIDE_PHASES = ("preparation", "infrastructure", "migration", "optimisation")


class HostCost(NamedTuple):
    """Memory of one host in words."""

    host: str
    role: str
    pods: str
    today: str
    added: str
    guide: str
    free: str
    share: str


class Costs(NamedTuple):
    """What moving takes; ``contradiction`` is empty when the rules do not hold the figures."""

    hosts: tuple[HostCost, ...]
    all_hosts: int
    total: HostCost
    effort: str
    contradiction: str


def costs(assessment: Assessment, limit: int) -> Costs:
    """Return memory, effort and calendar of a move; of the ``limit`` hosts with most pods."""
    footprint = sorted(assessment.facts.footprint, key=lambda item: (-item.pods, item.host))
    return Costs(
        hosts=tuple(map(_host, footprint[:limit])),
        all_hosts=len(footprint),
        total=_total(footprint),
        effort=_effort(assessment),
        contradiction=_contradiction(assessment),
    )


def _host(item: HostFootprint) -> HostCost:
    """Return one host's memory in words."""
    share = "unknown" if item.share_of_free is None else percent(item.share_of_free)
    low, _, high = item.added_bytes
    stays = item.role == "none"
    return HostCost(
        host=item.host,
        role="not in the cluster" if stays else item.role,
        pods=f"{item.pods:,}",
        today=size_range(item.podman_bytes[0], item.podman_bytes[2]),
        added="nothing" if stays else size_range(low, high),
        guide="nothing" if stays else size(item.guide_bytes),
        free=size(item.free_bytes),
        share="0 %" if stays else share,
    )


def _total(footprint: list[HostFootprint]) -> HostCost:
    """Return the sum over all hosts in words."""
    joined = [item for item in footprint if item.role != "none"]
    free = [item.free_bytes for item in joined]
    known = [amount for amount in free if amount is not None]
    added = [sum(item.added_bytes[at] for item in joined) for at in range(3)]
    all_free = sum(known) if len(known) == len(free) else None
    return HostCost(
        host="all",
        role=count(len(joined), "host"),
        pods=f"{sum(item.pods for item in footprint):,}",
        today=size_range(
            sum(item.podman_bytes[0] for item in footprint),
            sum(item.podman_bytes[2] for item in footprint),
        ),
        added=size_range(added[0], added[2]),
        guide=size(sum(item.guide_bytes for item in joined)),
        free=size(all_free),
        share=percent(Fraction(added[1], all_free)) if all_free else "unknown",
    )


def _effort(assessment: Assessment) -> str:
    """Return hours of the move and of the improvements, and the calendar where it is known."""
    plan = assessment.plan
    pace = assessment.inventory.needs.hours_per_week
    moving = f"moving takes {hours(plan.total_hours)}"
    moving += f" ({hours(plan.preparation_hours)} of it preparation)"
    if plan.calendar_weeks is None:
        moving += ", calendar unknown until `needs.hours_per_week` is stated"
    elif pace is not None:
        moving += f", {weeks(plan.calendar_weeks)} at {hours(pace)} a week"
    return f"{moving}; improving what runs now takes {hours(plan.improvement_hours)}{_leaving(assessment)}"


def _leaving(assessment: Assessment) -> str:
    """Return that the way back from Kubernetes is work too, which no figure covers."""
    services = assessment.inventory.services.values()
    back = sum(service.runtime == "kubernetes" for service in services)
    if not back or assessment.inventory.needs.leaving_kubernetes is not True:
        return ""
    return f"; bringing {count(back, 'service')} back from Kubernetes is not in these figures"


def _contradiction(assessment: Assessment) -> str:
    """Return where the guide's own figures contradict each other, from the rules' figures."""
    return "; ".join(filter(None, (_memory_apart(assessment), _weeks_apart(assessment))))


def _weeks_apart(assessment: Assessment) -> str:
    """Return that the guide's phases do not take the weeks that its headline says."""
    figures = assessment.rulebook.figures
    try:
        phases = [figures[f"guide.{name}"] for name in GUIDE_PHASES]
        headline = figures["guide.headline"]
    except KeyError:
        return ""
    low = sum((phase.low for phase in phases), Fraction(0))
    high = sum((phase.high for phase in phases), Fraction(0))
    if (low, high) == (headline.low, headline.high):
        return ""
    return (
        f"its phases take {low} to {high} weeks of work, and its headline says"
        f" {headline.low} to {headline.high}"
    )


def _memory_apart(assessment: Assessment) -> str:
    """Return that the guide's own parts do not add up to its total."""
    figures = assessment.rulebook.figures
    try:
        server, agent, pod, services, total = (
            int(figures[name].typical) for name in GUIDE_FIGURES
        )
    except KeyError:
        return ""
    parts = server + agent + services * pod
    if parts == total:
        return ""
    return (
        f"the migration guide's own parts do not add up: {server} MB for the server + {agent} MB"
        f" for the agent + {services} × {pod} MB = {parts:,} MB, and its total says about"
        f" {total:,} MB"
    )

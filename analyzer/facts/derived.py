"""Facts computed from other facts; pure, so that they hold under any completion of the unknowns."""

from fractions import Fraction

from analyzer.facts.catalogue import derived

Number = int | Fraction
_TOLERANCE_KNOWN = {"none": Fraction(0), "low": Fraction(0), "high": Fraction(1)}


@derived("hosts.added", "hosts", ("hosts.listed", "needs.planned_hosts"))
def hosts_added(listed: Number, planned: Number) -> Number:
    """How many hosts are planned beyond those that are listed."""
    return max(0, planned - listed)


@derived("hosts.planned", "hosts", ("hosts.count", "hosts.added"))
def hosts_planned(count: Number, added: Number) -> Number:
    """On how many hosts a cluster could run: those it may use, and the planned ones."""
    return count + added


@derived("failover.wish", "level", ("needs.failover", "recovery.required"))
def failover_wish(failover: str, recovery: str) -> str:
    """Whether failover is wanted or required, and by what."""
    if failover != "required" and recovery == "yes":
        return "required by a recovery time"
    return "not wanted" if failover == "none" else failover


@derived(
    "failover.servers",
    "servers",
    ("hosts.servers", "hosts.together", "hosts.added"),
)
def failover_servers(servers: Number, together: str, added: Number) -> Number:
    """How many servers in failure domains of their own one site could hold, planned ones added."""
    at_one_site = servers if together == "yes" else min(servers, 1)
    return at_one_site + added


@derived("failover.required", "level", ("needs.failover", "recovery.required"))
def failover_required(failover: str, recovery: str) -> str:
    """Whether failover is a requirement, stated as such or by a short recovery time."""
    return "yes" if failover == "required" or recovery == "yes" else "no"


@derived(
    "failover.demand", "share", ("needs.failover", "recovery.required", "figure.failover-wanted")
)
def failover_demand(failover: str, recovery: str, wanted: Number) -> Number:
    """How much failover is asked for, from 0 to 1."""
    if failover == "required" or recovery == "yes":
        return 1
    return wanted if failover == "wanted" else 0


@derived(
    "services.movable_share",
    "share",
    ("services.free_share", "services.data_only_share", "needs.shared_storage"),
)
def movable_share(free: Number, data_only: Number, storage: str) -> Number:
    """The share of the containers that could run on another host, with the storage there is."""
    return free if storage == "none" else min(Fraction(1), free + data_only)


@derived("services.pinned_share", "share", ("services.movable_share",))
def pinned_share(movable: Number) -> Number:
    """The share of the containers tied to their host."""
    return 1 - movable


@derived(
    "failover.deliverable",
    "share",
    ("failover.servers", "services.movable_share", "figure.quorum-servers"),
)
def failover_deliverable(servers: Number, movable: Number, quorum: Number) -> Number:
    """The share of the containers that a cluster here would bring back after a lost host."""
    return movable if servers >= quorum else 0


@derived("failover.effective", "share", ("failover.demand", "failover.deliverable"))
def failover_effective(demand: Number, deliverable: Number) -> Number:
    """How much of the failover asked for could be delivered, from 0 to 1."""
    return demand * deliverable


@derived("effort.calendar_weeks", "weeks", ("effort.hours", "needs.hours_per_week"))
def calendar_weeks(hours: Number, hours_per_week: Number) -> Fraction:
    """How many weeks the migration lasts at the owner's pace."""
    return Fraction(hours) / max(Fraction(hours_per_week), Fraction(1, 4))


@derived("effort.budget_ratio", "", ("effort.calendar_weeks", "needs.effort_budget_weeks"))
def effort_budget_ratio(weeks: Number, budget: Number) -> Number:
    """How many times a budget in weeks the migration takes; 0 without such a budget."""
    return Fraction(weeks) / budget if budget else 0


@derived("effort.hours_ratio", "", ("effort.hours", "needs.effort_budget_hours"))
def effort_hours_ratio(hours: Number, budget: Number) -> Number:
    """How many times a budget in hours the migration takes, at any pace; 0 without one."""
    return Fraction(hours) / budget if budget else 0


@derived(
    "effort.pressure",
    "",
    (
        "effort.calendar_weeks",
        "effort.hours_ratio",
        "needs.effort_budget_weeks",
        "figure.migration-horizon",
    ),
)
def effort_pressure(weeks: Number, hours_ratio: Number, budget: Number, horizon: Number) -> Number:
    """The migration over the effort budget, or its weeks over a year where none is stated."""
    return hours_ratio or Fraction(weeks) / (budget or horizon)


@derived(
    "disruption.risk",
    "share",
    ("needs.disruption_tolerance", "services.stateful_share", "figure.tolerance-medium"),
)
def disruption_risk(tolerance: str, stateful: Number, medium: Number) -> Number:
    """The share of stateful containers, as far as interruptions are not tolerable."""
    return (1 - _TOLERANCE_KNOWN.get(tolerance, Fraction(medium))) * stateful


@derived("test.room", "level", ("test.place",))
def test_room(place: str) -> str:
    """Whether a separate test cluster has a place: a spare machine, or room for a VM."""
    return "no" if place == "none" else "yes"

"""The stages composed: Inventory and Rulebook -> Assessment. The public Python entry."""

from typing import NamedTuple

from analyzer.decision.deciding import answer, decide
from analyzer.decision.model import Answer, Decision
from analyzer.errors import Problem, RulesError
from analyzer.facts.gathering import gather
from analyzer.facts.model import Facts
from analyzer.graph.model import Topology
from analyzer.graph.topology import build_topology
from analyzer.inventory.model import Inventory
from analyzer.plan.model import Effort, Plan
from analyzer.plan.planning import make_plan
from analyzer.rulebook.images import RuleImages
from analyzer.rulebook.model import Rulebook


class Settings(NamedTuple):
    """What the user chose for this run.

    ``weights`` override single weights of the profile; ``today`` (ISO date) is for waivers only
    and empty unless the user gave it; ``settings`` are the what-ifs already in the inventory, kept
    for the report to name. ``previous`` are the waves of an earlier plan that is under way, as
    ``(service, wave)``, and ``previous_pilots`` its pilots, None when not known.
    """

    profile: str = "homelab"
    weights: tuple[tuple[str, int], ...] = ()
    effort: Effort = "normal"
    today: str = ""
    what_if: tuple[str, ...] = ()
    previous: tuple[tuple[str, int], ...] = ()
    previous_pilots: tuple[str, ...] | None = None


class Assessment(NamedTuple):
    """Everything known about one estate; what the reports and kits are made from."""

    inventory: Inventory
    rulebook: Rulebook
    settings: Settings
    topology: Topology
    facts: Facts
    decision: Decision
    plan: Plan


class Weighed(NamedTuple):
    """An assessment as far as the decision: what a what-if needs, without an order of migration."""

    topology: Topology
    facts: Facts
    decision: Decision


def weigh(inventory: Inventory, rulebook: Rulebook, settings: Settings) -> Weighed:
    """Return the decision for an estate and what it rests on.

    Raises:
        RulesError: as `assess`.
    """
    weights = weights_of(rulebook, settings)
    topology = build_topology(inventory, RuleImages(rulebook))
    facts = gather(inventory, topology, rulebook, settings.today)
    return Weighed(topology, facts, decide(facts, rulebook, weights, settings.profile))


def assess(inventory: Inventory, rulebook: Rulebook, settings: Settings) -> Assessment:
    """Return everything known about an estate: the stages, one after the other.

    Raises:
        RulesError: the profile or a weighted criterion does not exist, or a rule names a fact that
            does not.
    """
    topology, facts, decision = weigh(inventory, rulebook, settings)
    plan = make_plan(
        inventory,
        topology,
        facts,
        rulebook,
        settings.effort,
        inventory.needs.hours_per_week,
        pinned=dict(settings.previous),
        pilots=settings.previous_pilots,
    )
    return Assessment(inventory, rulebook, settings, topology, facts, decision, plan)


def answer_of(inventory: Inventory, rulebook: Rulebook, settings: Settings) -> Answer:
    """Return only the answer for an estate, as `assess` would give it, at a third of the cost.

    Raises:
        RulesError: as `assess`.
    """
    weights = weights_of(rulebook, settings)
    return answer(facts_of(inventory, rulebook, settings), rulebook, weights)


def facts_of(inventory: Inventory, rulebook: Rulebook, settings: Settings) -> Facts:
    """Return only the facts of an estate.

    Raises:
        RulesError: a rule names a fact that does not exist.
    """
    topology = build_topology(inventory, RuleImages(rulebook))
    return gather(inventory, topology, rulebook, settings.today)


def weights_of(rulebook: Rulebook, settings: Settings) -> dict[str, int]:
    """Return the weights by criterion: the profile's, overridden one by one.

    Raises:
        RulesError: there is no such profile or criterion.
    """
    problems = []
    profile = rulebook.profiles.get(settings.profile)
    if profile is None:
        remedy = f"one of {', '.join(rulebook.profiles)}"
        what = f"there is no profile '{settings.profile}'"
        raise RulesError([Problem("--profile", 0, 0, "", what, remedy)])
    for name, _ in settings.weights:
        if name not in rulebook.criteria:
            what = f"there is no criterion '{name}'"
            problems.append(Problem("--weight", 0, 0, "", what, "see k8sadvisor rules list"))
    if problems:
        raise RulesError(problems)
    return {**profile.weights, **dict(settings.weights)}

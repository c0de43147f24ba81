"""The stages composed: Inventory and Rulebook -> Assessment. The public Python entry."""

from typing import NamedTuple

from analyzer.decision.model import Decision
from analyzer.facts.model import Facts
from analyzer.graph.model import Topology
from analyzer.inventory.model import Inventory
from analyzer.plan.model import Effort, Plan
from analyzer.rulebook.model import Rulebook


class Settings(NamedTuple):
    """What the user chose for this run.

    ``weights`` override single weights of the profile; ``today`` (ISO date) is for waivers only
    and empty unless the user gave it; ``settings`` are the what-ifs already in the inventory, kept
    for the report to name.
    """

    profile: str = "homelab"
    weights: tuple[tuple[str, int], ...] = ()
    effort: Effort = "normal"
    today: str = ""
    what_if: tuple[str, ...] = ()


class Assessment(NamedTuple):
    """Everything known about one estate; what the reports and kits are made from."""

    inventory: Inventory
    rulebook: Rulebook
    settings: Settings
    topology: Topology
    facts: Facts
    decision: Decision
    plan: Plan

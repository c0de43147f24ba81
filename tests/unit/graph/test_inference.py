"""A rulebook's knowledge of images reaches the inference."""

from analyzer.graph.topology import build_topology
from tests.build import inventory, service, topology_of


class Rules:
    """Knowledge that the shipped rules lack."""

    def role(self, image: str) -> str | None:
        """Return database for one image."""
        return "database" if image == "exotic" else None

    def family(self, image: str) -> str | None:
        """Return the family of one image."""
        return "exotic" if image == "exotic" else None

    def uses(self, family: str) -> tuple[str, ...]:
        """Return nothing: the family calls nobody."""
        return ("exotic",) if family == "none" else ()

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the port of one image."""
        return (7777,) if image == "exotic" else ()


def test_images_decide_on_hard_and_on_known_ports() -> None:
    estate = inventory(
        service("app", env={"STORE_URL": "http://kv:7777"}), service("kv", image="exotic")
    )
    (plain,) = topology_of(estate).edges
    (known,) = build_topology(estate, Rules()).edges
    assert (plain.kind, plain.confidence) == ("soft", 90)
    assert (known.kind, known.confidence) == ("hard", 95)

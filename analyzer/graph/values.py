"""Everything that an inventory does not hold once it is written -> clues, for an import to record.

An import keeps the names of variables and leaves their values out. What rests on values, on labels
or on files beside the services is therefore inferred before, and recorded as ``inferred``; what
rests on names, images and networks is found again from the inventory by itself.
"""

from collections.abc import Iterator, Mapping, Sequence

from analyzer.graph.clues import Clue
from analyzer.graph.command import command_clues
from analyzer.graph.environment import EnvironmentReader
from analyzer.graph.hints import hint_clues, text_clues
from analyzer.graph.images import ImageKnowledge, products
from analyzer.graph.inference import Inference
from analyzer.graph.labels import label_clues
from analyzer.graph.names import Resolver
from analyzer.graph.proxies import proxy_clues
from analyzer.graph.routes import route_clues
from analyzer.inventory.draft import Hint, Route
from analyzer.inventory.model import Inventory, Service
from analyzer.tree import COLUMN_BITS


def value_clues(
    inventory: Inventory,
    images: ImageKnowledge,
    hints: Sequence[Hint],
    routes: Sequence[Route],
) -> list[Clue]:
    """Return what values, labels, hints and routes say, sorted; the surest of each pair and kind.

    Args:
        inventory: the estate with values, commands and labels; its services have final names.
        images: what images are for and where they listen.
        hints: what services are given beside their keys.
        routes: those of proxies that are services of the estate; others are passed over.
    """
    services = {name: inventory.services[name] for name in sorted(inventory.services)}
    known = products(services, images)
    resolver = Resolver(inventory, known.ports)
    inference = Inference(resolver, services, known.roles)
    environment = EnvironmentReader(inference, resolver)
    best: dict[tuple[str, str, str], Clue] = {}
    for clue in (
        *_own(services, inference, environment),
        *hint_clues(hints, services, inference, environment),
        *label_clues(services.values(), inference),
        *proxy_clues(services.values()),
        *route_clues(routes, services, inference),
    ):
        key = clue.dependent, clue.dependency, clue.evidence.kind
        if key not in best or _surer(clue, best[key]):
            best[key] = clue
    return [best[key] for key in sorted(best)]


def _own(
    services: Mapping[str, Service], inference: Inference, environment: EnvironmentReader
) -> Iterator[Clue]:
    """Yield what the services' own variables, arguments and health checks say."""
    for service in services.values():
        yield from environment.clues(service)
        if service.command:
            yield from command_clues(service, inference)
        check = service.healthcheck
        if check is not None and check.test:
            line = service.lines.get("healthcheck", 0)
            text = " ".join(check.test)
            hint = Hint(service.name, "text", "health check", text, line << COLUMN_BITS)
            yield from text_clues(service, hint, inference)


def _surer(clue: Clue, other: Clue) -> bool:
    """Return whether a clue says more than another; ties go to the smaller text."""
    return (-clue.confidence, clue.kind != "hard", clue.evidence) < (
        -other.confidence,
        other.kind != "hard",
        other.evidence,
    )
